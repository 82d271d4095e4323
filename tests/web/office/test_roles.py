"""Terms, given by the manager."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from advocacy.people.roles import Role
from tests.page import Reader, Seen
from tests.web.conftest import Hire

ANA = "analucaejemplo@members.example"


@pytest.fixture(autouse=True)
def _manager(sit_down: Callable[..., UUID], hire: Hire) -> None:
    hire(name="Ana-Lucía Ejemplo")
    sit_down(Role.MANAGER)


def give(reader: Reader, status: int = 303, **changed: str) -> Seen:
    reader.get("/office/roles")
    term = {"email": ANA, "role": "pwg_member", "begins_on": "2026-11-23", "ends_on": "2027-11-22"}
    return reader.post("/office/roles", {**term, **changed}, status)


def test_somebody_on_the_roster_is_given_a_role(reader: Reader) -> None:
    seen = reader.follow(give(reader))

    assert "Ana-Lucía Ejemplo Policy Working Group member 23 November 2026 22 November 2027 now" in seen.words


def test_the_role_opens_the_office_at_once(reader: Reader, hire: Hire) -> None:
    other = hire(name="Nguyễn Mẫu")
    give(reader, email="nguynmu@members.example")

    assert "Policy Working Group member" in reader.follow(reader.post(f"/demo/{other}")).words


def test_a_term_that_is_over_is_kept_out_of_the_way(reader: Reader, hire: Hire) -> None:
    hire(Role.FINANCE, name="Wren Former", until=date(2026, 10, 1))
    seen = reader.get("/office/roles")

    assert "Wren Former" in seen.soup.details.get_text()
    assert "Wren Former" not in seen.soup.table.get_text()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"email": "stranger@x.example"}, "Nobody on the roster has this address."),
        ({"email": ""}, "Please type the address"),
        ({"begins_on": ""}, "Please give the first day."),
        ({"ends_on": "soon"}, "Not a valid date value"),
        ({"ends_on": "2026-11-22"}, "The last day comes before the first."),
        ({"ends_on": "2029-11-22"}, "A term lasts two years at most."),
        ({"role": "queen"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(reader: Reader, changed: dict[str, str], says: str) -> None:
    seen = give(reader, 422, **changed)

    assert says in seen.words
    assert seen.soup.find(attrs={"aria-invalid": "true"})


def test_a_shared_mailbox_does_not_say_who_is_meant(reader: Reader, hire: Hire) -> None:
    hire(name="Ana Lucaejemplo")

    assert "Several people read this mailbox" in give(reader, 422).words


def test_who_keeps_the_roster_does_not_run_the_sign_ons(reader: Reader) -> None:
    give(reader, role="membership_cofacilitator")
    seen = give(reader, 422, role="pwg_cofacilitator", begins_on="2027-06-01")

    assert "One person should not be both" in seen.words

"""Who holds which role: every change takes two, and nobody touches her own."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from advocacy import audit
from advocacy.db import Database
from advocacy.people.queries import roles_on, terms
from advocacy.people.roles import Role
from tests.page import Reader, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.enrolled import enrol

ANA = "analucaejemplo@members.example"
TODAY = date(2026, 11, 23)


@pytest.fixture
def ana(hire: Hire) -> UUID:
    return hire(name="Ana-Lucía Ejemplo")


@pytest.fixture(autouse=True)
def manager(ana: UUID, sit_down: Callable[..., UUID]) -> UUID:
    """Wren, who is a manager and looks at the page of roles."""
    return sit_down(Role.MANAGER)


@pytest.fixture
def as_role(app: Flask, hire: Hire) -> Callable[..., Reader]:
    """Somebody else in a browser of her own."""

    def sat(*roles: Role, name: str = "Sam Second") -> Reader:
        other = Reader(app.test_client())
        other.post(f"/demo/{hire(*roles, name=name)}")
        other.get("/office/")
        return other

    return sat


def give(reader: Reader, status: int = 303, **changed: str) -> Seen:
    reader.get("/office/roles")
    term = {"email": ANA, "role": "pwg_member", "begins_on": "2026-11-23", "ends_on": "2027-11-22"}
    return reader.post("/office/roles", {**term, **changed}, status)


def presses(seen: Seen, words: str) -> list[str]:
    """Where the buttons of these words lead."""
    forms = [form for form in seen.soup.find_all("form") if form.button and form.button.get_text() == words]
    return [str(form["action"]) for form in forms]


def agree(second: Reader, status: int = 303) -> None:
    (address,) = presses(second.get("/office/seconding"), "I agree to this")
    second.post(address, status=status)


def held(database: Database, who: UUID, day: date = TODAY) -> Iterable[Role]:
    with database.reading() as session:
        return roles_on(session, who, day)


def test_a_role_is_held_once_a_second_person_agreed(
    reader: Reader, as_role: Callable[..., Reader], database: Database, ana: UUID
) -> None:
    seen = reader.follow(give(reader))
    assert "Policy Working Group member from 23 November 2026 to 22 November 2027" in seen.words
    assert "You proposed this" in seen.words
    assert held(database, ana) == set()

    agree(as_role(Role.STEERING))

    assert held(database, ana) == {Role.PWG_MEMBER}
    assert "Waits for a second person" not in reader.get("/office/roles").words


def test_one_person_in_two_browsers_is_one_person(
    reader: Reader, app: Flask, manager: UUID, database: Database, ana: UUID
) -> None:
    give(reader)
    (address,) = proposals(database)
    other = Reader(app.test_client())
    other.post(f"/demo/{manager}")
    other.get("/office/")

    assert presses(other.get("/office/seconding"), "I agree to this") == []
    assert "two different people" in other.post(address, status=409).words
    assert held(database, ana) == set()


def proposals(database: Database) -> list[str]:
    with database.reading() as session:
        found = session.connection().exec_driver_sql("SELECT id FROM seconded_act").scalars().all()
    return [f"/office/seconding/{UUID(str(id))}" for id in found]


def test_she_whom_it_is_about_cannot_agree(
    reader: Reader, as_role: Callable[..., Reader], database: Database
) -> None:
    ana = as_role(Role.STEERING, name="Nguyễn Mẫu")
    give(reader, email="nguynmu@members.example", role="manager")

    assert "This is about you" in ana.get("/office/seconding").words
    assert "role of her own" in ana.post(proposals(database)[0], status=409).words


def test_nobody_gives_herself_a_role(reader: Reader, database: Database, manager: UUID) -> None:
    seen = give(reader, 422, email="wrensample@members.example", role="steering")

    assert "Nobody changes a role of her own" in seen.words
    assert held(database, manager) == {Role.MANAGER}


@pytest.mark.parametrize("role", [Role.PWG_MEMBER, Role.PWG_COFACILITATOR, Role.FINANCE, Role.DEPUTY])
def test_a_role_that_does_not_oversee_cannot_agree(
    reader: Reader, as_role: Callable[..., Reader], database: Database, ana: UUID, role: Role
) -> None:
    give(reader)

    as_role(role).post(proposals(database)[0], status=403)
    assert held(database, ana) == set()


def test_a_proposal_ends_after_three_days(
    reader: Reader, as_role: Callable[..., Reader], database: Database, clock: Clock, ana: UUID
) -> None:
    give(reader)
    clock.forward(hours=72)

    as_role(Role.STEERING).post(proposals(database)[0], status=409)
    assert held(database, ana) == set()


def test_agreeing_twice_is_agreeing_once(
    reader: Reader, as_role: Callable[..., Reader], database: Database
) -> None:
    give(reader)
    second = as_role(Role.STEERING)
    agree(second)

    second.post(proposals(database)[0], status=409)
    with database.reading() as session:
        assert sum(term.role == Role.PWG_MEMBER for term in terms(session)) == 1


def test_proposing_twice_is_proposing_once(reader: Reader, database: Database) -> None:
    give(reader)
    give(reader)

    assert len(proposals(database)) == 1


def test_a_term_ends_at_once_when_two_agree_and_with_it_every_session(
    reader: Reader, as_role: Callable[..., Reader], database: Database
) -> None:
    leaving = as_role(Role.PWG_MEMBER, name="Lee Leaving")
    page = reader.get("/office/roles")
    (address,) = presses(page, "End this term")
    reader.post(address)
    assert leaving.get("/office/").heading == "Desk"

    agree(as_role(Role.CUSTODIAN))

    leaving.get("/office/", 303)


def test_two_custodians_give_a_late_election_thirty_days(
    reader: Reader, as_role: Callable[..., Reader], hire: Hire, database: Database, clock: Clock
) -> None:
    late = hire(Role.PWG_COFACILITATOR, name="Lou Late", until=date(2026, 11, 20))
    one, other = as_role(Role.CUSTODIAN), as_role(Role.CUSTODIAN, name="Cal Custodian")
    assert held(database, late) == set()
    addresses = presses(one.get("/office/roles"), "Thirty days more")
    (address,) = [found for found in addresses if found.startswith("/office/roles/")]
    one.post(address)

    reader.post(proposals(database)[0], status=403)
    agree(other)

    assert held(database, late, date(2026, 12, 23)) == {Role.PWG_COFACILITATOR}
    assert held(database, late, date(2026, 12, 24)) == set()
    assert address not in presses(one.get("/office/roles"), "Thirty days more")
    one.post(address, status=422)


def test_a_term_that_ended_long_ago_is_not_extended(
    as_role: Callable[..., Reader], hire: Hire, database: Database
) -> None:
    hire(Role.PWG_COFACILITATOR, name="Lou Late", until=date(2026, 10, 1))
    with database.reading() as session:
        (old,) = [term.id for term in terms(session) if term.role == Role.PWG_COFACILITATOR]

    seen = as_role(Role.CUSTODIAN).post(f"/office/roles/{old}/extend", status=422)
    assert "within 30 days" in seen.words


def test_roles_kept_apart_need_a_reason_and_an_end_and_everybody_can_read_of_it(
    reader: Reader, as_role: Callable[..., Reader], hire: Hire
) -> None:
    hire(Role.MEMBERSHIP_COFACILITATOR, name="Nguyễn Mẫu")
    asked = {"email": "nguynmu@members.example", "role": "pwg_cofacilitator"}
    assert "One person should not hold both" in give(reader, 422, **asked).words
    why = {"why": "Nobody else can until the election."}
    assert "three months at most" in give(reader, 422, **asked, **why).words

    seen = reader.follow(give(reader, **asked, **why, ends_on="2027-01-31"))
    assert "It would be an exception" in seen.words
    agree(as_role(Role.STEERING))

    told = reader.get("/").words
    assert "Until 31 January 2027 one person is both Membership co-facilitator" in told
    assert "Nguyễn" not in told


def test_another_manager_lets_somebody_begin_anew(
    reader: Reader, app: Flask, database: Database, clock: Clock, hire: Hire
) -> None:
    lost = enrol(database, clock, hire(Role.STEERING, name="Dee Deviceless"))
    hers = Reader(app.test_client())
    lost.sign_in(hers)
    page = reader.get(f"/office/roles/people/{lost.id}/device")
    assert "Dee Deviceless" in page.words
    reader.post(f"/office/roles/people/{lost.id}/device", {"why": ""}, 422)

    reader.post(f"/office/roles/people/{lost.id}/device", {"why": "She called, I know her voice."})

    hers.get("/office/", 303)
    first = hers.follow(hers.post("/office/enter", {"key": lost.link(), "mine": "y"}))
    assert "Before the office opens" in first.words
    with database.reading() as session:
        (entry,) = audit.acts_since(session, "factor.reset", date(2026, 1, 1))
        assert entry.why == "She called, I know her voice."


def test_nobody_lets_herself_begin_anew(reader: Reader, manager: UUID) -> None:
    reader.post(f"/office/roles/people/{manager}/device", {"why": "I lost it."}, 422)


def test_for_the_only_manager_two_custodians_do_it(
    as_role: Callable[..., Reader], database: Database, clock: Clock, manager: UUID
) -> None:
    lost = enrol(database, clock, manager)
    one, other = as_role(Role.CUSTODIAN), as_role(Role.CUSTODIAN, name="Cal Custodian")
    one.post(f"/office/roles/people/{lost.id}/device", {"why": "She called us both."})
    key = lost.link()
    one.post("/office/enter", {"key": key, "mine": "y"}, 200)

    agree(other)

    assert (
        one.post("/office/enter", {"key": key, "mine": "y"}).answer.headers["Location"] == "/office/ways-in"
    )


def test_where_there_is_another_manager_custodians_do_not(
    as_role: Callable[..., Reader], hire: Hire, manager: UUID
) -> None:
    hire(Role.MANAGER, name="Mo Manager")

    seen = as_role(Role.CUSTODIAN).post(f"/office/roles/people/{manager}/device", {"why": "She called."}, 422)
    assert "Another manager can do this alone" in seen.words


def test_the_name_of_somebody_without_a_role_is_not_shown(reader: Reader, ana: UUID) -> None:
    reader.get(f"/office/roles/people/{ana}/device", 404)


def test_thirty_days_before_its_end_a_term_is_spoken_of(
    as_role: Callable[..., Reader], reader: Reader, hire: Hire, app: Flask, clock: Clock
) -> None:
    soon = hire(Role.PWG_MEMBER, name="Lee Leaving", until=date(2026, 12, 24))
    hers = Reader(app.test_client())
    hers.post(f"/demo/{soon}")
    assert "Your term as" not in hers.get("/office/").words
    clock.forward(hours=14)
    hers.post(f"/demo/{soon}")

    assert "Your term as Policy Working Group member ends on 24 December 2026" in hers.get("/office/").words


def test_what_should_be_looked_at_is_said(reader: Reader, hire: Hire) -> None:
    assert (
        "Custodian of the keys: 0 now. With 2 nobody is alone with it." in reader.get("/office/roles").words
    )
    hire(Role.CUSTODIAN, name="Cal Custodian")
    hire(Role.CUSTODIAN, name="Cam Custodian")

    seen = reader.get("/office/roles").words
    assert "Custodian of the keys: all terms end on 30 June 2027. Let one end later." in seen


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


def test_the_handover_says_what_is_open_and_names_nobody(
    as_role: Callable[..., Reader], reader: Reader, ana: UUID
) -> None:
    seen = as_role(Role.PWG_COFACILITATOR).get("/office/handover")

    assert "Policy Working Group co-facilitator until 30 June 2027" in seen.words
    for name in ("Ana-Lucía", "Wren", "Sam Second"):
        assert name not in seen.words

"""One person on the pages of the membership group: joining, and how far she may be shown."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Limits, Preset, facts_of
from advocacy.people.models import Person
from advocacy.people.queries import names_of, naming_limits
from advocacy.people.roles import Role
from tests.make import person
from tests.page import Reader, Seen
from tests.web.conftest import Clock

JOINS = {
    "name": "Wren Sample",
    "email": "tree@x.example",
    "mail_mode": "full",
    "language": "en",
    "state": "OH",
    "answer": "count_me_only",
}


@pytest.fixture(autouse=True)
def _membership(sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.MEMBERSHIP_COFACILITATOR, name="Nobody Inparticular")


@pytest.fixture
def wren(database: Database, clock: Clock) -> UUID:
    with database.transaction() as session:
        limits = Preset.CHOSEN_NAME_TO_OFFICES
        return person(session, "Wren Sample", now=clock(), limits=limits, phone="+1 555 0100").id


def add(reader: Reader, status: int = 303, **more: str) -> Seen:
    reader.get("/office/people/new")
    return reader.post("/office/people/new", {**JOINS, **more}, status)


def found(database: Database, email: str = "tree@x.example") -> list[UUID]:
    with database.reading() as session:
        everybody = session.scalars(select(Person)).all()
        return [one.id for one in everybody if names_of(session, one).email == email]


def limits(database: Database, id: UUID, clock: Clock) -> Limits:
    with database.reading() as session:
        return naming_limits(session, id, clock())


def say(reader: Reader, wren: UUID, status: int = 303, **fields: str | list[str]) -> Seen:
    reader.get(f"/office/people/{wren}")
    return reader.post(f"/office/people/{wren}/limits", fields, status)


def test_one_person_is_added_by_hand_and_counted_only(
    reader: Reader, database: Database, clock: Clock
) -> None:
    seen = reader.follow(add(reader))

    assert "She is on the roster." in seen.words
    assert set(limits(database, found(database)[0], clock).values()) == {NOTHING_BUT_COUNT}


def test_whoever_joins_with_more_has_said_so_by_voice(
    reader: Reader, database: Database, clock: Clock
) -> None:
    refused = add(reader, 422, answer="public_advocate")
    assert "Talk with her first" in refused.words
    assert refused.soup.find(id="name")["value"] == "Wren Sample"
    assert found(database) == []

    add(reader, answer="public_advocate", by_voice="y")
    assert limits(database, found(database)[0], clock) == Preset.PUBLIC_ADVOCATE.limits()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Please type her name."),
        ("email", "", "Please type her address"),
        ("email", "no address", "not an address"),
        ("time_zone", "Mars", "not a zone we know"),
        ("name", "Wr\u202een", "hidden character"),
        ("answer", "", "Please choose what she said."),
        ("state", "ZZ", "Not a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nobody_is_added(
    reader: Reader, database: Database, field: str, value: str, says: str
) -> None:
    assert says in add(reader, 422, **{field: value}).words
    assert found(database) == []


def test_somebody_known_already_is_not_added_again(reader: Reader, database: Database) -> None:
    add(reader)

    assert "on the roster already" in add(reader, 422).words
    assert len(found(database)) == 1


def test_her_page_shows_how_to_reach_her_and_what_may_be_seen(reader: Reader, wren: UUID) -> None:
    seen = reader.get(f"/office/people/{wren}")

    assert "+1 555 0100" in seen.words
    rows = {row.th.get_text(): row.get_text(" ") for row in seen.soup.tbody.find_all("tr")}
    assert "her chosen name" in rows["Offices"]
    assert "only a number" in rows["The web"]


def test_less_takes_effect_in_that_moment(
    reader: Reader, database: Database, wren: UUID, clock: Clock
) -> None:
    seen = reader.follow(say(reader, wren, answer="count_me_only"))

    assert "It holds from this moment" in seen.words
    assert limits(database, wren, clock) == Preset.COUNT_ME_ONLY.limits()


def test_more_takes_the_tick_and_the_wait(
    reader: Reader, database: Database, wren: UUID, clock: Clock
) -> None:
    assert "Talk with her first" in say(reader, wren, 422, answer="public_advocate").words
    seen = reader.follow(say(reader, wren, answer="public_advocate", by_voice="y"))

    assert "her full name" in seen.soup.tbody.get_text(" ")
    clock.forward(hours=23)
    assert limits(database, wren, clock) == Preset.CHOSEN_NAME_TO_OFFICES.limits()
    clock.forward(hours=1)
    assert limits(database, wren, clock) == Preset.PUBLIC_ADVOCATE.limits()


def test_each_audience_can_be_set_piece_by_piece(
    reader: Reader, database: Database, wren: UUID, clock: Clock
) -> None:
    say(reader, wren, answer="finer", recipient=["descriptor"], web=["initials", "survivor"], by_voice="y")
    clock.forward(hours=24)

    held = limits(database, wren, clock)
    assert held[Audience.RECIPIENT] == facts_of(["descriptor"])
    assert held[Audience.WEB] == facts_of(["initials", "survivor"])
    assert held[Audience.PRESS] == NOTHING_BUT_COUNT


def test_a_piece_nobody_knows_is_refused(reader: Reader, wren: UUID) -> None:
    say(reader, wren, 422, answer="finer", web=["everything"])


def test_a_press_without_an_answer_changes_nothing(
    reader: Reader, database: Database, wren: UUID, clock: Clock
) -> None:
    before = limits(database, wren, clock)

    assert "Please choose" in say(reader, wren, 422).words
    assert limits(database, wren, clock) == before


def test_every_change_is_put_on_record(reader: Reader, database: Database, wren: UUID) -> None:
    say(reader, wren, answer="public_advocate", by_voice="y")
    say(reader, wren, answer="count_me_only")

    with database.reading() as session:
        acts = set(session.scalars(select(AuditEntry.act)))
    assert {"limits.raise", "limits.lower"} <= acts


def test_a_chosen_name_that_leads_to_her_is_said_in_private_and_never_refused(
    reader: Reader, database: Database
) -> None:
    seen = reader.follow(add(reader, chosen_name="Starling", handles="@starling_sings"))

    assert "could lead to her" in seen.words
    assert len(found(database)) == 1


def test_nobody_is_at_an_address_made_up(reader: Reader) -> None:
    reader.get("/office/people/00000000-0000-0000-0000-000000000000", 404)


def test_the_rest_of_the_office_cannot_open_it(
    reader: Reader, wren: UUID, sit_down: Callable[..., UUID]
) -> None:
    sit_down(Role.PWG_COFACILITATOR, Role.MANAGER, name="Somebody Else")

    reader.get(f"/office/people/{wren}", 403)
    reader.get("/office/people/new", 403)

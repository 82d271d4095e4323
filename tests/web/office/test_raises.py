"""The membership group hears a person before more of her is shown."""

from collections.abc import Callable
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.people.limits import Audience, facts_of
from advocacy.people.models import LimitRaise
from advocacy.people.queries import naming_limits
from advocacy.people.raising import ask_raise
from advocacy.people.roles import Role
from tests.make import person
from tests.page import Reader
from tests.web.conftest import Clock


@pytest.fixture
def wish(database: Database, clock: Clock, sit_down: Callable[..., UUID]) -> LimitRaise:
    sit_down(Role.MEMBERSHIP_COFACILITATOR, name="Nobody Inparticular")
    with database.transaction() as session:
        wren = person(session, "Wren Sample", now=clock(), phone="+1 555 0100")
        asked = ask_raise(session, wren.id, Audience.WEB, facts_of(["initials"]), clock().date())
        session.expunge(asked)
        return asked


def answer(reader: Reader, wish: LimitRaise, status: int = 303, **fields: str) -> str:
    reader.get("/office/people/raises")
    return reader.post(f"/office/people/raises/{wish.id}", fields, status).words


def web_limit(database: Database, wish: LimitRaise, clock: Clock) -> frozenset[str]:
    with database.reading() as session:
        return frozenset(naming_limits(session, wish.person_id, clock())[Audience.WEB])


def test_the_list_says_who_and_what_and_no_letter(reader: Reader, wish: LimitRaise) -> None:
    assert "1 to confirm by voice" in reader.get("/office/people").words
    words = reader.get("/office/people/raises").words

    assert "Wren Sample" in words
    assert "The web: her initials." in words
    assert "+1 555 0100" in words


def test_a_yes_takes_the_tick_and_then_the_wait(
    reader: Reader, database: Database, wish: LimitRaise, clock: Clock
) -> None:
    assert "Talk with her first" in answer(reader, wish, 422, answer="yes")
    answer(reader, wish, answer="yes", heard="y")
    assert "Nobody is to be called." in reader.get("/office/people/raises").words

    clock.forward(hours=23)
    assert "initials" not in web_limit(database, wish, clock)
    clock.forward(hours=1)
    assert "initials" in web_limit(database, wish, clock)


def test_a_no_is_final(reader: Reader, database: Database, wish: LimitRaise, clock: Clock) -> None:
    answer(reader, wish, answer="no")
    assert "was refused" in answer(reader, wish, 422, answer="yes", heard="y")

    clock.forward(hours=48)
    assert "initials" not in web_limit(database, wish, clock)


def test_a_press_without_an_answer_changes_nothing(
    reader: Reader, database: Database, wish: LimitRaise
) -> None:
    assert "Please choose what she said." in answer(reader, wish, 422)
    with database.reading() as session:
        asked = session.get_one(LimitRaise, wish.id)
        assert (asked.confirmed_by, asked.refused_on) == (None, None)


def test_the_rest_of_the_office_cannot_open_it(
    reader: Reader, wish: LimitRaise, sit_down: Callable[..., UUID]
) -> None:
    sit_down(Role.PWG_COFACILITATOR, name="Somebody Else")

    reader.get("/office/people/raises", 403)

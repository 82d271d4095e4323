"""Late ones are offered the next edition: they leave word, and hear once when the letter opens again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.actions import open_for_signons
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.signons.late import KIND, ask_again, how_many_wait, leave_word, left_word
from advocacy.signons.visits import Visit
from tests import make
from tests.make import ZONE, Cast

DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def late(now: datetime) -> datetime:
    return now + make.OPEN_FOR + DAY


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, late: datetime) -> Visit:
    """Wren comes a day late and leaves word, twice."""
    visit = make.come(session, letter.letter_id, cast.wren, late)
    for _ in range(2):
        leave_word(session, visit, zone=ZONE, now=late)
    return visit


def asked(session: Session) -> list[int]:
    return list(session.scalars(select(Message.turn).where(Message.kind == KIND).order_by(Message.turn)))


def again(session: Session, letter: LetterVersion, cast: Cast, at: datetime) -> None:
    open_for_signons(session, letter.id, closes_at=at + DAY, by=cast.jo, now=at)


def test_who_left_word_is_asked_once_when_it_opens_again(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, late: datetime
) -> None:
    assert left_word(session, wren)
    assert ask_again(session, late) == 0

    again(session, letter, cast, late)

    assert [ask_again(session, late), ask_again(session, late)] == [1, 0]
    assert asked(session) == [1]
    assert not left_word(session, wren)


def test_who_comes_late_twice_may_leave_word_twice(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, late: datetime
) -> None:
    again(session, letter, cast, late)
    ask_again(session, late)
    leave_word(session, wren, zone=ZONE, now=late + 2 * DAY)
    again(session, letter, cast, late + 3 * DAY)

    assert ask_again(session, late + 3 * DAY) == 1
    assert asked(session) == [1, 2]


def test_the_office_reads_no_number_below_five(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, late: datetime
) -> None:
    assert how_many_wait(session, letter.letter_id) == "A few people"
    for one in (cast.dee, cast.river, cast.nguyen):
        visit = make.come(session, letter.letter_id, one, late)
        leave_word(session, visit, zone=ZONE, now=late)
    assert how_many_wait(session, letter.letter_id) == "A few people"
    leave_word(session, make.come(session, letter.letter_id, cast.ana, late), zone=ZONE, now=late)
    assert how_many_wait(session, letter.letter_id) == "5 people"


def test_nobody_waits_where_nobody_came_late(session: Session, letter: LetterVersion) -> None:
    assert how_many_wait(session, letter.letter_id) == ""

"""A look asks the database once for the same thing; whoever writes asks anew each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.actions import set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import recipients
from advocacy.people.limits import Audience
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, Cast


@contextmanager
def asked(database: Database) -> Iterator[list[str]]:
    """Every question to the database, as it is put."""
    put: list[str] = []

    def note(*told: object) -> None:
        put.append(str(told[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield put
    event.remove(database.engine, "before_cursor_execute", note)


def offices(session: Session, letter: LetterVersion) -> list[str]:
    return [row.office for row in recipients(session, letter.letter_id)]


def test_a_look_asks_once(database: Database, letter: LetterVersion) -> None:
    with database.reading() as session, asked(database) as put:
        first = offices(session, letter)
        once = len(put)
        assert offices(session, letter) == first

    assert len(put) == once


def test_the_next_look_sees_what_was_written_since(database: Database, letter: LetterVersion) -> None:
    with database.reading() as session:
        assert len(offices(session, letter)) == 1
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [make.CHAIR, make.RANKING])

    with database.reading() as session:
        assert len(offices(session, letter)) == 2


def test_whoever_writes_reads_what_she_wrote(database: Database, letter: LetterVersion) -> None:
    with database.transaction() as session:
        assert len(offices(session, letter)) == 1
        set_recipients(session, letter.letter_id, [make.CHAIR, make.RANKING])
        assert len(offices(session, letter)) == 2


def test_two_letters_are_not_taken_for_each_other(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        other = make.letter(session, cast, now=now, offices=[make.CHAIR, make.RANKING])
        make.sign(session, letter.letter_id, cast.wren, now, FULL)

    with database.reading() as session:
        assert len(offices(session, letter)) == 1
        assert len(offices(session, other)) == 2
        assert signers_for(session, letter.id, Audience.RECIPIENT, now).total == 1
        assert signers_for(session, other.id, Audience.RECIPIENT, now).total == 0

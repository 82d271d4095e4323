"""What is asked about letters, where there is nothing yet and where there are several."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from advocacy.db import Database
from advocacy.letters import actions, queries

BY = uuid4()


def test_the_newest_letter_comes_first(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        older = actions.begin_letter(session, kind="testimony", by=BY, now=now)
        newer = actions.begin_letter(session, kind="sign_on_letter", by=BY, now=now + timedelta(days=1))

        assert [letter.id for letter in queries.letters(session)] == [newer.id, older.id]


def test_a_letter_without_words_has_nothing_to_sign(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        letter = actions.begin_letter(session, kind="sign_on_letter", by=BY, now=now).id

        assert queries.latest_version(session, letter) is None
        assert queries.current_opening(session, letter) is None
        assert queries.open_version(session, letter, now) is None
        assert list(queries.recipients(session, letter)) == []


@pytest.mark.parametrize("ask", [queries.letter, queries.version, queries.approval, queries.header])
def test_what_was_never_there_is_none(database: Database, ask: object) -> None:
    with database.reading() as session:
        assert ask(session, uuid4()) is None  # type: ignore[operator]


def test_the_box_of_a_testimony_is_filled_and_filled_again(database: Database, now: datetime) -> None:
    first = actions.Header("HB 417", "A Sample Bill", "Committee on Samples", date(2027, 2, 11), "Room 3")
    with database.transaction() as session:
        letter = actions.begin_letter(session, kind="testimony", by=BY, now=now).id
        for header in (first, actions.Header("HB 417", "A Sample Bill", "Another", date(2027, 2, 12))):
            actions.set_header(session, letter, header)

    with database.reading() as session:
        box = queries.header(session, letter)
    assert box is not None
    assert (box.committee, box.hearing_on, box.place) == ("Another", date(2027, 2, 12), "")

"""A newer copy in place of one that shows her: only if she asks, without her name, done when it left."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions.corrections import answer_correction, copies_out, corrections
from advocacy.editions.models import CorrectionWish, Way
from advocacy.letters.models import LetterVersion
from advocacy.signons.models import SignOn
from advocacy.signons.undoing import put_back
from advocacy.signons.visits import sign_on_of
from tests import make
from tests.make import CHAIR, CHOSEN, FULL, ZONE, Cast

LATER = timedelta(hours=1)


@pytest.fixture
def sent(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> LetterVersion:
    """A letter whose one office has a copy with Wren and River on it; then Wren takes her name off."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
        goes_out(session, letter, cast, now)
        make.withdraw(session, letter.letter_id, cast.wren, now)
    return letter


def goes_out(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    edition = make.frozen(session, letter, cast, now)
    office = make.office_of(session, letter)
    make.hand_over(session, edition.id, office.id, cast, now, Way.IN_PERSON, receipt="At the desk")


def answers(session: Session, letter: LetterVersion, cast: Cast, now: datetime, *, ask: bool = True) -> None:
    visit = make.come(session, letter.letter_id, cast.wren, now)
    answer_correction(session, visit, ask=ask, zone=ZONE, now=now)


def hers(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> SignOn:
    found = sign_on_of(session, make.come(session, letter.letter_id, cast.wren, now))
    assert found is not None
    return found


@pytest.mark.both_databases
def test_nothing_is_asked_of_an_office_unless_she_says_so(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        assert corrections(session, sent.letter_id, ZONE) == ()
        answers(session, sent, cast, now, ask=False)
        assert corrections(session, sent.letter_id, ZONE) == ()
        for _ in range(2):
            answers(session, sent, cast, now)

        (one,) = corrections(session, sent.letter_id, ZONE)

    assert (one.office, one.sent_on) == (CHAIR.office, now.date())


def test_two_who_ask_are_told_as_one(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        answers(session, sent, cast, now)
        make.withdraw(session, sent.letter_id, cast.river, now)
        river = make.come(session, sent.letter_id, cast.river, now)
        answer_correction(session, river, ask=True, zone=ZONE, now=now)

        assert len(corrections(session, sent.letter_id, ZONE)) == 1


def test_a_newer_copy_to_that_office_settles_it(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        answers(session, sent, cast, now)
        goes_out(session, sent, cast, now + LATER)

        assert corrections(session, sent.letter_id, ZONE) == ()
        (copy,) = copies_out(session, hers(session, sent, cast, now))

    assert (copy.is_asked, copy.replaced_at) == (True, now + LATER)


def test_she_may_change_her_mind(database: Database, sent: LetterVersion, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        answers(session, sent, cast, now)
        answers(session, sent, cast, now, ask=False)

        assert session.scalars(select(CorrectionWish)).all() == []


def test_who_puts_her_name_back_asks_for_no_other_copy(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        answers(session, sent, cast, now)
        visit = make.come(session, sent.letter_id, cast.wren, now)
        put_back(session, visit, ("count", "recipient"), zone=ZONE, now=now)

        assert corrections(session, sent.letter_id, ZONE) == ()


def test_whoever_was_in_no_copy_has_nothing_to_ask(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
        goes_out(session, letter, cast, now)
        make.sign(session, letter.letter_id, cast.wren, now)
        make.withdraw(session, letter.letter_id, cast.wren, now)
        answers(session, letter, cast, now)

        assert corrections(session, letter.letter_id, ZONE) == ()

"""Numbers that outsiders read move once a day, and never show somebody who has left."""

from datetime import datetime, timedelta

import pytest

from advocacy.clock import day_in
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.organisations.queries import organisations_on
from advocacy.organisations.recording import record_organisation, revoke_organisation
from advocacy.people.actions import add_organisation
from advocacy.people.limits import Audience
from advocacy.people.queries import groups
from advocacy.signons.counting import others_since_midnight, would_ask
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import COUNTED, FULL, ZONE, Cast

NIGHT = timedelta(days=1)


def shown(database: Database, letter: LetterVersion, at: datetime) -> int:
    """The number a stranger reads at a moment."""
    with database.reading() as session:
        signers = signers_for(session, letter.id, Audience.WEB, at)
        return others_since_midnight(session, letter.id, signers, day_in(ZONE, at))


def test_somebody_new_counts_from_the_next_midnight_on(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
    midnight = now.replace(hour=5) + NIGHT  # where the network works

    assert shown(database, letter, now) == 0
    assert shown(database, letter, midnight - timedelta(seconds=1)) == 0
    assert shown(database, letter, midnight) == 1


def test_somebody_who_left_is_in_no_number_from_that_moment_on(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        for who in (cast.dee, cast.river):
            make.sign(session, letter.letter_id, who, now)
    before = shown(database, letter, later)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.dee, later)

    assert (before, shown(database, letter, later)) == (2, 1)


def test_one_who_leaves_is_not_hidden_behind_one_who_comes(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.dee, later)
        make.sign(session, letter.letter_id, cast.river, later)

    assert shown(database, letter, later) == 0


def test_a_name_that_goes_is_no_number_before_midnight(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, web=FULL)
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, later, web=COUNTED)

    assert shown(database, letter, later) == 0
    assert shown(database, letter, later + NIGHT) == 1


def test_a_name_that_is_shown_neither_adds_to_the_number_nor_takes_from_it(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, web=FULL)
        make.sign(session, letter.letter_id, cast.dee, now)
        make.sign(session, letter.letter_id, cast.nguyen, later, web=FULL)

    assert shown(database, letter, later) == shown(database, letter, later + NIGHT) == 1


@pytest.mark.parametrize("again", [0, 1])
def test_whoever_changes_an_answer_stays_counted(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, again: int
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.river, now)
    for _ in range(again + 1):
        with database.transaction() as session:
            make.sign(session, letter.letter_id, cast.river, later, recipient=make.CHOSEN)

    assert shown(database, letter, later) == 1


def test_whoever_left_and_came_back_on_one_day_counts(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + NIGHT
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.dee, later)
        make.sign(session, letter.letter_id, cast.dee, later)

    assert shown(database, letter, later) == 1


def test_asking_a_group_says_how_many_were_not_asked_yet(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        ids = [group.id for group in groups(session)]
        before = would_ask(session, letter.letter_id, ids)
        make.ask_members(session, letter, cast, now)
        after = would_ask(session, letter.letter_id, ids)

    assert (before, after) == (5, 0)


def test_an_organisation_stands_in_the_list_until_it_is_taken_off(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        known = add_organisation(session, public_name="Sample Valley", state="MD", now=now)
        record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)
        (line,) = organisations_on(session, letter.letter_id)
        revoke_organisation(session, line.sign_on_id, by=cast.amara, now=now)
        after = organisations_on(session, letter.letter_id)

    assert (line.line, line.version_n) == ("Sample Valley (MD)", 1)
    assert after == ()

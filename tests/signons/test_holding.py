"""What is held prints nothing and counts nowhere until somebody has looked; a shelter is never held."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.organisations.recording import record_organisation
from advocacy.people.actions import add_organisation
from advocacy.people.limits import Audience, Preset
from advocacy.signons.holding import BURST, Verdict, held_on, is_left_out, judge, letters_to_review
from advocacy.signons.models import Hold, LineLook, SignOn
from advocacy.signons.queries import progress, signers_for
from tests import make
from tests.make import CHOSEN, COUNTED, FULL, Cast


@pytest.fixture
def letter(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        return make.letter(session, cast, now=now)


def sign_as(database: Database, letter: LetterVersion, name: str, now: datetime, **more: str) -> UUID:
    """Somebody of this name signs with it, for everybody to see."""
    with database.transaction() as session:
        email = f"somebody{abs(hash(name))}@members.example"
        person = make.person(session, name, now=now, email=email, limits=Preset.PUBLIC_ADVOCATE, **more)  # type: ignore[arg-type]
        return make.sign(session, letter.letter_id, person.id, now, FULL, FULL, FULL).id


def shown(database: Database, letter: LetterVersion, now: datetime) -> tuple[list[str], int]:
    with database.reading() as session:
        signers = signers_for(session, letter.id, Audience.RECIPIENT, now)
        return [one.line for one in signers.individuals], signers.others


def decide(
    database: Database, letter: LetterVersion, sign_on: UUID, verdict: Verdict, cast: Cast, now: datetime
) -> int:
    with database.transaction() as session:
        return judge(session, letter.letter_id, [sign_on], verdict, by=cast.jo, today=now.date())


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=HYPERLINK(1)", "Wrеn Sample"])
def test_a_held_line_prints_nowhere_and_counts_nowhere(
    database: Database, letter: LetterVersion, now: datetime, name: str
) -> None:
    sign_as(database, letter, name, now)
    with database.reading() as session:
        (held,) = held_on(session, letter.letter_id)
        signed = progress(session, letter.letter_id, letter.id).signed
        waiting = letters_to_review(session)

    assert held.lines == (name,)
    assert shown(database, letter, now) == ([], 0)
    assert (signed, list(waiting)) == (0, [letter.letter_id])


def test_what_was_let_through_prints_and_can_be_taken_back(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    id = sign_as(database, letter, "=SUM Muster", now)
    first = decide(database, letter, id, Verdict.PRINT, cast, now)
    twice = decide(database, letter, id, Verdict.PRINT, cast, now)
    printed = shown(database, letter, now)
    decide(database, letter, id, Verdict.WAIT, cast, now)

    assert (first, twice, printed) == (1, 0, (["=SUM Muster"], 0))
    assert shown(database, letter, now) == ([], 0)


def test_what_was_left_out_stays_out_and_she_is_told_to_call(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    id = sign_as(database, letter, "=SUM Muster", now)
    with database.reading() as session:
        before = is_left_out(session, id)
    decide(database, letter, id, Verdict.LEAVE_OUT, cast, now)
    with database.reading() as session:
        assert (before, is_left_out(session, id)) == (False, True)
        assert list(letters_to_review(session)) == []
    assert shown(database, letter, now) == ([], 0)


def test_the_same_line_signed_again_keeps_what_was_decided_and_another_is_looked_at_anew(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        odd = make.person(
            session, "=SUM Muster", chosen_name="Sumi", now=now, limits=Preset.PUBLIC_ADVOCATE
        ).id
        id = make.sign(session, letter.letter_id, odd, now, FULL).id
    decide(database, letter, id, Verdict.LEAVE_OUT, cast, now)
    with database.transaction() as session:
        make.sign(session, letter.letter_id, odd, now, FULL, FULL)
    still = shown(database, letter, now)
    with database.transaction() as session:
        make.sign(session, letter.letter_id, odd, now, CHOSEN)

    assert still == ([], 0)
    assert shown(database, letter, now) == (["Sumi"], 0)


def test_a_line_that_looks_like_anothers_is_held_and_the_other_is_not(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    sign_as(database, letter, "Wilson Sample", now)
    sign_as(database, letter, "WiIson Sample", now)
    sign_as(database, letter, "Wilson Sample", now, chosen_name="Another")
    with database.reading() as session:
        assert [one.reasons for one in held_on(session, letter.letter_id)] == [("look_alike",)]
    assert shown(database, letter, now) == (["Wilson Sample", "Wilson Sample"], 0)


def test_a_line_that_looks_like_an_organisation_is_held(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        known = add_organisation(session, public_name="Wilson House", state=None, now=now)
        record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)
    sign_as(database, letter, "WiIson House", now)

    assert shown(database, letter, now) == ([], 0)


def test_a_burst_is_held_and_those_before_it_are_not(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    for number in range(BURST + 3):
        sign_as(database, letter, f"Muster {'abcdefghijklmnopqrstuvwxyz'[number] * 3}", now)
    with database.reading() as session:
        held = held_on(session, letter.letter_id)

    assert [one.reasons for one in held] == [("burst",)] * 3
    assert len(shown(database, letter, now)[0]) == BURST


def test_twenty_in_one_shelter_within_an_hour_are_not_held(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    for number in range(20):
        at = now + timedelta(minutes=3 * number)
        sign_as(database, letter, f"Muster {'abcdefghijklmnopqrstuvwxyz'[number] * 3}", at)

    assert len(shown(database, letter, now + timedelta(hours=1))[0]) == 20


def test_ten_in_one_room_at_one_moment_are_not_held(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    for number in range(10):
        sign_as(database, letter, f"Muster {'abcdefghij'[number] * 3}", now)

    assert len(shown(database, letter, now)[0]) == 10


def test_changing_ones_mind_many_times_is_no_burst(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    for number in range(BURST * 2):
        with database.transaction() as session:
            make.sign(session, letter.letter_id, cast.wren, now, FULL if number % 2 else COUNTED)

    assert shown(database, letter, now) == (["Wren Sample"], 0)


def test_what_she_took_off_is_not_looked_at(database: Database, letter: LetterVersion, now: datetime) -> None:
    id = sign_as(database, letter, "=SUM Muster", now)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, session.get_one(SignOn, id).person_id, now)
    with database.reading() as session:
        assert held_on(session, letter.letter_id) == ()


def test_how_a_line_looks_is_kept_as_a_mark_alone(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    sign_as(database, letter, "Plain Muster", now)
    with database.reading() as session:
        (look,) = session.scalars(select(LineLook.look))
        assert session.scalars(select(Hold)).all() == []

    assert len(look) == 32
    assert b"muster" not in look.lower()


def test_another_letters_lines_are_not_judged_here(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    id = sign_as(database, letter, "=SUM Muster", now)
    with database.transaction() as session:
        other = make.letter(session, cast, now=now)
        changed = judge(session, other.letter_id, [id], Verdict.PRINT, by=cast.jo, today=now.date())

    assert changed == 0

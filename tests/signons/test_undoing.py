"""Taking a withdrawal back: for seven days, just as it was, never to more and never for longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import set_limits
from advocacy.people.limits import Audience, Preset
from advocacy.signons import actions
from advocacy.signons.models import Consent, SignOnEvent, Undo
from advocacy.signons.queries import signers_for
from advocacy.signons.undoing import NothingToPutBack, keep_off, may_come_back, put_back
from advocacy.signons.visits import Visit, standing, standing_lines
from advocacy.signons.withdrawing import withdraw_all
from tests import make
from tests.make import CHOSEN, COUNTED, FULL, ZONE, Cast

OFFICE, WEB = Audience.RECIPIENT, Audience.WEB
ALL = tuple(Audience)
DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, CHOSEN)
    return make.come(session, letter.letter_id, cast.wren, now)


def off(session: Session, visit: Visit, now: datetime) -> None:
    actions.withdraw(session, visit, zone=ZONE, now=now)


def back(session: Session, visit: Visit, now: datetime, audiences: tuple[Audience, ...] = ALL) -> None:
    put_back(session, visit, audiences, zone=ZONE, now=now)


def lines(session: Session, letter: LetterVersion, audience: Audience, at: datetime) -> list[str]:
    return [signer.line for signer in signers_for(session, letter.id, audience, at).individuals]


def test_an_undo_brings_back_exactly_what_was_taken_off(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    before, ends = standing_lines(session, wren), standing(session, wren).ends
    off(session, wren, now)
    assert lines(session, letter, OFFICE, now) == []

    back(session, wren, now + 6 * DAY)

    assert standing_lines(session, wren) == before
    assert standing(session, wren).ends == ends
    assert lines(session, letter, OFFICE, now + 6 * DAY) == ["Wren Sample"]
    events = session.scalars(select(SignOnEvent.event).order_by(SignOnEvent.event)).all()
    assert events == ["given"] * 4 + ["put_back"] * 4 + ["withdrawn"]


def test_after_seven_days_nothing_can_be_put_back_and_no_line_is_kept(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    late = now + 7 * DAY

    with pytest.raises(NothingToPutBack):
        back(session, wren, late)
    actions.forget_all_kept(session, late)

    assert session.scalars(select(Undo)).all() == []
    assert all(consent.line is None for consent in session.scalars(select(Consent)))
    assert lines(session, letter, OFFICE, late) == []


def test_before_seven_days_are_over_the_round_forgets_nothing(
    session: Session, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    actions.forget_all_kept(session, now + 7 * DAY - timedelta(seconds=1))

    assert len(may_come_back(session, wren, now + DAY)) == 4


def test_an_undo_widens_nothing_when_her_limit_was_lowered_meanwhile(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    set_limits(session, wren.person_id, Preset.COUNT_ME_ONLY.limits(), by=None, in_force_at=now)

    back(session, wren, now)

    assert lines(session, letter, OFFICE, now) == [] == lines(session, letter, WEB, now)
    assert signers_for(session, letter.id, OFFICE, now).others == 1
    assert standing_lines(session, wren) == {}
    set_limits(session, wren.person_id, make.EVERYTHING, by=None, in_force_at=now + DAY)
    assert lines(session, letter, OFFICE, now + 2 * DAY) == []


def test_an_undo_lasts_no_longer_than_what_it_brings_back(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    short = {**make.DAYS, Audience.PRESS: 7}
    make.sign(session, letter.letter_id, cast.wren, now, FULL, press=FULL, days=short)
    visit = make.come(session, letter.letter_id, cast.wren, now)
    off(session, visit, now + 5 * DAY)

    back(session, visit, now + 9 * DAY)

    assert Audience.PRESS not in standing(session, visit).ends
    assert lines(session, letter, Audience.PRESS, now + 9 * DAY) == []
    assert lines(session, letter, OFFICE, now + 9 * DAY) == ["Wren Sample"]


def test_an_undo_does_not_sign_another_text(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    later = make.edit(session, cast, letter.letter_id, now=now, body="We now ask for **four** things.")

    with pytest.raises(NothingToPutBack):
        back(session, wren, now)

    assert signers_for(session, later.id, OFFICE, now).total == 0


def test_an_undo_works_after_the_letter_closed(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    closed = now + make.OPEN_FOR + timedelta(hours=1)
    off(session, wren, closed)

    back(session, wren, closed)

    assert lines(session, letter, OFFICE, closed) == ["Wren Sample"]


def test_whoever_put_back_only_a_part_can_still_show_less_once_the_letter_is_closed(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    off(session, wren, now)
    back(session, wren, now, (OFFICE, Audience.COUNT))
    closed = now + make.OPEN_FOR

    make.sign(session, letter.letter_id, cast.wren, closed, COUNTED, COUNTED)

    assert lines(session, letter, OFFICE, closed) == []
    with pytest.raises(actions.OnlyLess):
        make.sign(session, letter.letter_id, cast.wren, closed, COUNTED, CHOSEN)


def test_only_what_she_was_shown_comes_back(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)

    back(session, wren, now, (Audience.COUNT, WEB))

    assert lines(session, letter, OFFICE, now) == []
    assert lines(session, letter, WEB, now) == ["Wrenna"]
    assert OFFICE not in standing_lines(session, wren)


def test_signing_anew_leaves_nothing_of_the_old_to_put_back(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    make.sign(session, letter.letter_id, cast.wren, now, COUNTED)

    back(session, wren, now)

    assert lines(session, letter, OFFICE, now) == []
    assert all(consent.line is None for consent in session.scalars(select(Consent)))


def test_off_for_good_is_for_good(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    for _ in range(2):
        keep_off(session, wren)

    with pytest.raises(NothingToPutBack):
        back(session, wren, now)

    assert all(consent.line is None for consent in session.scalars(select(Consent)))


def test_putting_back_twice_is_once(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    off(session, wren, now)
    for _ in range(2):
        back(session, wren, now)

    assert len(session.scalars(select(SignOnEvent).where(SignOnEvent.event == "put_back")).all()) == 4
    off(session, wren, now)
    assert lines(session, letter, OFFICE, now) == []


def test_a_no_that_ended_a_yes_can_be_taken_back_with_it(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    actions.decline(session, wren, zone=ZONE, now=now)

    back(session, wren, now)

    assert standing(session, wren).signed
    assert not standing(session, wren).declined


@pytest.mark.both_databases
def test_a_spoken_word_takes_her_off_every_letter_at_once_and_each_can_be_put_back(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        two = [make.letter(session, cast, now=now, title=f"Letter {n}") for n in (1, 2)]
        for version in two:
            make.sign(session, version.letter_id, cast.wren, now, FULL, FULL)
            make.sign(session, version.letter_id, cast.ana, now, FULL)
    with database.transaction() as session:
        withdraw_all(session, cast.wren, by=cast.lee, zone=ZONE, now=now)

    with database.transaction() as session:
        assert [lines(session, version, OFFICE, now) for version in two] == [["Ana-Lucía Ejemplo"]] * 2
        assert [lines(session, version, WEB, now) for version in two] == [[], []]
        back(session, make.come(session, two[0].letter_id, cast.wren, now), now)
    with database.reading() as session:
        assert lines(session, two[0], WEB, now) == ["Wren Sample"]
        assert lines(session, two[1], WEB, now) == []

"""A signed sheet counts once two have typed the same from it, and never shows more than it showed her."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.clock import day_in
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import set_limits
from advocacy.people.limits import Audience, Form, Preset
from advocacy.people.roles import Role
from advocacy.signons.assisting import come_for
from advocacy.signons.models import AssistedSignOn, Consent
from advocacy.signons.paper import Entry, NotThatDay, OtherPaper, Paper, enter_paper, sheet_of
from advocacy.signons.previews import NotChosen, OverLimit
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, ZONE, Cast

NAMED = {Audience.RECIPIENT: Form.FULL_NAME, Audience.WEB: Form.INITIALS, Audience.PRESS: Form.COUNT_ONLY}


@pytest.fixture
def letter(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        written = make.letter(session, cast, now=now)
        make.ask_members(session, written, cast, now)
    return written


@pytest.fixture
def second(database: Database, now: datetime) -> UUID:
    """Somebody else of the membership group."""
    with database.transaction() as session:
        return make.hand(session, "Max Desk", Role.MEMBERSHIP_COFACILITATOR, now=now)


def paper_of(
    database: Database, letter: LetterVersion, person: UUID, now: datetime, **changed: object
) -> Paper:
    with database.reading() as session:
        _, asked = come_for(session, person, letter.letter_id, now)
        told = {"forms": NAMED, "signed_on": day_in(ZONE, now), "number": sheet_of(asked).number}
    return Paper(**{**told, **changed})  # type: ignore[arg-type]


def type_in(
    database: Database, letter: LetterVersion, person: UUID, paper: Paper, by: UUID, now: datetime
) -> Entry:
    with database.transaction() as session:
        return enter_paper(session, person, letter.letter_id, paper, by=by, zone=ZONE, now=now)


def lines(
    database: Database, letter: LetterVersion, now: datetime, to: Audience = Audience.RECIPIENT
) -> list[str]:
    with database.reading() as session:
        return [one.line for one in signers_for(session, letter.id, to, now).individuals]


def test_a_paper_counts_once_two_have_typed_the_same(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    paper = paper_of(database, letter, cast.wren, now)
    first = type_in(database, letter, cast.wren, paper, cast.lee, now)
    again = type_in(database, letter, cast.wren, paper, cast.lee, now)
    alone = lines(database, letter, now)
    both = type_in(database, letter, cast.wren, paper, second, now)

    assert (first, again, alone, both) == (Entry.WAITS, Entry.WAITS, [], Entry.DONE)
    assert lines(database, letter, now) == ["Wren Sample"]
    assert lines(database, letter, now, Audience.WEB) == ["W. S."]
    assert lines(database, letter, now, Audience.PRESS) == []
    with database.reading() as session:
        (helped,) = session.scalars(select(AssistedSignOn))
        assert set(session.scalars(select(Consent.method))) == {"paper"}
    assert (helped.helped_by, helped.confirmed_by, helped.way) == (cast.lee, second, "paper")


def test_what_two_typed_otherwise_counts_for_nothing(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    other = {**NAMED, Audience.PRESS: Form.FULL_NAME}
    type_in(database, letter, cast.wren, paper_of(database, letter, cast.wren, now), cast.lee, now)
    differs = paper_of(database, letter, cast.wren, now, forms=other)

    assert type_in(database, letter, cast.wren, differs, second, now) is Entry.DIFFERS
    assert lines(database, letter, now) == []


def test_a_paper_cannot_go_beyond_her_limit(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with pytest.raises(OverLimit):
        type_in(database, letter, cast.dee, paper_of(database, letter, cast.dee, now), cast.lee, now)


def test_a_limit_lowered_meanwhile_makes_the_sheet_void(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    paper = paper_of(database, letter, cast.wren, now)
    type_in(database, letter, cast.wren, paper, cast.lee, now)
    with database.transaction() as session:
        set_limits(session, cast.wren, Preset.COUNT_ME_ONLY.limits(), by=cast.lee, in_force_at=now)
    with pytest.raises(OtherPaper):
        type_in(database, letter, cast.wren, paper, second, now)


def test_a_paper_about_other_words_is_refused(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    paper = paper_of(database, letter, cast.wren, now)
    type_in(database, letter, cast.wren, paper, cast.lee, now)
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="Quite other words.")
    with pytest.raises(OtherPaper):
        type_in(database, letter, cast.wren, paper, second, now)


@pytest.mark.parametrize("off", [-1, 1])
def test_a_day_before_the_letter_opened_or_still_to_come_is_refused(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, off: int
) -> None:
    paper = paper_of(database, letter, cast.wren, now, signed_on=day_in(ZONE, now) + timedelta(days=off))
    with pytest.raises(NotThatDay):
        type_in(database, letter, cast.wren, paper, cast.lee, now)


def test_a_part_without_a_choice_is_refused(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    paper = paper_of(database, letter, cast.wren, now, forms={Audience.RECIPIENT: Form.FULL_NAME})
    with pytest.raises(NotChosen):
        type_in(database, letter, cast.wren, paper, cast.lee, now)


def test_what_she_did_herself_since_stands(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    later = now + timedelta(days=2)
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, later, FULL)
        make.withdraw(session, letter.letter_id, cast.wren, later)
    paper = paper_of(database, letter, cast.wren, later, signed_on=day_in(ZONE, now))
    type_in(database, letter, cast.wren, paper, cast.lee, later)

    assert type_in(database, letter, cast.wren, paper, second, later) is Entry.DONE
    assert lines(database, letter, later) == []


def test_a_paper_lasts_from_the_day_she_signed_it(
    database: Database, letter: LetterVersion, cast: Cast, second: UUID, now: datetime
) -> None:
    later = now + timedelta(days=5)
    paper = paper_of(database, letter, cast.wren, later, signed_on=day_in(ZONE, now))
    for by in (cast.lee, second):
        type_in(database, letter, cast.wren, paper, by, later)
    with database.reading() as session:
        ends = session.scalar(select(Consent.latest_at).where(Consent.audience == Audience.RECIPIENT))

    assert ends is not None
    assert day_in(ZONE, ends - timedelta(seconds=1)) == day_in(ZONE, now) + timedelta(days=180)

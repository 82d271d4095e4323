"""Keeping what lapses soon: every line shown, by one press, and never wider or longer than a new yes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import set_limits
from advocacy.people.limits import Audience, Preset
from advocacy.signons.actions import PreviewFirst
from advocacy.signons.models import Consent
from advocacy.signons.queries import signers_for
from advocacy.signons.renewing import NothingChosen, lapsing, renew, renewal_mark
from tests import make
from tests.make import CHOSEN, FULL, ZONE, Cast
from tests.signons.lapses import ends, keep, never, soon, told

OFFICE, WEB, PRESS, COUNT = Audience.RECIPIENT, Audience.WEB, Audience.PRESS, Audience.COUNT


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def late(now: datetime) -> datetime:
    """A day in May on which the lines to the office and on the web both end soon."""
    return now + timedelta(days=165)


@pytest.fixture
def _signed(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, CHOSEN)


@pytest.mark.usefixtures("_signed")
def test_every_line_that_lapses_soon_is_listed_with_both_ends(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)

    assert soon(session, wren, now + timedelta(days=100)) == ()
    found = soon(session, wren, late)
    assert [(one.audience, one.line, one.title) for one in found] == [
        (OFFICE, "Wren Sample", "Support for H.R. 1144"),
        (WEB, "Wrenna", "Support for H.R. 1144"),
    ]
    assert [one.ends_at for one in found] == [ends(session, cast.wren)[a] for a in (OFFICE, WEB)]
    # 180 days from 7 May 2027, and the day is over at midnight in New York.
    assert found[0].would_end_at == datetime(2027, 11, 4, 4, tzinfo=UTC)


def test_one_press_keeps_what_lapses_on_every_letter(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, late: datetime
) -> None:
    other = make.letter(session, cast, now=now, title="Another letter", open_for=timedelta(days=200))
    for version in (letter, other):
        make.sign(session, version.letter_id, cast.wren, now, FULL)
    wren = make.come(session, letter.letter_id, cast.wren, late)
    ending = soon(session, wren, late)

    assert {one.title for one in ending} == {"Support for H.R. 1144", "Another letter"}
    assert keep(session, wren, late) == len(ending)
    assert soon(session, wren, late) == ()
    assert keep_again(session, wren, late) == 0
    for version in (letter, other):
        after = signers_for(session, version.id, OFFICE, now + timedelta(days=200))
        assert [one.line for one in after.individuals] == ["Wren Sample"]
    assert told(session, "renewed") == len(ending)


def keep_again(session: Session, visit: make.Visit, at: datetime) -> int:
    """The same press once more, as a tired thumb makes it."""
    standing = set(session.scalars(select(Consent.id)))
    return renew(session, visit, standing, mark="whatever", sent_at=never, zone=ZONE, now=at)


@pytest.mark.usefixtures("_signed")
def test_what_is_left_out_ends_by_itself(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)
    before = ends(session, cast.wren)

    assert keep(session, wren, late, WEB) == 1

    after = ends(session, cast.wren)
    assert after[OFFICE] == before[OFFICE]
    assert after[WEB] > before[WEB]
    with pytest.raises(NothingChosen):
        renew(session, wren, (), mark="", sent_at=never, zone=ZONE, now=late)


@pytest.mark.usefixtures("_signed")
def test_keeping_changes_nothing_but_the_day(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    def rows() -> list[tuple[object, ...]]:
        columns = [c for c in Consent.__table__.c if c.name not in ("latest_at", "time_zone")]
        return sorted(session.execute(select(*columns)).all(), key=repr)

    wren, before = make.come(session, letter.letter_id, cast.wren, late), rows()
    keep(session, wren, late)

    assert rows() == before


@pytest.mark.usefixtures("_signed")
def test_a_line_over_her_limit_of_today_cannot_be_kept(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)
    mark, wanted = (
        renewal_mark(session, soon(session, wren, late)),
        {one.consent_id for one in soon(session, wren, late)},
    )
    set_limits(session, cast.wren, Preset.CHOSEN_NAME_TO_OFFICES.limits(), by=None, in_force_at=late)

    assert soon(session, wren, late) == ()
    assert renew(session, wren, wanted, mark=mark, sent_at=never, zone=ZONE, now=late) == 0


@pytest.mark.usefixtures("_signed")
def test_a_yes_to_older_words_cannot_be_kept(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)
    make.edit(session, cast, letter.letter_id, now=late, body="We ask for four things.")

    assert soon(session, wren, late) == ()


@pytest.mark.usefixtures("_signed")
def test_who_took_her_name_off_has_nothing_to_keep(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)
    wanted = {one.consent_id for one in soon(session, wren, late)}
    make.withdraw(session, letter.letter_id, cast.wren, late)

    assert renew(session, wren, wanted, mark="", sent_at=never, zone=ZONE, now=late) == 0
    assert signers_for(session, letter.id, OFFICE, late).individuals == ()


@pytest.mark.usefixtures("_signed")
def test_only_what_her_page_showed_is_kept(
    session: Session, letter: LetterVersion, cast: Cast, late: datetime
) -> None:
    wren = make.come(session, letter.letter_id, cast.wren, late)
    found = soon(session, wren, late)
    wanted = {one.consent_id for one in found}
    longer = [replace(one, would_end_at=one.would_end_at + timedelta(days=1)) for one in found]

    for mark in ("", "forged", "é", renewal_mark(session, longer), renewal_mark(session, found[:1])):
        with pytest.raises(PreviewFirst):
            renew(session, wren, wanted, mark=mark, sent_at=never, zone=ZONE, now=late)
    tomorrow = late + timedelta(days=1)
    with pytest.raises(PreviewFirst):
        mark = renewal_mark(session, found)
        renew(session, wren, wanted, mark=mark, sent_at=never, zone=ZONE, now=tomorrow)


def test_nobody_keeps_for_another(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, late: datetime
) -> None:
    for one in (cast.wren, cast.nguyen):
        make.sign(session, letter.letter_id, one, now, FULL)
    wren = make.come(session, letter.letter_id, cast.wren, late)
    mai = make.come(session, letter.letter_id, cast.nguyen, late)
    hers = {one.consent_id for one in soon(session, mai, late)}

    assert renew(session, wren, {*hers, uuid4()}, mark="", sent_at=never, zone=ZONE, now=late) == 0


@pytest.mark.usefixtures("_signed")
def test_days_after_sending_cannot_be_lengthened(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, late: datetime
) -> None:
    sent = now + timedelta(days=140)
    wren = make.come(session, letter.letter_id, cast.wren, late)
    found = lapsing(session, wren, lambda _session, _version: sent, zone=ZONE, now=late)

    assert [one.audience for one in found] == [WEB]


def test_a_count_is_never_kept_past_thirty_days_after_the_close(
    session: Session, cast: Cast, now: datetime
) -> None:
    longer = make.letter(session, cast, now=now, open_for=timedelta(days=120))
    make.sign(session, longer.letter_id, cast.dee, now)
    dee = make.come(session, longer.letter_id, cast.dee, now)
    later = now + timedelta(days=80)

    (only,) = soon(session, dee, later)
    assert (only.audience, only.line) == (COUNT, None)
    assert only.would_end_at == now + timedelta(days=150)
    assert keep(session, dee, later) == 1
    assert signers_for(session, longer.id, OFFICE, now + timedelta(days=149)).others == 1
    assert signers_for(session, longer.id, OFFICE, now + timedelta(days=150)).others == 0

"""Keeping what sources tell and people type: nothing lost, nothing twice."""

import zlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.bills import queries
from advocacy.bills.actions import Tracked, track
from advocacy.bills.changes import ChangeKind
from advocacy.bills.models import (
    Bill,
    Referral,
    SourceReading,
    Sponsorship,
    Step,
    TextVersion,
)
from advocacy.bills.page import BillPage
from advocacy.bills.queries import bill_page
from advocacy.bills.refreshing.queries import age_of
from advocacy.bills.snapshot import ReferralFact, Snapshot, StepFact, TextFact
from advocacy.bills.status import Stage
from advocacy.db import Database
from tests.bills import made, recorded

WREN = uuid4()
HOUR = timedelta(hours=1)


def keep(database: Database, told: Snapshot, now: datetime) -> Tracked:
    with database.transaction() as session:
        return track(session, told, now)


def look(database: Database, now: datetime) -> BillPage:
    with database.reading() as session:
        bill = queries.find(session, made.KEY)
        assert bill is not None
        return bill_page(session, bill.id, now)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_bill_is_kept_whole(database: Database, now: datetime) -> None:
    tracked = keep(database, made.snapshot(), now)
    page = look(database, now)

    assert tracked == Tracked(page.id, True, ())
    assert (page.title, page.stage) == ("Sample Safe Harbour Act", Stage.IN_COMMITTEE)
    assert page.last_action == made.REFERRED.text
    assert page.sponsors == (made.LEAD,)
    assert page.cosponsors == (made.JOINED,)
    assert (page.source, page.fetched_at) == ("Congress.gov", now)


def test_the_same_answer_twice_changes_nothing_but_the_hour(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)
    again = keep(database, made.snapshot(), now + HOUR)

    assert (again.is_new, again.changes) == (False, ())
    with database.reading() as session:
        tables = (Bill, SourceReading, Step, Sponsorship, Referral, TextVersion)
        assert [count(session, table) for table in tables] == [1, 1, 2, 2, 1, 1]
        assert session.scalars(select(Step)).first().seen_at == now  # type: ignore[union-attr]
    assert look(database, now + HOUR).fetched_at == now + HOUR


def test_the_raw_answer_is_kept_with_every_fact(database: Database, now: datetime) -> None:
    told = made.snapshot()
    keep(database, told, now)

    with database.reading() as session:
        reading = session.scalars(select(SourceReading)).one()
        assert zlib.decompress(reading.payload) == told.payload
        for table in (Step, Sponsorship, Referral, TextVersion):
            assert {row.reading_id for row in session.scalars(select(table))} == {reading.id}


def test_a_step_that_vanished_is_kept_marked_and_told_as_a_correction(
    database: Database, now: datetime
) -> None:
    keep(database, made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.REPORTED)), now)

    tracked = keep(database, made.snapshot(steps=(made.INTRODUCED, made.REFERRED)), now + HOUR)
    page = look(database, now + HOUR)

    assert ChangeKind.CORRECTION in [change.kind for change in tracked.changes]
    assert page.stage is Stage.IN_COMMITTEE
    assert [(step.text, step.gone_at) for step in page.steps][0] == (made.REPORTED.text, now + HOUR)


def test_a_step_that_comes_back_is_the_same_row(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)
    keep(database, made.snapshot(steps=(made.INTRODUCED,)), now + HOUR)
    keep(database, made.snapshot(), now + 2 * HOUR)

    assert [step.gone_at for step in look(database, now).steps] == [None, None]
    with database.reading() as session:
        assert count(session, Step) == 2


def test_a_part_that_was_not_told_stays_as_it_was(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)

    tracked = keep(database, made.snapshot(steps=None, sponsors=None, referrals=None, texts=None), now + HOUR)
    page = look(database, now + HOUR)

    assert tracked.changes == ()
    assert (len(page.steps), len(page.sponsors), len(page.committees), len(page.versions)) == (2, 1, 1, 1)


def test_a_text_that_gets_its_date_later_stays_the_text_positions_are_pinned_to(
    database: Database, now: datetime
) -> None:
    keep(database, made.snapshot(texts=(TextFact("Enrolled Bill"),)), now)
    before = look(database, now).versions[0]

    keep(database, made.snapshot(texts=(TextFact("Enrolled Bill", date(2026, 9, 1)),)), now + HOUR)
    (after,) = look(database, now).versions

    assert after.id == before.id
    assert after.on == date(2026, 9, 1)


def test_a_second_print_of_one_kind_is_another_text(database: Database, now: datetime) -> None:
    first, second = TextFact("Engrossed", date(2026, 6, 1)), TextFact("Engrossed", date(2026, 7, 1))
    keep(database, made.snapshot(texts=(first,)), now)
    pinned = look(database, now).versions[0].id

    keep(database, made.snapshot(texts=(second, first)), now + HOUR)

    assert [version.on for version in look(database, now).versions] == [first.on, second.on]
    assert look(database, now).versions[0].id == pinned


def test_a_cosponsor_who_left_is_shown_apart(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)
    left = replace(made.JOINED, withdrawn_on=date(2026, 4, 1))

    keep(database, made.snapshot(sponsors=(made.LEAD, left)), now + HOUR)
    page = look(database, now)

    assert page.cosponsors == ()
    assert page.former_cosponsors == (left,)


def test_a_renamed_committee_keeps_its_row_and_a_lost_one_is_marked(
    database: Database, now: datetime
) -> None:
    keep(database, made.snapshot(), now)
    renamed = ReferralFact(
        "Samples and Proofs Committee", "House", "hszz00", activities=(("Referred to", date(2026, 3, 2)),)
    )

    keep(database, made.snapshot(referrals=(renamed,)), now + HOUR)

    assert look(database, now).committees == (renamed,)
    keep(database, made.snapshot(referrals=()), now + 2 * HOUR)
    assert look(database, now).committees == ()
    with database.reading() as session:
        assert session.scalars(select(Referral)).one().gone_at == now + 2 * HOUR


def test_an_older_record_never_replaces_a_newer_look(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)

    old = keep(database, made.snapshot(title="An Older Title", steps=(), as_of=now - HOUR), now + HOUR)

    assert old.changes == ()
    assert look(database, now).title == "Sample Safe Harbour Act"


def test_a_record_is_as_old_as_it_says(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(as_of=now - timedelta(days=100)), now)

    assert old(database, now) == (100, True)
    keep(database, made.snapshot(), now)
    assert old(database, now) == (0, False)


def old(database: Database, now: datetime) -> tuple[int, bool]:
    with database.reading() as session:
        age = age_of(session, session.scalars(select(Bill.id)).one(), now)
    return age.days_old, age.is_stale


def test_a_record_from_the_future_never_blocks_a_real_look(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(as_of=now + timedelta(days=9)), now)

    keep(database, made.snapshot(title="Wren Sample Act"), now + HOUR)

    assert look(database, now).title == "Wren Sample Act"


def test_hostile_text_is_only_text(database: Database, now: datetime) -> None:
    hostile = (
        "<script>alert(1)</script>' ; DROP TABLE bill; -- \u202eevil \u200b=HYPERLINK()\r\n" + "x" * 10_000
    )

    keep(database, made.snapshot(title=hostile, steps=(StepFact(date(2026, 3, 2), hostile),)), now)

    assert look(database, now).title == hostile


def test_a_recorded_bill_kept_day_by_day_ends_as_its_last_day(
    recordings: Path, database: Database, now: datetime
) -> None:
    days = [recorded.read(day) for day in sorted((recordings / "sequences" / "119hr4323").iterdir())]
    for n, told in enumerate(days):
        tracked = keep(database, told, now + n * HOUR)

    with database.reading() as session:
        page = bill_page(session, tracked.bill_id, now)
        assert page.stage is Stage.LAW
        assert [step.text for step in reversed(page.steps)] == [step.text for step in days[-1].steps or ()]
        assert not [step for step in page.steps if step.gone_at]
        assert count(session, SourceReading) == len({told.hash for told in days})

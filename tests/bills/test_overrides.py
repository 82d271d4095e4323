"""A person's word on where a bill stands, and what ends it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.bills import overrides, queries
from advocacy.bills.actions import Tracked, track
from advocacy.bills.overrides import ReasonMissing
from advocacy.bills.page import BillPage
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.status import Stage
from advocacy.db import Database
from tests.bills import made

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


def say(database: Database, stage: Stage, now: datetime, reason: str = "Read on the floor.") -> None:
    with database.transaction() as session:
        bill = queries.find(session, made.KEY)
        assert bill is not None
        overrides.override_status(session, bill.id, stage, reason=reason, by=WREN, now=now)


def test_a_person_s_word_counts_and_a_refresh_keeps_it(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)
    say(database, Stage.REPORTED, now)

    keep(database, made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.PASSED)), now + HOUR)
    page = look(database, now)

    assert (page.stage, page.because) == (Stage.REPORTED, "Read on the floor.")
    assert page.override is not None
    assert (page.override.by_id, page.override.otherwise) == (WREN, Stage.PASSED_ONE)


def test_a_newer_final_step_ends_a_person_s_word(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)
    say(database, Stage.REPORTED, now)

    keep(database, made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.VETOED)), now + HOUR)

    assert look(database, now).stage is Stage.VETOED
    assert look(database, now).override is None


def test_a_final_step_known_before_does_not_end_it(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(steps=(made.INTRODUCED, made.VETOED)), now)
    say(database, Stage.PRESENTED, now, "The veto was recorded on the wrong bill.")

    keep(database, made.snapshot(steps=(made.INTRODUCED, made.VETOED)), now + HOUR)

    assert look(database, now).stage is Stage.PRESENTED


def test_old_news_arriving_late_does_not_end_it(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(steps=(made.INTRODUCED, made.LAW)), now)
    say(database, Stage.LAW, now)

    keep(database, made.snapshot(steps=(made.INTRODUCED, made.VETOED, made.LAW)), now + HOUR)

    assert look(database, now).rule == "said-by-a-person"


def test_the_end_of_a_congress_ends_a_person_s_word_on_an_unfinished_bill(
    database: Database, now: datetime
) -> None:
    keep(database, made.snapshot(), now)
    say(database, Stage.REPORTED, now)

    assert look(database, now + timedelta(days=60)).stage is Stage.DIED


def test_the_newest_word_counts_and_lifting_it_lets_the_steps_speak(
    database: Database, now: datetime
) -> None:
    bill_id = keep(database, made.snapshot(), now).bill_id
    say(database, Stage.REPORTED, now)
    say(database, Stage.FAILED, now + HOUR)
    assert look(database, now).stage is Stage.FAILED

    for _ in range(2):
        with database.transaction() as session:
            overrides.lift_override(session, bill_id, by=WREN, now=now + 2 * HOUR)

    assert look(database, now).stage is Stage.IN_COMMITTEE
    with database.reading() as session:
        acts = [one.act for one in session.scalars(select(AuditEntry))]
        assert acts == ["bill.stage_said", "bill.stage_said", "bill.stage_unsaid"]


def test_a_word_without_a_reason_or_without_a_bill_is_refused(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)

    with pytest.raises(ReasonMissing):
        say(database, Stage.REPORTED, now, "  ")
    with pytest.raises(NoSuchBill), database.transaction() as session:
        overrides.override_status(session, uuid4(), Stage.LAW, reason="Why", by=WREN, now=now)

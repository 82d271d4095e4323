"""What a person types in, and what becomes of it when a source tells it too."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.audit import AuditEntry
from advocacy.bills import queries
from advocacy.bills.actions import Tracked, track
from advocacy.bills.by_hand import BY_HAND, HandEntry, TitleMissing
from advocacy.bills.entering import enter_by_hand, enter_hearing
from advocacy.bills.models import Bill, Hearing, SourceReading, Sponsorship, StatusOverride, Step
from advocacy.bills.page import BillPage
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.status import Stage
from advocacy.db import Database
from tests.bills import made

WREN = uuid4()
HOUR = timedelta(hours=1)
DAY = date(2026, 12, 8)


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


def entry(**more: object) -> HandEntry:
    steps = ((date(2026, 3, 2), "Introduced"), (date(2026, 3, 9), "Heard in Samples Committee"))
    parts: dict[str, object] = {"title": "Wren Sample Act", "steps": steps, "sponsors": ("Sen. Nguyễn Mẫu",)}
    return HandEntry(made.KEY, **(parts | more))  # type: ignore[arg-type]


def enter(database: Database, typed: HandEntry, now: datetime) -> None:
    with database.transaction() as session:
        enter_by_hand(session, typed, by=WREN, now=now)


def test_a_bill_can_be_entered_by_hand(database: Database, now: datetime) -> None:
    enter(database, entry(stage=Stage.REPORTED, committees=("Samples Committee",)), now)
    page = look(database, now)

    assert (page.title, page.source) == ("Wren Sample Act", BY_HAND)
    assert page.last_action == "Heard in Samples Committee"
    assert (page.stage, page.rule) == (Stage.REPORTED, "said-by-a-person")
    with database.reading() as session:
        assert [one.actor_id for one in session.scalars(select(AuditEntry))] == [WREN, WREN]


def test_entering_the_same_bill_twice_is_entering_it_once(database: Database, now: datetime) -> None:
    enter(database, entry(stage=Stage.REPORTED), now)
    enter(database, entry(stage=Stage.REPORTED), now + HOUR)

    with database.reading() as session:
        tables = (Bill, SourceReading, Step, Sponsorship, StatusOverride)
        assert [count(session, table) for table in tables] == [1, 1, 2, 1, 1]


def test_a_bill_without_a_title_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(TitleMissing), database.transaction() as session:
        enter_by_hand(session, entry(title=" \x00 "), by=WREN, now=now)

    with database.reading() as session:
        assert count(session, Bill) == 0


def test_an_official_source_takes_over_what_it_tells_and_leaves_the_rest(
    database: Database, now: datetime
) -> None:
    steps = ((made.REFERRED.on, made.REFERRED.text.upper()), (date(2026, 4, 1), "Heard in Samples Committee"))
    enter(database, entry(steps=steps), now)

    keep(database, made.snapshot(), now + HOUR)
    page = look(database, now)

    assert (page.title, page.source) == ("Sample Safe Harbour Act", "Congress.gov")
    assert [(step.text, step.source, step.gone_at) for step in page.steps] == [
        ("Heard in Samples Committee", BY_HAND, None),
        (made.REFERRED.text, "Congress.gov", None),
        (made.INTRODUCED.text, "Congress.gov", None),
    ]


def test_what_is_typed_never_replaces_what_a_source_told(database: Database, now: datetime) -> None:
    keep(database, made.snapshot(), now)

    enter(database, entry(title="Another Title", steps=((made.REFERRED.on, made.REFERRED.text),)), now + HOUR)
    page = look(database, now)

    assert (page.title, page.source, page.fetched_at) == ("Sample Safe Harbour Act", "Congress.gov", now)
    assert [step.source for step in page.steps] == ["Congress.gov", "Congress.gov"]


def test_a_hearing_entered_twice_is_one_hearing_with_the_newer_place(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(), now).bill_id
    for place in ("Room 1", "Room 2"):
        with database.transaction() as session:
            enter_hearing(
                session, bill_id, committee="Samples Committee", on=DAY, location=place, by=WREN, now=now
            )

    with database.transaction() as session:
        track(session, made.snapshot(), now + timedelta(hours=1))

    with database.reading() as session:
        (hearing,) = bill_page(session, bill_id, now).hearings
        assert (hearing.committee, hearing.on, hearing.location) == ("Samples Committee", DAY, "Room 2")
        assert (hearing.source, hearing.cancelled) == (BY_HAND, False)
        assert session.scalar(select(func.count()).select_from(Hearing)) == 1
        assert [one.act for one in session.scalars(select(AuditEntry))] == ["hearing.entered"]


def test_a_hearing_needs_its_bill(database: Database, now: datetime) -> None:
    with pytest.raises(NoSuchBill), database.transaction() as session:
        enter_hearing(session, uuid4(), committee="Samples", on=DAY, location="", by=WREN, now=now)

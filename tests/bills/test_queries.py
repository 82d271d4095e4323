"""Reading bills back."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from advocacy.bills.actions import track
from advocacy.bills.entering import enter_hearing
from advocacy.bills.identifiers import make_key, parse_reference
from advocacy.bills.queries import (
    NoSuchBill,
    bill_names,
    bill_page,
    find,
    hearings_between,
    keys_followed,
    news_since,
    snapshot_of,
)
from advocacy.bills.snapshot import TextFact
from advocacy.db import Database
from tests.bills import made

DELAWARE = make_key("de", "153", "HB 201")


def test_any_spelling_finds_the_bill(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(), now)
        track(session, made.snapshot(DELAWARE), now)

    with database.reading() as session:
        for text, key in (("us 119 hr9001", made.KEY), ("DE 153 h.b. 0201", DELAWARE)):
            found = find(session, parse_reference(text))
            assert found is not None and found.identifier == key.identifier
        assert find(session, parse_reference("us 119 H.Res. 9001")) is None
        assert find(session, parse_reference("us 118 H.R. 9001")) is None


def test_a_bill_nobody_follows_is_said_so(database: Database, now: datetime) -> None:
    with database.reading() as session, pytest.raises(NoSuchBill, match="do not follow"):
        bill_page(session, uuid4(), now)


def test_the_list_begins_with_the_newest_action(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(), now)
        track(session, made.snapshot(DELAWARE, steps=(made.INTRODUCED, made.PASSED)), now)
        track(session, made.snapshot(make_key("us", "119", "HR 9002"), steps=()), now)

    with database.reading() as session:
        lines = bill_names(session)
        assert [line.identifier for line in lines] == ["HB 201", "H.R. 9001", "H.R. 9002"]
        assert keys_followed(session) == (DELAWARE, made.KEY, make_key("us", "119", "HR9002"))


def test_what_is_held_reads_as_it_was_told(database: Database, now: datetime) -> None:
    told = made.snapshot()
    with database.transaction() as session:
        track(session, told, now)

    with database.reading() as session:
        bill = find(session, made.KEY)
        assert bill is not None
        held = snapshot_of(session, bill)
    assert (held.steps, held.sponsors, held.referrals) == (told.steps, told.sponsors, told.referrals)
    assert held.texts == (TextFact("Introduced in House", made.INTRODUCED.on),)


def test_the_newest_step_is_by_day_and_not_by_arrival(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(steps=(made.INTRODUCED, made.PASSED)), now)
        bill_id = track(
            session, made.snapshot(steps=(made.INTRODUCED, made.REPORTED, made.PASSED)), now
        ).bill_id

    with database.reading() as session:
        page = bill_page(session, bill_id, now + timedelta(days=1))
    assert page.last_action == made.PASSED.text
    assert [step.on for step in page.steps] == sorted((step.on for step in page.steps), reverse=True)


def test_news_is_what_was_seen_after_we_began_and_one_a_bill(database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    with database.transaction() as session:
        track(session, made.snapshot(), now)
        began = news_since(session, now - timedelta(days=7))
        track(session, made.snapshot(steps=(made.INTRODUCED, made.REPORTED, made.PASSED)), later)

    with database.reading() as session:
        news = news_since(session, now)
        assert news_since(session, later + timedelta(seconds=1)) == ()
    assert began == ()
    assert [(one.identifier, one.text, one.seen_at) for one in news] == [
        ("H.R. 9001", made.PASSED.text, later)
    ]


def test_hearings_to_come_are_found_by_their_days(database: Database, now: datetime) -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(), now).bill_id
        for day in (date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)):
            enter_hearing(session, bill_id, committee="Samples", on=day, location="", by=uuid4(), now=now)
        found = [hearing.on for _, hearing in hearings_between(session, first, last)]

    assert found == [first, last]

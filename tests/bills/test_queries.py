"""Reading bills back."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key, parse_reference
from advocacy.bills.queries import NoSuchBill, all_bills, bill_page, find, keys_followed, snapshot_of
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
        lines = all_bills(session, now)
        assert [line.identifier for line in lines] == ["HB 201", "H.R. 9001", "H.R. 9002"]
        assert [line.last_action_on for line in lines] == [made.PASSED.on, made.REFERRED.on, None]
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

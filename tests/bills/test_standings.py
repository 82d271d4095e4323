"""What is kept of where a bill stands is always what its facts say on that day."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.bills import overrides
from advocacy.bills.actions import track
from advocacy.bills.by_hand import HandEntry
from advocacy.bills.desk.listing import line_of
from advocacy.bills.entering import enter_by_hand
from advocacy.bills.identifiers import make_key
from advocacy.bills.models import Bill
from advocacy.bills.queries import bill_page
from advocacy.bills.standings import fill_standings, misfits, renew_standings, stage_on
from advocacy.bills.status import Stage, congress_ends_on, congress_on
from advocacy.db import Database
from tests.bills import made

KEYS = [
    made.KEY,
    make_key("us", "118", "S 3"),
    make_key("us", "119", "HRES 7"),
    make_key("de", "153", "HB 2"),
]
STEPS = [made.INTRODUCED, made.REFERRED, made.REPORTED, made.PASSED, made.VETOED, made.LAW]
TOLD = some.lists(some.sampled_from(STEPS), unique=True, max_size=4)
ACTS = some.one_of(TOLD, some.sampled_from([Stage.REPORTED, Stage.LAW, Stage.DIED]), some.none())
DAYS = some.sampled_from([date(2025, 1, 2), date(2026, 11, 23), date(2027, 1, 2), date(2027, 1, 3)])


def act(session: Session, bill_id: UUID, what: object, key: object, at: datetime) -> None:
    """A source tells steps, a person says a stage, or takes it back."""
    if isinstance(what, list):
        track(session, made.snapshot(key, steps=tuple(what)), at)  # type: ignore[arg-type]
    elif isinstance(what, Stage):
        overrides.override_status(session, bill_id, what, reason=f"Read at {at}", by=uuid4(), now=at)
    else:
        overrides.lift_override(session, bill_id, by=uuid4(), now=at)


@given(key=some.sampled_from(KEYS), acts=some.lists(ACTS, min_size=1, max_size=4), today=DAYS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_told_or_said_what_is_kept_is_what_the_steps_say(
    database: Database, now: datetime, key: object, acts: list[object], today: date
) -> None:
    later = datetime.combine(today, now.timetz())
    with database._write() as session:  # never committed, so that each example begins anew
        bill_id = track(session, made.snapshot(key, steps=()), now).bill_id  # type: ignore[arg-type]
        for n, what in enumerate(acts, 1):
            act(session, bill_id, what, key, now + timedelta(hours=n))
        bill, page = session.get_one(Bill, bill_id), bill_page(session, bill_id, later)

        assert line_of(bill, today).stage is page.stage
        assert session.scalar(select(stage_on(today)).where(Bill.id == bill_id)) == page.stage.value
        assert (bill.last_action, bill.last_action_on) == (page.last_action, page.last_action_on)
        if page.stage is Stage(bill.stage):
            assert (bill.rule, bill.because) == (page.rule, page.because)
        assert list(misfits(session)) == []


def test_a_bill_typed_in_is_kept_where_she_says_it_stands(database: Database, now: datetime) -> None:
    typed = HandEntry(KEYS[-1], "An Act about samples", stage=Stage.PASSED_BOTH)
    with database.transaction() as session:
        bill = session.get_one(Bill, enter_by_hand(session, typed, by=uuid4(), now=now))

        assert (bill.stage, bill.stage_told) == (Stage.PASSED_BOTH, Stage.UNKNOWN)


@pytest.mark.both_databases
def test_a_standing_from_before_it_was_kept_is_filled_in_and_a_wrong_one_mended(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(), now)
        track(session, made.snapshot(KEYS[-1], steps=(made.PASSED,)), now)
        session.execute(update(Bill).where(Bill.prefix == "HR").values(stage="", rule=""))
        session.execute(update(Bill).where(Bill.prefix == "HB").values(stage="law"))
    with database.transaction() as session:
        assert [bill.prefix for bill in misfits(session)] in (["HR", "HB"], ["HB", "HR"])
        assert fill_standings(session) == 1
        assert [bill.prefix for bill in misfits(session)] == ["HB"]
        assert renew_standings(session) == 1
        assert fill_standings(session) + renew_standings(session) == 0
        stages = {bill.prefix: bill.stage for bill in session.scalars(select(Bill))}
    assert stages == {"HR": Stage.IN_COMMITTEE, "HB": Stage.PASSED_ONE}


@pytest.mark.parametrize("number", [1, 100, 118, 119])
def test_a_congress_sits_until_the_day_it_ends(number: int) -> None:
    ends = congress_ends_on(make_key("us", str(number), "HR 1"))
    assert ends is not None

    assert congress_on(ends - timedelta(days=1)) == number
    assert congress_on(ends) == number + 1

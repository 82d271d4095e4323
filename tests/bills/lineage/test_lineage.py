"""The same matter in another session: said by a person, linked, never merged; and sessions that end."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key
from advocacy.bills.lineage.actions import NotItsSuccessor, goes_on_with, stands_alone
from advocacy.bills.lineage.likeness import is_later, likeness
from advocacy.bills.lineage.queries import Lineage, earlier_bills, forebears, lineage_of
from advocacy.bills.lineage.sessions import CongressEndsByItself, say_session_ends, sessions_of
from advocacy.bills.models import Bill
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.bills.standings import stage_on, stage_today
from advocacy.bills.status import Stage
from advocacy.db import Database
from advocacy.positions.actions import StanceOn, begin_position
from advocacy.positions.continuing import inherited, take_over
from advocacy.positions.queries import current_version, is_approved, stances
from advocacy.positions.stances import Stance
from tests.bills import made

pytestmark = pytest.mark.both_databases

SAM = uuid4()
OLD, NEW = make_key("us", "118", "HR5001"), make_key("us", "119", "HR9001")


@pytest.fixture
def old(database: Database, now: datetime) -> UUID:
    told = made.snapshot(OLD, title="Sample Safe Harbour Act of 2023", introduced_on=date(2023, 5, 4))
    with database.transaction() as session:
        return track(session, told, now).bill_id


@pytest.fixture
def new(database: Database, now: datetime) -> UUID:
    with database.transaction() as session:
        return track(session, made.snapshot(NEW, title="Sample Safe Harbour Act of 2025"), now).bill_id


def goes_on(database: Database, later: UUID, earlier: UUID, now: datetime) -> None:
    with database.transaction() as session:
        goes_on_with(session, later, earlier, by=SAM, now=now)


def lineage(database: Database, bill: UUID) -> Lineage:
    with database.reading() as session:
        return lineage_of(session, bill)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Trafficking Survivors Relief Act of 2022", "Trafficking Survivors Relief Act of 2025", True),
        ("An Act relating to housing for survivors", "AN ACT RELATING TO HOUSING FOR SURVIVORS", True),
        ("Sample Safe Harbour Act", "Fair Fares for Ferries Act", False),
        ("", "", False),
    ],
)
def test_titles_are_alike_by_their_telling_words(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= 0.6) is alike


@pytest.mark.parametrize(
    ("later", "earlier"),
    [("119", "118"), ("100", "99"), ("2025-2026", "2023-2024"), ("2026rs", "2025rs"), ("154", "153")],
)
def test_a_session_comes_after_another(later: str, earlier: str) -> None:
    assert is_later(later, earlier)
    assert not is_later(earlier, later)
    assert not is_later(later, later)


def test_a_bill_with_a_like_title_in_a_later_session_is_offered_and_not_taken(
    database: Database, old: UUID, new: UUID
) -> None:
    kin = lineage(database, new)
    assert [one.id for one in kin.maybe_before] == [old]
    assert (kin.before, kin.after, kin.maybe_after) == ((), (), ())
    assert [one.id for one in lineage(database, old).maybe_after] == [new]


def test_a_person_says_it_once_and_it_stands_on_both(
    database: Database, old: UUID, new: UUID, now: datetime
) -> None:
    goes_on(database, new, old, now)
    goes_on(database, new, old, now + timedelta(days=1))

    kin = lineage(database, new)
    assert [(one.id, one.said_at) for one in kin.before] == [(old, now)]
    assert kin.maybe_before == ()
    assert [one.id for one in lineage(database, old).after] == [new]


def test_what_was_said_can_be_taken_back(database: Database, old: UUID, new: UUID, now: datetime) -> None:
    goes_on(database, new, old, now)
    for _ in range(2):
        with database.transaction() as session:
            stands_alone(session, new, by=SAM)
    assert [one.id for one in lineage(database, new).maybe_before] == [old]


def test_a_bill_of_the_same_session_a_later_one_or_another_place_is_no_forebear(
    database: Database, old: UUID, new: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        twin = track(session, made.snapshot(make_key("us", "119", "S9002")), now).bill_id
        state = track(session, made.snapshot(make_key("de", "150", "HB 1")), now).bill_id
    for later, earlier in ((new, twin), (old, new), (new, new), (new, state)):
        with pytest.raises(NotItsSuccessor):
            goes_on(database, later, earlier, now)
    with pytest.raises(NoSuchBill):
        goes_on(database, new, uuid4(), now)


def test_the_line_goes_back_as_far_as_it_was_said(
    database: Database, old: UUID, new: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        oldest = track(session, made.snapshot(make_key("us", "117", "HR77")), now).bill_id
    goes_on(database, old, oldest, now)
    goes_on(database, new, old, now)
    with database.reading() as session:
        assert forebears(session, new) == (old, oldest)
        assert {one.id for one in earlier_bills(session, new)} == {old, oldest}


def test_a_position_is_taken_over_as_a_draft_to_be_decided_anew(
    database: Database, old: UUID, new: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        on_old = [StanceOn(old, Stance.SUPPORT, "Introduced in House")]
        begun = begin_position(session, title="T", body="B", by=SAM, now=now, taking=on_old)
        assert inherited(session, new) == ()
        goes_on_with(session, new, old, by=SAM, now=now)
        (waiting,) = inherited(session, new)
        assert (waiting.position_id, waiting.stance) == (begun.position_id, Stance.SUPPORT)
        for _ in range(2):
            take_over(session, begun.position_id, new, by=SAM, now=now)

        draft = current_version(session, begun.position_id)
        assert draft is not None
        assert (draft.n, draft.sha256 == begun.sha256) == (2, False)
        assert draft.note == "taken over from H.R. 5001, to be looked at again"
        taken = {row.bill_id: (row.stance, row.text_version) for row in stances(session, draft.id)}
        assert taken == dict.fromkeys((old, new), (Stance.SUPPORT, "Introduced in House"))
        assert not is_approved(session, draft.id, now)
        assert inherited(session, new) == ()


def test_a_state_session_ends_its_unfinished_bills_on_the_day_a_person_gives(
    database: Database, now: datetime
) -> None:
    key = make_key("de", "153", "HB 201")
    ends = now.date() - timedelta(days=1)
    with database.transaction() as session:
        steps = (replace(made.REFERRED, codes=(), kinds=("referral-committee",)),)
        bill_id = track(session, made.snapshot(key, steps=steps), now).bill_id
        say_session_ends(session, "de", "153", ends, by=SAM, now=now)
    with database.reading() as session:
        page, bill = bill_page(session, bill_id, now), session.get_one(Bill, bill_id)
        assert (page.stage, page.rule) == (Stage.DIED, "session-ended")
        assert (
            page.because == "Its session ended on 22 November 2026, and every unfinished bill ended with it."
        )
        for day, stage in ((ends, Stage.DIED), (ends - timedelta(days=1), Stage.IN_COMMITTEE)):
            assert stage_today(bill, day) is stage
            assert session.scalar(select(stage_on(day)).where(Bill.id == bill_id)) == stage.value
        assert [(one.bills, one.ends_on) for one in sessions_of(session)] == [(1, ends)]
    with database.transaction() as session:
        say_session_ends(session, "de", "153", None, by=SAM, now=now)
    with database.reading() as session:
        assert bill_page(session, bill_id, now).stage is Stage.IN_COMMITTEE


def test_of_congress_the_calendar_knows(database: Database, old: UUID, now: datetime) -> None:
    with database.transaction() as session:
        assert [one.ends_on for one in sessions_of(session)] == [date(2025, 1, 3)]
        with pytest.raises(CongressEndsByItself):
            say_session_ends(session, "us", "118", now.date(), by=SAM, now=now)

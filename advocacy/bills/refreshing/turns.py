"""Whose turn it is: the next bill to look at, the next session to ask about. Each is held by one at a time.

Whoever holds one and dies loses it after ten minutes; then it is somebody else's turn.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill
from advocacy.bills.queries import key_of
from advocacy.bills.refreshing.models import BillTurn, SourceListing
from advocacy.db import hold_or_begin

HELD = timedelta(minutes=10)
SWEEP = timedelta(days=7)
"""A bill no listing named is looked at all the same: a silent correction need not move anything."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
_BETWEEN_LISTINGS = timedelta(hours=1)
_PART = 500


def begin_turns(session: Session) -> None:
    """Give every bill that has none its turn, a week after it was read."""
    without = select(Bill.id, Bill.fetched_at).outerjoin(BillTurn, BillTurn.bill_id == Bill.id)
    fresh = session.execute(without.where(BillTurn.bill_id.is_(None))).all()
    rows = [
        {"bill_id": id, "due_at": at + SWEEP, "held_until_at": None, "failed": 0, "fault": ""}
        for id, at in fresh
    ]
    if rows:
        session.execute(insert(BillTurn), rows)


def take_turn(session: Session, now: datetime, left_alone: Collection[str]) -> Bill | None:
    """The bill that waits longest, held from now on; none of the places left alone."""
    asked = select(BillTurn, Bill).join(Bill, Bill.id == BillTurn.bill_id).where(BillTurn.due_at <= now)
    asked = asked.where(or_(BillTurn.held_until_at.is_(None), BillTurn.held_until_at <= now))
    asked = asked.where(Bill.jurisdiction.not_in(left_alone)).order_by(BillTurn.due_at, BillTurn.bill_id)
    found = session.execute(asked.limit(1).with_for_update(of=BillTurn, skip_locked=True)).first()
    if found is None:
        return None
    found[0].held_until_at = now + HELD
    return found[1]


def is_done(session: Session, bill_id: UUID, now: datetime) -> None:
    """It was looked at: its next turn comes in a week, or when a listing names it."""
    # Not all in the same hour, when many were first read together.
    _end(session, bill_id, now + SWEEP * SystemRandom().uniform(0.8, 1.0))


def has_failed(session: Session, bill_id: UUID, fault: str, now: datetime) -> None:
    """It could not be looked at: again after a while, which doubles each time up to half a day."""
    row = session.get_one(BillTurn, bill_id)
    longest = min(_FIRST_WAIT * 2 ** min(row.failed, 10), _LONGEST_WAIT)
    _end(session, bill_id, now + longest * SystemRandom().uniform(0.5, 1.0), fault)


def put_back(session: Session, bill_id: UUID) -> None:
    """Its service is left alone for now: it keeps its place."""
    session.get_one(BillTurn, bill_id).held_until_at = None


def ask_for(session: Session, bill_ids: Iterable[UUID], now: datetime) -> None:
    """Have these looked at as soon as may be."""
    ids = list(bill_ids)
    for start in range(0, len(ids), _PART):
        some = BillTurn.bill_id.in_(ids[start : start + _PART])
        session.execute(update(BillTurn).where(some, BillTurn.due_at > now).values(due_at=now))


def ask_for_all(session: Session, now: datetime) -> None:
    """Have every bill looked at, whatever the listings say."""
    begin_turns(session)
    session.execute(update(BillTurn).where(BillTurn.due_at > now).values(due_at=now))


def _end(session: Session, bill_id: UUID, due_at: datetime, fault: str = "") -> None:
    row = session.get_one(BillTurn, bill_id)
    row.due_at, row.held_until_at, row.fault = due_at, None, fault
    row.failed = row.failed + 1 if fault else 0
    session.flush()


def sessions_followed(session: Session) -> Sequence[tuple[str, str]]:
    """Each place and session of which we follow a bill that a service told us of."""
    asked = select(Bill.jurisdiction, Bill.session).where(Bill.source != BY_HAND).distinct()
    return [(place, name) for place, name in session.execute(asked.order_by(Bill.jurisdiction, Bill.session))]


def keys_in(session: Session, place: str, name: str) -> dict[BillKey, UUID]:
    """The bills we follow in one session."""
    asked = select(Bill).where(Bill.jurisdiction == place, Bill.session == name)
    return {key_of(bill): bill.id for bill in session.scalars(asked)}


def take_listing(session: Session, source: str, place: str, name: str, now: datetime) -> SourceListing | None:
    """A session's listing, held, where it is time to ask for it again; else none."""
    row = SourceListing(source=source, jurisdiction=place, session=name, due_at=now)
    row = hold_or_begin(session, row)
    if row.due_at > now or (row.held_until_at is not None and row.held_until_at > now):
        return None
    row.held_until_at = now + HELD
    return row


def end_listing(row: SourceListing, *, told_until: datetime | None, now: datetime) -> None:
    """It was told up to a moment; or, with none, it was not, and is asked for a little later."""
    row.held_until_at = None
    row.due_at = now + (_BETWEEN_LISTINGS if told_until else _FIRST_WAIT)
    row.told_until_at = told_until or row.told_until_at

"""How far the looking is, how old each bill is, and how each service does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from advocacy.bills.models import Bill
from advocacy.bills.refreshing.models import BillTurn, SourceListing, SourceState

STALE_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Progress:
    """How many bills there are, and how many of them are to be looked at now."""

    total: int
    waiting: int

    @property
    def done(self) -> int:
        """How many need no look now."""
        return self.total - self.waiting


@dataclass(frozen=True)
class Age:
    """How old what we know of a bill is. A listing that did not name it says that it is as it was."""

    as_of: datetime
    now: datetime
    is_waiting: bool
    fault: str

    @property
    def days_old(self) -> int:
        """Whole days."""
        return max(0, (self.now - self.as_of).days)

    @property
    def is_stale(self) -> bool:
        """Whether a page should say louder how old this is."""
        return self.now - self.as_of > STALE_AFTER


def progress(session: Session, now: datetime) -> Progress:
    """How far the looking is."""
    due = func.sum(case((BillTurn.due_at <= now, 1), else_=0))
    total, waiting = session.execute(select(func.count(), due).select_from(BillTurn)).one()
    return Progress(total, waiting or 0)


def age_of(session: Session, bill_id: UUID, now: datetime) -> Age:
    """How old what we know of a bill is."""
    bill, turn = session.get_one(Bill, bill_id), session.get(BillTurn, bill_id)
    is_waiting = turn is not None and (turn.due_at <= now or bool(turn.fault))
    listed = session.get(SourceListing, (bill.source, bill.jurisdiction, bill.session))
    told_until = listed.told_until_at if listed and not is_waiting else None
    as_of = max(bill.fetched_at, told_until) if told_until else bill.fetched_at
    return Age(as_of, now, is_waiting, turn.fault if turn else "")


def services(session: Session) -> Sequence[SourceState]:
    """How each service that was ever asked does."""
    return session.scalars(select(SourceState).order_by(SourceState.source)).all()


def in_trouble(session: Session, now: datetime) -> Sequence[SourceState]:
    """The services that refuse our key, or are left alone for a while."""
    return [
        one
        for one in services(session)
        if one.refused_at or (one.rests_until_at and one.rests_until_at > now)
    ]

"""Writes bills. A source is always asked before a transaction begins; here only its answer is kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.changes import Change, between
from advocacy.bills.models import Bill
from advocacy.bills.news.telling import tell_changes
from advocacy.bills.queries import find, snapshot_of
from advocacy.bills.readings import keep_reading
from advocacy.bills.reconcile import reconcile
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.standings import keep_standing
from advocacy.bills.words import keep_words


@dataclass(frozen=True)
class Tracked:
    """A bill we follow, whether it is new to us, and what changed since the last look."""

    bill_id: UUID
    is_new: bool
    changes: tuple[Change, ...]


def track(session: Session, snapshot: Snapshot, now: datetime) -> Tracked:
    """Keep what a source told. Told again it changes nothing; an older telling never replaces a newer."""
    read_at = min(snapshot.as_of or now, now)
    known = find(session, snapshot.key)
    bill = known or _new_bill(session, snapshot, read_at)
    if known and snapshot.source != BY_HAND and known.source != BY_HAND and read_at < known.fetched_at:
        return Tracked(bill.id, False, ())
    before = snapshot_of(session, bill)
    _write_heads(bill, snapshot, read_at)
    session.flush()
    reconcile(session, keep_reading(session, bill.id, snapshot, read_at), snapshot, read_at)
    keep_standing(session, bill)
    keep_words(session, bill)
    changes = between(before, snapshot_of(session, bill), today=now.date()) if known else ()
    tell_changes(session, bill.id, changes, now)
    return Tracked(bill.id, known is None, changes)


def _new_bill(session: Session, snapshot: Snapshot, read_at: datetime) -> Bill:
    key = snapshot.key
    bill = Bill(
        jurisdiction=key.jurisdiction,
        session=key.session,
        prefix=key.prefix,
        number=key.number,
        suffix=key.suffix,
        identifier=key.identifier,
        source=snapshot.source,
    )
    bill.title, bill.introduced_on, bill.laws, bill.source_url, bill.unread = "", None, [], "", 0
    bill.summary, bill.subjects = "", []
    bill.fetched_at = read_at
    try:
        with session.begin_nested():
            session.add(bill)
    except IntegrityError:  # Somebody else added it between our look and our insert.
        known = find(session, key)
        if known is None:
            raise
        return known
    return bill


def _write_heads(bill: Bill, snapshot: Snapshot, read_at: datetime) -> None:
    if snapshot.source == BY_HAND != bill.source:
        return
    bill.title, bill.introduced_on, bill.laws = snapshot.title, snapshot.introduced_on, list(snapshot.laws)
    bill.source, bill.source_url, bill.unread = snapshot.source, snapshot.source_url, snapshot.unread
    bill.fetched_at = read_at
    bill.summary = bill.summary if snapshot.summary is None else snapshot.summary
    bill.subjects = bill.subjects if snapshot.subjects is None else list(snapshot.subjects)

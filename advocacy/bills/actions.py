"""Writes bills. A source is always asked before a transaction begins; here only its answer is kept."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.by_hand import BY_HAND, HandEntry, entry_snapshot
from advocacy.bills.changes import Change, between
from advocacy.bills.models import Bill, Hearing, SourceReading, StatusOverride
from advocacy.bills.queries import bill_by_id, find, key_of, snapshot_of, steps_of
from advocacy.bills.reconcile import reconcile
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.status import Stage


class ReasonMissing(Exception):
    """Say why. The reason stands beside the bill for everybody who works on it."""


@dataclass(frozen=True)
class Tracked:
    """A bill we follow, whether it is new to us, and what changed since the last look."""

    bill_id: UUID
    is_new: bool
    changes: tuple[Change, ...]


def track(session: Session, snapshot: Snapshot, now: datetime) -> Tracked:
    """Keep what a source told. Told again it changes nothing; an older telling never replaces a newer."""
    read_at = snapshot.as_of or now
    known = find(session, snapshot.key)
    bill = known or _new_bill(session, snapshot, read_at)
    if known and snapshot.source != BY_HAND and known.source != BY_HAND and read_at < known.fetched_at:
        return Tracked(bill.id, False, ())
    before = snapshot_of(session, bill)
    _write_heads(bill, snapshot, read_at)
    session.flush()
    reconcile(session, _reading(session, bill, snapshot, read_at), snapshot, read_at)
    changes = between(before, snapshot_of(session, bill), today=now.date()) if known else ()
    return Tracked(bill.id, known is None, changes)


def enter_by_hand(session: Session, entry: HandEntry, *, by: UUID, now: datetime) -> UUID:
    """Keep what a person typed about a bill. Official facts stay; the person's word on its stage counts."""
    tracked = track(session, entry_snapshot(entry), now)
    audit.record(session, "bill.entered", actor=by, about="bill", id=tracked.bill_id)
    if entry.stage is not None:
        override_status(session, tracked.bill_id, entry.stage, reason="Entered by hand.", by=by, now=now)
    return tracked.bill_id


def override_status(
    session: Session, bill_id: UUID, stage: Stage, *, reason: str, by: UUID, now: datetime
) -> None:
    """Put a person's word on where a bill stands above its steps, until a newer final step ends it."""
    bill = bill_by_id(session, bill_id)
    if not reason.strip():
        raise ReasonMissing(ReasonMissing.__doc__)
    standing = _standing_overrides(session, bill_id)
    newest = max((step.on for step in steps_of(session, bill_id) if step.gone_at is None), default=None)
    said = StatusOverride(bill_id=bill.id, stage=stage.value, reason=reason.strip(), by_id=by, made_at=now)
    said.newest_step_on = newest
    if any(_same(earlier, said) for earlier in standing):
        return
    for earlier in standing:
        earlier.lifted_at = now
    session.add(said)
    audit.record(session, "bill.stage_said", actor=by, about="bill", id=bill.id, why=reason.strip())
    session.flush()


def lift_override(session: Session, bill_id: UUID, *, by: UUID, now: datetime) -> None:
    """Let the steps speak again. Where nobody had said otherwise, nothing happens."""
    standing = _standing_overrides(session, bill_id)
    for said in standing:
        said.lifted_at = now
    if standing:
        audit.record(session, "bill.stage_unsaid", actor=by, about="bill", id=bill_id)
    session.flush()


def enter_hearing(
    session: Session,
    bill_id: UUID,
    *,
    committee: str,
    on: date,
    location: str,
    at: datetime | None = None,
    by: UUID,
    now: datetime,
) -> UUID:
    """Put a hearing on the bill that no source told us. The same committee and day is the same hearing."""
    bill = bill_by_id(session, bill_id)
    hearing_id = uuid5(bill.id, f"{committee.strip().casefold()}|{on.isoformat()}")
    hearing = session.get(Hearing, hearing_id)
    if hearing is None:
        reading = _hand_reading(session, bill, f"hearing|{hearing_id}", now)
        hearing = Hearing(id=hearing_id, bill_id=bill.id, reading_id=reading.id, source=BY_HAND, seen_at=now)
        hearing.place, hearing.event_code, hearing.cancelled = 0, "", False
        session.add(hearing)
        audit.record(session, "hearing.entered", actor=by, about="bill", id=bill.id)
    hearing.committee, hearing.on, hearing.at, hearing.location = committee.strip(), on, at, location.strip()
    session.flush()
    return hearing_id


def _same(earlier: StatusOverride, said: StatusOverride) -> bool:
    return (earlier.stage, earlier.reason, earlier.newest_step_on) == (
        said.stage,
        said.reason,
        said.newest_step_on,
    )


def _standing_overrides(session: Session, bill_id: UUID) -> list[StatusOverride]:
    wanted = select(StatusOverride).where(
        StatusOverride.bill_id == bill_id, StatusOverride.lifted_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(StatusOverride.made_at)))


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


def _reading(session: Session, bill: Bill, snapshot: Snapshot, read_at: datetime) -> SourceReading:
    same = select(SourceReading).where(
        SourceReading.bill_id == bill.id,
        SourceReading.source == snapshot.source,
        SourceReading.hash == snapshot.hash,
    )
    reading = session.scalars(same).one_or_none()
    if reading is None:
        reading = SourceReading(
            bill_id=bill.id, source=snapshot.source, fetched_at=read_at, hash=snapshot.hash
        )
        reading.payload = zlib.compress(snapshot.payload)
        session.add(reading)
    reading.last_read_at = read_at
    session.flush()
    return reading


def _hand_reading(session: Session, bill: Bill, typed: str, now: datetime) -> SourceReading:
    return _reading(
        session,
        bill,
        Snapshot(key=key_of(bill), title=bill.title, source=BY_HAND, payload=typed.encode()),
        now,
    )

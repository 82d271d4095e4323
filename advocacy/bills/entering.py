"""What a person types in: a bill nobody publishes, a hearing nobody has announced."""

from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.actions import track
from advocacy.bills.by_hand import BY_HAND, HandEntry, entry_snapshot
from advocacy.bills.changes import hearing_change
from advocacy.bills.kept_facts import hearing_fact
from advocacy.bills.models import Hearing
from advocacy.bills.news.telling import tell_changes
from advocacy.bills.overrides import override_status
from advocacy.bills.queries import bill_by_id, key_of
from advocacy.bills.readings import keep_reading
from advocacy.bills.snapshot import Snapshot


def enter_by_hand(session: Session, entry: HandEntry, *, by: UUID, now: datetime) -> UUID:
    """Keep what a person typed about a bill. Official facts stay; the person's word on its stage counts."""
    tracked = track(session, entry_snapshot(entry), now)
    audit.record(session, "bill.entered", actor=by, about="bill", id=tracked.bill_id)
    if entry.stage is not None:
        override_status(session, tracked.bill_id, entry.stage, reason="Entered by hand.", by=by, now=now)
    return tracked.bill_id


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
        typed = Snapshot(key_of(bill), bill.title, BY_HAND, payload=f"hearing {hearing_id}".encode())
        reading = keep_reading(session, bill.id, typed, now)
        hearing = Hearing(id=hearing_id, bill_id=bill.id, reading_id=reading.id, source=BY_HAND, seen_at=now)
        hearing.place, hearing.event_code, hearing.cancelled = 0, "", False
        session.add(hearing)
        audit.record(session, "hearing.entered", actor=by, about="bill", id=bill.id)
        before = None
    else:
        before = hearing_fact(hearing)
        if (hearing.at, hearing.location) != (at, location.strip()):
            hearing.moves += 1
    hearing.committee, hearing.on, hearing.at, hearing.location = committee.strip(), on, at, location.strip()
    session.flush()
    if change := hearing_change(before, hearing_fact(hearing)):
        tell_changes(session, bill.id, [change], now)
    return hearing_id

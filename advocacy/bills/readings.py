"""Keeps each answer of a source as it came, so that every fact can be followed back to it."""

import zlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.models import SourceReading
from advocacy.bills.snapshot import Snapshot


def keep_reading(session: Session, bill_id: UUID, snapshot: Snapshot, read_at: datetime) -> SourceReading:
    """The reading these facts come from: a new row, or the earlier one with the very same answer."""
    same = select(SourceReading).where(
        SourceReading.bill_id == bill_id,
        SourceReading.source == snapshot.source,
        SourceReading.hash == snapshot.hash,
    )
    reading = session.scalars(same).one_or_none()
    if reading is None:
        reading = SourceReading(
            bill_id=bill_id, source=snapshot.source, fetched_at=read_at, hash=snapshot.hash
        )
        reading.payload = zlib.compress(snapshot.payload)
        session.add(reading)
    reading.last_read_at = read_at
    session.flush()
    return reading

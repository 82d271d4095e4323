"""Counters that slow a guesser or notice a crowd. They hold no address and no name, and run out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advocacy.db import hold_or_begin
from advocacy.signons.models import Throttle

_COUNTED_FOR = timedelta(hours=1)


def note_wrong_code(session: Session, buckets: Sequence[bytes], now: datetime) -> None:
    """Count a wrong code against everybody's bucket and this network's."""
    for bucket in sorted(buckets):
        count_in(session, bucket, _COUNTED_FOR, now)


def count_in(session: Session, bucket: bytes, runs: timedelta, now: datetime) -> int:
    """Count one more in a bucket, which begins anew when its time has run out; how many it holds."""
    counter = hold_or_begin(session, Throttle(bucket=bucket, failures=0, until_at=now + runs))
    if counter.until_at <= now:
        counter.failures, counter.until_at = 0, now + runs
    counter.failures += 1
    session.flush()
    return counter.failures

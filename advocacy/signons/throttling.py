"""Counters that slow a guesser or notice a crowd. They hold no address and no name, and run out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.signons.models import Throttle

_COUNTED_FOR = timedelta(hours=1)


def note_wrong_code(session: Session, buckets: Sequence[bytes], now: datetime) -> None:
    """Count a wrong code against everybody's bucket and this network's."""
    for bucket in sorted(buckets):
        count_in(session, bucket, _COUNTED_FOR, now)


def count_in(session: Session, bucket: bytes, runs: timedelta, now: datetime) -> int:
    """Count one more in a bucket, which begins anew when its time has run out; how many it holds."""
    counter = _counter(session, bucket, now + runs)
    if counter.until_at <= now:
        counter.failures, counter.until_at = 0, now + runs
    counter.failures += 1
    session.flush()
    return counter.failures


def _counter(session: Session, bucket: bytes, until_at: datetime) -> Throttle:
    """The counter of a bucket, held; begun by one alone when several come at the same moment."""
    found = session.get(Throttle, bucket, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(begun := Throttle(bucket=bucket, failures=0, until_at=until_at))
        return begun
    except IntegrityError:
        return session.get_one(Throttle, bucket, with_for_update=True, populate_existing=True)

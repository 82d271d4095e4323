"""Wrong codes and words at the signer's door: counted, so that guessing gets slow, and never locks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advocacy.throttling import count_in, most_in

_COUNTED_FOR = timedelta(hours=1)
_FREE = 5


def note_wrong_code(session: Session, buckets: Sequence[bytes], now: datetime) -> None:
    """Count a wrong code against everybody's bucket and this network's."""
    for bucket in sorted(buckets):
        count_in(session, bucket, _COUNTED_FOR, now)


def wait_for(session: Session, buckets: Sequence[bytes], now: datetime) -> float:
    """How many seconds an answer to a typed code is held back: more after many wrong ones, never for ever."""
    return min(2.0, 0.1 * max(0, most_in(session, buckets, now) - _FREE))

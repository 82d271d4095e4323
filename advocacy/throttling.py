"""Counters that slow a guesser or notice a crowd. They hold no address and no name, and run out."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.db import Base, hold_or_begin


class Throttle(Base):
    """What was counted in one bucket, which is a keyed mark of an account, a network or everybody."""

    __tablename__ = "throttle"

    bucket: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    until_at: Mapped[datetime]


def count_in(session: Session, bucket: bytes, runs: timedelta, now: datetime) -> int:
    """Count one more in a bucket, which begins anew when its time has run out; how many it holds."""
    counter = hold_or_begin(session, Throttle(bucket=bucket, failures=0, until_at=now + runs))
    if counter.until_at <= now:
        counter.failures, counter.until_at = 0, now + runs
    counter.failures += 1
    session.flush()
    return counter.failures


def most_in(session: Session, buckets: Collection[bytes], now: datetime) -> int:
    """What the fullest of these buckets holds."""
    asked = select(func.max(Throttle.failures)).where(Throttle.bucket.in_(buckets), Throttle.until_at > now)
    return session.scalar(asked) or 0


def forget_run_out(session: Session, now: datetime) -> None:
    """Drop the counters whose time is over."""
    session.execute(delete(Throttle).where(Throttle.until_at <= now))

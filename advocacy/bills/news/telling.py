"""Writes news down, each once, in the transaction that keeps what it tells of."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.changes import Change
from advocacy.bills.news.models import BillNews

TROUBLE = "source trouble"
"""The kind of news that is about a source and no bill."""


def tell_changes(session: Session, bill_id: UUID, changes: Iterable[Change], now: datetime) -> None:
    """Write down what changed on a bill. What was told before, by whomever, is not told again."""
    found = {_mark(bill_id.hex, change): change for change in changes}
    asked = select(BillNews.mark).where(BillNews.bill_id == bill_id, BillNews.mark.in_(found))
    known = set(session.scalars(asked)) if found else set()
    for place, (mark, change) in enumerate(found.items()):
        if mark not in known:
            session.add(_news(bill_id, mark, change, place, now))
    session.flush()


def tell_trouble(session: Session, source: str, sentence: str, *, since: date, now: datetime) -> None:
    """Write down that a source gives trouble; the same trouble since the same day is told once."""
    mark = _mark_of(TROUBLE, source, since.isoformat(), sentence)
    if session.scalar(select(BillNews.id).where(BillNews.mark == mark)) is None:
        news = BillNews(id=uuid4(), bill_id=None, mark=mark, kind=TROUBLE, on=since, place=0, told_at=now)
        news.before, news.after = source, sentence
        session.add(news)
        session.flush()


def _news(bill_id: UUID, mark: str, change: Change, place: int, now: datetime) -> BillNews:
    return BillNews(
        id=uuid4(),
        bill_id=bill_id,
        mark=mark,
        kind=change.kind,
        on=change.on,
        before=change.before,
        after=change.after,
        place=place,
        told_at=now,
    )


def _mark(bill: str, change: Change) -> str:
    on = change.on.isoformat() if change.on else ""
    return _mark_of(bill, change.kind, on, change.before, change.after, str(change.nth))


def _mark_of(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()

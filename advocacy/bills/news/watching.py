"""What somebody says about being told: of which bills, by mail or not, through which private address."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.bills.news.models import BillReader, BillWatch, TagWatch
from advocacy.bills.queries import bill_by_id
from advocacy.vault import hash_key


def watch(session: Session, person_id: UUID, bill_id: UUID) -> None:
    """Tell her of a bill from now on."""
    session.merge(BillWatch(person_id=person_id, bill_id=bill_by_id(session, bill_id).id))
    session.flush()


def unwatch(session: Session, person_id: UUID, bill_id: UUID) -> None:
    """Tell her no more of a bill, unless she looks after it or watches a tag of it."""
    session.execute(delete(BillWatch).where(BillWatch.person_id == person_id, BillWatch.bill_id == bill_id))


def watch_tags(session: Session, person_id: UUID, tags: tuple[str, ...]) -> None:
    """Tell her of every bill with one of these tags, and of no other for its tags."""
    session.execute(delete(TagWatch).where(TagWatch.person_id == person_id))
    session.add_all(TagWatch(person_id=person_id, tag=tag) for tag in dict.fromkeys(tags))
    session.flush()


def want_mail(session: Session, person_id: UUID, *, wanted: bool, now: datetime) -> None:
    """Write to her once a day, or no more. What happened before she said so is not written of."""
    row = _reader(session, person_id)
    row.mail_since = (row.mail_since or now) if wanted else None
    session.flush()


def make_feed(session: Session, person_id: UUID, now: datetime) -> str:
    """The key of her private address, shown once. An earlier one opens nothing any more."""
    key = secrets.token_urlsafe(32)
    row = _reader(session, person_id)
    row.feed_hash, row.feed_since = hash_key(key), now
    session.flush()
    return key


def end_feed(session: Session, person_id: UUID) -> None:
    """Her private address opens nothing any more."""
    row = _reader(session, person_id)
    row.feed_hash, row.feed_since = None, None
    session.flush()


def forget(session: Session, person_id: UUID) -> None:
    """Nothing is left of what somebody wanted to be told."""
    for table in (BillReader, BillWatch, TagWatch):
        session.execute(delete(table).where(table.person_id == person_id))


def _reader(session: Session, person_id: UUID) -> BillReader:
    row = session.get(BillReader, person_id, with_for_update=True)
    if row is None:
        row = BillReader(person_id=person_id, mail_since=None, feed_hash=None, feed_since=None)
        session.add(row)
    return row

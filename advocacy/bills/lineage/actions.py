"""Says that a bill goes on with one of an earlier session, and takes that back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.lineage.likeness import is_later
from advocacy.bills.lineage.models import Succession
from advocacy.bills.queries import bill_by_id


class NotItsSuccessor(Exception):
    """A bill goes on with one of an earlier session of the same place. Please choose another."""


def goes_on_with(session: Session, later_id: UUID, earlier_id: UUID, *, by: UUID, now: datetime) -> None:
    """Keep that one bill goes on with an earlier one; another word takes its place, the same is nothing.

    Nothing is copied: notes are read from both. Signatures never pass from one bill to another.
    """
    later, earlier = bill_by_id(session, later_id), bill_by_id(session, earlier_id)
    if later.jurisdiction != earlier.jurisdiction or not is_later(later.session, earlier.session):
        raise NotItsSuccessor
    said = session.get(Succession, later_id) or Succession(later_id=later_id)
    if said.earlier_id == earlier_id:
        return
    said.earlier_id, said.said_by, said.said_at = earlier_id, by, now
    session.add(said)
    audit.record(session, "bill.goes_on", actor=by, about="bill", id=later_id)
    session.flush()


def stands_alone(session: Session, later_id: UUID, *, by: UUID) -> None:
    """Take back that this bill goes on with another. Where nobody had said so, nothing happens."""
    said = session.get(Succession, later_id)
    if said is not None:
        session.delete(said)
        audit.record(session, "bill.stands_alone", actor=by, about="bill", id=later_id)
        session.flush()

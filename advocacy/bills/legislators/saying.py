"""A person's word on who a name is. It is used from then on, wherever no id says more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.legislators.facts import folded
from advocacy.bills.legislators.models import NameSaid


def say_who(
    session: Session, jurisdiction: str, name: str, legislator_id: UUID, *, by: UUID, now: datetime
) -> None:
    """Keep a person's word that this name, in this place, is this legislator. The newest word counts."""
    said = NameSaid(
        jurisdiction=jurisdiction,
        folded=folded(name),
        legislator_id=legislator_id,
        said_by=by,
        said_at=now,
    )
    session.merge(said)
    audit.record(session, "legislator.say", actor=by, about="legislator", id=legislator_id)
    session.flush()


def unsay_who(session: Session, jurisdiction: str, name: str, *, by: UUID) -> None:
    """Take back who this name is; where nobody had said so, nothing happens."""
    said = session.get(NameSaid, (jurisdiction, folded(name)))
    if said is not None:
        audit.record(session, "legislator.unsay", actor=by, about="legislator", id=said.legislator_id)
        session.delete(said)
        session.flush()

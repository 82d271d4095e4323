"""What anybody may read of a position: the words that were agreed to, no draft and no answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.queries import bill_by_id
from advocacy.positions.models import Position, PositionVersion
from advocacy.positions.queries import approved_version, position, stances
from advocacy.positions.stances import Stance


@dataclass(frozen=True)
class PublicStance:
    """Where the network stands on one bill, and on which text of it."""

    bill_id: UUID
    bill: str
    bill_title: str
    stance: str
    text_version: str


@dataclass(frozen=True)
class PublicPosition:
    """What the network thinks, in the words it last agreed to."""

    id: UUID
    title: str
    body: str
    stances: tuple[PublicStance, ...]


def public_positions(session: Session, now: datetime) -> tuple[PublicPosition, ...]:
    """Every position anybody may read, by title."""
    found = (public_position(session, id, now) for id in session.scalars(select(Position.id)))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.title.casefold(), one.id)))


def public_position(session: Session, position_id: UUID, now: datetime) -> PublicPosition | None:
    """A position that was agreed to, or nothing. Newer words stay inside until they are agreed to as well."""
    known = position(session, position_id)
    agreed = approved_version(session, position_id, now) if known else None
    if known is None or agreed is None:
        return None
    return PublicPosition(known.id, agreed.title, agreed.body, _stances(session, agreed))


def _stances(session: Session, agreed: PositionVersion) -> tuple[PublicStance, ...]:
    taken = ((Stance(row.stance), row) for row in stances(session, agreed.id))
    return tuple(
        PublicStance(bill.id, bill.identifier, bill.title, stance.label, row.text_version)
        for stance, row in taken
        if stance.may_be_printed
        for bill in (bill_by_id(session, row.bill_id),)
    )

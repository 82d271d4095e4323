"""What a proposal to deliver means in words: which file, to which office, in which way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.editions.actions import DELIVER, delivery_hash
from advocacy.editions.models import Edition, Way
from advocacy.editions.queries import edition
from advocacy.letters.models import Recipient
from advocacy.letters.queries import recipients
from advocacy.people.models import SecondedAct
from advocacy.people.queries import proposals_waiting


@dataclass(frozen=True)
class Agreement:
    """One proposal to hand an edition to an office, with all that its hash stands for."""

    id: UUID
    edition: Edition
    recipient_id: UUID
    office: str
    place: str
    way: Way
    address: str
    proposed_by: UUID
    until_at: datetime
    is_seconded: bool


def waiting(session: Session, now: datetime) -> tuple[Agreement, ...]:
    """Every proposal to deliver that still needs a second person, the one that ends first on top."""
    found = (agreement(session, act) for act in proposals_waiting(session, now) if act.act == DELIVER)
    return tuple(one for one in found if one is not None)


def standing(session: Session, edition_id: UUID, now: datetime) -> tuple[Agreement, ...]:
    """The proposals about one edition that have neither ended nor been used."""
    asked = select(SecondedAct).where(
        SecondedAct.act == DELIVER,
        SecondedAct.about_id == edition_id,
        SecondedAct.until_at > now,
        SecondedAct.used_at.is_(None),
    )
    found = (agreement(session, act) for act in session.scalars(asked.order_by(SecondedAct.proposed_at)))
    return tuple(one for one in found if one is not None)


def agreement(session: Session, act: SecondedAct) -> Agreement | None:
    """What this proposal means, or nothing when the office or its address has changed since."""
    frozen = edition(session, act.about_id)
    if frozen is None or act.act != DELIVER:
        return None
    for office, way, address in _ways(recipients(session, frozen.letter_id)):
        if delivery_hash(frozen, office.id, way, address) == act.hash:
            return Agreement(
                id=act.id,
                edition=frozen,
                recipient_id=office.id,
                office=office.office,
                place=place_of(office),
                way=way,
                address=address,
                proposed_by=act.proposed_by,
                until_at=act.until_at,
                is_seconded=act.seconded_by is not None,
            )
    return None


def place_of(office: Recipient) -> str:
    """Where an office is, to tell it from another of the same name: the first line of its address."""
    return next(iter(office.address.splitlines()), "")


def _ways(offices: Iterable[Recipient]) -> Iterator[tuple[Recipient, Way, str]]:
    for office in offices:
        for way in Way:
            yield office, way, (office.email or "") if way is Way.EMAIL else ""

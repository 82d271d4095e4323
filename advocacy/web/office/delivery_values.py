"""What the page of an edition's deliveries shows: for each office what it has, and what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.editions.agreements import Agreement, place_of, standing
from advocacy.editions.models import Delivery, Edition, Way
from advocacy.editions.queries import deliveries, delivery_stage, is_void
from advocacy.letters.models import Recipient
from advocacy.letters.queries import office_mark, recipients, version
from advocacy.mail.models import MessageStage

_BY_MAIL = {
    MessageStage.WAITING: "waits to leave, in a minute or so",
    MessageStage.SENDING: "is leaving now",
    MessageStage.SENT: "was sent",
    MessageStage.FAILED: "was not taken by their mail server; try another way",
    MessageStage.UNCERTAIN: "may or may not have left; look under Mail",
    MessageStage.DROPPED: "was stopped before it left, because somebody changed an answer",
}


@dataclass(frozen=True)
class Copy:
    """One copy handed over, or on its way."""

    way: str
    at: datetime
    told: str
    receipt: str


@dataclass(frozen=True)
class OfficeCopies:
    """One office: the copies it has, and the proposal that stands for it."""

    recipient_id: UUID
    office: str
    place: str
    email: str | None
    copies: tuple[Copy, ...]
    is_done: bool
    is_in_edition: bool
    proposed: Agreement | None
    agreed: Agreement | None
    is_my_proposal: bool


@dataclass(frozen=True)
class DeliveryPage:
    """An edition with its offices."""

    edition: Edition
    title: str
    is_void: bool
    offices: tuple[OfficeCopies, ...]


def delivery_page(session: Session, frozen: Edition, me: UUID, now: datetime) -> DeliveryPage:
    """All that the page of an edition's deliveries shows."""
    written = version(session, frozen.version_id)
    made, agreed = deliveries(session, frozen.id), standing(session, frozen.id, now)
    return DeliveryPage(
        edition=frozen,
        title=written.title if written else "",
        is_void=is_void(session, frozen, now),
        offices=tuple(
            _copies(session, frozen, to, made, agreed, me) for to in recipients(session, frozen.letter_id)
        ),
    )


def _copies(
    session: Session,
    frozen: Edition,
    to: Recipient,
    made: Sequence[Delivery],
    agreed: Sequence[Agreement],
    me: UUID,
) -> OfficeCopies:
    here = [one for one in made if one.recipient_id == to.id]
    stages = [delivery_stage(session, one) for one in here]
    mine = [one for one in agreed if one.recipient_id == to.id]
    proposed = next((one for one in reversed(mine) if not one.is_seconded), None)
    return OfficeCopies(
        recipient_id=to.id,
        office=to.office,
        place=place_of(to),
        email=to.email,
        copies=tuple(_copy(one, stage) for one, stage in zip(here, stages, strict=True)),
        is_done=any(stage not in (MessageStage.FAILED, MessageStage.DROPPED) for stage in stages),
        is_in_edition=office_mark(to) in frozen.offices.split(),
        proposed=proposed,
        agreed=next((one for one in reversed(mine) if one.is_seconded), None),
        is_my_proposal=proposed is not None and proposed.proposed_by == me,
    )


def _copy(delivery: Delivery, stage: MessageStage) -> Copy:
    by_mail = delivery.way == Way.EMAIL
    told = _BY_MAIL[stage] if by_mail else "was handed over"
    way = f"By email to {delivery.address}" if by_mail else Way(delivery.way).label.capitalize()
    return Copy(way, delivery.delivered_at, told, delivery.receipt)

"""A hold by counsel: one edition's file is kept until a day, whatever else becomes of it. It takes two.

Nothing but that file is kept: who is erased meanwhile is erased, and no page here opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in, end_of_day
from advocacy.editions.models import Edition, LegalHold
from advocacy.letters.models import Letter
from advocacy.people.actions import ProposalEnded, propose, second, use
from advocacy.people.queries import proposal

LONGEST = timedelta(days=366)
HOURS_TO_AGREE = 48
HOLD = "edition.legal_hold"


class NeedsAnEnd(Exception):
    """A hold ends on a day after today, within a year. Counsel can ask again when it is over."""


class NothingToHold(Exception):
    """This edition's file was already destroyed. There is nothing to hold."""


@dataclass(frozen=True)
class Order:
    """What counsel asks for: who asks, why, and the last day of it. No signer is named in it."""

    counsel: str
    why: str
    last_day: date


def ask_for_hold(
    session: Session, edition_id: UUID, order: Order, *, by: UUID, zone: str, now: datetime
) -> LegalHold:
    """Write down what counsel asks; it holds nothing yet. Raises `NeedsAnEnd` or `NothingToHold`."""
    today = day_in(zone, now)
    if not today < order.last_day <= today + LONGEST:
        raise NeedsAnEnd
    _holdable(session, edition_id)
    held = LegalHold(
        id=uuid4(),
        edition_id=edition_id,
        counsel=order.counsel,
        why=order.why,
        until_at=end_of_day(zone, order.last_day),
        asked_by=by,
        asked_at=now,
    )
    session.add(held)
    session.flush()
    propose(session, HOLD, held.id, hash=_hash(held), by=by, now=now, hours=HOURS_TO_AGREE)
    return held


def agree_to_hold(session: Session, hold_id: UUID, *, by: UUID, now: datetime) -> LegalHold:
    """Let it hold, by a second person who read all of it. Raises `SamePerson` or `ProposalEnded`."""
    held = session.get_one(LegalHold, hold_id)
    _holdable(session, held.edition_id)
    session.refresh(held, with_for_update=True)
    if held.agreed_at is not None:
        return held
    proposed = proposal(session, HOLD, held.id, _hash(held), now)
    if proposed is None:
        raise ProposalEnded
    second(session, proposed.id, by=by, now=now)
    use(session, HOLD, held.id, hash=_hash(held), now=now)
    held.agreed_by, held.agreed_at = by, now
    why = f"{held.counsel}: {held.why}, until {held.until_at.date()}"
    audit.record(session, HOLD, actor=by, about="edition", id=held.edition_id, why=why)
    session.flush()
    return held


def holds_of(session: Session, edition_id: UUID) -> Sequence[LegalHold]:
    """Every hold on an edition, agreed or not, the newest first."""
    asked = select(LegalHold).where(LegalHold.edition_id == edition_id)
    return session.scalars(asked.order_by(LegalHold.asked_at.desc())).all()


def put_off(session: Session, held: LegalHold, now: datetime) -> None:
    """Remember that the file should be gone, so that it goes when the hold ends. Twice is once."""
    if held.pending_on is None:
        held.pending_on = now.date()
        audit.record(session, "edition.destroy.put_off", actor=None, about="edition", id=held.edition_id)
        session.flush()


def _holdable(session: Session, edition_id: UUID) -> None:
    # Under the letter's lock: whoever erases holds it as well, so a file is held or gone, never half.
    frozen = session.get_one(Edition, edition_id)
    session.get(Letter, frozen.letter_id, with_for_update=True)
    session.refresh(frozen)
    if frozen.pdf is None:
        raise NothingToHold


def _hash(held: LegalHold) -> str:
    told = f"{held.edition_id}|{held.counsel}|{held.why}|{held.until_at.isoformat()}"
    return sha256(told.encode()).hexdigest()

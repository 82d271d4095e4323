"""Asking well: how often one person is asked, and who is reminded, once. Nobody in the office sees who."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from advocacy import audit
from advocacy.letters.models import Letter
from advocacy.letters.queries import open_version
from advocacy.mail.actions import queue
from advocacy.mail.models import Message
from advocacy.people.models import MailMode, Person
from advocacy.signons.actions import NotOpen
from advocacy.signons.models import Invitation, SignOn

BUDGET_RUNS = timedelta(days=30)
TIME_TO_ANSWER = timedelta(days=3)
ASKS = "invitation"
REMINDS = "reminder"


class TooSoon(Exception):
    """Give people three days to answer before you remind them."""


def free_to_ask_at(session: Session, message: Message, budget: int, now: datetime) -> datetime:
    """When this invitation fits into what one person may be asked: so many in 30 days, as they leave."""
    left_at = func.coalesce(Message.sent_at, Message.uncertain_at, Message.claimed_at)
    # Of two that are under way at once, the one that was taken up first goes first.
    taken_up = message.claimed_at or now
    before = or_(
        Message.sent_at.is_not(None),
        Message.claimed_at < taken_up,
        and_(Message.claimed_at == taken_up, Message.id < message.id),
    )
    asked = (
        select(func.max(left_at))
        .where(Message.kind == ASKS, Message.person_id == message.person_id)
        .where(Message.about_id != message.about_id, before, left_at > now - BUDGET_RUNS)
        .where(Message.dropped_at.is_(None), Message.failed_at.is_(None))
        .group_by(Message.about_id)
    )
    times = sorted(session.scalars(asked), reverse=True)
    return times[budget - 1] + BUDGET_RUNS if len(times) >= budget else now


def remind(session: Session, letter_id: UUID, *, by: UUID, now: datetime) -> None:
    """Remind, once for a letter, everybody who has not answered; how many these are is not told.

    Never somebody who said no, signed, took her name off or stopped mail, and only a mailbox that is hers
    alone. Whose first mail may not have arrived is among them.
    """
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    if letter.reminded_on is not None:
        return
    if open_version(session, letter_id, now) is None:
        raise NotOpen
    if not may_remind(session, letter_id, now):
        raise TooSoon
    for invitation in _not_answered(session, letter_id):
        queue(session, kind=REMINDS, about=invitation.id, person=invitation.person_id, now=now)
    letter.reminded_on = now.date()
    audit.record(session, "letter.remind", actor=by, about="letter", id=letter_id)
    session.flush()


def may_remind(session: Session, letter_id: UUID, now: datetime) -> bool:
    """Whether the first who were asked have had their time to answer."""
    first = session.scalar(select(func.min(Invitation.invited_at)).where(Invitation.letter_id == letter_id))
    return first is not None and now >= first + TIME_TO_ANSWER


def _not_answered(session: Session, letter_id: UUID) -> Sequence[Invitation]:
    asked = (
        select(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .join(Message, and_(Message.about_id == Invitation.id, Message.kind == ASKS))
        .where(Invitation.letter_id == letter_id, Invitation.declined_on.is_(None))
        .where(or_(Message.sent_at.is_not(None), Message.uncertain_at.is_not(None)))
        .where(Person.mail_mode == MailMode.FULL, Person.mail_stopped_on.is_(None))
        .where(Person.erased_on.is_(None), Invitation.person_id.not_in(_signers(letter_id)))
    )
    return session.scalars(asked.distinct().order_by(Invitation.id)).all()


def _signers(letter_id: UUID) -> Select[UUID]:
    return select(SignOn.person_id).where(SignOn.letter_id == letter_id)


def has_answered(session: Session, invitation: Invitation) -> bool:
    """Whether she said no, or signed at any time: also when she took her name off again."""
    signed = _signers(invitation.letter_id).where(SignOn.person_id == invitation.person_id)
    return invitation.declined_on is not None or session.scalars(signed).first() is not None


def first_left_at(session: Session, invitation_id: UUID) -> datetime | None:
    """When the mail that asked her left, as far as anybody knows."""
    asked = select(func.min(func.coalesce(Message.sent_at, Message.uncertain_at)))
    return session.scalar(asked.where(Message.kind == ASKS, Message.about_id == invitation_id))

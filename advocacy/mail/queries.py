"""Everything asked about mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from advocacy.mail.models import Message

# Longer than any mail server may keep us waiting, so a living sender is never taken for a dead one.
CLAIM_LASTS = timedelta(minutes=15)


def due(session: Session, now: datetime) -> Message | None:
    """The next message to send, locked, passing over those another worker holds."""
    asked = _waiting().where(Message.not_before_at <= now).order_by(Message.not_before_at, Message.id)
    return session.scalars(asked.limit(1).with_for_update(skip_locked=True)).first()


def locked(session: Session, message_id: UUID) -> Message:
    """One message as it stands now, held until the transaction ends."""
    return session.get_one(Message, message_id, with_for_update=True, populate_existing=True)


def claims_run_out(session: Session, now: datetime) -> Sequence[Message]:
    """Messages whose sender never came back to say how it went."""
    asked = select(Message).where(
        Message.claimed_at <= now - CLAIM_LASTS,
        Message.sent_at.is_(None),
        Message.failed_at.is_(None),
        Message.uncertain_at.is_(None),
        Message.dropped_at.is_(None),
    )
    return session.scalars(asked.with_for_update(skip_locked=True)).all()


def uncertain(session: Session) -> Sequence[Message]:
    """Messages that may or may not have left, for a person to look at."""
    asked = select(Message).where(Message.uncertain_at.is_not(None), Message.settled_at.is_(None))
    return session.scalars(asked.order_by(Message.uncertain_at)).all()


def failed(session: Session) -> Sequence[Message]:
    """Messages a mail server refused for good."""
    asked = select(Message).where(Message.failed_at.is_not(None), Message.settled_at.is_(None))
    return session.scalars(asked.order_by(Message.failed_at)).all()


def waiting_count(session: Session) -> int:
    """How many messages wait to be sent."""
    return session.scalar(select(func.count()).select_from(_waiting().subquery())) or 0


def due_since(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest message that might be sent now waits for a worker."""
    asked = _waiting().with_only_columns(Message.not_before_at).where(Message.not_before_at <= now)
    return session.scalars(asked.order_by(Message.not_before_at).limit(1)).first()


def refused_since(session: Session) -> datetime | None:
    """Since when the oldest message waits that was tried, and that the mail server did not take yet."""
    asked = _waiting().with_only_columns(Message.queued_at).where(Message.tries > 0)
    return session.scalars(asked.order_by(Message.queued_at).limit(1)).first()


def waiting_for(session: Session, person_id: UUID) -> Sequence[Message]:
    """Every message that waits to be sent to one person, held."""
    return session.scalars(_waiting().where(Message.person_id == person_id).with_for_update()).all()


def message_of_turn(session: Session, kind: str, about_id: UUID, turn: int) -> Message | None:
    """The message of one kind about one row, at one turn."""
    asked = select(Message).where(Message.kind == kind, Message.about_id == about_id, Message.turn == turn)
    return session.scalars(asked).first()


def message_about(session: Session, kind: str, about_id: UUID) -> Message | None:
    """The newest message of a kind about one row."""
    asked = select(Message).where(Message.kind == kind, Message.about_id == about_id)
    return session.scalars(asked.order_by(Message.turn.desc()).limit(1)).first()


def messages_about(session: Session, kind: str, about_id: UUID) -> Sequence[Message]:
    """Every message of a kind about one row, the first one first."""
    asked = select(Message).where(Message.kind == kind, Message.about_id == about_id)
    return session.scalars(asked.order_by(Message.turn)).all()


def _waiting() -> Select[Message]:
    return select(Message).where(
        Message.claimed_at.is_(None),
        Message.sent_at.is_(None),
        Message.failed_at.is_(None),
        Message.uncertain_at.is_(None),
        Message.dropped_at.is_(None),
    )

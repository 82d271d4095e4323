"""A mail to oneself, through the ledger, the worker and the real server: the one proof that mail leaves."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.mail.actions import queue
from advocacy.mail.models import Message
from advocacy.mail.queries import message_about

TRIAL = "trial"
_REST = timedelta(minutes=1)


def ask_trial(session: Session, person_id: UUID, now: datetime) -> None:
    """Send a mail to this person's own address; pressing twice within a minute sends one."""
    last = message_about(session, TRIAL, person_id)
    if last is not None and now - last.queued_at < _REST:
        return
    turn = last.turn + 1 if last else 1
    queue(session, kind=TRIAL, about=person_id, person=person_id, turn=turn, now=now)


def last_trial(session: Session) -> Message | None:
    """The newest of these mails, whoever asked for it."""
    asked = select(Message).where(Message.kind == TRIAL).order_by(Message.queued_at.desc())
    return session.scalars(asked.limit(1)).first()

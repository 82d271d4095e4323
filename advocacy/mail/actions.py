"""What may be done with mail: queue it, claim one, say how it went, settle what stayed uncertain."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import claims_run_out, locked, message_about, message_of_turn
from advocacy.wake import Bell, ring

# With the waits below, more than four days: a server that is down over a long weekend loses nothing.
_MOST_TRIES = 60
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=2)
_MOST_DOUBLINGS = 10


class NotUncertain(Exception):
    """This message is not waiting for anybody's decision."""


def queue(
    session: Session,
    *,
    kind: str,
    about: UUID,
    now: datetime,
    person: UUID | None = None,
    turn: int = 1,
    not_before: datetime | None = None,
) -> Message:
    """Ask for a message. The same kind about the same row is asked for once; a reminder is another `turn`."""
    known = message_of_turn(session, kind, about, turn)
    if known is not None:
        return known
    message = Message(
        id=uuid4(),
        kind=kind,
        about_id=about,
        turn=turn,
        person_id=person,
        queued_at=now,
        not_before_at=not_before or now,
    )
    ring(session, Bell.MAIL)
    session.flush()
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:  # somebody asked for the same at the same moment
        return message_of_turn(session, kind, about, turn) or message
    return message


def claim(message: Message, now: datetime) -> None:
    """Take a message in hand."""
    message.claimed_at, message.tries = now, message.tries + 1


def wait(message: Message, until: datetime, now: datetime) -> None:
    """Put a message back for a better moment: it was not tried, so this is no try."""
    message.claimed_at, message.tries = None, message.tries - 1
    message.not_before_at = max(until, now + _FIRST_WAIT)


def drop(message: Message, now: datetime, why: str) -> None:
    """Decide not to send a message after all: its person said stop, or what it is about has ended."""
    message.dropped_at, message.fault = now, why


def mark_sent(session: Session, message_id: UUID, now: datetime) -> None:
    """The mail server took it."""
    message = locked(session, message_id)
    message.sent_at, message.uncertain_at, message.fault = now, None, ""


def mark_failed(session: Session, message_id: UUID, now: datetime, fault: str) -> None:
    """The mail server will never take it."""
    message = locked(session, message_id)
    message.failed_at, message.uncertain_at, message.fault = now, None, fault


def mark_uncertain(session: Session, message_id: UUID, now: datetime, fault: str) -> None:
    """Nobody can know whether it left; a person decides, never a machine."""
    message = locked(session, message_id)
    message.uncertain_at, message.fault = now, fault


def put_back(session: Session, message_id: UUID, now: datetime, fault: str) -> None:
    """Nothing was handed over: try again later, each time waiting longer, and give up in the end.

    Where a person has already decided about it, the decision stands.
    """
    message = locked(session, message_id)
    if message.settled_at is not None:
        return
    message.uncertain_at, message.fault = None, fault
    if message.tries >= _MOST_TRIES:
        message.failed_at = now
        return
    wait = min(_FIRST_WAIT * 2 ** min(message.tries - 1, _MOST_DOUBLINGS), _LONGEST_WAIT)
    message.claimed_at, message.not_before_at = None, now + wait


def end_lost_claims(session: Session, now: datetime) -> int:
    """List as uncertain every message whose sender died holding it."""
    lost = claims_run_out(session, now)
    for message in lost:
        message.uncertain_at, message.fault = now, "the sender stopped while it held this message"
    session.flush()
    return len(lost)


def settle(session: Session, message_id: UUID, *, again: bool, by: UUID, now: datetime) -> None:
    """A person's decision about an uncertain message: leave it, or send it afresh with a new key."""
    message = locked(session, message_id)
    if message.stage not in (MessageStage.UNCERTAIN, MessageStage.FAILED) or message.settled_at is not None:
        raise NotUncertain
    message.settled_at = now
    audit.record(
        session, "mail.settle", actor=by, about="message", id=message_id, why="again" if again else "left"
    )
    if again:
        last = message_about(session, message.kind, message.about_id) or message
        queue(
            session,
            kind=message.kind,
            about=message.about_id,
            now=now,
            person=message.person_id,
            turn=last.turn + 1,
        )
    session.flush()

"""Whoever comes after a letter has closed: she may leave word, and hears once when it opens again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.letters.queries import open_version
from advocacy.mail.actions import queue
from advocacy.mail.queries import message_about
from advocacy.signons.models import AskAgain, Invitation
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import Visit

KIND = "again"
# A smaller number would point at somebody.
_FEWEST_TOLD = 5


def leave_word(session: Session, visit: Visit, *, zone: str, now: datetime) -> None:
    """Note that she wants to hear of this letter when it opens again; twice is once."""
    take_turn(session, visit)
    if session.get(AskAgain, visit.invitation_id) is None:
        session.add(AskAgain(invitation_id=visit.invitation_id, asked_on=day_in(zone, now)))
        session.flush()


def left_word(session: Session, visit: Visit) -> bool:
    """Whether she has left word already."""
    return session.get(AskAgain, visit.invitation_id) is not None


def how_many_wait(session: Session, letter_id: UUID) -> str:
    """How many left word, as the office may read it: a number from five up, "a few" below, or nothing."""
    asked = (
        select(func.count()).select_from(AskAgain).join(Invitation).where(Invitation.letter_id == letter_id)
    )
    waiting = session.scalar(asked) or 0
    if waiting == 0:
        return ""
    return f"{waiting} people" if waiting >= _FEWEST_TOLD else "A few people"


def ask_again(session: Session, now: datetime) -> int:
    """Ask everybody who left word on a letter that is open now, each once; how many were asked."""
    waiting = select(AskAgain, Invitation).join(Invitation).order_by(AskAgain.invitation_id)
    found = session.execute(waiting.with_for_update(skip_locked=True, of=AskAgain)).all()
    ready = [row for row in found if open_version(session, row.Invitation.letter_id, now) is not None]
    for word, invitation in ready:
        last = message_about(session, KIND, invitation.id)
        turn = last.turn + 1 if last else 1
        queue(session, kind=KIND, about=invitation.id, person=invitation.person_id, turn=turn, now=now)
        session.delete(word)
    session.flush()
    return len(ready)

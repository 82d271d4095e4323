"""A form opened while a letter was open may still be sent for a quarter of an hour after it closed.

Each page of the form carries a mark of when it was opened, which nobody else can make and no other person,
letter or opening can use. The door gives one only while the letter is open.
"""

import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.letters.models import Opening

GRACE = timedelta(minutes=15)


def takes_answers(
    session: Session, invitation_id: UUID, opening: Opening, opened: str, now: datetime
) -> bool:
    """Whether this person may sign now: while the letter is open, or just after, in a form opened before."""
    if opening.opened_at <= now < opening.closes_at:
        return True
    just_closed = opening.closes_at <= now < opening.closes_at + GRACE
    return just_closed and _was_open(session, invitation_id, opening, opened)


def opened_mark(session: Session, invitation_id: UUID, opening: Opening, now: datetime) -> str:
    """The mark of a form opened now; none unless the letter is open."""
    if not opening.opened_at <= now < opening.closes_at:
        return ""
    at = int(now.timestamp())
    return f"{at}.{_sealed(session, invitation_id, opening, at)}"


def _was_open(session: Session, invitation_id: UUID, opening: Opening, opened: str) -> bool:
    at, _, sealed = opened.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return False
    if datetime.fromtimestamp(int(at), UTC) >= opening.closes_at:
        return False
    return hmac.compare_digest(_sealed(session, invitation_id, opening, int(at)).encode(), sealed.encode())


def _sealed(session: Session, invitation_id: UUID, opening: Opening, at: int) -> str:
    return vault.hash_code(session, f"opened {invitation_id} {opening.id} {at}").hex()

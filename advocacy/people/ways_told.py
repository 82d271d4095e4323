"""A mail to whoever's way to sign in changed: if it was not her, she is the one who notices.

What changed is not said, nor by whom: the mailbox may be the thing that somebody else reads.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.mail.actions import queue
from advocacy.mail.models import MessageStage
from advocacy.mail.queries import message_about

WAY_CHANGED = "way_changed"


def tell_of_change(session: Session, person_id: UUID, now: datetime) -> None:
    """Write to a person that how she signs in has changed. A mail that still waits tells of this too."""
    last = message_about(session, WAY_CHANGED, person_id)
    if last is None or last.stage is not MessageStage.WAITING:
        turn = last.turn + 1 if last else 1
        queue(session, kind=WAY_CHANGED, about=person_id, person=person_id, turn=turn, now=now)

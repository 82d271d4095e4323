"""A mail to whoever's way to sign in changed: if it was not her, she is the one who notices."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.mail.actions import queue
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import message_about
from advocacy.mail.words import write
from advocacy.people.models import Person
from advocacy.people.queries import names_of, person

WAY_CHANGED = "way_changed"


def tell_of_change(session: Session, person_id: UUID, now: datetime) -> None:
    """Write to a person that how she signs in has changed. A mail that still waits tells of this too."""
    last = message_about(session, WAY_CHANGED, person_id)
    if last is None or last.stage is not MessageStage.WAITING:
        turn = last.turn + 1 if last else 1
        queue(session, kind=WAY_CHANGED, about=person_id, person=person_id, turn=turn, now=now)


@dataclass(frozen=True)
class WayChangedTrade:
    """Writes them for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Not to somebody whose address is gone. Who stopped her mail is told too: it is her own door."""
        known = person(session, message.about_id)
        return known is not None and known.email is not None

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """What changed is not said, nor by whom: the mailbox may be the thing that somebody else reads."""
        known = session.get_one(Person, message.about_id)
        subject, body = write("way_changed", "en", call_us=self.config.call_us)
        return Envelope(
            sender=self.config.mail_from,
            to=names_of(session, known).email,
            subject=subject,
            body=body,
            language=known.language,
        )

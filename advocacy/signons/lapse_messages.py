"""The reminder as a mail: as plain and neutral as an invitation, and asked about again before it leaves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.people.models import Person
from advocacy.people.queries import may_write_to
from advocacy.signons.actions import make_link
from advocacy.signons.links import Purpose
from advocacy.signons.messages import with_link
from advocacy.signons.models import Invitation
from advocacy.signons.reminding import named_and_lapsing
from advocacy.signons.renewing import SentAt
from advocacy.signons.visits import visit_of


@dataclass(frozen=True)
class LapseTrade:
    """Writes reminders for the postman, told by the rooms above when a text first left."""

    config: Config
    sent_at: SentAt

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only where she may be written to, and while a line of hers still lapses soon."""
        invitation = session.get(Invitation, message.about_id)
        if invitation is None:
            return False
        person = session.get_one(Person, invitation.person_id)
        visit, zone = visit_of(invitation, person), self.config.time_zone
        return may_write_to(person) and bool(
            named_and_lapsing(session, visit, self.sent_at, zone=zone, now=now)
        )

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key and code, and another key that can only stop mail."""
        invitation = session.get_one(Invitation, message.about_id)
        person = session.get_one(Person, invitation.person_id)
        pair = make_link(session, invitation.id, Purpose.SIGN, now)
        stop, _ = make_link(session, invitation.id, Purpose.STOP_MAIL, now)
        return with_link(session, self.config, person, "lapse", pair, stop=stop)

"""The note that something will change: neutral, with a way to her own page, where she can show less."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.config import Config
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.postman import Later
from advocacy.people.models import NamingLimit, Person
from advocacy.people.queries import may_write_to
from advocacy.people.resting import by_day, zone_of
from advocacy.signons.lost import make_own_link
from advocacy.signons.messages import with_link


@dataclass(frozen=True)
class LimitNoteTrade:
    """Writes the note for the postman. It warns her, so it waits for the morning but for no rest of hers."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        """Not once it was taken back, and only where she may be written to."""
        limit = session.get(NamingLimit, message.about_id)
        if limit is None:
            return False
        person = session.get_one(Person, limit.person_id)
        morning = by_day(zone_of(person, self.config.time_zone), now)
        if not may_write_to(person):
            return False
        return Later(morning) if morning > now and not self.config.demo else True

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """The day of the change, and nothing of what it is."""
        limit = session.get_one(NamingLimit, message.about_id)
        person = session.get_one(Person, limit.person_id)
        pair = make_own_link(session, person.id, now)
        day = day_in(zone_of(person, self.config.time_zone), limit.in_force_at)
        return with_link(
            session, self.config, person, "limit_note", pair, day=day, call_us=self.config.call_us
        )

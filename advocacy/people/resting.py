"""When a person may be written to: not at night where she lives, and not while she asked us to rest."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.postman import Later, Trade
from advocacy.people.models import Person

NIGHT_BEGINS = time(21)
NIGHT_ENDS = time(8)
LONGEST_REST = timedelta(days=2 * 365)


class NoSuchRest(Exception):
    """Please choose a day from tomorrow on, and within two years."""


def rest(
    session: Session, person_id: UUID, until: date | None, *, by: UUID | None, zone: str, now: datetime
) -> None:
    """Ask this person nothing until a day, at her word; with no day, she may be asked again."""
    today = day_in(zone, now)
    if until is not None and not today < until <= today + LONGEST_REST:
        raise NoSuchRest
    person = session.get_one(Person, person_id)
    if person.rests_until != until:
        person.rests_until = until
        audit.record(session, "person.rest", actor=by, about="person", id=person_id)
        session.flush()


def zone_of(person: Person, network_zone: str) -> str:
    """The clocks a person lives by; the network's, where she named none."""
    return person.time_zone or network_zone


def by_day(zone: str, instant: datetime) -> datetime:
    """This instant, or the next morning when it is night there."""
    there = instant.astimezone(ZoneInfo(zone))
    if NIGHT_ENDS <= there.time() < NIGHT_BEGINS:
        return instant
    morning = there.date() + timedelta(days=there.time() >= NIGHT_BEGINS)
    return datetime.combine(morning, NIGHT_ENDS, there.tzinfo).astimezone(instant.tzinfo)


def may_be_asked_at(person: Person, zone: str, instant: datetime) -> datetime:
    """The first moment from `instant` on that lies in a person's day and after her rest."""
    if person.rests_until is not None and day_in(zone, instant) < person.rests_until:
        instant = datetime.combine(person.rests_until, NIGHT_ENDS, ZoneInfo(zone)).astimezone(instant.tzinfo)
    return by_day(zone, instant)


@dataclass(frozen=True)
class Considerate:
    """Any trade, but it leaves a person alone at night and while she rests."""

    trade: Trade
    zone: str

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        """What the trade says, put off until its person may be asked."""
        answer = self.trade.may_send(session, message, now)
        person = session.get(Person, message.person_id) if message.person_id else None
        if answer is False or person is None:
            return answer
        earliest = answer.at if isinstance(answer, Later) else now
        at = may_be_asked_at(person, zone_of(person, self.zone), max(earliest, now))
        return Later(at) if at > now else True

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """As the trade writes it."""
        return self.trade.compose(session, message, now)

"""One mail a day to whoever asked for it, with what happened to her bills. On a day without news, none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.bills.news.queries import Headline, has_news, headlines, mail_readers, reader
from advocacy.clock import day_in, moment_in
from advocacy.config import Config
from advocacy.mail.actions import queue
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.people.access import may
from advocacy.people.models import MailMode, Person
from advocacy.people.queries import may_write_to, names_of, roles_on

DIGEST = "bill_digest"
"""The kind of the daily mail; its turn is the number of its day."""

_AT = time(7)
_MOST = 100


def ask_digests(session: Session, *, zone: str, now: datetime) -> int:
    """Ask for today's mails once the morning has come; how many have something to tell."""
    until = _morning(zone, day_in(zone, now))
    if now < until:
        return 0
    due = [
        row.person_id
        for row in mail_readers(session)
        if has_news(session, row.person_id, _since(session, row.person_id, until, zone), until)
    ]
    for person_id in due:
        turn = day_in(zone, now).toordinal()
        queue(session, kind=DIGEST, about=person_id, person=person_id, turn=turn, now=now)
    return len(due)


def _morning(zone: str, day: date) -> datetime:
    return moment_in(zone, day, _AT)


def _since(session: Session, person_id: UUID, until: datetime, zone: str) -> datetime:
    """The morning of the last mail that went out: one that was lost on its way is made up for."""
    asked = select(func.max(Message.turn)).where(Message.kind == DIGEST, Message.about_id == person_id)
    last = session.scalar(asked.where(Message.sent_at.is_not(None)))
    row = reader(session, person_id)
    began = row.mail_since if row and row.mail_since else until
    return max(began, _morning(zone, date.fromordinal(last))) if last else began


@dataclass(frozen=True)
class DigestTrade:
    """Writes the daily mails for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """While she still wants it, may still read bills here, and her mailbox is safe for plain words."""
        person, row = session.get(Person, message.about_id), reader(session, message.about_id)
        if person is None or row is None or row.mail_since is None or not may_write_to(person):
            return False
        roles = roles_on(session, person.id, day_in(self.config.time_zone, now))
        return person.mail_mode == MailMode.FULL and may(roles, "office.bills")

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """What happened between the last mail and the morning of this one."""
        person, zone = session.get_one(Person, message.about_id), self.config.time_zone
        until = _morning(zone, date.fromordinal(message.turn))
        since = _since(session, person.id, until, zone)
        news = headlines(session, of=person.id, after=since, until=until, most=_MOST + 1)
        subject, body = write(
            DIGEST,
            "en",
            bills=by_bill(news[:_MOST]),
            has_more=len(news) > _MOST,
            zone=ZoneInfo(zone),
            address=f"{self.config.base_url}/office/bills/news",
        )
        to = names_of(session, person).email
        return Envelope(sender=self.config.mail_from, to=to, subject=subject, body=body)


def by_bill(news: Sequence[Headline]) -> tuple[tuple[Headline, ...], ...]:
    """The news of each bill together, the bill that moved last first, each in the order it happened."""
    order = list(dict.fromkeys(one.bill_id for one in news))
    ranked = sorted(reversed(news), key=lambda one: order.index(one.bill_id))
    return tuple(tuple(found) for _, found in groupby(ranked, key=lambda one: one.bill_id))

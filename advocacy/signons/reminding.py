"""One neutral reminder, fourteen days before something a person signed lapses. Silence means lapse."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.clock import day_in, last_day, moment_in
from advocacy.mail.actions import queue
from advocacy.mail.models import Message
from advocacy.mail.queries import message_about
from advocacy.people.models import MailMode, Person
from advocacy.signons.models import Consent, Invitation, SignOn
from advocacy.signons.renewing import SOON, Lapsing, SentAt, lapsing
from advocacy.signons.visits import Visit, visit_of

KIND = "lapse"
DAYS_BEFORE = 14
# A phone that lights up at midnight is seen by whoever lies beside it.
_AT = time(10)


def remind_at(zone: str, ends_at: datetime) -> datetime:
    """When to remind of an end: in the morning, fourteen days before the last day, where she lives."""
    return moment_in(zone, last_day(zone, ends_at) - timedelta(days=DAYS_BEFORE), _AT)


def remind_all(session: Session, sent_at: SentAt, *, zone: str, now: datetime) -> int:
    """Ask for the reminders that are due: one for all of hers that lapses soon; how many were asked for."""
    due = [visit for visit in _with_an_end_near(session, now) if _is_due(session, visit, sent_at, zone, now)]
    for visit in due:
        last = message_about(session, KIND, visit.invitation_id)
        turn = last.turn + 1 if last else 1
        queue(session, kind=KIND, about=visit.invitation_id, person=visit.person_id, turn=turn, now=now)
    return len(due)


def named_and_lapsing(
    session: Session, visit: Visit, sent_at: SentAt, *, zone: str, now: datetime
) -> tuple[Lapsing, ...]:
    """The lines of hers that lapse soon. Nobody is reminded of a number: it names nobody."""
    return tuple(one for one in lapsing(session, visit, sent_at, zone=zone, now=now) if one.line is not None)


def _with_an_end_near(session: Session, now: datetime) -> Iterator[Visit]:
    """Everybody with a line that ends soon, as if she came in for the letter whose line ends first."""
    near = (
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .join(SignOn, (SignOn.letter_id == Invitation.letter_id) & (SignOn.person_id == Person.id))
        .join(Consent, Consent.sign_on_id == SignOn.id)
        .where(Consent.ended_on.is_(None), Consent.line.is_not(None), SignOn.withdrawn_on.is_(None))
        .where(Consent.latest_at > now, Consent.latest_at <= now + timedelta(days=DAYS_BEFORE + 2))
        .where(Person.erased_on.is_(None), Person.mail_stopped_on.is_(None), Person.email.is_not(None))
        .where(Person.mail_mode != MailMode.NONE)
        .order_by(Consent.latest_at, Invitation.id)
    )
    seen: set[UUID] = set()
    for invitation, person in session.execute(near).all():
        if person.id not in seen:
            seen.add(person.id)
            yield visit_of(invitation, person)


def _is_due(session: Session, visit: Visit, sent_at: SentAt, zone: str, now: datetime) -> bool:
    told = _reminders(session, visit.person_id)
    here = visit.time_zone or zone
    return any(
        _asks_now(session.get_one(Consent, one.consent_id), here, one.ends_at, told, now)
        for one in named_and_lapsing(session, visit, sent_at, zone=zone, now=now)
    )


def _asks_now(consent: Consent, here: str, ends_at: datetime, told: list[datetime], now: datetime) -> bool:
    at = remind_at(here, ends_at)
    # Whoever chose so near an end a while ago, or today, knows of it.
    if now < at or day_in(here, at) <= consent.given_on:
        return False
    # A reminder speaks of all that lapsed soon when it was sent.
    return not any(_tells_of(sent, consent, ends_at) for sent in told)


def _tells_of(sent: datetime, consent: Consent, ends_at: datetime) -> bool:
    return sent.astimezone(UTC).date() >= consent.given_on and ends_at <= sent + SOON


def _reminders(session: Session, person_id: UUID) -> list[datetime]:
    asked = select(Message.queued_at).where(Message.kind == KIND, Message.person_id == person_id)
    return list(session.scalars(asked))

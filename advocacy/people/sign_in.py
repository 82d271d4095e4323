"""The way into the office: an emailed link that works once, and the session it opens.

Keys are random and only their hashes are stored. A session ends after half an hour of quiet or twelve
hours in all, and holds no roles: they are asked for afresh at every request.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.mail.actions import queue
from advocacy.people.models import OfficeSession, SignInLink
from advocacy.people.queries import people_at, person, roles_on
from advocacy.people.roles import Role
from advocacy.vault import hash_key

LINK_LASTS = timedelta(hours=1)
MOST_LINKS = 5
QUIET = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_MINUTE = timedelta(minutes=1)


class LinkSpent(Exception):
    """This link has been used, or its hour is over. Please ask for a new one."""


@dataclass(frozen=True)
class Seat:
    """Somebody signed in: who, with which roles today, and until when if nothing more is pressed."""

    person_id: UUID
    roles: frozenset[Role]
    ends_at: datetime
    seen_at: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether the last-seen minute should be written again."""
        return now - self.seen_at >= _MINUTE


def ask(session: Session, email: str, *, now: datetime, today: date) -> None:
    """Send a link to everybody at this address with a role today; nobody can tell whether that was anyone."""
    for known in people_at(session, email):
        if roles_on(session, known.id, today) and _links_lately(session, known.id, now) < MOST_LINKS:
            link = new_link(session, known.id, now=now)
            queue(session, kind="sign_in", about=link.id, person=known.id, now=now)


def _links_lately(session: Session, person_id: UUID, now: datetime) -> int:
    asked = select(func.count()).select_from(SignInLink).where(SignInLink.person_id == person_id)
    return session.scalar(asked.where(SignInLink.asked_at > now - LINK_LASTS)) or 0


def new_link(session: Session, person_id: UUID, *, now: datetime) -> SignInLink:
    """A way in for one person, still without its key."""
    link = SignInLink(id=uuid4(), person_id=person_id, asked_at=now, ends_at=now + LINK_LASTS)
    session.add(link)
    session.flush()
    return link


def make_key(session: Session, link_id: UUID) -> str:
    """The key that goes into the email; asked again, the earlier key no longer opens."""
    key = secrets.token_urlsafe(32)
    session.get_one(SignInLink, link_id).key_hash = hash_key(key)
    session.flush()
    return key


def enter(session: Session, key: str, *, now: datetime, today: date) -> str:
    """Spend a link and open a session; its key is for the cookie alone. Raises `LinkSpent`."""
    asked = select(SignInLink).where(SignInLink.key_hash == hash_key(key)).with_for_update()
    link = session.scalars(asked).first()
    if link is None or link.used_at is not None or link.ends_at <= now:
        raise LinkSpent
    if person(session, link.person_id) is None or not roles_on(session, link.person_id, today):
        raise LinkSpent
    link.used_at = now
    return sit(session, link.person_id, now=now)


def sit(session: Session, person_id: UUID, *, now: datetime) -> str:
    """Open a session for a person whose right to it is already known."""
    key = secrets.token_urlsafe(32)
    session.add(
        OfficeSession(
            key_hash=hash_key(key), person_id=person_id, began_at=now, seen_at=now, ends_at=now + LONGEST
        )
    )
    audit.record(session, "office.enter", actor=person_id, about="person", id=person_id)
    session.flush()
    return key


def seat(session: Session, key: str, *, now: datetime, today: date) -> Seat | None:
    """Who sits behind this key, when the session still stands and the person still has a role."""
    row = session.get(OfficeSession, hash_key(key))
    if (
        row is None
        or row.ends_at <= now
        or now - row.seen_at > QUIET
        or person(session, row.person_id) is None
    ):
        return None
    roles = roles_on(session, row.person_id, today)
    return Seat(row.person_id, roles, min(row.ends_at, now + QUIET), row.seen_at) if roles else None


def stay(session: Session, key: str, *, now: datetime) -> None:
    """Write down that this session was used just now."""
    row = session.get(OfficeSession, hash_key(key))
    if row is not None and now > row.seen_at:
        row.seen_at = now


def leave(session: Session, key: str) -> None:
    """End one session."""
    session.execute(delete(OfficeSession).where(OfficeSession.key_hash == hash_key(key)))


def leave_all(session: Session, person_id: UUID) -> None:
    """End every session of a person."""
    session.execute(delete(OfficeSession).where(OfficeSession.person_id == person_id))

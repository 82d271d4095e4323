"""Sessions of the office: a row for each, found by the hash of the key in the cookie.

A session holds no roles: they are asked for afresh at every request, so a term that ended last night opens
nothing this morning. Proving once more who one is gives the session a new key, and the old one is dead.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.people.models import OfficeSession, Person, Term
from advocacy.people.roles import Role
from advocacy.vault import hash_key

QUIET = timedelta(minutes=30)
WORKING_DAY = timedelta(hours=9)
LONGEST = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=5)
TO_ENROL = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)


class Way(StrEnum):
    """How somebody came in, which says how long the door stays open."""

    PASSKEY = "passkey"
    LINK = "link"
    ENROLLING = "enrolling"
    DEMO = "demo"

    @property
    def first_end(self) -> timedelta:
        """How long a session of this kind lasts unless it is extended."""
        return {Way.PASSKEY: WORKING_DAY, Way.ENROLLING: TO_ENROL}.get(self, LONGEST)

    @property
    def quiet(self) -> timedelta:
        """How long it may be left alone: a working day on a passkey, half an hour otherwise."""
        return LONGEST if self is Way.PASSKEY else QUIET


@dataclass(frozen=True)
class Seat:
    """Somebody signed in: who, with which roles today, and until when if nothing more is pressed."""

    person_id: UUID
    roles: frozenset[Role]
    way: Way
    ends_at: datetime
    last_at: datetime
    seen_at: datetime
    proved_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether the last-seen minute should be written again."""
        return now - self.seen_at >= _MINUTE

    def is_fresh(self, now: datetime) -> bool:
        """Whether this person proved who she is within the last minutes. The demo asks nobody for proof."""
        proved = self.proved_at is not None and now - self.proved_at <= FRESH_FOR
        return proved or self.way is Way.DEMO


def sit(session: Session, person_id: UUID, *, way: Way, now: datetime) -> str:
    """Open a session for a person whose right to it is already known; its key is for the cookie alone."""
    key = secrets.token_urlsafe(32)
    session.add(
        OfficeSession(
            key_hash=hash_key(key),
            person_id=person_id,
            began_at=now,
            seen_at=now,
            ends_at=now + way.first_end,
            way=way,
            proved_at=None if way is Way.ENROLLING else now,
        )
    )
    audit.record(session, "office.enter", actor=person_id, about="person", id=person_id, why=way)
    session.flush()
    return key


def seat(session: Session, key: str, *, now: datetime, today: date) -> Seat | None:
    """Who sits behind this key, when the session still stands and the person still has a role."""
    found = session.execute(_seats(today).where(OfficeSession.key_hash == hash_key(key))).all()
    row = found[0][0] if found else None
    if row is None or row.ends_at <= now:
        return None
    way, last = Way(row.way), row.began_at + LONGEST
    if now - row.seen_at > way.quiet:
        return None
    roles = frozenset(Role(role) for _, role in found)
    return Seat(
        row.person_id, roles, way, min(row.ends_at, now + way.quiet), last, row.seen_at, row.proved_at
    )


def _seats(today: date) -> Select[OfficeSession, str]:
    """Each session of a person who was not erased, once for each role of hers today: one question a page."""
    asked = select(OfficeSession, Term.role).join(Person, Person.id == OfficeSession.person_id)
    asked = asked.join(Term, Term.person_id == Person.id).where(Person.erased_on.is_(None))
    return asked.where(Term.begins_on <= today, Term.ends_on >= today)


def stay(session: Session, key: str, *, now: datetime) -> None:
    """Write down that this session was used just now."""
    row = session.get(OfficeSession, hash_key(key))
    if row is not None and now > row.seen_at:
        row.seen_at = now


def extend(session: Session, key: str, *, now: datetime) -> None:
    """Keep a session open as long as its kind may last from now; never beyond twelve hours in all."""
    row = session.get_one(OfficeSession, hash_key(key), with_for_update=True, populate_existing=True)
    row.seen_at = now
    if row.way != Way.ENROLLING:
        row.ends_at = min(now + Way(row.way).first_end, row.began_at + LONGEST)


def prove(session: Session, key: str, *, way: Way | None = None, now: datetime) -> str:
    """Note a fresh check of who this is, and give the session a new key; the old one opens nothing.

    With a `way` it becomes a session of that kind: whoever just enrolled need not sign in again.
    """
    row = session.get_one(OfficeSession, hash_key(key), with_for_update=True, populate_existing=True)
    fresh, kind = secrets.token_urlsafe(32), way or Way(row.way)
    ends = row.ends_at if way is None else min(now + kind.first_end, row.began_at + LONGEST)
    session.delete(row)
    session.flush()
    session.add(
        OfficeSession(
            key_hash=hash_key(fresh),
            person_id=row.person_id,
            began_at=row.began_at,
            seen_at=now,
            ends_at=ends,
            way=kind,
            proved_at=now,
        )
    )
    audit.record(session, "office.prove", actor=row.person_id, about="person", id=row.person_id)
    session.flush()
    return fresh


def leave(session: Session, key: str) -> None:
    """End one session."""
    session.execute(delete(OfficeSession).where(OfficeSession.key_hash == hash_key(key)))


def leave_all(session: Session, person_id: UUID, *, but: str = "") -> None:
    """End every session of a person, or every one but the one with this key."""
    others = delete(OfficeSession).where(OfficeSession.person_id == person_id)
    session.execute(others.where(OfficeSession.key_hash != hash_key(but)) if but else others)

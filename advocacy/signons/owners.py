"""Whoever holds a link to her own page: every letter she was asked about is within her reach, no other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.people.models import MailMode, Person
from advocacy.signons.links import Purpose
from advocacy.signons.models import Invitation, Link
from advocacy.signons.visits import Visit, told_apart_by_word, visit_of

# What reaches everything lives shortly; a fresh one is a minute away.
OWN_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Owner:
    """Somebody came in with a key to her own page."""

    person_id: UUID
    language: str
    watched: bool
    shared: bool = False

    @property
    def asks_word(self) -> bool:
        """Whether the link alone can only take her name off: others may read what she is sent."""
        return self.watched or self.shared


def owner_by_key(session: Session, key: str, now: datetime) -> Owner | None:
    """Whose own page this key opens, while it lasts; None for every other string."""
    return _owner(session, Link.key_hash == vault.hash_key(key), now)


def owner_by_code(session: Session, code: str, now: datetime) -> Owner | None:
    """Whose own page this typed code opens, while it lasts."""
    return _owner(session, Link.code_hash == vault.hash_code(session, code), now)


def _owner(session: Session, matches: object, now: datetime) -> Owner | None:
    asked = (
        select(Person)
        .join(Link, Link.person_id == Person.id)
        .where(matches, Link.purpose == Purpose.OWN, Link.revoked_at.is_(None))  # type: ignore[arg-type]
        .where(Link.made_at > now - OWN_LASTS, Person.erased_on.is_(None))
    )
    person = session.scalars(asked).first()
    if person is None:
        return None
    watched = person.mail_mode == MailMode.WATCHED
    return Owner(person.id, person.language, watched, told_apart_by_word(session, person))


def visits_of(session: Session, owner: Owner) -> Sequence[tuple[Invitation, Visit]]:
    """Every letter she was asked about, the newest question first."""
    person = session.get_one(Person, owner.person_id)
    asked = select(Invitation).where(Invitation.person_id == person.id)
    newest = asked.order_by(Invitation.invited_at.desc(), Invitation.id)
    return [
        (one, replace(visit_of(one, person, shared=owner.shared), by="own page"))
        for one in session.scalars(newest)
    ]


def visit_to(session: Session, owner: Owner, letter: str) -> Visit | None:
    """One of the letters she was asked about, by its invitation; None for anything else."""
    found = (visit for one, visit in visits_of(session, owner) if str(one.id) == letter)
    return next(found, None)

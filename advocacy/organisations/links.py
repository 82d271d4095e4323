"""The keys an organisation holds: one to answer, one to pass the question on, one that only reads."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.letters.queries import current_opening
from advocacy.organisations.models import OrganisationAsk, OrganisationLink, OrganisationSignOn

KEY_OUTLIVES = timedelta(days=30)


class Purpose(StrEnum):
    """What a key is for; it opens nothing else."""

    ANSWER = "answer"
    CONTACT = "contact"
    READ = "read"


@dataclass(frozen=True)
class Guest:
    """Somebody came in with an organisation's key that holds."""

    ask_id: UUID
    letter_id: UUID
    purpose: Purpose
    language: str


def make_link(session: Session, ask_id: UUID, purpose: Purpose, now: datetime) -> str:
    """Make a key, keeping only its hash. Older ones live on until their end."""
    key = secrets.token_urlsafe(32)
    link = OrganisationLink(
        id=uuid4(), ask_id=ask_id, purpose=purpose, key_hash=vault.hash_key(key), made_at=now
    )
    session.add(link)
    session.flush()
    return key


def end_links(session: Session, ask_id: UUID, purpose: Purpose, now: datetime) -> None:
    """Let every key of one kind open nothing from now on."""
    old = update(OrganisationLink).where(
        OrganisationLink.ask_id == ask_id,
        OrganisationLink.purpose == purpose,
        OrganisationLink.revoked_at.is_(None),
    )
    session.execute(old.values(revoked_at=now))


def guest_by_key(session: Session, key: str, now: datetime) -> Guest | None:
    """Who holds this key, while it lasts; None for every other string."""
    asked = (
        select(OrganisationLink, OrganisationAsk)
        .join(OrganisationAsk, OrganisationAsk.id == OrganisationLink.ask_id)
        .where(OrganisationLink.key_hash == vault.hash_key(key), OrganisationLink.revoked_at.is_(None))
    )
    found = session.execute(asked).first()
    if found is None or _is_over(session, *found, now):
        return None
    link, ask = found
    return Guest(ask.id, ask.letter_id, Purpose(link.purpose), ask.language)


def _is_over(session: Session, link: OrganisationLink, ask: OrganisationAsk, now: datetime) -> bool:
    """A key ends 30 days after the letter closes; but while a yes stands, there is a way to take it back."""
    if link.purpose == Purpose.ANSWER and _has_a_yes(session, ask.id):
        return False
    return now >= link.made_at + KEY_OUTLIVES and has_closed_long_ago(session, ask.letter_id, now)


def has_closed_long_ago(session: Session, letter_id: UUID, now: datetime) -> bool:
    """Whether a letter has been closed for so long that nobody's key opens it any more."""
    opening = current_opening(session, letter_id)
    return opening is None or now >= opening.closes_at + KEY_OUTLIVES


def _has_a_yes(session: Session, ask_id: UUID) -> bool:
    yes = select(OrganisationSignOn.id).where(
        OrganisationSignOn.ask_id == ask_id, OrganisationSignOn.revoked_on.is_(None)
    )
    return session.scalars(yes).first() is not None

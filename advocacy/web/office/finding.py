"""Things asked for by their address. What is not there, and what belongs to something else, is one answer."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.editions.models import Edition
from advocacy.editions.queries import edition
from advocacy.letters.models import Letter, LetterVersion, Recipient
from advocacy.letters.queries import latest_version, letter, recipients, version, versions
from advocacy.web.errors import or_nothing


def letter_at(session: Session, letter_id: UUID) -> tuple[Letter, LetterVersion]:
    """The letter at an address and its newest words."""
    return or_nothing(letter(session, letter_id)), or_nothing(latest_version(session, letter_id))


def version_at(session: Session, letter_id: UUID, version_id: UUID) -> LetterVersion:
    """One version of exactly this letter."""
    found = version(session, version_id)
    return or_nothing(found if found and found.letter_id == letter_id else None)


def numbered(session: Session, letter_id: UUID, n: int) -> LetterVersion:
    """The version of a letter with this number."""
    return or_nothing(next((found for found in versions(session, letter_id) if found.n == n), None))


def edition_at(session: Session, edition_id: UUID) -> Edition:
    """The edition at an address."""
    return or_nothing(edition(session, edition_id))


def recipient_at(session: Session, frozen: Edition, recipient_id: UUID) -> Recipient:
    """One of the offices an edition's letter goes to."""
    known = recipients(session, frozen.letter_id)
    return or_nothing(next((found for found in known if found.id == recipient_id), None))

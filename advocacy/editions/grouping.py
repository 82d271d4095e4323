"""Which offices get one file together: those to whom the same people may be shown, and no others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.editions.queries import first_sent_at, manifest_of
from advocacy.letters.models import LetterVersion, Recipient
from advocacy.letters.queries import office_marks, recipients
from advocacy.letters.venues import is_public
from advocacy.people.limits import Audience
from advocacy.signons.queries import signers_for


@dataclass(frozen=True)
class Group:
    """Offices that may see the same people, and whether anybody can read what they get."""

    offices: tuple[Recipient, ...]
    becomes_public: bool

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of these offices."""
        return office_marks(self.offices)


def groups(session: Session, version: LetterVersion, now: datetime) -> tuple[Group, ...]:
    """A letter's offices: all in one group, or apart where those whose letters become public may see less."""
    goes_to = recipients(session, version.letter_id)
    apart = tuple(_by_exposure(goes_to))
    if len({_shown(session, version, group, now) for group in apart}) > 1:
        return apart
    return (Group(tuple(goes_to), any(group.becomes_public for group in apart)),)


def _by_exposure(goes_to: Sequence[Recipient]) -> Iterator[Group]:
    for public in (False, True):
        offices = tuple(office for office in goes_to if is_public(office.venue) is public)
        if offices:
            yield Group(offices, public)


def _shown(session: Session, version: LetterVersion, group: Group, now: datetime) -> str:
    sent_at = first_sent_at(session, version.id)
    shown = signers_for(session, version.id, Audience.RECIPIENT, now, offices=group.marks, sent_at=sent_at)
    return manifest_of(shown)

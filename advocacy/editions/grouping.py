"""Which offices get one file together: those to whom the same people may be shown, and no others.

An office whose letters become public may be shown fewer people, and so may an office that was added after
people signed: neither takes anybody's line away from the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.editions.queries import first_sent_at, manifest_of
from advocacy.letters.models import LetterVersion, Recipient
from advocacy.letters.queries import office_mark, office_marks, recipients
from advocacy.letters.venues import is_public
from advocacy.people.limits import Audience
from advocacy.signons.judging import standing_under
from advocacy.signons.queries import signers_for


@dataclass(frozen=True)
class Group:
    """Offices that may see the same people."""

    offices: tuple[Recipient, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of these offices."""
        return office_marks(self.offices)


def groups(session: Session, version: LetterVersion, now: datetime) -> tuple[Group, ...]:
    """A letter's offices, apart where they may see different people; each group in the letter's order."""
    together: defaultdict[str, list[Recipient]] = defaultdict(list)
    for alike in _alike(session, version):
        together[_shown(session, version, alike, now)] += alike
    apart = (sorted(offices, key=lambda office: office.order) for offices in together.values())
    return tuple(Group(tuple(offices)) for offices in apart) or (Group(()),)


def _alike(session: Session, version: LetterVersion) -> Iterator[Sequence[Recipient]]:
    """Offices between which nothing that is asked about an office makes a difference: looked up once."""
    answers = {consent.offices for consent, _, _ in standing_under(session, version, {Audience.RECIPIENT})}
    found: defaultdict[tuple[bool, frozenset[str]], list[Recipient]] = defaultdict(list)
    for office in recipients(session, version.letter_id):
        said_of_it = frozenset(said for said in answers if office_mark(office) in said.split())
        found[is_public(office.venue), said_of_it].append(office)
    yield from found.values()


def _shown(session: Session, version: LetterVersion, offices: Sequence[Recipient], now: datetime) -> str:
    sent_at, marks = first_sent_at(session, version.id), office_marks(offices)
    return manifest_of(
        signers_for(session, version.id, Audience.RECIPIENT, now, offices=marks, sent_at=sent_at)
    )

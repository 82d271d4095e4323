"""What the pages about positions show: the position at an address, its bills by name, two texts compared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.queries import bill_by_id
from advocacy.campaigns.queries import campaigns_resting_on
from advocacy.positions.differences import Segment, segments, sentences
from advocacy.positions.pages import PositionPage, VersionView, position_page
from advocacy.web.errors import NotHere, or_nothing


@dataclass(frozen=True)
class StanceOn:
    """A stance with the bill's name, and the text of the bill it was taken on."""

    bill_id: UUID
    identifier: str
    title: str
    stance: str
    text_version: str


@dataclass(frozen=True)
class Comparison:
    """Two texts, one beside the other: to look at, and to read as sentences."""

    pieces: tuple[Segment, ...]
    said: tuple[str, ...]


def position_at(session: Session, position_id: UUID, now: datetime) -> PositionPage:
    """The position at an address, or `NotHere`."""
    return or_nothing(position_page(session, position_id, now))


def numbered(page: PositionPage, n: int) -> VersionView:
    """The version of a position with this number, or `NotHere`."""
    for version in page.versions:
        if version.n == n:
            return version
    raise NotHere


def stances_of(session: Session, version: VersionView) -> tuple[StanceOn, ...]:
    """Where a version stands, with each bill by name."""
    found = []
    for line in version.stances:
        bill = bill_by_id(session, line.bill_id)
        found.append(StanceOn(bill.id, bill.identifier, bill.title, line.stance.label, line.text_version))
    return tuple(found)


def resting_on(session: Session, position_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The campaigns that rest on a position."""
    return tuple((one.id, one.title) for one in campaigns_resting_on(session, position_id))


def compared(before: str, after: str) -> Comparison:
    """What changed from one text to another, word by word."""
    return Comparison(segments(before, after), sentences(before, after))


def compared_versions(before: VersionView, after: VersionView) -> Comparison:
    """What changed from one version to another: its title, its text, and where it stands."""
    found = compared(before.body, after.body)
    said = list(found.said)
    if before.title != after.title:
        said.insert(0, f"The title was “{before.title}” and is now “{after.title}”.")
    if set(before.stances) != set(after.stances):
        said.append("The stances changed: read them in each version.")
    return Comparison(found.pieces, tuple(said))

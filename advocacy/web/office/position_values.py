"""What the pages about positions show: the position at an address, its bills by name, two texts compared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.queries import bill_page
from advocacy.bills.texts.queries import places_in_texts
from advocacy.campaigns.queries import campaigns_resting_on
from advocacy.differences import Segment, segments, sentences
from advocacy.positions.pages import PositionPage, VersionView, position_page
from advocacy.web.errors import NotHere, or_nothing


@dataclass(frozen=True)
class StanceOn:
    """A stance with the bill's name, the text it was taken on, and a newer one if there is one now."""

    bill_id: UUID
    identifier: str
    title: str
    stance: str
    text_version: str
    newer_text: str
    marks: int = 0


@dataclass(frozen=True)
class Words:
    """The title and the text of something written."""

    title: str
    body: str


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


def stances_of(session: Session, version: VersionView, now: datetime) -> tuple[StanceOn, ...]:
    """Where a version stands, with each bill by name, and whether a newer text of it is there."""
    found = []
    for line in version.stances:
        bill, text = bill_page(session, line.bill_id, now), line.text_version
        newer, marks = bill.text_since(text), places_in_texts(session, bill.id)
        label = line.stance.label
        found.append(StanceOn(bill.id, bill.identifier, bill.title, label, text, newer, marks))
    return tuple(found)


def resting_on(session: Session, position_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The campaigns that rest on a position."""
    return tuple((one.id, one.title) for one in campaigns_resting_on(session, position_id))


def compared(before: Words, after: Words) -> Comparison:
    """What changed from some words to others: the title, and the text word by word."""
    said = sentences(before.body, after.body)
    if before.title != after.title:
        said = (f"The title was “{before.title}” and is now “{after.title}”.", *said)
    return Comparison(segments(before.body, after.body), said)


def compared_versions(session: Session, before: VersionView, after: VersionView, now: datetime) -> Comparison:
    """What changed from one version to another: its title, its text, and where it stands."""
    found = compared(Words(before.title, before.body), Words(after.title, after.body))
    stood, stands = stances_of(session, before, now), stances_of(session, after, now)
    return Comparison(found.pieces, (*stance_changes(stood, stands), *found.said))


def since_agreed(
    session: Session, page: PositionPage, version: VersionView, now: datetime
) -> tuple[str, ...]:
    """What is different from the words the group agreed to before this version; nothing if there are none."""
    before = page.agreed_before(version.n)
    return compared_versions(session, before, version, now).said if before else ()


def stance_changes(before: tuple[StanceOn, ...], after: tuple[StanceOn, ...]) -> tuple[str, ...]:
    """How a stand on bills changed, a sentence a bill."""
    stood, stands = {one.bill_id: one for one in before}, {one.bill_id: one for one in after}
    told = [_stance_change(stood.get(bill), stands.get(bill)) for bill in {**stood, **stands}]
    return tuple(sentence for sentence in told if sentence)


def _stance_change(before: StanceOn | None, after: StanceOn | None) -> str:
    if before and after and before.stance != after.stance:
        return f"On {after.identifier} we said “{before.stance}” and now say “{after.stance}”."
    if before and after and before.text_version != after.text_version:
        return f"On {after.identifier} we stand as before, and now on its text “{after.text_version}”."
    if after and not before:
        return f"On {after.identifier} we now say “{after.stance}”."
    return f"On {before.identifier} we no longer say anything." if before and not after else ""

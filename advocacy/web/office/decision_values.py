"""What the page of a decision shows to one reader: the text, the numbers, her own answer, and no names."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.people.sessions import Seat
from advocacy.positions.decisions import Voice
from advocacy.positions.models import PositionVersion
from advocacy.positions.pages import PositionPage, RoundView, Said, VersionView, round_page
from advocacy.positions.queries import decision, eligible
from advocacy.web.errors import NotHere
from advocacy.web.office.position_values import StanceOn, numbered, position_at, since_agreed, stances_of


@dataclass(frozen=True)
class Heard:
    """How many gave one answer; `sort` is how the picture draws it."""

    words: str
    number: int
    sort: str


@dataclass(frozen=True)
class DecisionSeen:
    """A decision as one person sees it. `others` are words said beside answers, by nobody in particular."""

    round: RoundView
    position: PositionPage
    version: VersionView
    stances: tuple[StanceOn, ...]
    changed: tuple[str, ...]
    heard: tuple[Heard, ...]
    is_asked: bool
    mine: Said | None
    others: tuple[Said, ...]


_SORTS = {
    Voice.CONSENT: "yes",
    Voice.CONCERN: "yes",
    Voice.STAND_ASIDE: "aside",
    Voice.BLOCK: "block",
    Voice.NEED_TIME: "wait",
    Voice.NEED_TO_TALK: "wait",
}
_COUNTED = {
    Voice.CONSENT: "consent",
    Voice.CONCERN: "consent, with a concern",
    Voice.STAND_ASIDE: "stand aside",
    Voice.BLOCK: "block",
    Voice.NEED_TIME: "need more time",
    Voice.NEED_TO_TALK: "need to talk",
}


def seen_by(session: Session, decision_id: UUID, reader: Seat, now: datetime) -> DecisionSeen:
    """The decision at an address as this person sees it, or `NotHere`."""
    held = decision(session, decision_id)
    if held is None:
        raise NotHere
    found = round_page(session, held, now)
    position = position_at(session, session.get_one(PositionVersion, held.version_id).position_id, now)
    asked = eligible(session, held.id)
    mine = next((said for said in found.said if said.person_id == reader.person_id), None)
    is_asked = reader.person_id in asked
    version = numbered(position, found.version_n)
    return DecisionSeen(
        round=found,
        position=position,
        version=version,
        stances=stances_of(session, version, now),
        changed=since_agreed(session, position, version, now),
        heard=_heard(found),
        is_asked=is_asked,
        mine=mine,
        others=_others(found, mine) if is_asked else (),
    )


def _heard(found: RoundView) -> tuple[Heard, ...]:
    counts = found.outcome.counts
    said = [Heard(_COUNTED[voice], counts[voice], _SORTS[voice]) for voice in Voice if counts[voice]]
    silent = found.outcome.unanswered
    return (*said, Heard("not answered yet", silent, "silent")) if silent else tuple(said)


def _others(found: RoundView, mine: Said | None) -> tuple[Said, ...]:
    # Sorted by what was said and never by who or when, so that the order names nobody.
    spoken = (said for said in found.said if said is not mine and (said.note or said.value))
    return tuple(sorted(spoken, key=lambda said: (said.voice, said.value or "", said.note)))

"""Where an organisation stands with a letter: the one value that says which page its people are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.clock import last_day
from advocacy.letters import venues
from advocacy.letters.models import Letter, LetterVersion, Opening, Recipient
from advocacy.letters.queries import current_opening, recipients, texts_meant
from advocacy.organisations.life import Stage, stage_of
from advocacy.organisations.links import Guest
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.queries import newest_yes
from advocacy.web.markdown import as_html
from advocacy.web.pages import desk
from advocacy.web.tongues import Tongue


class State(StrEnum):
    """How things are between one organisation and one letter."""

    ASKED = "asked"
    BOARD = "board"
    REVIEW = "review"
    STANDS = "stands"
    CHANGED = "changed"
    REFUSED = "refused"
    REVOKED = "revoked"
    CLOSED = "closed"


@dataclass(frozen=True)
class Goes:
    """Offices that get the letter, and what becomes public there."""

    offices: tuple[str, ...]
    becomes_public: str


@dataclass(frozen=True)
class Reading:
    """The letter as organisations read it. Nothing in it tells who has signed."""

    title: str
    body: Markup
    language: str
    goes: tuple[Goes, ...]
    closes_on: date
    is_open: bool
    sha256: str
    meant: frozenset[str]


@dataclass(frozen=True, repr=False)
class Place:
    """An ask, the yes it led to, the letter, and how these stand to each other."""

    ask: OrganisationAsk
    signed: OrganisationSignOn | None
    reading: Reading
    state: State

    @property
    def may_sign(self) -> bool:
        """Whether a yes can be said, or changed, now."""
        return self.reading.is_open


def place_of(session: Session, guest: Guest, words: Tongue, now: datetime) -> Place:
    """Where the organisation behind a key stands at this moment."""
    reading = reading_of(session, guest.letter_id, words, now)
    signed = newest_yes(session, guest.ask_id)
    ask = session.get_one(OrganisationAsk, guest.ask_id)
    return Place(ask, signed, reading, _state(signed, reading))


def _state(signed: OrganisationSignOn | None, reading: Reading) -> State:
    if signed is None:
        return State.ASKED if reading.is_open else State.CLOSED
    stage = stage_of(signed)
    if stage is Stage.REVOKED:
        return State.REVOKED
    if signed.text_sha256 not in reading.meant:
        return State.CHANGED
    return State(stage.value)


def reading_of(session: Session, letter_id: object, words: Tongue, now: datetime) -> Reading:
    """The words last opened for signing, who gets them, and what becomes public there."""
    letter = session.get_one(Letter, letter_id)
    opening = current_opening(session, letter.id)
    assert isinstance(opening, Opening)
    version = session.get_one(LetterVersion, opening.version_id)
    return Reading(
        title=version.title,
        body=as_html(version.body, headings_from=2),
        language=letter.language,
        goes=_goes(recipients(session, letter.id), words),
        closes_on=last_day(desk().config.time_zone, opening.closes_at),
        is_open=opening.opened_at <= now < opening.closes_at,
        sha256=version.sha256,
        meant=texts_meant(session, version),
    )


def _goes(offices: Iterable[Recipient], words: Tongue) -> tuple[Goes, ...]:
    """What becomes public, said once for all the offices of which it is true."""
    told: dict[str, list[str]] = {}
    for one in offices:
        what = venues.becomes_public(one.venue, words.language) or words.say("letter.unknown")
        told.setdefault(what, []).append(one.office)
    return tuple(Goes(tuple(names), what) for what, names in told.items())

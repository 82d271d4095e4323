"""The letter as she reads it: what to know first, the words, who gets it, and what becomes public there."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.campaigns.queries import note_before
from advocacy.editions.agreements import place_of
from advocacy.letters import venues
from advocacy.letters.models import LetterKind, Recipient
from advocacy.letters.summaries import summary_for
from advocacy.signons.visits import Asked
from advocacy.web.markdown import as_html
from advocacy.web.tongues import Tongue


@dataclass(frozen=True)
class Note:
    """What to know before the letter."""

    title: str
    body: Markup
    language: str


@dataclass(frozen=True)
class Short:
    """The letter in short, and what is hard to read in it, each if there is any."""

    summary: str
    content_note: str
    language: str


@dataclass(frozen=True)
class Office:
    """One office that gets the letter, and the house it sits in: two may have the same name."""

    name: str
    place: str


@dataclass(frozen=True)
class Goes:
    """Offices that get the letter, and what becomes public at each of them."""

    offices: tuple[Office, ...]
    becomes_public: str


@dataclass(frozen=True)
class Reading:
    """Everything she reads before she chooses."""

    title: str
    body: Markup
    language: str
    is_testimony: bool
    note: Note | None
    short: Short | None
    goes: tuple[Goes, ...]
    offices: int
    implies_survivor: bool
    pay_dollars: int | None
    posts_on_web: bool
    text: str


def reading(session: Session, asked: Asked, words: Tongue) -> Reading:
    """The letter she is asked to sign."""
    return Reading(
        title=asked.version.title,
        body=as_html(asked.version.body, headings_from=2),
        language=asked.letter.language,
        is_testimony=_is_testimony(asked),
        note=_note(session, asked, words),
        short=_short(session, asked, words),
        goes=goes(asked.offices, words),
        offices=len(asked.offices),
        implies_survivor=asked.letter.implies_survivor,
        pay_dollars=asked.letter.pay_dollars,
        posts_on_web=asked.posts_on_web,
        text=text_mark(asked),
    )


def text_mark(asked: Asked) -> str:
    """Which words a page shows: the beginning of their SHA-256."""
    return asked.version.sha256[:16]


def _is_testimony(asked: Asked) -> bool:
    return asked.letter.kind == LetterKind.TESTIMONY


def _note(session: Session, asked: Asked, words: Tongue) -> Note | None:
    # A campaign's words speak of its letter: of other offices, and of many who sign.
    if _is_testimony(asked):
        return None
    found = note_before(session, asked.letter.id, words.language)
    return Note(found.title, as_html(found.body, headings_from=2), found.language) if found else None


def _short(session: Session, asked: Asked, words: Tongue) -> Short | None:
    """What was written of these very words; of any others it would not be true."""
    found = summary_for(session, asked.version.id, words.language)
    return Short(found.summary, found.content_note, found.language) if found else None


def goes(recipients: Iterable[Recipient], words: Tongue) -> tuple[Goes, ...]:
    """What becomes public, said once for all the offices of which it is true."""
    told: dict[str, list[Office]] = {}
    for one in recipients:
        what = venues.becomes_public(one.venue, words.language) or words.say("letter.unknown")
        told.setdefault(what, []).append(Office(one.office, place_of(one)))
    return tuple(Goes(tuple(offices), what) for what, offices in told.items())

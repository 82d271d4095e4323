"""A letter as it will look on paper, with nobody under it: what drafters may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy.editions.contents import Letterhead, NoHeader, content_for
from advocacy.letters import fonts, render
from advocacy.letters.actions import text_hash
from advocacy.letters.content import Content, spoken_minutes
from advocacy.letters.faults import CannotPrint
from advocacy.letters.models import Letter, LetterKind, LetterVersion
from advocacy.letters.prose import Html
from advocacy.signons.queries import Signer, Signers
from advocacy.web.errors import sentence_of
from advocacy.web.pages import desk

_WITNESS = "The witness’s line"


@dataclass(frozen=True)
class Draft:
    """Words that may not be saved yet."""

    title: str
    body: str
    spoken: str = ""

    @classmethod
    def of(cls, version: LetterVersion) -> "Draft":
        """The words of a version."""
        return cls(version.title, version.body, version.spoken)


@dataclass(frozen=True)
class Paper:
    """The paper, or why there is none yet; and how long the spoken version takes."""

    html: Html | None
    trouble: str
    spoken_words: int
    spoken_minutes: int


def letterhead() -> Letterhead:
    """What stands above every letter this office sends."""
    config = desk().config
    return Letterhead(config.network_name, (config.office_mail_from,), config.time_zone)


def paper(session: Session, letter: Letter, draft: Draft, n: int, now: datetime) -> Paper:
    """How these words will look, without a signer, and what would stop them from being printed."""
    words = len(draft.spoken.split())
    html, trouble = _shown(session, letter, draft, n, now)
    return Paper(html, trouble, words, spoken_minutes(words) if words else 0)


def _shown(session: Session, letter: Letter, draft: Draft, n: int, now: datetime) -> tuple[Html | None, str]:
    try:
        content = _content(session, letter, draft, n, now)
        html = render.html(content)
    except (NoHeader, CannotPrint) as fault:
        return None, trouble_of(fault)
    try:
        fonts.refuse_unprintable(render.said(content).text)
    except CannotPrint as fault:
        return html, trouble_of(fault)
    return html, ""


def _content(session: Session, letter: Letter, draft: Draft, n: int, now: datetime) -> Content:
    # Never added to the session: these words may not be saved yet.
    unsaved = LetterVersion(
        id=uuid4(),
        letter_id=letter.id,
        n=n,
        title=draft.title,
        body=draft.body,
        spoken=draft.spoken,
        sha256=text_hash(draft.title, draft.body),
    )
    nobody = Signers((), _stand_in(letter), 0)
    return content_for(session, unsaved, nobody, letterhead(), desk().today(now))


def _stand_in(letter: Letter) -> tuple[Signer, ...]:
    if letter.kind != LetterKind.TESTIMONY:
        return ()
    return (Signer(_WITNESS, UUID(int=0)),)


def trouble_of(fault: Exception) -> str:
    """Why something cannot be printed: in the fault's own words where it has some."""
    return str(fault) or sentence_of(fault)

"""What a new text changes for those who signed: the words side by side, and "only a typo" by two people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy import differences
from advocacy.letters.mending import deny_typo, said_typo, say_typo
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import change_between
from advocacy.letters.weighing import more_than_a_typo
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import version_at
from advocacy.web.office.letter_values import LetterView
from advocacy.web.pages import desk


@dataclass(frozen=True)
class ChangeView:
    """How the newest words differ from those people signed, and what was said about it."""

    before_n: int
    segments: Sequence[differences.Segment]
    reasons: Sequence[str]
    is_said: bool
    is_mine: bool


def changed_words(before: LetterVersion, after: LetterVersion) -> Sequence[differences.Segment]:
    """Title and text of two versions as one, the words that went and came in their places."""
    return differences.segments(*(f"{text.title}\n\n{text.body}" for text in (before, after)))


def change_view(session: Session, view: LetterView, me: UUID, now: datetime) -> ChangeView | None:
    """What the newest version changes in what people were asked to sign; nothing where no word differs.

    It is asked whether anybody signed or not: that alone would tell a number.
    """
    opening, newest = view.line.opening, view.newest
    if opening is None:
        return None
    before = session.get_one(LetterVersion, opening.version_id)
    if before.sha256 == newest.sha256:
        return None
    said, is_denied = said_typo(session, newest.id, now), bool(change_between(session, newest.id, before.id))
    return ChangeView(
        before_n=before.n,
        segments=changed_words(before, newest),
        reasons=(_DENIED,) if is_denied else more_than_a_typo(session, newest, before),
        is_said=said is not None,
        is_mine=said is not None and said.act.proposed_by == me,
    )


_DENIED = "A second person read it and says that the meaning changes."


@office.post("/letters/<uuid:letter_id>/versions/<uuid:version_id>/typo", endpoint="letter_typo_say")
def say(letter_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Say that this version only mends typos. Nothing changes until somebody else agrees."""
    with desk().database.transaction() as session:
        version_at(session, letter_id, version_id)
        say_typo(session, version_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.letter_opening", letter_id=letter_id))


@office.post("/letters/<uuid:letter_id>/versions/<uuid:version_id>/typo/deny", endpoint="letter_typo_deny")
def deny(letter_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Say that the meaning changes. Agreeing is for the page of what takes two."""
    with desk().database.transaction() as session:
        version_at(session, letter_id, version_id)
        deny_typo(session, version_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.letter_opening", letter_id=letter_id))

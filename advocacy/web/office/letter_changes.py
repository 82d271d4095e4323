"""What a new text changes for those who signed: the words side by side, and "only a typo" by two people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.letters.mending import agree_typo, deny_typo, say_typo
from advocacy.letters.models import ChangeKind, LetterVersion
from advocacy.letters.queries import change_between
from advocacy.letters.weighing import more_than_a_typo
from advocacy.positions import differences
from advocacy.web.errors import or_nothing
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


def change_view(session: Session, view: LetterView, me: UUID) -> ChangeView | None:
    """What the newest version changes in what people were asked to sign; nothing where no word differs.

    It is asked whether anybody signed or not: that alone would tell a number.
    """
    opening, newest = view.line.opening, view.newest
    if opening is None:
        return None
    before = session.get_one(LetterVersion, opening.version_id)
    if before.sha256 == newest.sha256:
        return None
    said = change_between(session, newest.id, before.id)
    is_denied = said is not None and said.kind != ChangeKind.TYPO
    return ChangeView(
        before_n=before.n,
        segments=differences.segments(*(f"{text.title}\n\n{text.body}" for text in (before, newest))),
        reasons=(_DENIED,) if is_denied else more_than_a_typo(session, newest, before),
        is_said=said is not None and not is_denied,
        is_mine=said is not None and said.proposed_by == me,
    )


_DENIED = "A second person read it and says that the meaning changes."


@office.post("/letters/<uuid:letter_id>/versions/<uuid:version_id>/typo", endpoint="letter_typo_say")
def say(letter_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Say that this version only mends typos. Nothing changes until somebody else agrees."""
    with desk().database.transaction() as session:
        version_at(session, letter_id, version_id)
        say_typo(session, version_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.letter_opening", letter_id=letter_id))


@office.post(
    "/letters/<uuid:letter_id>/versions/<uuid:version_id>/typo/<word>", endpoint="letter_typo_answer"
)
def answer(letter_id: UUID, version_id: UUID, word: str) -> ResponseReturnValue:
    """Agree that it is only a typo, or say that the meaning changes."""
    act = or_nothing(_ANSWERS.get(word))
    with desk().database.transaction() as session:
        version_at(session, letter_id, version_id)
        act(session, version_id, by=seat().person_id, now=desk().clock())
    page = "office.letter" if act is agree_typo else "office.letter_opening"
    return go(url_for(page, letter_id=letter_id))


_ANSWERS = {"agree": agree_typo, "deny": deny_typo}

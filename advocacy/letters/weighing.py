"""What one version changes for those who signed the version before it: worked out, and put on record."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.letters.changing import Reason, forced_material
from advocacy.letters.models import ChangeKind, LetterVersion, TextChange
from advocacy.letters.queries import change_between, texts_meant


def more_than_a_typo(session: Session, version: LetterVersion, before: LetterVersion) -> tuple[Reason, ...]:
    """Why a version is more than a typo away from what people signed; nothing when it may be one."""
    found = {
        reason
        for text in _texts_before(session, before)
        for reason in forced_material(text.title, text.body, version.title, version.body)
    }
    return tuple(reason for reason in Reason if reason in found)


def _texts_before(session: Session, before: LetterVersion) -> Sequence[LetterVersion]:
    # Many small steps must not lead far: each new text is held against every text somebody may have signed.
    asked = select(LetterVersion).where(LetterVersion.letter_id == before.letter_id)
    return session.scalars(asked.where(LetterVersion.sha256.in_(texts_meant(session, before)))).all()


def note_other_words(session: Session, version: LetterVersion, before: LetterVersion) -> None:
    """Put on record that whoever opened these words takes them for other words than those before."""
    if before.sha256 == version.sha256:
        return
    said = change_between(session, version.id, before.id)
    if said is None:
        said = TextChange(version_id=version.id, before_id=before.id)
        session.add(said)
    said.kind = ChangeKind.MATERIAL
    said.reasons = said.reasons or "\n".join(more_than_a_typo(session, version, before))

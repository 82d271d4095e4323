"""A letter in short, for whoever is tired, and a word before what is hard to read. Each is of one version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import LetterSummary, LetterVersion


def write_summary(
    session: Session,
    version_id: UUID,
    language: str,
    *,
    summary: str,
    content_note: str,
    by: UUID,
    now: datetime,
) -> None:
    """Say what a version says, in short. Nothing written is nothing shown; the same twice is once."""
    before = session.get(LetterSummary, (version_id, language))
    words = (summary.strip(), content_note.strip())
    if words == ((before.summary, before.content_note) if before else ("", "")):
        return
    if any(words):
        session.merge(
            LetterSummary(
                version_id=version_id,
                language=language,
                summary=words[0],
                content_note=words[1],
                written_by=by,
                written_at=now,
            )
        )
    elif before:
        session.delete(before)
    audit.record(session, "letter.summary", actor=by, about="letter_version", id=version_id)
    session.flush()


def summary_for(session: Session, version_id: UUID, language: str) -> LetterSummary | None:
    """This very version in short: in this language, or else in one in which it was written."""
    written = summaries(session, version_id)
    return written.get(language) or next(iter(written.values()), None)


def summaries(session: Session, version_id: UUID) -> Mapping[str, LetterSummary]:
    """A version in short, by language."""
    asked = select(LetterSummary).where(LetterSummary.version_id == version_id)
    return {one.language: one for one in session.scalars(asked.order_by(LetterSummary.language))}


def newest_summaries(session: Session, letter_id: UUID) -> tuple[int, Mapping[str, LetterSummary]]:
    """The newest version of a letter that was written in short, by its number, and those words; or 0."""
    asked = select(LetterVersion).join(LetterSummary, LetterSummary.version_id == LetterVersion.id)
    newest = asked.where(LetterVersion.letter_id == letter_id).order_by(LetterVersion.n.desc())
    version = session.scalars(newest.limit(1)).first()
    return (version.n, summaries(session, version.id)) if version else (0, {})

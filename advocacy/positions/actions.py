"""What may be done with a position: begin it, write a version, say when to review it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.positions.models import AnswerNote, Position, PositionStance, PositionVersion
from advocacy.positions.queries import current_version, stances, versions
from advocacy.positions.stances import Stance
from advocacy.positions.wording import clean_text, clean_title, text_hash

REVIEWED_AFTER = timedelta(days=365)


class Overtaken(Exception):
    """Somebody saved a newer version while you were writing. Your words are kept; compare and save again."""


@dataclass(frozen=True)
class StanceOn:
    """A stance to take on a bill, and the text of the bill it is taken on."""

    bill_id: UUID
    stance: Stance
    text_version: str


def begin_position(
    session: Session,
    *,
    title: str,
    body: str,
    by: UUID,
    now: datetime,
    taking: Iterable[StanceOn] = (),
    review_on: date | None = None,
    id: UUID | None = None,
) -> PositionVersion:
    """Begin a position with its first words, a draft nobody has agreed to yet. The same `id` begins one."""
    begun_before = versions(session, id) if id else ()
    if begun_before:
        return begun_before[0]
    review_on = review_on or (now + REVIEWED_AFTER).date()
    begun = Position(id=id or uuid4(), begun_by=by, begun_at=now, review_on=review_on)
    session.add(begun)
    session.flush()
    return write_version(session, begun.id, title=title, body=body, by=by, based_on=0, now=now, taking=taking)


def write_version(
    session: Session,
    position_id: UUID,
    *,
    title: str,
    body: str,
    by: UUID,
    based_on: int,
    now: datetime,
    taking: Iterable[StanceOn] | None = None,
    note: str = "",
) -> PositionVersion:
    """Save the next version, unless somebody was quicker; no earlier answer counts for it.

    Where no stances are given, those of the version before stay. The same words twice are saved once.
    """
    title, body = clean_title(title), clean_text(body)
    session.get_one(Position, position_id, with_for_update=True)
    last = current_version(session, position_id)
    taken = _stances_of(session, last) if taking is None else tuple(taking)
    sha256 = text_hash(title, body, (f"{on.bill_id}|{on.stance}|{on.text_version}" for on in taken))
    if last is not None and last.sha256 == sha256:
        return last
    if (last.n if last else 0) != based_on:
        raise Overtaken
    version = PositionVersion(
        id=uuid4(),
        position_id=position_id,
        n=based_on + 1,
        title=title,
        body=body,
        sha256=sha256,
        note=" ".join(note.split()),
        written_by=by,
        written_at=now,
    )
    session.add(version)
    session.flush()
    _take(session, version, taken)
    return version


def _stances_of(session: Session, version: PositionVersion | None) -> tuple[StanceOn, ...]:
    rows = stances(session, version.id) if version else ()
    return tuple(StanceOn(row.bill_id, Stance(row.stance), row.text_version) for row in rows)


def _take(session: Session, version: PositionVersion, taken: Iterable[StanceOn]) -> None:
    for on in taken:
        session.add(
            PositionStance(
                version_id=version.id, bill_id=on.bill_id, stance=on.stance, text_version=on.text_version
            )
        )
    session.flush()


def review_by(session: Session, position_id: UUID, *, review_on: date, by: UUID) -> None:
    """Set the day after which this position cannot enter a new letter without a fresh look."""
    known = session.get_one(Position, position_id)
    if known.review_on != review_on:
        known.review_on = review_on
        audit.record(session, "position.review", actor=by, about="position", id=position_id)
        session.flush()


def forget(session: Session, person_id: UUID) -> None:
    """Destroy what a person said beside her answers. The answers stay; they name nobody."""
    session.execute(delete(AnswerNote).where(AnswerNote.person_id == person_id))
    session.flush()

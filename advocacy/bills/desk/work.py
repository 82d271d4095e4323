"""What we say of a bill: read, and written down. Who may do either is the office's door's to say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.bills.desk.models import BillNote, BillTag, BillWork
from advocacy.bills.queries import bill_by_id

MOST_TAGS, LONGEST_TAG = 12, 40
LONGEST_NOTE = 5_000


class Priority(StrEnum):
    """How pressing a bill is to us."""

    FIRST = "first"
    SOON = "soon"
    WATCH = "watch"


class NoteEmpty(Exception):
    """A note needs words."""


class NoteTooLong(Exception):
    """A note has room for 5 000 letters. What is longer belongs in a position."""


class TooManyTags(Exception):
    """A bill has room for 12 tags of 40 letters each."""


class NotYourNote(Exception):
    """Only whoever wrote a note takes it away."""


@dataclass(frozen=True)
class Work:
    """What we say of a bill. Where nobody said anything, nobody looks after it and it is not pressing."""

    owner_id: UUID | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note, opened."""

    id: UUID
    author_id: UUID
    written_on: date
    text: str


def work_of(session: Session, bill_id: UUID) -> Work:
    """What we say of one bill."""
    return works_of(session, [bill_id]).get(bill_id, Work())


def works_of(session: Session, bill_ids: Collection[UUID]) -> Mapping[UUID, Work]:
    """What we say of each of these bills; one that is missing is one of which nothing was said."""
    rows = session.scalars(select(BillWork).where(BillWork.bill_id.in_(bill_ids)))
    return joined({row.bill_id: row for row in rows}, tags_of(session, bill_ids))


def joined(rows: Mapping[UUID, BillWork], tags: Mapping[UUID, tuple[str, ...]]) -> Mapping[UUID, Work]:
    """Rows and tags as what we say of each bill."""
    return {id: _work(rows.get(id), tags.get(id, ())) for id in rows.keys() | tags.keys()}


def tags_of(session: Session, bill_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """The tags of each of these bills, in order."""
    found: dict[UUID, tuple[str, ...]] = {}
    asked = select(BillTag).where(BillTag.bill_id.in_(bill_ids)).order_by(BillTag.tag)
    for row in session.scalars(asked):
        found[row.bill_id] = (*found.get(row.bill_id, ()), row.tag)
    return found


def all_tags(session: Session) -> Sequence[str]:
    """Every tag that some bill has, in order."""
    return session.scalars(select(BillTag.tag).distinct().order_by(BillTag.tag)).all()


def tags_typed(text: str) -> tuple[str, ...]:
    """Tags as they were typed, parted by commas, each once, without capitals."""
    parts = (" ".join(part.split()).casefold() for part in text.replace("\n", ",").split(","))
    tags = tuple(dict.fromkeys(part for part in parts if part))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise TooManyTags(TooManyTags.__doc__)
    return tags


def say_work(session: Session, bill_id: UUID, said: Work, *, by: UUID | None, now: datetime) -> None:
    """Keep who looks after a bill, how pressing it is, and its tags. The same again is nothing."""
    if said == work_of(session, bill_by_id(session, bill_id).id):
        return
    row = session.get(BillWork, bill_id, with_for_update=True) or BillWork(bill_id=bill_id)
    row.owner_id, row.priority, row.changed_at = said.owner_id, said.priority or "", now
    session.add(row)
    session.execute(delete(BillTag).where(BillTag.bill_id == bill_id))
    session.add_all(BillTag(bill_id=bill_id, tag=tag) for tag in said.tags)
    audit.record(session, "bill.work_said", actor=by, about="bill", id=bill_id)
    session.flush()


def notes_on(session: Session, bill_ids: Iterable[UUID]) -> tuple[Note, ...]:
    """The notes on these bills, the newest first, opened. For the office alone."""
    asked = select(BillNote).where(BillNote.bill_id.in_(list(bill_ids)))
    rows = session.scalars(asked.order_by(BillNote.written_on.desc(), BillNote.n.desc())).all()
    return tuple(Note(row.id, row.author_id, row.written_on, _opened(session, row)) for row in rows)


def write_note(session: Session, bill_id: UUID, text: str, *, by: UUID, today: date) -> UUID:
    """Write a note on a bill."""
    words, bill = text.strip(), bill_by_id(session, bill_id)
    if not words:
        raise NoteEmpty(NoteEmpty.__doc__)
    if len(words) > LONGEST_NOTE:
        raise NoteTooLong(NoteTooLong.__doc__)
    last = session.scalar(select(func.max(BillNote.n)).where(BillNote.bill_id == bill.id)) or 0
    note = BillNote(id=uuid4(), bill_id=bill.id, author_id=by, written_on=today, n=last + 1)
    note.text = vault.seal(session, by, "bill_note", "text", note.id, words)
    session.add(note)
    audit.record(session, "bill.noted", actor=by, about="bill", id=bill.id)
    session.flush()
    return note.id


def remove_note(session: Session, note_id: UUID, *, by: UUID) -> None:
    """Take a note away, for whoever wrote it. One that is gone already is nothing."""
    note = session.get(BillNote, note_id)
    if note is None:
        return
    if note.author_id != by:
        raise NotYourNote(NotYourNote.__doc__)
    audit.record(session, "bill.note_removed", actor=by, about="bill", id=note.bill_id)
    session.delete(note)
    session.flush()


def forget(session: Session, person_id: UUID) -> None:
    """Destroy what a person noted; the bills she looked after are nobody's."""
    session.execute(delete(BillNote).where(BillNote.author_id == person_id))
    session.execute(update(BillWork).where(BillWork.owner_id == person_id).values(owner_id=None))
    session.flush()


def _work(row: BillWork | None, tags: tuple[str, ...]) -> Work:
    if row is None:
        return Work(tags=tags)
    return Work(row.owner_id, Priority(row.priority) if row.priority else None, tags)


def _opened(session: Session, row: BillNote) -> str:
    return vault.unseal(session, row.author_id, "bill_note", "text", row.id, row.text)

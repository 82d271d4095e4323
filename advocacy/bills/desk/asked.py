"""Many bills asked for at once: a list pasted or a table sent in, read line by line, and followed one by one.

Each line has its own end: one that nobody can read stops no other, and a killed worker goes on with the next.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.bills.desk.work import Priority, TooManyTags, Work, say_work, tags_typed, work_of
from advocacy.bills.identifiers import BadReference, BillKey, parse_reference
from advocacy.bills.queries import find
from advocacy.bills.sources.source import SourceFault, SourceResting
from advocacy.db import Base, Database

MOST = 1000
"""The most lines at once."""

_PRIORITIES = {
    "first": Priority.FIRST,
    "soon": Priority.SOON,
    "only watch": Priority.WATCH,
    "watch": Priority.WATCH,
}


class NothingAsked(Exception):
    """Paste at least one bill, one a line, such as us 119 H.R. 1144."""


class TooManyAsked(Exception):
    """These are more than a thousand lines. Send them in parts."""


class NotATable(Exception):
    """This file is no table of text. Save it as CSV with a column called reference."""


class State(StrEnum):
    """What became of a line."""

    WAITING = "waiting"
    FOLLOWED = "followed"
    KNOWN = "known"
    FAILED = "failed"


class BillAsked(Base):
    """One line of a list of bills that somebody asked for, and what became of it."""

    __tablename__ = "bill_asked"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    list_id: Mapped[UUID] = mapped_column(index=True)
    n: Mapped[int]
    typed: Mapped[str]
    reference: Mapped[str]
    priority: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(index=True)
    told: Mapped[str]
    bill_id: Mapped[UUID | None] = mapped_column(ForeignKey("bill.id"))
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]


@dataclass(frozen=True)
class Line:
    """One line as it was typed, with what its table says of it."""

    typed: str
    reference: str
    priority: str = ""
    tags: str = ""


def lines_of(text: str) -> list[Line]:
    """The lines of a pasted list, or of a table with a column called reference. Empty ones are no lines."""
    try:
        read = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    except csv.Error:
        raise NotATable(NotATable.__doc__) from None
    rows = [row for row in read if any(cell.strip() for cell in row)]
    if not rows:
        raise NothingAsked(NothingAsked.__doc__)
    if len(rows) > MOST + 1:
        raise TooManyAsked(TooManyAsked.__doc__)
    names = [cell.strip().casefold() for cell in rows[0]]
    if "reference" in names:
        return list(_of_table(names, rows[1:]))
    return [Line(typed, typed) for typed in (" ".join(",".join(row).split()) for row in rows)]


def _of_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    for row in rows:
        told = dict(zip(names, (cell.strip().lstrip("'") for cell in row), strict=False))
        priority = told.get("how pressing") or told.get("priority", "")
        yield Line(", ".join(row)[:300], told.get("reference", ""), priority, told.get("tags", ""))


def text_of_file(data: bytes) -> str:
    """A file as text: UTF-8, or what an older spreadsheet writes."""
    if b"\x00" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable(NotATable.__doc__)
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(NotATable.__doc__)


def ask(session: Session, lines: Sequence[Line], *, by: UUID, now: datetime) -> UUID:
    """Keep a list; what we follow already, and what nobody can read, is settled at once. Its id."""
    list_id = uuid4()
    for n, line in enumerate(lines, 1):
        row = BillAsked(list_id=list_id, n=n, typed=line.typed[:300], asked_by=by, asked_at=now, told="")
        row.reference, row.priority, row.tags, row.bill_id, row.state = "", "", [], None, State.WAITING
        try:
            row.reference = parse_reference(line.reference).reference
            row.priority, row.tags = _priority(line.priority), list(tags_typed(line.tags))
        except (BadReference, TooManyTags, ValueError) as fault:
            row.state, row.told = State.FAILED, str(fault)
        else:
            _settle_known(session, row, now)
        session.add(row)
    session.flush()
    return list_id


def _priority(typed: str) -> str:
    if not typed:
        return ""
    found = _PRIORITIES.get(typed.casefold())
    if found is None:
        raise ValueError(f"“{typed[:30]}” is not how pressing a bill is: First, Soon or Only watch.")
    return found.value


def _settle_known(session: Session, row: BillAsked, now: datetime) -> None:
    bill = find(session, parse_reference(row.reference))
    if bill is not None:
        _end(session, row, State.KNOWN, bill.id, now)


def _end(session: Session, row: BillAsked, state: State, bill_id: UUID, now: datetime) -> None:
    row.state, row.bill_id = state, bill_id
    said = work_of(session, bill_id)
    priority = Priority(row.priority) if row.priority else said.priority
    wanted = Work(said.owner_id, priority, tuple(dict.fromkeys((*said.tags, *row.tags))))
    say_work(session, bill_id, wanted, by=row.asked_by, now=now)


def list_asked(session: Session, list_id: UUID) -> Sequence[BillAsked]:
    """The lines of one list, in their order."""
    return session.scalars(select(BillAsked).where(BillAsked.list_id == list_id).order_by(BillAsked.n)).all()


def how_many_wait(session: Session) -> int:
    """How many lines, of all lists, nobody has looked at yet."""
    asked = select(func.count()).select_from(BillAsked).where(BillAsked.state == State.WAITING)
    return session.scalar(asked) or 0


def follow_asked(
    database: Database,
    look: Callable[[BillKey], UUID],
    clock: Callable[[], datetime],
    enough: Callable[[], bool] = bool,
) -> int:
    """Follow what was asked for, one by one; how many were settled. A resting service keeps its lines."""
    settled, left_alone = 0, set[str]()
    while not enough() and (found := _next(database, left_alone)) is not None:
        row_id, reference = found
        try:
            bill_id = look(parse_reference(reference))
        except SourceResting:
            left_alone.add(reference.partition(" ")[0])
            continue
        except SourceFault as fault:
            told, bill_id = str(fault) or str(fault.__doc__), None
        else:
            told = ""
        with database.transaction() as session:
            row = session.get_one(BillAsked, row_id, with_for_update=True)
            if bill_id is None:
                row.state, row.told = State.FAILED, told
            else:
                _end(session, row, State.FOLLOWED, bill_id, clock())
        settled += 1
    return settled


def _next(database: Database, left_alone: Collection[str]) -> tuple[UUID, str] | None:
    with database.reading() as session:
        asked = select(BillAsked.id, BillAsked.reference).where(BillAsked.state == State.WAITING)
        for place in left_alone:
            asked = asked.where(BillAsked.reference.not_like(f"{place} %"))
        found = session.execute(asked.order_by(BillAsked.asked_at, BillAsked.n).limit(1)).first()
    return (found[0], found[1]) if found else None

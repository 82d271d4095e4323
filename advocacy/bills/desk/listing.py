"""The list of bills: narrowed, ordered and cut into pages by the database, from what is kept on each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from advocacy.bills.desk.models import BillTag, BillWork
from advocacy.bills.desk.work import Priority, Work, joined, tags_of
from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill, SessionEnd
from advocacy.bills.queries import key_of
from advocacy.bills.standings import stage_on, stage_then, stage_today
from advocacy.bills.status import Stage

_Asked = TypeVar("_Asked", bound=Select[*tuple[Any, ...]])
_Column = ColumnElement[Any] | InstrumentedAttribute[Any]

PAGE = 50
"""How many bills stand on one page."""
_MOST = 20_000


class Owner(StrEnum):
    """Whose bills are wanted."""

    MINE = "mine"
    SOMEBODY = "somebody"
    NOBODY = "nobody"


class Sort(StrEnum):
    """What the list begins with."""

    MOVED = "moved"
    PRESSING = "pressing"
    STAGE = "stage"
    NUMBER = "number"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Wanted:
    """What narrows the list; an empty part narrows nothing. `ours`: what we work on; `told`: what I watch."""

    words: str = ""
    stage: Stage | None = None
    place: str = ""
    session: str = ""
    ours: bool = False
    told: bool = False
    owner: Owner | None = None
    priority: Priority | None = None
    tag: str = ""
    sort: Sort = Sort.MOVED
    page: int = 1


@dataclass(frozen=True)
class BillLine:
    """A bill in a list."""

    id: UUID
    key: BillKey
    identifier: str
    title: str
    stage: Stage
    last_action: str
    last_action_on: date | None
    source: str
    fetched_at: datetime
    work: Work


@dataclass(frozen=True)
class Listing:
    """One page of the list, how many bills there are in all, and how many pages."""

    lines: tuple[BillLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Followed:
    """All we follow, counted: by stage, by place, and the sessions of each place."""

    total: int
    stages: Mapping[Stage, int]
    places: Mapping[str, int]
    sessions: Sequence[tuple[str, str]]


Ids = Select[UUID]
"""A question for the ids of bills, put inside another."""


@dataclass(frozen=True)
class Lens:
    """What the list cannot know by itself: who looks, and which bills the rooms above work on."""

    me: UUID | None = None
    ours: Ids | None = None
    told: Ids | None = None


_NOBODY = Lens()


def listed(session: Session, wanted: Wanted, today: date, *, lens: Lens = _NOBODY) -> Listing:
    """The page of the list that is wanted, or its last page where there are not so many."""
    total = session.scalar(narrowed(select(func.count()).select_from(Bill), wanted, today, lens)) or 0
    pages = -(-total // PAGE)
    page = max(1, min(wanted.page, pages))
    chosen = narrowed(select(Bill.id), wanted, today, lens).order_by(*_order(wanted.sort, today))
    chosen = chosen.limit(PAGE).offset(PAGE * (page - 1))
    asked = select(Bill, BillWork).outerjoin(BillWork, BillWork.bill_id == Bill.id)
    asked = asked.where(Bill.id.in_(chosen)).order_by(*_order(wanted.sort, today))
    return Listing(lines_of(session, session.execute(asked).all(), today), total, page, pages)


def every_line(
    session: Session, wanted: Wanted, today: date, *, lens: Lens = _NOBODY
) -> tuple[BillLine, ...]:
    """The whole list that is wanted, for a file: what it is searched for apart, and no more than 20 000."""
    asked = select(Bill, BillWork).outerjoin(BillWork, BillWork.bill_id == Bill.id)
    asked = narrowed(asked, wanted, today, lens).order_by(*_order(wanted.sort, today)).limit(_MOST)
    rows = session.execute(asked).all()
    works = {bill.id: row for bill, row in rows if row is not None}
    tags: dict[UUID, tuple[str, ...]] = {}
    for row in session.scalars(select(BillTag).order_by(BillTag.tag)):
        tags[row.bill_id] = (*tags.get(row.bill_id, ()), row.tag)
    said = joined(works, tags)
    return tuple(line_of(bill, today, said.get(bill.id, Work())) for bill, _ in rows)


def lines_of(session: Session, rows: Sequence[Row[Bill, BillWork]], today: date) -> tuple[BillLine, ...]:
    """Bills, each with its row of our work where there is one, as lines of a list."""
    works = {bill.id: row for bill, row in rows if row is not None}
    said = joined(works, tags_of(session, [bill.id for bill, _ in rows]))
    return tuple(line_of(bill, today, said.get(bill.id, Work())) for bill, _ in rows)


def line_of(bill: Bill, today: date, work: Work = Work()) -> BillLine:  # noqa: B008 -- it is frozen
    """A bill's row as a line of a list."""
    return BillLine(
        id=bill.id,
        key=key_of(bill),
        identifier=bill.identifier,
        title=bill.title,
        stage=stage_today(bill, today),
        last_action=bill.last_action,
        last_action_on=bill.last_action_on,
        source=bill.source,
        fetched_at=bill.fetched_at,
        work=work,
    )


def followed(session: Session, today: date) -> Followed:
    """Everything we follow, counted in one question that an index alone can answer."""
    columns = Bill.jurisdiction, Bill.session, Bill.stage, Bill.stage_told
    same = (SessionEnd.jurisdiction == Bill.jurisdiction) & (SessionEnd.session == Bill.session)
    asked = select(*columns, SessionEnd.ends_on, func.count()).outerjoin(SessionEnd, same)
    rows = session.execute(asked.group_by(*columns, SessionEnd.ends_on)).all()
    stages: dict[Stage, int] = {}
    places: dict[str, int] = {}
    for place, name, kept, told, ends_on, many in rows:
        stage = stage_then(BillKey(place, name, "", 0), kept, told, today, ends_on)
        stages[stage] = stages.get(stage, 0) + many
        places[place] = places.get(place, 0) + many
    sessions = sorted({(place, name) for place, name, *_ in rows}, reverse=True)
    return Followed(sum(places.values()), stages, dict(sorted(places.items())), sessions)


def places_followed(session: Session) -> Followed:
    """Everything we follow, counted by place and session, which an index alone can tell."""
    asked = select(Bill.jurisdiction, Bill.session, func.count()).group_by(Bill.jurisdiction, Bill.session)
    places: dict[str, int] = {}
    sessions = []
    for place, name, many in session.execute(asked):
        places[place] = places.get(place, 0) + many
        sessions.append((place, name))
    return Followed(sum(places.values()), {}, dict(sorted(places.items())), sorted(sessions, reverse=True))


def narrows(wanted: Wanted) -> bool:
    """Whether anything but words narrows the list."""
    return Wanted(words=wanted.words, sort=wanted.sort, page=wanted.page) != wanted


def narrowed(asked: _Asked, wanted: Wanted, today: date, lens: Lens) -> _Asked:
    """A question about bills, narrowed by everything wanted but its words."""
    if wanted.stage is not None:
        asked = asked.where(stage_on(today) == wanted.stage.value)
    if wanted.place:
        asked = asked.where(Bill.jurisdiction == wanted.place)
    if wanted.session:
        asked = asked.where(Bill.session == wanted.session)
    if wanted.ours and lens.ours is not None:
        asked = asked.where(Bill.id.in_(lens.ours))
    if wanted.told and lens.told is not None:
        asked = asked.where(Bill.id.in_(lens.told))
    if wanted.tag:
        asked = asked.where(Bill.id.in_(select(BillTag.bill_id).where(BillTag.tag == wanted.tag)))
    if wanted.priority is not None:
        pressing = select(BillWork.bill_id).where(BillWork.priority == wanted.priority.value)
        asked = asked.where(Bill.id.in_(pressing))
    return asked.where(*_owned(wanted.owner, lens.me))


def _owned(owner: Owner | None, me: UUID | None) -> Iterator[ColumnElement[bool]]:
    taken = select(BillWork.bill_id).where(BillWork.owner_id.is_not(None))
    if owner is Owner.MINE:
        yield Bill.id.in_(select(BillWork.bill_id).where(BillWork.owner_id == me))
    elif owner is not None:
        yield Bill.id.in_(taken) if owner is Owner.SOMEBODY else Bill.id.not_in(taken)


def _pressing() -> ColumnElement[Any]:
    ranks = {priority.value: place for place, priority in enumerate(Priority)}
    said = aliased(BillWork)  # the list itself may stand beside the same table
    priority = select(said.priority).where(said.bill_id == Bill.id).correlate(Bill).scalar_subquery()
    return case(ranks, value=priority, else_=len(ranks))


def _order(sort: Sort, today: date) -> tuple[_Column, ...]:
    by_number = Bill.jurisdiction, Bill.session.desc(), Bill.prefix, Bill.number, Bill.suffix
    newest = Bill.last_action_on.desc().nulls_last()
    if sort is Sort.STAGE:
        return _furthest(today), newest, *by_number
    if sort is Sort.PRESSING:
        return _pressing(), newest, *by_number
    first: Mapping[Sort, tuple[_Column, ...]] = {Sort.MOVED: (newest,), Sort.OLDEST: (Bill.fetched_at,)}
    return *first.get(sort, ()), *by_number


def _furthest(today: date) -> ColumnElement[Any]:
    ways = {stage.value: place for place, stage in enumerate(Stage)}
    return case(ways, value=stage_on(today), else_=0).desc()

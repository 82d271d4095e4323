"""The list of bills: narrowed, ordered and cut into pages by the database, from what is kept on each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill
from advocacy.bills.queries import key_of
from advocacy.bills.standings import stage_on, stage_today
from advocacy.bills.status import Stage

_Asked = TypeVar("_Asked", bound=Select[*tuple[Any, ...]])
_Column = ColumnElement[Any] | InstrumentedAttribute[Any]

PAGE = 50
"""How many bills stand on one page."""


class Sort(StrEnum):
    """What the list begins with."""

    MOVED = "moved"
    STAGE = "stage"
    NUMBER = "number"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Wanted:
    """What narrows the list; a part left empty narrows nothing. `ours`: only what we work on."""

    stage: Stage | None = None
    place: str = ""
    session: str = ""
    ours: bool = False
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
"""A question for the ids of bills, put inside another: what the rooms above know of them."""


def listed(session: Session, wanted: Wanted, today: date, *, ours: Ids | None = None) -> Listing:
    """The page of the list that is wanted, or its last page where there are not so many."""
    chosen = _narrowed(select(Bill, func.count().over()), wanted, today, ours)
    chosen = chosen.order_by(*_order(wanted.sort, today))
    found = session.execute(chosen.limit(PAGE).offset(PAGE * (wanted.page - 1))).all()
    total = found[0][1] if found else 0
    page = wanted.page
    if not found and page > 1:
        counted = _narrowed(select(func.count()).select_from(Bill), wanted, today, ours)
        total = session.scalar(counted) or 0
        page = max(1, _pages(total))
        found = session.execute(chosen.limit(PAGE).offset(PAGE * (page - 1))).all()
    lines = tuple(line_of(bill, today) for bill, _ in found)
    return Listing(lines, total, page, _pages(total))


def line_of(bill: Bill, today: date) -> BillLine:
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
    )


def followed(session: Session, today: date) -> Followed:
    """Everything we follow, counted in one question."""
    stage = stage_on(today).label("stage_now")
    asked = select(Bill.jurisdiction, Bill.session, stage, func.count())
    rows = session.execute(asked.group_by(Bill.jurisdiction, Bill.session, stage)).all()
    stages: dict[Stage, int] = {}
    places: dict[str, int] = {}
    for place, _, at, many in rows:
        stages[Stage(at)] = stages.get(Stage(at), 0) + many
        places[place] = places.get(place, 0) + many
    sessions = sorted({(place, name) for place, name, _, _ in rows}, reverse=True)
    return Followed(sum(places.values()), stages, dict(sorted(places.items())), sessions)


def _narrowed(asked: _Asked, wanted: Wanted, today: date, ours: Ids | None) -> _Asked:
    if wanted.stage is not None:
        asked = asked.where(stage_on(today) == wanted.stage.value)
    if wanted.place:
        asked = asked.where(Bill.jurisdiction == wanted.place)
    if wanted.session:
        asked = asked.where(Bill.session == wanted.session)
    if wanted.ours and ours is not None:
        asked = asked.where(Bill.id.in_(ours))
    return asked


def _order(sort: Sort, today: date) -> tuple[_Column, ...]:
    by_number = Bill.jurisdiction, Bill.session.desc(), Bill.prefix, Bill.number, Bill.suffix
    newest = Bill.last_action_on.desc().nulls_last()
    first: Mapping[Sort, tuple[_Column, ...]] = {
        Sort.MOVED: (newest,),
        Sort.STAGE: (_furthest(today), newest),
        Sort.NUMBER: (),
        Sort.OLDEST: (Bill.fetched_at,),
    }
    return (*first[sort], *by_number)


def _furthest(today: date) -> ColumnElement[Any]:
    ways = {stage.value: place for place, stage in enumerate(Stage)}
    return case(ways, value=stage_on(today), else_=0).desc()


def _pages(total: int) -> int:
    return -(-total // PAGE)

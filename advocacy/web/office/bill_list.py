"""The list of bills as a page shows it: what narrows it, each bill with its picture, the pages beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.bills.desk.listing import BillLine, Lens, Wanted, listed
from advocacy.bills.desk.searching import Part, search
from advocacy.bills.news.queries import watched
from advocacy.campaigns.ours import bills_of_ours
from advocacy.web.office.bill_filter import Narrow, narrow, words_of
from advocacy.web.office.bill_way import Stop, way
from advocacy.web.office.door import seat

_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Shown:
    """A bill of the list, which picture is its own, and the place where the words searched for stand."""

    bill: BillLine
    picture: int
    url: str
    around: tuple[Part, ...] = ()


@dataclass(frozen=True)
class BillList:
    """Everything the page shows."""

    narrow: Narrow
    pictures: tuple[tuple[Stop, ...], ...]
    lines: tuple[Shown, ...]
    says: str
    earlier: str
    later: str


def bill_list(session: Session, wanted: Wanted, today: date) -> BillList:
    """The list as it is asked for: a search where there are words, else page by page."""
    fields = narrow(session, wanted, today)
    return _searched(session, fields, today) if wanted.words else _listed(session, fields, today)


def lens(wanted: Wanted) -> Lens:
    """Through whose eyes the list is seen."""
    me = seat().person_id
    return Lens(me, bills_of_ours() if wanted.ours else None, watched(me) if wanted.told else None)


def _searched(session: Session, fields: Narrow, today: date) -> BillList:
    wanted = fields.wanted
    found = search(session, wanted, today, lens=lens(wanted))
    pictures, lines = _shown([(hit.line, hit.around) for hit in found.hits])
    page = f", page {found.page}" if found.page > 1 or found.is_more else ""
    return BillList(
        narrow=fields,
        pictures=pictures,
        lines=lines,
        says=f"The bills that fit “{wanted.words}” best{page}."
        if found.is_more
        else _found(len(lines), page),
        earlier=_page(wanted, found.page - 1) if found.page > 1 else "",
        later=_page(wanted, found.page + 1) if found.is_more else "",
    )


def _listed(session: Session, fields: Narrow, today: date) -> BillList:
    wanted = fields.wanted
    found = listed(session, wanted, today, lens=lens(wanted))
    pictures, lines = _shown([(line, ()) for line in found.lines])
    many = f"{found.total} {'bill' if found.total == 1 else 'bills'}"
    of = f" of {fields.total}" if fields.is_narrowed else ""
    page = f", page {found.page} of {found.pages}" if found.pages > 1 else ""
    return BillList(
        narrow=fields,
        pictures=pictures,
        lines=lines,
        says=f"{many}{of}{page}." if found.total else "",
        earlier=_page(wanted, found.page - 1) if found.page > 1 else "",
        later=_page(wanted, found.page + 1) if found.page < found.pages else "",
    )


def _shown(
    found: Sequence[tuple[BillLine, tuple[Part, ...]]],
) -> tuple[tuple[tuple[Stop, ...], ...], tuple[Shown, ...]]:
    """Each picture once, and the lines that point at them; one address, and the others made like it."""
    like, pictures = url_for("office.bill", bill_id=_NOBODY), dict[tuple[Stop, ...], int]()
    lines = []
    for line, around in found:
        picture = pictures.setdefault(way(line.key, line.stage), len(pictures))
        lines.append(Shown(line, picture, like.replace(str(_NOBODY), str(line.id)), around))
    return tuple(pictures), tuple(lines)


def _found(many: int, page: str) -> str:
    return f"{many} {'bill' if many == 1 else 'bills'} found{page}." if many else ""


def _page(wanted: Wanted, number: int) -> str:
    return url_for("office.bills", **words_of(wanted, page=str(number)))

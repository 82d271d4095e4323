"""The list of bills as a page shows it: what narrows it, as its address says, and each bill's picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.bills.desk.listing import BillLine, Followed, Listing, Sort, Wanted, followed, listed
from advocacy.bills.status import Stage
from advocacy.campaigns.ours import bills_of_ours
from advocacy.people.places import STATES
from advocacy.web.office.bill_way import Stop, way

SORTS: Mapping[Sort, str] = {
    Sort.MOVED: "The one that moved last",
    Sort.STAGE: "The one that came furthest",
    Sort.NUMBER: "Place and number",
    Sort.OLDEST: "The one read longest ago",
}
_LONGEST = 200
_Word = TypeVar("_Word", Stage, Sort)


@dataclass(frozen=True)
class Choice:
    """One option of a field that narrows the list."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class BillList:
    """Everything the page shows."""

    wanted: Wanted
    is_narrowed: bool
    listing: Listing
    lines: tuple[tuple[BillLine, tuple[Stop, ...]], ...]
    total: int
    stages: tuple[Choice, ...]
    places: tuple[Choice, ...]
    sessions: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    earlier: str
    later: str


def wanted_from(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for. What it says that cannot be is left out: any address gives a page."""
    page = asked.get("page", "")
    return Wanted(
        stage=_word(Stage, asked.get("stage", "").replace("_", " ")),
        place=asked.get("place", "")[:_LONGEST],
        session=asked.get("session", "")[:_LONGEST],
        ours=asked.get("ours", "") == "1",
        sort=_word(Sort, asked.get("sort", "")) or Sort.MOVED,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def bill_list(session: Session, wanted: Wanted, today: date) -> BillList:
    """The list as it is asked for."""
    known = followed(session, today)
    found = listed(session, wanted, today, ours=bills_of_ours())
    return BillList(
        wanted=wanted,
        is_narrowed=Wanted(sort=wanted.sort, page=wanted.page) != wanted,
        listing=found,
        lines=tuple((line, way(line.key, line.stage)) for line in found.lines),
        total=known.total,
        stages=tuple(_stages(known, wanted)),
        places=tuple(_places(known, wanted)),
        sessions=tuple(Choice(name, name, name == wanted.session) for name in _sessions(known, wanted)),
        sorts=tuple(Choice(sort, label, sort is wanted.sort) for sort, label in SORTS.items()),
        earlier=_page(wanted, found.page - 1) if found.page > 1 else "",
        later=_page(wanted, found.page + 1) if found.page < found.pages else "",
    )


def words_of(wanted: Wanted, **more: str) -> dict[str, Any]:
    """What is wanted, as the words of an address; what narrows nothing is left out."""
    said = {
        "stage": wanted.stage.replace(" ", "_") if wanted.stage else "",
        "place": wanted.place,
        "session": wanted.session,
        "ours": "1" if wanted.ours else "",
        "sort": "" if wanted.sort is Sort.MOVED else wanted.sort.value,
    }
    return {name: word for name, word in (said | more).items() if word}


def place_name(code: str) -> str:
    """A place as people say it."""
    return "Congress" if code == "us" else STATES.get(code.upper(), code.upper()).removeprefix("the ")


def _page(wanted: Wanted, number: int) -> str:
    return url_for("office.bills", **words_of(wanted, page=str(number)))


def _stages(known: Followed, wanted: Wanted) -> Iterator[Choice]:
    for stage in Stage:
        if stage in known.stages or stage is wanted.stage:
            label = f"{stage.capitalize()} ({known.stages.get(stage, 0)})"
            yield Choice(stage.replace(" ", "_"), label, stage is wanted.stage)


def _places(known: Followed, wanted: Wanted) -> Iterator[Choice]:
    for code, many in known.places.items():
        yield Choice(code, f"{place_name(code)} ({many})", code == wanted.place)


def _sessions(known: Followed, wanted: Wanted) -> Iterator[str]:
    there = (name for place, name in known.sessions if wanted.place in ("", place))
    yield from dict.fromkeys(there)


def _word(kind: type[_Word], text: str) -> _Word | None:
    try:
        return kind(text)
    except ValueError:
        return None

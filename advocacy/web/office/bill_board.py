"""The bills as a board, a column for each stage, and their dates month by month: hearings and deadlines."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from flask import render_template, request, url_for

from advocacy.bills.desk.listing import BillLine, every_line
from advocacy.bills.status import Stage
from advocacy.web.office.bill_filter import place_name, wanted_from, words_of
from advocacy.web.office.bill_list import lens
from advocacy.web.office.desk_dates import Date, dates_between
from advocacy.web.office.door import office
from advocacy.web.pages import desk

_MOST = 12
"""How many bills of one stage the board shows; the list has the others."""


@dataclass(frozen=True)
class Column:
    """A stage, the bills that moved there last, how many there are in all, and where the others are."""

    stage: Stage
    lines: Sequence[BillLine]
    total: int
    url: str


@office.get("/bills/board", endpoint="bill_board")
def board() -> str:
    """Every stage that some bill of ours has reached, from the first to the last."""
    wanted, today = replace(wanted_from(request.args), words="", page=1), desk().today(desk().clock())
    with desk().database.reading() as session:
        lines = every_line(session, wanted, today, lens=lens(wanted))
    by_stage: dict[Stage, list[BillLine]] = {stage: [] for stage in Stage}
    for line in lines:
        by_stage[line.stage].append(line)
    columns = [
        Column(
            stage, its[:_MOST], len(its), url_for("office.bills", **words_of(replace(wanted, stage=stage)))
        )
        for stage, its in by_stage.items()
        if its
    ]
    return render_template("office/bill_board.html", columns=columns, place_name=place_name)


@office.get("/bills/dates", endpoint="bill_dates")
def dates() -> str:
    """One month: hearings of our bills, and the dates of our campaigns."""
    now = desk().clock()
    first = _month(request.args, desk().today(now))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    with desk().database.reading() as session:
        found = dates_between(session, first, last, now)
    return render_template(
        "office/bill_dates.html",
        month=first,
        days=[(on, list(its)) for on, its in _by_day(found)],
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(last + timedelta(days=1)).strftime("%Y-%m"),
    )


def _by_day(found: Sequence[Date]) -> Iterator[tuple[date, Iterator[Date]]]:
    return groupby(found, key=lambda one: one.on)


def _month(asked: Mapping[str, str], today: date) -> date:
    try:
        wanted = date.fromisoformat(f"{asked.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return wanted if 1990 <= wanted.year <= 2200 else today.replace(day=1)

"""The list of bills as a table for a spreadsheet: what is public, and how we sorted it. No notes."""

import csv
import io

from flask import Response, make_response, request

from advocacy.bills.desk.listing import BillLine, every_line
from advocacy.people.roster_file import guarded
from advocacy.web.office.bill_filter import PRIORITIES, place_name, wanted_from
from advocacy.web.office.bill_list import lens
from advocacy.web.office.door import office
from advocacy.web.pages import desk

COLUMNS = (
    "reference",
    "place",
    "session",
    "number",
    "title",
    "stage",
    "last action",
    "on",
    "how pressing",
    "tags",
    "source",
    "as of",
)


@office.get("/bills/list.csv", endpoint="bills_file")
def file() -> Response:
    """The list as it is narrowed, all of it, as a file."""
    wanted, today = wanted_from(request.args), desk().today(desk().clock())
    with desk().database.reading() as session:
        lines = every_line(session, wanted, today, lens=lens(wanted))
    answer = make_response(_table(lines))
    answer.mimetype = "text/csv"
    answer.headers.set("Content-Disposition", "attachment", filename=f"bills-{today.isoformat()}.csv")
    return answer


def _table(lines: tuple[BillLine, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([guarded(" ".join(cell.split())) for cell in _row(line)])
    return text.getvalue().encode("utf-8-sig")


def _row(line: BillLine) -> tuple[str, ...]:
    return (
        line.key.reference,
        place_name(line.key.jurisdiction),
        line.key.session,
        line.identifier,
        line.title,
        line.stage,
        line.last_action,
        line.last_action_on.isoformat() if line.last_action_on else "",
        PRIORITIES[line.work.priority] if line.work.priority else "",
        ", ".join(line.work.tags),
        line.source,
        line.fetched_at.date().isoformat(),
    )

"""Follow many bills at once: paste them or send a table, and read what became of each line."""

from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.bills.desk import asked
from advocacy.wake import Bell, ring
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import OfficeForm, Prose
from advocacy.web.htmx import go, page_or_part
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class ManyForm(OfficeForm):
    """The bills, one a line."""

    bills = Prose("Bills, one a line")


@office.get("/bills/many", endpoint="bills_many")
def many() -> str:
    """Which bills?"""
    return render_template("office/bills_many.html", form=ManyForm())


@office.post("/bills/many", endpoint="bills_many_ask")
def ask() -> ResponseReturnValue:
    """Keep the list. What can be settled at once is; the worker follows the others."""
    form, file = ManyForm(request.form), request.files.get("file")
    try:
        text = asked.text_of_file(file.read()) if file and file.filename else form.bills.data or ""
        lines = asked.lines_of(text)
        with desk().database.transaction() as session:
            list_id = asked.ask(session, lines, by=seat().person_id, now=desk().clock())
            ring(session, Bell.BILLS)
    except (asked.NothingAsked, asked.TooManyAsked, asked.NotATable) as fault:
        form.bills.errors = [sentence_of(fault)]
        return render_template("office/bills_many.html", form=form), 422
    return go(url_for("office.bills_many_list", list_id=list_id))


@office.get("/bills/many/<uuid:list_id>", endpoint="bills_many_list")
def report(list_id: UUID) -> Response:
    """What became of each line."""
    with desk().database.reading() as session:
        lines = asked.list_asked(session, list_id)
        or_nothing(lines[0] if lines else None)
        counts = {state: sum(line.state == state for line in lines) for state in asked.State}
        return page_or_part(
            "office/bills_many_list.html",
            "office/_bills_many_list.html",
            lines=lines,
            list_id=list_id,
            counts=counts,
        )

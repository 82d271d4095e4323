"""The roster as a file: the manager says why, a second person agrees, and it is written once."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired, Length

from advocacy.clock import day_in
from advocacy.people.exporting import ACT, ask_for_roster, asked_for_roster, write_roster
from advocacy.people.models import SecondedAct
from advocacy.web.errors import or_nothing
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class WhyForm(OfficeForm):
    """What the file is needed for."""

    why = Line(
        "What is the file for?",
        [
            InputRequired("Please say what it is for. It stays on record."),
            Length(10, 200, "Please say it in ten to two hundred characters."),
        ],
    )


@office.get("/exports", endpoint="exports")
def exports() -> ResponseReturnValue:
    """What was asked for and is not written yet, and the form to ask."""
    with desk().database.reading() as session:
        return _page(session, WhyForm())


@office.post("/exports", endpoint="export_ask")
def ask() -> ResponseReturnValue:
    """Ask for the roster as a file; it waits for a second person."""
    form = WhyForm(request.form)
    with desk().database.transaction() as session:
        if not form.validate():
            return _page(session, form, 422)
        ask_for_roster(session, form.why.data or "", by=seat().person_id, now=desk().clock())
    return go(url_for("office.exports"))


@office.post("/exports/<uuid:proposal_id>", endpoint="export_write")
def write(proposal_id: UUID) -> Response:
    """Write the file, once, for whoever asked for it."""
    now, by = desk().clock(), seat().person_id
    with desk().database.transaction() as session:
        act = session.get(SecondedAct, proposal_id)
        mine = or_nothing(act if act and act.act == ACT and act.proposed_by == by else None)
        data = write_roster(session, mine, by=by, now=now)
    answer = make_response(data)
    answer.mimetype = "text/csv"
    # Whoever sees the list of downloads learns nothing from the name.
    name = f"list-{day_in(desk().config.time_zone, now).isoformat()}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _page(session: Session, form: WhyForm, status: int = 200) -> Response:
    asked = [one for one in asked_for_roster(session, desk().clock()) if one.proposed_by == seat().person_id]
    return make_response(render_template("office/exports.html", form=form, asked=asked), status)

"""Prints that the check stopped: custodians see why, and two of them may let one through."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired, Length

from advocacy.editions.overriding import (
    Stopped,
    ask_to_let_through,
    look,
    may_let_through,
    stopped_print,
    stopped_prints,
)
from advocacy.web.errors import or_nothing
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class WhyForm(OfficeForm):
    """Why a print may leave although a name was found in it."""

    why = Line(
        "Why may it print?",
        [
            InputRequired("Please say why. It stays on record."),
            Length(10, 200, "Please say it in ten to two hundred characters."),
        ],
    )


@office.get("/held", endpoint="held")
def held() -> str:
    """Every print that waits for custodians: which letter, since when. What was found is shown at a press."""
    with desk().database.reading() as session:
        stopped = stopped_prints(session, desk().clock())
        return render_template("office/held.html", stopped=stopped)


@office.post("/held/<uuid:held_id>", endpoint="held_look")
def look_at(held_id: UUID) -> ResponseReturnValue:
    """Show a custodian what the check found. That she looked is on record."""
    with desk().database.transaction() as session:
        stopped = or_nothing(stopped_print(session, held_id, desk().clock()))
        return _found(session, stopped, WhyForm())


@office.post("/held/<uuid:held_id>/through", endpoint="held_ask")
def ask(held_id: UUID) -> ResponseReturnValue:
    """Propose to let a print through; another custodian looks at the same findings and agrees."""
    now, form = desk().clock(), WhyForm(request.form)
    with desk().database.transaction() as session:
        stopped = or_nothing(stopped_print(session, held_id, now))
        if not form.validate():
            return _found(session, stopped, form, 422)
        ask_to_let_through(session, stopped, form.why.data or "", by=seat().person_id, now=now)
    return go(url_for("office.held"))


def _found(session: Session, stopped: Stopped, form: WhyForm, status: int = 200) -> Response:
    found = look(session, stopped, by=seat().person_id)
    page = render_template(
        "office/held_found.html",
        stopped=stopped,
        found=found,
        form=form,
        may=may_let_through([one.finding for one in found]),
        is_mine=stopped.act is not None and stopped.act.proposed_by == seat().person_id,
    )
    return make_response(page, status)

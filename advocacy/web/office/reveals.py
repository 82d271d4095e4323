"""Who is behind a printed line: asked with a reason, agreed to by a second person, shown once."""

from datetime import datetime
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from advocacy.people.models import SecondedAct
from advocacy.signons.revealing import (
    EnoughToday,
    NobodyThere,
    Printed,
    ask_who,
    asked_by,
    asked_for,
    printed_lines,
    show_who,
)
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.pages import desk


class WhoForm(OfficeForm):
    """Which line, and why."""

    line = RadioField("Which line?", validators=[InputRequired("Please choose a line.")])
    why = Line(
        "Why do you need her name?",
        [
            InputRequired("Please say why. She can read it."),
            Length(10, 200, "Please say it in ten to two hundred characters."),
        ],
    )

    def offering(self, lines: tuple[Printed, ...]) -> "WhoForm":
        """The form with these lines to choose from."""
        self.line.choices = [(str(one.sign_on_id), one.line) for one in lines]
        return self


@office.get("/letters/<uuid:letter_id>/names", endpoint="reveals")
def reveals(letter_id: UUID) -> ResponseReturnValue:
    """The lines that print today, and what this person asked about them."""
    with desk().database.reading() as session:
        letter_at(session, letter_id)
        return _page(session, letter_id, WhoForm(), desk().clock())


@office.post("/letters/<uuid:letter_id>/names", endpoint="reveal_ask")
def ask(letter_id: UUID) -> ResponseReturnValue:
    """Ask who stands behind one line; it waits for a second person."""
    now = desk().clock()
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        form = WhoForm(request.form).offering(tuple(printed_lines(session, letter_id, now)))
        if not form.validate():
            return _page(session, letter_id, form, now, 422)
        try:
            line, why = UUID(form.line.data), form.why.data or ""
            zone = desk().config.time_zone
            ask_who(session, letter_id, line, why, by=seat().person_id, zone=zone, now=now)
        except (EnoughToday, NobodyThere) as fault:
            form.line.errors = [sentence_of(fault)]
            return _page(session, letter_id, form, now, 422)
    return go(url_for("office.reveals", letter_id=letter_id))


@office.post("/names/<uuid:proposal_id>", endpoint="reveal_show")
def show(proposal_id: UUID) -> ResponseReturnValue:
    """Show the name to whoever asked, once; the page is not kept anywhere."""
    now, by = desk().clock(), seat().person_id
    with desk().database.transaction() as session:
        act = session.get(SecondedAct, proposal_id)
        asked = or_nothing(asked_for(session, act, now) if act and act.proposed_by == by else None)
        name = show_who(session, asked, by=by, now=now)
    return render_template("office/name_shown.html", name=name, asked=asked)


def _page(session: Session, letter_id: UUID, form: WhoForm, now: datetime, status: int = 200) -> Response:
    letter, newest = letter_at(session, letter_id)
    view = letter_view(session, letter, newest, seat().person_id, now)
    asked = asked_by(session, letter_id, seat().person_id, now)
    form.offering(tuple(printed_lines(session, letter_id, now)))
    return make_response(render_template("office/names.html", view=view, form=form, asked=asked), status)

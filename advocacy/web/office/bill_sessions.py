"""When sessions end: the day on which every unfinished bill of theirs ends too."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, HiddenField
from wtforms.validators import InputRequired, Optional

from advocacy.bills.lineage.sessions import CongressEndsByItself, say_session_ends, sessions_of
from advocacy.web.errors import sentence_of
from advocacy.web.forms import OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.bill_filter import place_name
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class SessionForm(OfficeForm):
    """One session and its last day."""

    place = HiddenField(validators=[InputRequired("Which place?")])
    session = HiddenField(validators=[InputRequired("Which session?")])
    ends_on = DateField("It ends on", [Optional()])


@office.get("/bills/sessions", endpoint="bill_sessions")
def sessions() -> str:
    """Every session that has a bill of ours, and when it ends."""
    return _page("")


@office.post("/bills/sessions", endpoint="bill_session_say")
def say() -> ResponseReturnValue:
    """Keep the day, or that it is not known."""
    form, now = SessionForm(request.form), desk().clock()
    if not form.validate():
        return _page(" ".join(word for words in form.errors.values() for word in words)), 422
    place, name = form.place.data or "", form.session.data or ""
    try:
        with desk().database.transaction() as session:
            known = {(one.jurisdiction, one.session) for one in sessions_of(session)}
            if (place, name) in known:
                say_session_ends(session, place, name, form.ends_on.data, by=seat().person_id, now=now)
    except CongressEndsByItself as fault:
        return _page(sentence_of(fault)), 422
    return go(url_for("office.bill_sessions"))


def _page(fault: str) -> str:
    with desk().database.reading() as session:
        found = sessions_of(session)
    today = desk().today(desk().clock())
    return render_template(
        "office/bill_sessions.html", sessions=found, today=today, fault=fault, place_name=place_name
    )

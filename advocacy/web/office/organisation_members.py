"""The network's member organisations: those whose word we take about others."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired

from advocacy.organisations.queries import known_organisations
from advocacy.organisations.recording import set_member
from advocacy.people.actions import add_organisation
from advocacy.people.places import STATES
from advocacy.web.errors import or_nothing
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class MemberForm(OfficeForm):
    """An organisation that belongs to the network."""

    public_name = Line("Its public name", [InputRequired("Please give the name it goes by in public.")])
    state = SelectField(
        "State", choices=options([("", "None, or the whole country"), *((code, code) for code in STATES)])
    )


@office.get("/organisations", endpoint="member_organisations")
def members() -> ResponseReturnValue:
    """The organisations we know, and which of them are members."""
    with desk().database.reading() as session:
        return _page(session, MemberForm())


@office.post("/organisations", endpoint="member_organisation_add")
def add() -> ResponseReturnValue:
    """Note a member organisation we did not know yet."""
    form = MemberForm(request.form)
    with desk().database.transaction() as session:
        if not form.validate():
            return _page(session, form, 422)
        name, state = form.public_name.data or "", form.state.data or None
        known = add_organisation(session, public_name=name, state=state, now=desk().clock())
        set_member(session, known.id, member=True, by=seat().person_id)
    return go(url_for("office.member_organisations"))


@office.post("/organisations/<uuid:organisation_id>", endpoint="member_organisation_set")
def change(organisation_id: UUID) -> ResponseReturnValue:
    """Say that an organisation we know is a member, or is none any more."""
    with desk().database.transaction() as session:
        here = {known.id: known for known in known_organisations(session)}
        known = or_nothing(here.get(organisation_id))
        set_member(session, known.id, member=request.form.get("member") == "yes", by=seat().person_id)
    return go(url_for("office.member_organisations"))


def _page(session: Session, form: MemberForm, status: int = 200) -> Response:
    known = known_organisations(session)
    page = render_template("office/member_organisations.html", known=known, form=form)
    return make_response(page, status)

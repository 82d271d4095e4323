"""When somebody of the office lost her device: what she signs in with is forgotten, and she enrols anew."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired, Length

from advocacy.people.queries import names_of, person, roles_on
from advocacy.people.role_changes import OtherManager, OwnRole, lost_device
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class LostForm(OfficeForm):
    """Why, for the record."""

    why = Line(
        "How do you know that it is she who asks?",
        [InputRequired("Please say how you know. It goes on record."), Length(max=300)],
    )


@office.get("/roles/people/<uuid:person_id>/device", endpoint="device_lost")
def device_lost(person_id: UUID) -> str:
    """What will happen, before it does."""
    return _page(person_id, LostForm())


@office.post("/roles/people/<uuid:person_id>/device", endpoint="device_begin_anew")
def device_begin_anew(person_id: UUID) -> ResponseReturnValue:
    """Forget what she signs in with; for the only manager it waits for a second custodian."""
    form, now = LostForm(request.form), desk().clock()
    if not form.validate():
        return _page(person_id, form), 422
    try:
        with desk().database.transaction() as session:
            _name(session, person_id)
            why, today = form.why.data or "", desk().today(now)
            by, roles = seat().person_id, seat().roles
            lost_device(session, person_id, why=why, by=by, roles=roles, today=today, now=now)
    except (OwnRole, OtherManager) as fault:
        form.why.errors = [sentence_of(fault)]
        return _page(person_id, form), 422
    return go(url_for("office.roles"))


def _page(person_id: UUID, form: LostForm) -> str:
    with desk().database.reading() as session:
        name = _name(session, person_id)
    return render_template("office/device_lost.html", form=form, name=name, person_id=person_id)


def _name(session: Session, person_id: UUID) -> str:
    """Her name, if she works here; nobody else's is shown."""
    known = or_nothing(person(session, person_id))
    or_nothing(roles_on(session, person_id, desk().today(desk().clock())) or None)
    return names_of(session, known).name

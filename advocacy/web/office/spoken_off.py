"""Somebody says by voice: take my name off. Whoever writes it down learns nothing of what she signed."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField
from wtforms.validators import InputRequired

from advocacy.people import queries
from advocacy.signons.withdrawing import withdraw_all
from advocacy.web.errors import or_nothing
from advocacy.web.forms import OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class OffForm(OfficeForm):
    """She wants her name off everything."""

    said = BooleanField(
        "She said it herself: take my name off everything",
        [InputRequired("Please tick this if she said so. Nothing was done.")],
    )


@office.get("/people/<uuid:person_id>/off", endpoint="person_off")
def ask(person_id: UUID) -> ResponseReturnValue:
    """What taking her name off does, the same for everybody."""
    with desk().database.reading() as session:
        return _page(session, person_id, OffForm())


@office.post("/people/<uuid:person_id>/off", endpoint="person_take_off")
def take_off(person_id: UUID) -> ResponseReturnValue:
    """Take her name off everything. The answer is the same whether or not it stood anywhere."""
    form = OffForm(request.form)
    with desk().database.transaction() as session:
        or_nothing(queries.person(session, person_id))
        if not form.validate():
            return _page(session, person_id, form)
        config = desk().config
        withdraw_all(session, person_id, by=seat().person_id, zone=config.time_zone, now=desk().clock())
    return go(url_for("office.person_off", person_id=person_id, done="off"))


def _page(session: Session, person_id: UUID, form: OffForm) -> Response:
    name = queries.names_of(session, or_nothing(queries.person(session, person_id))).name
    done = request.args.get("done") == "off"
    page = render_template("office/person_off.html", name=name, person_id=person_id, form=form, done=done)
    return make_response(page, 422 if form.errors else 200)

"""Who a name on our bills is, in a person's own word, and taking that word back."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired

from advocacy.bills.legislators.queries import Unmatched, legislator_by_id, legislators, unmatched, words_kept
from advocacy.bills.legislators.saying import say_who, unsay_who
from advocacy.web.errors import or_nothing
from advocacy.web.forms import OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class WhoForm(OfficeForm):
    """Who this name is."""

    who = SelectField("This is", [InputRequired("Please choose who it is.")])


@office.get("/legislators/name", endpoint="legislator_name")
def ask() -> str:
    """Who is this?"""
    place, name = request.args.get("place", ""), request.args.get("name", "")
    with desk().database.reading() as session:
        asked = or_nothing(_asked(session, place, name))
        form = _offer(session, asked, WhoForm())
    return render_template("office/legislator_name.html", form=form, asked=asked)


@office.post("/legislators/name", endpoint="legislator_name_say")
def say() -> ResponseReturnValue:
    """Keep that this name is this legislator."""
    place, name = request.form.get("place", ""), request.form.get("name", "")
    form = WhoForm(request.form)
    with desk().database.transaction() as session:
        asked = or_nothing(_asked(session, place, name))
        _offer(session, asked, form)
        if not form.validate():
            return render_template("office/legislator_name.html", form=form, asked=asked), 422
        chosen = or_nothing(legislator_by_id(session, UUID(form.who.data)))
        say_who(session, place, name, chosen.id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.legislators"))


@office.post("/legislators/name/off", endpoint="legislator_name_unsay")
def unsay() -> ResponseReturnValue:
    """Take a word back."""
    place, folded = request.form.get("place", ""), request.form.get("name", "")
    with desk().database.transaction() as session:
        kept = {(said.jurisdiction, said.folded) for said, _ in words_kept(session)}
        or_nothing(folded if (place, folded) in kept else None)
        unsay_who(session, place, folded, by=seat().person_id)
    return go(url_for("office.legislators"))


def _asked(session: Session, place: str, name: str) -> Unmatched | None:
    return next((one for one in unmatched(session) if (one.jurisdiction, one.name) == (place, name)), None)


def _offer(session: Session, asked: Unmatched, form: WhoForm) -> WhoForm:
    people = sorted(legislators(session, asked.jurisdiction), key=lambda one: one.id not in asked.likely)
    named = [(str(one.id), f"{one.name} ({one.party or '?'}, {one.state} {one.district})") for one in people]
    form.who.choices = options([("", "Please choose"), *named])
    return form

"""Wider limits asked for at the door, which wait for a voice: who, and what. Never on which letter."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from advocacy.clock import day_in
from advocacy.people import queries
from advocacy.people.actions import SamePerson
from advocacy.people.limiting import ByVoiceFirst
from advocacy.people.limits import Audience, parse_facts
from advocacy.people.models import LimitRaise
from advocacy.people.raising import NoLongerAsked, confirm_raise, raises_waiting, refuse_raise
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.limit_form import AUDIENCES, in_words
from advocacy.web.pages import desk

_ANSWERS = (("no", "No, or she did not ask for it"), ("yes", "Yes, that is what she wants"))


@dataclass(frozen=True, repr=False)
class Waiting:
    """One wish that waits: whose it is, how to reach her, and what may then be seen of her by whom."""

    id: UUID
    person_id: UUID
    name: str
    phone: str
    audience: str
    what: str
    asked_on: date


class RaiseForm(OfficeForm):
    """What she said when somebody talked with her."""

    answer = RadioField(
        "What did she say?", [InputRequired("Please choose what she said.")], choices=options(_ANSWERS)
    )
    heard = BooleanField("I talked with her today, and she said so herself")


@office.get("/people/raises")
def raises() -> ResponseReturnValue:
    """Everybody to be called, the oldest wish first."""
    with desk().database.reading() as session:
        return _page(session, RaiseForm())


@office.post("/people/raises/<uuid:raise_id>")
def raise_answer(raise_id: UUID) -> ResponseReturnValue:
    """Confirm by voice, or refuse for good."""
    form = RaiseForm(request.form)
    with desk().database.transaction() as session:
        or_nothing(session.get(LimitRaise, raise_id))
        if not form.validate():
            return _page(session, form, raise_id)
        if form.answer.data == "yes" and not form.heard.data:
            form.heard.errors = [sentence_of(ByVoiceFirst())]
            return _page(session, form, raise_id)
        try:
            _answer(session, raise_id, yes=form.answer.data == "yes")
        except (NoLongerAsked, SamePerson) as fault:
            form.answer.errors = [sentence_of(fault)]
            return _page(session, form, raise_id)
    return go(url_for("office.raises", done=form.answer.data))


def _answer(session: Session, raise_id: UUID, *, yes: bool) -> None:
    now, config = desk().clock(), desk().config
    if yes:
        wait = timedelta(hours=config.raise_wait_hours)
        confirm_raise(session, raise_id, by=seat().person_id, wait=wait, now=now)
    else:
        refuse_raise(session, raise_id, by=seat().person_id, today=day_in(config.time_zone, now))


def _page(session: Session, form: RaiseForm, about: UUID | None = None) -> Response:
    page = render_template(
        "office/raises.html",
        waiting=[_waiting(session, asked) for asked in raises_waiting(session)],
        form=form,
        about=about,
        done=request.args.get("done", ""),
        hours=desk().config.raise_wait_hours,
    )
    return make_response(page, 422 if about else 200)


def _waiting(session: Session, asked: LimitRaise) -> Waiting:
    names = queries.names_of(session, or_nothing(queries.person(session, asked.person_id)))
    return Waiting(
        id=asked.id,
        person_id=asked.person_id,
        name=names.name,
        phone=names.phone,
        audience=AUDIENCES[Audience(asked.audience)],
        what=in_words(parse_facts(asked.facts)),
        asked_on=asked.asked_on,
    )

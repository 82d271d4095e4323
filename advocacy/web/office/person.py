"""One person, for the membership group alone: adding her, and how far she may be shown. No sign-on."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.people import queries
from advocacy.people.actions import KnownAlready, add_by_hand
from advocacy.people.limiting import ByVoiceFirst, limits_at_last, limits_to_come, say_limits
from advocacy.people.limits import Audience, Preset, parse_facts
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.limit_form import AUDIENCES, LimitForm, answer_of, in_words, pieces_of
from advocacy.web.office.person_form import PersonForm
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Holds:
    """What one audience may see of her, now and from a later day."""

    audience: str
    now: str
    later: str
    later_on: date | None


@office.get("/people/new", endpoint="person_new")
def new() -> ResponseReturnValue:
    """The form for somebody who joins."""
    return _new_page(PersonForm())


@office.post("/people/new", endpoint="person_add")
def add() -> ResponseReturnValue:
    """Put her on the roster, or say what is missing and lose nothing she said."""
    form = PersonForm(request.form)
    if not form.validate():
        return _new_page(form)
    if form.answer.data != Preset.COUNT_ME_ONLY and not form.by_voice.data:
        form.by_voice.errors = [sentence_of(ByVoiceFirst())]
        return _new_page(form)
    try:
        with desk().database.transaction() as session:
            added = add_by_hand(session, form.row, by=seat().person_id, now=desk().clock())
            address = url_for("office.person", person_id=added.id, done="added")
    except KnownAlready as fault:
        form.name.errors = [sentence_of(fault)]
        return _new_page(form)
    return go(address)


def _new_page(form: PersonForm) -> Response:
    return make_response(render_template("office/person_new.html", form=form), 422 if form.errors else 200)


@office.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Who she is, and how far she may be shown."""
    with desk().database.reading() as session:
        return _page(session, person_id)


@office.post("/people/<uuid:person_id>/limits", endpoint="person_limits")
def set_limits(person_id: UUID) -> ResponseReturnValue:
    """Less at once; more only if she said so by voice, and after a wait."""
    form = LimitForm(request.form)
    with desk().database.transaction() as session:
        or_nothing(queries.person(session, person_id))
        if not form.validate():
            return _page(session, person_id, form)
        try:
            said = say_limits(
                session,
                person_id,
                form.limits,
                by=seat().person_id,
                by_voice=bool(form.by_voice.data),
                wait=timedelta(hours=desk().config.raise_wait_hours),
                now=desk().clock(),
            )
        except ByVoiceFirst as fault:
            form.by_voice.errors = [sentence_of(fault)]
            return _page(session, person_id, form)
    done = "later" if said.more_from else "less" if said.is_less else "same"
    return go(url_for("office.person", person_id=person_id, done=done))


def _page(session: Session, person_id: UUID, form: LimitForm | None = None) -> Response:
    known = or_nothing(queries.person(session, person_id))
    names = queries.names_of(session, known)
    page = render_template(
        "office/person.html",
        person=known,
        names=names,
        tells=names.tells,
        holds=_holds(session, person_id),
        form=form or _form(session, person_id),
        done=request.args.get("done", ""),
        hours=desk().config.raise_wait_hours,
    )
    return make_response(page, 422 if form else 200)


def _form(session: Session, person_id: UUID) -> LimitForm:
    last = limits_at_last(session, person_id)
    ticked = {str(audience): pieces_of(last[audience]) for audience in AUDIENCES}
    return LimitForm(data={"answer": answer_of(last), **ticked})


def _holds(session: Session, person_id: UUID) -> list[Holds]:
    now, zone = desk().clock(), desk().config.time_zone
    limits = queries.naming_limits(session, person_id, now)
    coming = {Audience(row.audience): row for row in limits_to_come(session, person_id, now)}
    return [
        Holds(
            audience=words,
            now=in_words(limits[audience]),
            later=in_words(parse_facts(coming[audience].facts)) if audience in coming else "",
            later_on=day_in(zone, coming[audience].in_force_at) if audience in coming else None,
        )
        for audience, words in AUDIENCES.items()
    ]

"""Counsel's holds on one edition's file: who asked, why, until when, and which two wrote it down."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField
from wtforms.validators import DataRequired, InputRequired

from advocacy.clock import last_day
from advocacy.editions.legal_holds import (
    HOURS_TO_AGREE,
    NeedsAnEnd,
    Order,
    agree_to_hold,
    ask_for_hold,
    holds_of,
)
from advocacy.editions.models import LegalHold
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import edition_at
from advocacy.web.pages import desk

WAITS = "waits for a second person"


class HoldForm(OfficeForm):
    """What counsel asks for. No signer is named in it."""

    counsel = Line("Who asks for it?", [DataRequired("Write down who asks: counsel, and their office.")])
    why = Line("Why?", [DataRequired("Write down the order or the case it is for.")])
    until = DateField("Last day", [InputRequired("A hold needs an end.")])


@dataclass(frozen=True)
class HoldView:
    """One hold as the office reads it."""

    id: UUID
    counsel: str
    why: str
    until: date
    stage: str
    pending_on: date | None
    may_agree: bool


@office.get("/editions/<uuid:edition_id>/holds", endpoint="legal_holds")
def holds(edition_id: UUID) -> ResponseReturnValue:
    """Every hold on this edition, open to all who read the office."""
    with desk().database.reading() as session:
        return _page(session, edition_id, HoldForm())


@office.post("/editions/<uuid:edition_id>/holds", endpoint="legal_hold_ask")
def ask(edition_id: UUID) -> ResponseReturnValue:
    """Write down what counsel asks; it holds once a second person agreed."""
    form = HoldForm(request.form)
    with desk().database.transaction() as session:
        edition_at(session, edition_id)
        if not form.validate() or form.until.data is None:
            return _page(session, edition_id, form, 422)
        order = Order(form.counsel.data or "", form.why.data or "", form.until.data)
        zone, now = desk().config.time_zone, desk().clock()
        try:
            ask_for_hold(session, edition_id, order, by=seat().person_id, zone=zone, now=now)
        except NeedsAnEnd as fault:
            form.until.errors = [sentence_of(fault)]
            return _page(session, edition_id, form, 422)
    return go(url_for("office.legal_holds", edition_id=edition_id))


@office.post("/editions/<uuid:edition_id>/holds/<uuid:hold_id>", endpoint="legal_hold_agree")
def agree(edition_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """Agree to a hold somebody else wrote down."""
    with desk().database.transaction() as session:
        here = {held.id for held in holds_of(session, edition_id)}
        found = or_nothing(hold_id if hold_id in here else None)
        agree_to_hold(session, found, by=seat().person_id, now=desk().clock())
    return go(url_for("office.legal_holds", edition_id=edition_id))


def _page(session: Session, edition_id: UUID, form: HoldForm, status: int = 200) -> Response:
    frozen = edition_at(session, edition_id)
    known = [_view(held) for held in holds_of(session, edition_id)]
    page = render_template("office/legal_holds.html", edition=frozen, holds=known, form=form)
    return make_response(page, status)


def _stage(held: LegalHold) -> str:
    now = desk().clock()
    if held.until_at <= now:
        return "over"
    if held.agreed_at is not None:
        return "holds"
    return WAITS if now < held.asked_at + timedelta(hours=HOURS_TO_AGREE) else "nobody agreed in time"


def _view(held: LegalHold) -> HoldView:
    stage = _stage(held)
    return HoldView(
        id=held.id,
        counsel=held.counsel,
        why=held.why,
        until=last_day(desk().config.time_zone, held.until_at),
        stage=stage,
        pending_on=held.pending_on,
        may_agree=stage == WAITS and held.asked_by != seat().person_id,
    )

"""Handing an edition to its offices, by two people: proposed by one, seconded by another, then delivered."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired

from advocacy.campaigns.amended import MustChange, must_change
from advocacy.editions.actions import (
    EditionVoid,
    NoAddress,
    NoReceipt,
    OtherOffice,
    deliver,
    propose_delivery,
)
from advocacy.editions.models import Way
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import ProposalEnded
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, RowForm, options
from advocacy.web.htmx import go
from advocacy.web.office.delivery_values import OfficeCopies, delivery_page
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import edition_at, recipient_at
from advocacy.web.pages import desk

_NOT_NOW = (EditionVoid, MustChange, NoAddress, NoReceipt, OtherOffice, ProposalEnded)


class ProposeForm(RowForm):
    """In which way an office is to get the file."""

    way = RadioField("How", [InputRequired("Please choose how.")])
    hours = SelectField(
        "What you both agree to holds for",
        choices=options([("48", "Two days"), ("120", "Five days"), ("240", "Ten days")]),
        default="48",
        validate_choice=False,
    )

    def offering(self, email: str | None) -> "ProposeForm":
        """The ways there are; email only where there is an address."""
        ways = [way for way in Way if email or way is not Way.EMAIL]
        self.way.choices = options((way, _WAYS[way].format(email)) for way in ways)
        return self


class DeliverForm(RowForm):
    """The way that was agreed to, and how we know that it arrived."""

    way = HiddenField(validators=[AnyOf([way.value for way in Way])])
    receipt = Line("How do you know it arrived?")


_WAYS = {
    Way.EMAIL: "By email to {}",
    Way.PORTAL: "Through their portal",
    Way.POST: "By post",
    Way.IN_PERSON: "In person",
}


@dataclass(frozen=True)
class Desk:
    """One office with the forms that are open for it."""

    copies: OfficeCopies
    propose: ProposeForm
    deliver: DeliverForm
    trouble: str


@office.get("/editions/<uuid:edition_id>/deliveries", endpoint="deliveries")
def deliveries(edition_id: UUID) -> ResponseReturnValue:
    """Which office has what, and what comes next for each."""
    with desk().database.reading() as session:
        return _page(session, edition_id)


@office.post(
    "/editions/<uuid:edition_id>/deliveries/<uuid:recipient_id>/propose", endpoint="delivery_propose"
)
def propose(edition_id: UUID, recipient_id: UUID) -> ResponseReturnValue:
    """Propose to hand this file to this office in this way."""
    with desk().database.transaction() as session:
        to = recipient_at(session, edition_at(session, edition_id), recipient_id)
        form = ProposeForm(request.form, prefix=_prefix(recipient_id)).offering(to.email)
        if not form.validate():
            return _page(session, edition_id, recipient_id)
        way, by, now = Way(form.way.data or ""), seat().person_id, desk().clock()
        try:
            _refuse_what_must_change(session, edition_id)
            hours = int(form.hours.data) if form.hours.data in ("120", "240") else 48
            propose_delivery(session, edition_id, recipient_id, way, by=by, now=now, hours=hours)
        except _NOT_NOW as fault:
            return _page(session, edition_id, recipient_id, sentence_of(fault))
    return go(url_for("office.deliveries", edition_id=edition_id))


@office.post(
    "/editions/<uuid:edition_id>/deliveries/<uuid:recipient_id>/deliver", endpoint="delivery_deliver"
)
def hand_over(edition_id: UUID, recipient_id: UUID) -> ResponseReturnValue:
    """Deliver what two people agreed to."""
    with desk().database.transaction() as session:
        recipient_at(session, edition_at(session, edition_id), recipient_id)
        form = DeliverForm(request.form, prefix=_prefix(recipient_id))
        if not form.validate():
            return _page(session, edition_id, recipient_id)
        way, receipt = Way(form.way.data or ""), form.receipt.data or ""
        by, now = seat().person_id, desk().clock()
        try:
            _refuse_what_must_change(session, edition_id)
            deliver(session, edition_id, recipient_id, way, receipt=receipt, by=by, now=now)
        except _NOT_NOW as fault:
            return _page(session, edition_id, recipient_id, sentence_of(fault))
    return go(url_for("office.deliveries", edition_id=edition_id))


def _refuse_what_must_change(session: Session, edition_id: UUID) -> None:
    if must_change(session, session.get_one(LetterVersion, edition_at(session, edition_id).version_id)):
        raise MustChange


def _prefix(recipient_id: UUID) -> str:
    return f"to-{recipient_id.hex[:12]}-"


def _page(session: Session, edition_id: UUID, wrong: UUID | None = None, trouble: str = "") -> Response:
    page = delivery_page(session, edition_at(session, edition_id), seat().person_id, desk().clock())
    desks = [_desk(copies, wrong, trouble) for copies in page.offices]
    status = 200 if wrong is None else 422
    return make_response(render_template("office/deliveries.html", page=page, desks=desks), status)


def _desk(copies: OfficeCopies, wrong: UUID | None, trouble: str) -> Desk:
    mine = copies.recipient_id == wrong
    sent, prefix = (request.form if mine else None), _prefix(copies.recipient_id)
    agreed = {"way": copies.agreed.way.value} if copies.agreed else {}
    offer = ProposeForm(sent, prefix=prefix).offering(copies.email)
    handing = DeliverForm(sent, prefix=prefix, data=agreed)
    if mine and not trouble:
        # What was sent was wrong in itself: each form says so next to its own field.
        offer.validate()
        handing.validate()
    return Desk(copies, offer, handing, trouble if mine else "")

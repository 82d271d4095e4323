"""Organisations on a letter: a yes on file recorded, a yes by link checked or refused, either taken off."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.letters.queries import open_version
from advocacy.organisations.asking import Authoriser
from advocacy.organisations.models import Proof
from advocacy.organisations.queries import OrganisationLine, alike_on, written_line
from advocacy.organisations.recording import (
    FreeMail,
    NoVoucher,
    StandsAlready,
    record_with_link,
    refuse,
    revoke_organisation,
    verify,
)
from advocacy.people.actions import add_organisation
from advocacy.signons.actions import NotOpen
from advocacy.web.errors import sentence_of
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.organisation_page import OrganisationForm, line_at, organisation_page
from advocacy.web.pages import desk


class Alike(Exception):
    """An organisation with nearly this name is on the letter already. Is it the same one?"""


class HowKnown(Exception):
    """Please say how we know that this is the organisation itself."""


@office.get("/letters/<uuid:letter_id>/organisations", endpoint="organisations")
def organisations(letter_id: UUID) -> ResponseReturnValue:
    """Which organisations stand on a letter, which wait, and forms for more."""
    with desk().database.reading() as session:
        return organisation_page(session, letter_id)


@office.post("/letters/<uuid:letter_id>/organisations", endpoint="organisation_record")
def record(letter_id: UUID) -> ResponseReturnValue:
    """Put on record that an organisation agreed to the open version."""
    form = OrganisationForm(request.form)
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        if form.validate():
            try:
                _record(session, letter_id, form)
                return go(url_for("office.organisations", letter_id=letter_id))
            except (NotOpen, Alike) as fault:
                form.public_name.errors = [sentence_of(fault)]
        return organisation_page(session, letter_id, record=form, status=422)


def _record(session: Session, letter_id: UUID, form: OrganisationForm) -> None:
    now, by = desk().clock(), seat().person_id
    version = open_version(session, letter_id, now)
    if version is None:
        raise NotOpen
    name, state = form.public_name.data or "", form.state.data or None
    others = set(alike_on(session, letter_id, name)) - {written_line(name, state)}
    if others and not form.another.data:
        raise Alike
    level = form.level.data or None
    known = add_organisation(session, public_name=name, state=state, level=level, now=now)
    who = Authoriser(form.authoriser.data or "", form.title.data or "", form.work_email.data or "")
    record_with_link(session, version.id, known.id, who, by=by, now=now)


@office.post("/letters/<uuid:letter_id>/organisations/<uuid:sign_on_id>/off", endpoint="organisation_off")
def take_off(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Take an organisation off at its word."""
    with desk().database.transaction() as session:
        signed = line_at(session, letter_id, sign_on_id)
        revoke_organisation(session, signed.sign_on_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))


@office.post(
    "/letters/<uuid:letter_id>/organisations/<uuid:sign_on_id>/check", endpoint="organisation_verify"
)
def check(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Say how we know that a yes is the organisation's own."""
    with desk().database.transaction() as session:
        signed = line_at(session, letter_id, sign_on_id)
        try:
            _verify(session, signed)
        except (HowKnown, FreeMail, NoVoucher, StandsAlready) as fault:
            faults = {sign_on_id: sentence_of(fault)}
            return organisation_page(session, letter_id, faults=faults, status=422)
    return go(url_for("office.organisations", letter_id=letter_id))


def _verify(session: Session, signed: OrganisationLine) -> None:
    how, voucher = request.form.get("how", ""), None
    if not how:
        raise HowKnown
    proof = Proof.WORK_ADDRESS if how == Proof.WORK_ADDRESS else Proof.VOUCHED
    if proof is Proof.VOUCHED:
        try:
            voucher = UUID(how)
        except ValueError as fault:
            raise HowKnown from fault
    verify(session, signed.sign_on_id, proof, voucher=voucher, by=seat().person_id, now=desk().clock())


@office.post(
    "/letters/<uuid:letter_id>/organisations/<uuid:sign_on_id>/refuse", endpoint="organisation_refuse"
)
def leave_off(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Leave off a yes that nobody could show to be the organisation's own."""
    with desk().database.transaction() as session:
        signed = line_at(session, letter_id, sign_on_id)
        refuse(session, signed.sign_on_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))

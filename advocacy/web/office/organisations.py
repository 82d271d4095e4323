"""Organisations on a letter: recorded when their yes is on file, and taken off at their word."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from advocacy.letters.queries import open_version
from advocacy.people.actions import add_organisation
from advocacy.people.places import STATES
from advocacy.signons.actions import NotOpen
from advocacy.signons.counting import OrganisationLine, organisations_on
from advocacy.signons.inviting import record_organisation, revoke_organisation
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.pages import desk

_NO_STATE = ("", "None, or the whole country")


class OrganisationForm(OfficeForm):
    """An organisation that said yes, and who said it for it."""

    public_name = Line("Its public name", [InputRequired("Please give the name it goes by in public.")])
    state = SelectField(
        "State",
        choices=options([_NO_STATE, *((code, name.removeprefix("the ")) for code, name in STATES.items())]),
    )
    authoriser = Line(
        "Who said yes for it, and as what", [InputRequired("Please say who spoke for it, with their title.")]
    )
    on_file = BooleanField(
        "Their yes to this version is on file in writing",
        [InputRequired("Please record only what you have in writing, and tick the box.")],
    )


@office.get("/letters/<uuid:letter_id>/organisations", endpoint="organisations")
def organisations(letter_id: UUID) -> str:
    """Which organisations stand on a letter, and a form for one more."""
    with desk().database.reading() as session:
        return _page(session, letter_id, OrganisationForm())


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
        return _page(session, letter_id, form), 422


class Alike(Exception):
    """An organisation with nearly this name is on the letter already. Is it the same one?"""


def _record(session: Session, letter_id: UUID, form: OrganisationForm) -> None:
    now = desk().clock()
    version = open_version(session, letter_id, now)
    if version is None:
        raise NotOpen
    name, state = form.public_name.data or "", form.state.data or None
    here = [one.line for one in organisations_on(session, letter_id) if one.version_n == version.n]
    line = f"{name} ({state})" if state else name
    if line not in here and _plain(line) in map(_plain, here):
        raise Alike
    known = add_organisation(session, public_name=name, state=state, now=now)
    by = seat().person_id
    record_organisation(session, version.id, known.id, authoriser=form.authoriser.data or "", by=by, now=now)


def _plain(line: str) -> str:
    return "".join(letter for letter in line.casefold() if letter.isalnum())


@office.post("/letters/<uuid:letter_id>/organisations/<uuid:sign_on_id>/off", endpoint="organisation_off")
def take_off(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Take an organisation off at its word."""
    with desk().database.transaction() as session:
        signed = or_nothing(_on(session, letter_id, sign_on_id))
        revoke_organisation(session, signed.sign_on_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))


def _on(session: Session, letter_id: UUID, sign_on_id: UUID) -> OrganisationLine | None:
    here = organisations_on(session, letter_id)
    return next((one for one in here if one.sign_on_id == sign_on_id), None)


def _page(session: Session, letter_id: UUID, form: OrganisationForm) -> str:
    letter, newest = letter_at(session, letter_id)
    view = letter_view(session, letter, newest, seat().person_id, desk().clock())
    lines = organisations_on(session, letter_id)
    return render_template("office/signon_organisations.html", view=view, lines=lines, form=form)

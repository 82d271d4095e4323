"""A sheet of paper for a member to sign by hand, and typing in what it says: for the membership group."""

from typing import Any, cast
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired

from advocacy.people.limits import Audience, Form
from advocacy.signons.paper import NotThatDay, OtherPaper, Paper, enter_paper, sheet_of
from advocacy.signons.previews import CannotPrintName, NotChosen, OverLimit
from advocacy.signons.visits import CHOSEN_AUDIENCES
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.aloud import sheet
from advocacy.web.office.door import office, seat
from advocacy.web.office.helping import come, language_for
from advocacy.web.pages import desk

_ONE = InputRequired("Please choose what the paper says.")


class PaperForm(OfficeForm):
    """What a signed sheet says."""

    number = Line("Number of the paper", [InputRequired("Please type the number of the paper.")])
    recipient = RadioField("The offices that get it", [_ONE], validate_choice=False)
    web = RadioField("Our web page", [_ONE], validate_choice=False)
    press = RadioField("News reporters", [_ONE], validate_choice=False)
    signed_on = DateField("The day on it", [InputRequired("Please give the day that stands on the paper.")])
    signed = BooleanField(
        "It is signed by hand, and “this is how I want to appear” is crossed",
        [InputRequired("Only a signed sheet counts. Nothing was done.")],
    )

    @property
    def paper(self) -> Paper:
        """The paper as it was typed in."""
        told: dict[Audience, Any] = {audience: self[audience].data for audience in CHOSEN_AUDIENCES}
        forms = {audience: Form(form) for audience, form in told.items() if form in tuple(Form)}
        return Paper(forms, self.signed_on.data, self.number.data or "")  # type: ignore[arg-type]


@office.get("/people/<uuid:person_id>/help/<uuid:letter_id>/sheet", endpoint="people_sheet")
def to_print(person_id: UUID, letter_id: UUID) -> str:
    """The sheet for one person: the letter, and the exact line of each way to appear within her limit."""
    with desk().database.reading() as session:
        visit, asked = come(session, person_id, letter_id)
        return sheet(asked, language_for(visit), person_id=person_id, letter_id=letter_id)


@office.get("/people/<uuid:person_id>/help/<uuid:letter_id>/paper", endpoint="people_paper")
def typing(person_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """The form for what a signed sheet says."""
    with desk().database.reading() as session:
        return _page(session, person_id, letter_id, PaperForm())


@office.post("/people/<uuid:person_id>/help/<uuid:letter_id>/paper", endpoint="people_paper_enter")
def enter(person_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Type in a signed sheet; it counts once somebody else has typed the same."""
    form = PaperForm(request.form)
    with desk().database.transaction() as session:
        come(session, person_id, letter_id)
        if not form.validate():
            return _page(session, person_id, letter_id, form, 422)
        by, zone, now = seat().person_id, desk().config.time_zone, desk().clock()
        try:
            done = enter_paper(session, person_id, letter_id, form.paper, by=by, zone=zone, now=now)
        except (OtherPaper, NotThatDay, NotChosen, OverLimit, CannotPrintName) as fault:
            beside = form.signed_on if isinstance(fault, NotThatDay) else form.number
            beside.errors = [sentence_of(fault)]
            return _page(session, person_id, letter_id, form, 422)
    return go(url_for("office.people_help_letter", person_id=person_id, letter_id=letter_id, done=done))


def _page(session: Session, person_id: UUID, letter_id: UUID, form: PaperForm, status: int = 200) -> Response:
    _, asked = come(session, person_id, letter_id)
    for audience, lines in sheet_of(asked).lines.items():
        cast(RadioField, form[audience]).choices = options(
            (way, line or "Counted only") for way, line in lines.items()
        )
    page = render_template(
        "office/paper.html",
        person_id=person_id,
        letter_id=letter_id,
        letter_title=asked.version.title,
        form=form,
    )
    return make_response(page, status)

"""Where a letter goes: its offices with the venue of each, and the box at the top of a testimony."""

from datetime import date
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, FieldList, FormField, SelectField
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from advocacy.letters import venues
from advocacy.letters.actions import Header, Office, set_header, set_recipients
from advocacy.letters.models import Recipient
from advocacy.letters.queries import header, recipients
from advocacy.signons.one_more_office import ask_about_offices
from advocacy.web.forms import Line, OfficeForm, Prose, RowForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office
from advocacy.web.office.finding import letter_at
from advocacy.web.pages import desk

_BLANK = 1
# Every member of the largest committee, and some.
_MOST = 120


class OfficeRow(RowForm):
    """One office. A row without an office is left out."""

    office = Line("Office")
    salutation = Line("Salutation")
    address = Prose("Address", [Length(max=500, message="This is too long for an address.")])
    email = Line("Email address", [Optional(), Email("This is not an email address.", test_environment=True)])  # type: ignore[call-arg] # newer than its stubs
    venue = SelectField("What it belongs to")

    def validate_venue(self, field: SelectField) -> None:
        """An office belongs to something, or nobody could be told what becomes public."""
        if self.office.data and not field.data:
            raise ValidationError("Please choose: people are told what becomes public there.")


class OfficesForm(OfficeForm):
    """Every office a letter goes to, in the order it names them."""

    offices = FieldList(FormField(OfficeRow), max_entries=_MOST)

    def offer_venues(self) -> "OfficesForm":
        """Give every row the venues there are."""
        known = options(
            [("", "Please choose"), *((key, venue.name) for key, venue in venues.known().items())]
        )
        for row in self.offices:
            row.form.venue.choices = known
        return self

    def chosen(self) -> list[Office]:
        """The offices as they will be stored."""
        rows = [row.form for row in self.offices if row.form.office.data]
        return [
            Office(
                office=row.office.data or "",
                salutation=row.salutation.data or "",
                address=_lines(row.address.data or ""),
                venue=row.venue.data,
                email=row.email.data or None,
            )
            for row in rows
        ]


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class HeaderForm(OfficeForm):
    """What stands in the box at the top of a testimony."""

    bill = Line("Bill", [InputRequired("Please give the bill’s number.")])
    bill_title = Line("Its title", [InputRequired("Please give the bill’s title.")])
    committee = Line("Committee", [InputRequired("Please name the committee.")])
    hearing_on = DateField("Day of the hearing", [InputRequired("Please give the day of the hearing.")])
    place = Line("Room")


@office.get("/letters/<uuid:letter_id>/offices", endpoint="letter_offices")
def offices(letter_id: UUID) -> str:
    """The offices, to be changed, and a row for one more."""
    with desk().database.reading() as session:
        letter_at(session, letter_id)
        rows = [_row(known) for known in recipients(session, letter_id)]
        form = OfficesForm(data={"offices": [*rows, *[{}] * _BLANK]}).offer_venues()
        return _offices_page(session, letter_id, form)


@office.post("/letters/<uuid:letter_id>/offices", endpoint="letter_offices_save")
def save_offices(letter_id: UUID) -> ResponseReturnValue:
    """Say which offices get this letter."""
    form = OfficesForm(request.form).offer_venues()
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        if "more" in request.form and len(form.offices) < _MOST:
            form.offices.append_entry()
            return _offices_page(session, letter_id, form.offer_venues())
        if not form.validate():
            return _offices_page(session, letter_id, form), 422
        set_recipients(session, letter_id, form.chosen())
        ask_about_offices(session, letter_id, desk().clock())
    return go(url_for("office.letter", letter_id=letter_id, _anchor="offices"))


def _row(known: Recipient) -> dict[str, str]:
    return {
        name: getattr(known, name) or "" for name in ("office", "salutation", "address", "email", "venue")
    }


def _offices_page(session: Session, letter_id: UUID, form: OfficesForm) -> str:
    _, newest = letter_at(session, letter_id)
    return render_template(
        "office/letter_offices.html",
        form=form,
        title_of=newest.title,
        letter_id=letter_id,
        venues=venues.known().values(),
    )


@office.get("/letters/<uuid:letter_id>/box", endpoint="letter_box")
def box(letter_id: UUID) -> str:
    """The box at the top of a testimony, to be filled in."""
    with desk().database.reading() as session:
        letter_at(session, letter_id)
        return _box_page(letter_id, HeaderForm(obj=header(session, letter_id)))


@office.post("/letters/<uuid:letter_id>/box", endpoint="letter_box_save")
def save_box(letter_id: UUID) -> ResponseReturnValue:
    """Fill in the box."""
    form = HeaderForm(request.form)
    if not form.validate() or form.hearing_on.data is None:
        return _box_page(letter_id, form), 422
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        set_header(session, letter_id, _header(form, form.hearing_on.data))
    return go(url_for("office.letter", letter_id=letter_id))


def _header(form: HeaderForm, hearing_on: date) -> Header:
    return Header(
        bill=form.bill.data or "",
        bill_title=form.bill_title.data or "",
        committee=form.committee.data or "",
        hearing_on=hearing_on,
        place=form.place.data or "",
    )


def _box_page(letter_id: UUID, form: HeaderForm) -> str:
    return render_template("office/letter_box.html", form=form, letter_id=letter_id)

"""Who holds which role, from when until when. A term ends by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, ValidationError

from advocacy.people import queries
from advocacy.people.access import clashes
from advocacy.people.actions import give_term
from advocacy.people.models import Term
from advocacy.people.roles import Role
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

LONGEST = timedelta(days=731)


@dataclass(frozen=True, repr=False)
class Held:
    """One term as a page shows it."""

    name: str
    role: str
    begins_on: date
    ends_on: date
    stage: str


class TermForm(OfficeForm):
    """A role for somebody on the roster, from a day to a day."""

    email = Line("Her email address", [InputRequired("Please type the address the roster has for her.")])
    role = SelectField("Role", choices=options((role, role.label) for role in Role))
    begins_on = DateField("First day", [InputRequired("Please give the first day.")])
    ends_on = DateField("Last day", [InputRequired("Please give the last day. A term always ends.")])

    def validate_ends_on(self, field: DateField) -> None:
        """A term lasts two years at most, and ends after it begins."""
        if self.begins_on.data is None or field.data is None:
            return
        if field.data < self.begins_on.data:
            raise ValidationError("The last day comes before the first.")
        if field.data - self.begins_on.data > LONGEST:
            raise ValidationError("A term lasts two years at most.")


@office.get("/roles")
def roles() -> str:
    """Every term, the ones that still run first."""
    today = desk().today(desk().clock())
    return _page(TermForm(data={"begins_on": today}))


@office.post("/roles", endpoint="role_give")
def give() -> ResponseReturnValue:
    """Give a role to somebody on the roster."""
    form = TermForm(request.form)
    if not form.validate():
        return _page(form), 422
    with desk().database.transaction() as session:
        person = _person_for(session, form)
        if person is not None:
            _give(session, person, form)
    if person is None:
        return _page(form), 422
    return go(url_for("office.roles"))


def _give(session: Session, person: UUID, form: TermForm) -> None:
    first, last = form.begins_on.data, form.ends_on.data
    if first is not None and last is not None:
        give_term(session, person, Role(form.role.data), begins_on=first, ends_on=last, by=seat().person_id)


def _person_for(session: Session, form: TermForm) -> UUID | None:
    here = queries.people_at(session, form.email.data or "")
    if len(here) != 1:
        form.email.errors = [
            "Nobody on the roster has this address."
            if not here
            else "Several people read this mailbox. Ask the membership group for an address of her own."
        ]
        return None
    role = Role(form.role.data)
    days = [day for day in (form.begins_on.data, form.ends_on.data) if day is not None]
    held = {role}.union(*(queries.roles_on(session, here[0].id, day) for day in days))
    for pair in clashes(held):
        form.role.errors = [f"One person should not be both {pair[0].label} and {pair[1].label}."]
        return None
    return here[0].id


def _page(form: TermForm) -> str:
    today = desk().today(desk().clock())
    with desk().database.reading() as session:
        held = [_held(session, term, today) for term in queries.terms(session)]
    running = [term for term in held if term.stage != "over"]
    return render_template(
        "office/roles.html", form=form, running=running, over=[term for term in held if term.stage == "over"]
    )


def _held(session: Session, term: Term, today: date) -> Held:
    person = queries.person(session, term.person_id)
    name = queries.names_of(session, person).name if person else "Somebody who was erased"
    stage = "over" if term.ends_on < today else "to come" if term.begins_on > today else "now"
    return Held(name, Role(term.role).label, term.begins_on, term.ends_on, stage)

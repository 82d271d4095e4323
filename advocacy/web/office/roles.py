"""Who holds which role, from when until when. A term ends by itself; every change takes two people."""

from datetime import date
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from advocacy.people import queries, role_changes
from advocacy.people.actions import BackwardsTerm
from advocacy.people.models import Term
from advocacy.people.role_changes import KeptApart, NoExtension, OwnRole, TooLong
from advocacy.people.roles import Role
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.role_values import roles_page
from advocacy.web.pages import desk


class TermForm(OfficeForm):
    """A role for somebody on the roster, from a day to a day."""

    email = Line("Her email address", [InputRequired("Please type the address the roster has for her.")])
    role = SelectField("Role", choices=options((role, role.label) for role in Role))
    begins_on = DateField("First day", [InputRequired("Please give the first day.")])
    ends_on = DateField("Last day", [InputRequired("Please give the last day. A term always ends.")])
    why = Line("Reason, where two roles that are kept apart meet", [Length(max=300)])

    def validate_ends_on(self, field: DateField) -> None:
        """A term lasts two years at most, and ends after it begins."""
        if self.begins_on.data is None or field.data is None:
            return
        if field.data < self.begins_on.data:
            raise ValidationError("The last day comes before the first.")
        if field.data - self.begins_on.data > role_changes.LONGEST:
            raise ValidationError("A term lasts two years at most.")


@office.get("/roles")
def roles() -> str:
    """Every term, the ones that still run first, and the changes that wait for a second person."""
    return _page(TermForm(data={"begins_on": _today()}))


@office.post("/roles", endpoint="role_give")
def give() -> ResponseReturnValue:
    """Propose a role for somebody on the roster."""
    form = TermForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with desk().database.transaction() as session:
            person = _person_for(session, form)
            if person is not None:
                _propose(session, person, form)
    except (KeptApart, OwnRole, TooLong, BackwardsTerm) as fault:
        form.role.errors = [sentence_of(fault)]
        person = None
    if person is None:
        return _page(form), 422
    return go(url_for("office.roles"))


@office.post("/roles/<uuid:term_id>/end", endpoint="role_end")
def end(term_id: UUID) -> ResponseReturnValue:
    """Propose that a term ends at once."""
    with desk().database.transaction() as session:
        term = or_nothing(session.get(Term, term_id))
        try:
            role_changes.propose_end(session, term, by=seat().person_id, today=_today(), now=desk().clock())
        except OwnRole as fault:
            return _page(_empty(), trouble=sentence_of(fault)), 422
    return go(url_for("office.roles"))


@office.post("/roles/<uuid:term_id>/extend", endpoint="role_extend")
def extend(term_id: UUID) -> ResponseReturnValue:
    """Propose thirty days more, by one custodian to another."""
    with desk().database.transaction() as session:
        term = or_nothing(session.get(Term, term_id))
        by, now = seat().person_id, desk().clock()
        try:
            role_changes.propose_extension(session, term, by=by, today=_today(), now=now)
        except (OwnRole, NoExtension) as fault:
            return _page(_empty(), trouble=sentence_of(fault)), 422
    return go(url_for("office.roles"))


def _propose(session: Session, person: UUID, form: TermForm) -> None:
    first, last = form.begins_on.data, form.ends_on.data
    assert first and last
    role_changes.propose_term(
        session,
        person,
        Role(form.role.data),
        begins_on=first,
        ends_on=last,
        why=form.why.data or "",
        by=seat().person_id,
        now=desk().clock(),
    )


def _person_for(session: Session, form: TermForm) -> UUID | None:
    here = queries.people_at(session, form.email.data or "")
    if len(here) == 1:
        return here[0].id
    form.email.errors = [
        "Nobody on the roster has this address."
        if not here
        else "Several people read this mailbox. Ask the membership group for an address of her own."
    ]
    return None


def _today() -> date:
    return desk().today(desk().clock())


def _empty() -> TermForm:
    return TermForm(data={"begins_on": _today()})


def _page(form: TermForm, trouble: str = "") -> str:
    with desk().database.reading() as session:
        page = roles_page(session, seat(), today=_today(), now=desk().clock())
        return render_template("office/roles.html", form=form, page=page, trouble=trouble)

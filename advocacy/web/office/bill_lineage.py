"""The same matter in another session: which bill this one goes on with, and what we thought of that one."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from advocacy.bills.lineage.actions import NotItsSuccessor, goes_on_with, stands_alone
from advocacy.bills.lineage.queries import earlier_bills, lineage_of
from advocacy.positions.continuing import take_over
from advocacy.web.errors import sentence_of
from advocacy.web.forms import OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.bill_values import bill_at
from advocacy.web.office.door import office, seat
from advocacy.web.office.position_values import position_at
from advocacy.web.pages import desk


class BeforeForm(OfficeForm):
    """The earlier bill that is the same matter."""

    earlier = SelectField("The earlier bill")


@office.get("/bills/<uuid:bill_id>/before", endpoint="bill_before")
def ask(bill_id: UUID) -> str:
    """Which earlier bill does it go on with?"""
    return _page(bill_id, BeforeForm())


@office.post("/bills/<uuid:bill_id>/before", endpoint="bill_before_say")
def say(bill_id: UUID) -> ResponseReturnValue:
    """Keep the answer."""
    form = BeforeForm(request.form)
    page = _page(bill_id, form, check=True)
    if form.errors:
        return page, 422
    return goes_on(bill_id, UUID(form.earlier.data))


@office.post("/bills/<uuid:bill_id>/before/<uuid:earlier_id>", endpoint="bill_goes_on")
def goes_on(bill_id: UUID, earlier_id: UUID) -> ResponseReturnValue:
    """Keep that it goes on with this one."""
    now = desk().clock()
    try:
        with desk().database.transaction() as session:
            bill_at(session, bill_id, now), bill_at(session, earlier_id, now)
            goes_on_with(session, bill_id, earlier_id, by=seat().person_id, now=now)
    except NotItsSuccessor as fault:
        form = BeforeForm(formdata=None)
        form.earlier.errors = [sentence_of(fault)]
        return _page(bill_id, form), 422
    return _back(bill_id)


@office.post("/bills/<uuid:bill_id>/alone", endpoint="bill_stands_alone")
def alone(bill_id: UUID) -> ResponseReturnValue:
    """Take it back."""
    with desk().database.transaction() as session:
        bill_at(session, bill_id, desk().clock())
        stands_alone(session, bill_id, by=seat().person_id)
    return _back(bill_id)


@office.post("/bills/<uuid:bill_id>/positions/<uuid:position_id>", endpoint="bill_take_over")
def take(bill_id: UUID, position_id: UUID) -> ResponseReturnValue:
    """Write the draft in which our position speaks of this bill too."""
    now = desk().clock()
    with desk().database.transaction() as session:
        bill_at(session, bill_id, now)
        position_at(session, position_id, now)
        take_over(session, position_id, bill_id, by=seat().person_id, now=now)
    return go(url_for("office.position", position_id=position_id))


def _back(bill_id: UUID) -> ResponseReturnValue:
    return go(url_for("office.bill", bill_id=bill_id))


def _page(bill_id: UUID, form: BeforeForm, *, check: bool = False) -> str:
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, desk().clock())
        before = lineage_of(session, bill_id).before
        earlier = earlier_bills(session, bill_id)
    form.earlier.choices = options((str(one.id), f"{one.reference}: {one.title}") for one in earlier)
    if check:
        form.validate()
    nearest = before[0] if before else None
    return render_template("office/bill_before.html", page=page, form=form, before=nearest)

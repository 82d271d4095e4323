"""What a person types in about a bill: a bill nobody publishes, its stage, a hearing."""

from datetime import datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from advocacy.bills.entering import enter_by_hand, enter_hearing
from advocacy.bills.overrides import lift_override, override_status
from advocacy.bills.status import Stage
from advocacy.clock import NoSuchTime, TwiceThatTime, moment_in
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.bill_typed import STAGES, TypedForm
from advocacy.web.office.bill_values import bill_at
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class StageForm(OfficeForm):
    """Where a person says a bill stands, and why."""

    stage = SelectField("It is now", choices=options(STAGES))
    reason = Line("How do you know?", [DataRequired("Say why. The reason stands beside the bill.")])


class HearingForm(OfficeForm):
    """A date with a place, at which a committee takes up a bill."""

    committee = Line("Committee", [DataRequired("Which committee holds it?")])
    on = DateField("Day", [InputRequired("Please give the day.")])
    at = TimeField("Time", [Optional()])
    location = Line("Place")

    def validate_at(self, field: TimeField) -> None:
        """The time exists once on that day."""
        try:
            self.moment()
        except (NoSuchTime, TwiceThatTime) as fault:
            raise ValidationError(sentence_of(fault)) from fault

    def moment(self) -> datetime | None:
        """The hour, where it is known."""
        if self.at.data is None or self.on.data is None:
            return None
        return moment_in(desk().config.time_zone, self.on.data, self.at.data)


@office.get("/bills/by-hand", endpoint="bill_new")
def type_in() -> str:
    """A bill nobody publishes, to be typed in."""
    known = {name: request.args.get(name, "")[:500] for name in ("reference", "title")}
    form = TypedForm(data=known)
    return render_template("office/bill_by_hand.html", form=form)


@office.post("/bills/by-hand", endpoint="bill_enter")
def enter() -> ResponseReturnValue:
    """Keep what was typed."""
    form = TypedForm(request.form)
    if not form.validate():
        return render_template("office/bill_by_hand.html", form=form), 422
    with desk().database.transaction() as session:
        bill_id = enter_by_hand(session, form.entry(), by=seat().person_id, now=desk().clock())
    return go(url_for("office.bill", bill_id=bill_id))


@office.get("/bills/<uuid:bill_id>/stage", endpoint="bill_stage")
def ask_stage(bill_id: UUID) -> str:
    """Where does it really stand?"""
    return _about(bill_id, "office/bill_stage.html", StageForm())


@office.post("/bills/<uuid:bill_id>/stage", endpoint="bill_stage_say")
def say_stage(bill_id: UUID) -> ResponseReturnValue:
    """Put a person's word above what the steps say."""
    form = StageForm(request.form)
    page, now = _about(bill_id, "office/bill_stage.html", form, check=True), desk().clock()
    if form.errors:
        return page, 422
    stage, reason = Stage[form.stage.data], form.reason.data or ""
    with desk().database.transaction() as session:
        override_status(session, bill_id, stage, reason=reason, by=seat().person_id, now=now)
    return go(url_for("office.bill", bill_id=bill_id))


@office.post("/bills/<uuid:bill_id>/stage/steps", endpoint="bill_stage_unsay")
def unsay_stage(bill_id: UUID) -> ResponseReturnValue:
    """Let the steps speak again."""
    now = desk().clock()
    with desk().database.transaction() as session:
        bill_at(session, bill_id, now)
        lift_override(session, bill_id, by=seat().person_id, now=now)
    return go(url_for("office.bill", bill_id=bill_id))


@office.get("/bills/<uuid:bill_id>/hearing", endpoint="bill_hearing")
def ask_hearing(bill_id: UUID) -> str:
    """A hearing no source told us of."""
    return _about(bill_id, "office/bill_hearing.html", HearingForm())


@office.post("/bills/<uuid:bill_id>/hearing", endpoint="bill_hearing_enter")
def keep_hearing(bill_id: UUID) -> ResponseReturnValue:
    """Put it on the bill."""
    form = HearingForm(request.form)
    page, now = _about(bill_id, "office/bill_hearing.html", form, check=True), desk().clock()
    if form.errors or form.on.data is None:
        return page, 422
    said = {"committee": form.committee.data or "", "location": form.location.data or ""}
    with desk().database.transaction() as session:
        enter_hearing(
            session, bill_id, **said, on=form.on.data, at=form.moment(), by=seat().person_id, now=now
        )
    return go(url_for("office.bill", bill_id=bill_id))


def _about(bill_id: UUID, template: str, form: OfficeForm, *, check: bool = False) -> str:
    """The page of a form about one bill; with `check`, after looking at what was typed."""
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, desk().clock())
    if check:
        form.validate()
    return render_template(template, form=form, page=page, zone=desk().config.time_zone)

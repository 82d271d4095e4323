"""Asking the group to decide, and giving it more time."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import UUID as IsId
from wtforms.validators import DataRequired, InputRequired

from advocacy.positions import rounds
from advocacy.web.errors import NotHere, sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.moments import Later, Moment
from advocacy.web.office.decision_values import seen_by
from advocacy.web.office.door import office, seat
from advocacy.web.office.position_values import position_at
from advocacy.web.pages import desk

USUAL = timedelta(days=5)
_GIVE = "Please give a day and a time."
_OVER = "This moment is over already. Please give people time to answer."
_CANNOT_BEGIN = (rounds.NotTheNewest, rounds.AlreadyApproved, rounds.AnotherIsOpen, rounds.TooFewToDecide)
_CANNOT_GO_ON = (rounds.DecisionOver, rounds.NotTheNewest, rounds.TimeTooShort)


class TimeForm(OfficeForm):
    """Until when a decision is open."""

    closes_at = Moment("Until when", [InputRequired(_GIVE), Later(_OVER)])

    def moment(self) -> datetime:
        """The moment itself, once the form is valid."""
        assert self.closes_at.data is not None
        return self.closes_at.data


class RoundForm(TimeForm):
    """What the group is asked, about which version."""

    question = Line("The question", [DataRequired("Please write the question.")])
    version_id = HiddenField(validators=[IsId()])


@office.get("/positions/<uuid:position_id>/decide", endpoint="decision_new")
def ask(position_id: UUID) -> str:
    """What should the group decide, and until when?"""
    return _round_page(position_id, None)


@office.post("/positions/<uuid:position_id>/decide", endpoint="decision_begin")
def begin(position_id: UUID) -> ResponseReturnValue:
    """Ask everybody who is in the group today about the version that was read."""
    form = RoundForm(request.form)
    if not form.validate():
        return _round_page(position_id, form), 422
    try:
        decision_id = _begin(position_id, form)
    except _CANNOT_BEGIN as fault:
        form.question.errors = [sentence_of(fault)]
        return _round_page(position_id, form), 422
    return go(url_for("office.decision", decision_id=decision_id))


def _begin(position_id: UUID, form: RoundForm) -> UUID:
    now, version_id, closes_at = desk().clock(), UUID(form.version_id.data), form.moment()
    question, by = form.question.data or "", seat().person_id
    with desk().database.transaction() as session:
        if version_id not in {one.id for one in position_at(session, position_id, now).versions}:
            raise NotHere
        held = rounds.begin_decision(
            session, version_id, question=question, closes_at=closes_at, by=by, now=now
        )
        return held.id


def _round_page(position_id: UUID, form: RoundForm | None) -> str:
    now = desk().clock()
    with desk().database.reading() as session:
        page = position_at(session, position_id, now)
    usual = {"question": "Is this what we want to say?", "closes_at": now + USUAL}
    form = form or RoundForm(data={**usual, "version_id": str(page.current.id)})
    return render_template("office/decision_new.html", form=form, page=page)


@office.get("/decisions/<uuid:decision_id>/time", endpoint="decision_time")
def ask_time(decision_id: UUID) -> str:
    """Until when should it go on?"""
    return _time_page(decision_id, TimeForm(data={"closes_at": desk().clock() + USUAL}))


@office.post("/decisions/<uuid:decision_id>/time", endpoint="decision_more_time")
def give_time(decision_id: UUID) -> ResponseReturnValue:
    """Let it end later. Nobody's time is made shorter."""
    form, now = TimeForm(request.form), desk().clock()
    if not form.validate():
        return _time_page(decision_id, form), 422
    try:
        with desk().database.transaction() as session:
            seen_by(session, decision_id, seat(), now)
            until, by = form.moment(), seat().person_id
            rounds.give_more_time(session, decision_id, closes_at=until, by=by, now=now)
    except _CANNOT_GO_ON as fault:
        form.closes_at.errors = [sentence_of(fault)]
        return _time_page(decision_id, form), 422
    return go(url_for("office.decision", decision_id=decision_id))


def _time_page(decision_id: UUID, form: TimeForm) -> str:
    with desk().database.reading() as session:
        seen = seen_by(session, decision_id, seat(), desk().clock())
    return render_template("office/decision_time.html", form=form, seen=seen)

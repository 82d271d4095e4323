"""Where a position stands on a bill. A changed stance is a new version, and the group is asked again."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, SelectField
from wtforms.widgets import HiddenInput

from advocacy.bills.queries import bill_names, text_names
from advocacy.positions.actions import Overtaken, StanceOn, write_version
from advocacy.positions.pages import VersionView
from advocacy.positions.stances import Stance
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.position_values import position_at, stances_of
from advocacy.web.pages import desk


class StanceForm(OfficeForm):
    """A bill, where we stand on it, and on which of its texts."""

    bill = SelectField("Bill")
    stance = SelectField(
        "Where we stand", choices=options([*((s, s.label) for s in Stance), ("", "We say nothing about it")])
    )
    text_version = Line("Which text of the bill")
    based_on = IntegerField(default=0, widget=HiddenInput())

    def taking(self, version: VersionView) -> tuple[StanceOn, ...]:
        """The stances of a version with this one put in, replaced or taken out."""
        chosen = UUID(self.bill.data)
        kept = [StanceOn(s.bill_id, s.stance, s.text_version) for s in version.stances if s.bill_id != chosen]
        if self.stance.data:
            kept.append(StanceOn(chosen, Stance(self.stance.data), self.text_version.data or ""))
        return tuple(kept)


@office.get("/positions/<uuid:position_id>/stance", endpoint="position_stance")
def ask(position_id: UUID) -> str:
    """Where do we stand? It begins with where we stand today, on the bill asked for or the first."""
    with desk().database.reading() as session:
        newest = position_at(session, position_id, desk().clock()).current
    return _page(position_id, StanceForm(data=_today(newest, request.args.get("bill", ""))))


@office.post("/positions/<uuid:position_id>/stance", endpoint="position_stance_take")
def take(position_id: UUID) -> ResponseReturnValue:
    """Write the next version with the same words and this stance."""
    form = StanceForm(request.form)
    page = _page(position_id, form, check=True)
    if form.errors:
        return page, 422
    try:
        _take(position_id, form)
    except Overtaken as fault:
        again = StanceForm(data={name: value for name, value in form.data.items() if name != "based_on"})
        again.bill.errors = [sentence_of(fault)]
        return _page(position_id, again), 422
    return go(url_for("office.position", position_id=position_id))


def _today(newest: VersionView, bill: str) -> dict[str, object]:
    taken = {str(line.bill_id): line for line in newest.stances}
    line = taken.get(bill) or (None if bill else next(iter(newest.stances), None))
    if line is None:
        return {"bill": bill, "stance": ""}
    return {"bill": str(line.bill_id), "stance": line.stance.value, "text_version": line.text_version}


def _take(position_id: UUID, form: StanceForm) -> None:
    now = desk().clock()
    with desk().database.transaction() as session:
        newest = position_at(session, position_id, now).current
        write_version(
            session,
            position_id,
            title=newest.title,
            body=newest.body,
            by=seat().person_id,
            based_on=form.based_on.data or 0,
            now=now,
            taking=form.taking(newest),
            note="where we stand on a bill",
        )


def _page(position_id: UUID, form: StanceForm, *, check: bool = False) -> str:
    now = desk().clock()
    with desk().database.reading() as session:
        page = position_at(session, position_id, now)
        lines, texts = bill_names(session), text_names(session)
        stances = stances_of(session, page.current, now)
    form.bill.choices = options((str(line.id), f"{line.identifier}: {line.title}") for line in lines)
    if check:
        form.validate()
    elif not form.based_on.data:
        form.based_on.data = page.current.n
    return render_template("office/position_stance.html", form=form, page=page, texts=texts, stances=stances)

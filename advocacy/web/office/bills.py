"""Bills: those we follow, beginning to follow one, and one bill with all that is known about it."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from advocacy.bills.identifiers import BadReference
from advocacy.bills.news.queries import is_watching
from advocacy.bills.page import committee_name
from advocacy.bills.sources.source import SourceFault
from advocacy.bills.tracking import look, track_reference
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.bill_filter import PRIORITIES, place_name, wanted_from
from advocacy.web.office.bill_list import bill_list
from advocacy.web.office.bill_values import bill_at, standing_of, work_on
from advocacy.web.office.bill_work import NoteForm, work_shown
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class TrackForm(OfficeForm):
    """Which bill to follow, in any spelling."""

    reference = Line("Follow another bill", [DataRequired("Please type a bill, such as us 119 H.R. 1144.")])


@office.get("/bills")
def bills() -> str:
    """The bills we follow and where each stands, narrowed as the address says, fifty a page."""
    return _list(TrackForm(data={"reference": request.args.get("reference", "")[:200]}))


@office.post("/bills", endpoint="bill_track")
def follow() -> ResponseReturnValue:
    """Begin to follow a bill: its service is asked, and what it says is kept."""
    form = TrackForm(request.form)
    if not form.validate():
        return _list(form), 422
    try:
        reference = form.reference.data or ""
        bill_id = track_reference(desk().database, desk().config, reference, desk().clock())
    except (BadReference, SourceFault) as fault:
        form.reference.errors = [str(fault) or sentence_of(fault)]
        return _list(form, by_hand=isinstance(fault, SourceFault)), 422
    return go(url_for("office.bill", bill_id=bill_id))


def _list(form: TrackForm, *, by_hand: bool = False) -> str:
    wanted = wanted_from(request.args)
    with desk().database.reading() as session:
        shown = bill_list(session, wanted, desk().today(desk().clock()))
    return render_template(
        "office/bills.html",
        form=form,
        shown=shown,
        by_hand=by_hand,
        place_name=place_name,
        me=seat().person_id,
        priorities=PRIORITIES,
    )


@office.get("/bills/<uuid:bill_id>")
def bill(bill_id: UUID) -> str:
    """One bill: where it stands and why, what happened to it, who carries it, and how old this is."""
    return _page(bill_id, changed=request.args.get("changed", type=int))


@office.post("/bills/<uuid:bill_id>", endpoint="bill_refresh")
def look_again(bill_id: UUID) -> ResponseReturnValue:
    """Ask the service again. Where it lets us down, what is known stays, and its sentence is shown."""
    now = desk().clock()
    with desk().database.reading() as session:
        key = bill_at(session, bill_id, now).key
    try:
        seen = look(desk().database, desk().config, key, now)
    except SourceFault as fault:
        return _page(bill_id, fault=str(fault) or sentence_of(fault)), 422
    return go(url_for("office.bill", bill_id=bill_id, changed=len(seen.changes)))


def _page(bill_id: UUID, *, changed: int | None = None, fault: str = "") -> str:
    now = desk().clock()
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, now)
        standing, ours = standing_of(session, page, now), work_on(session, page, now)
        work = work_shown(session, bill_id)
        watching = is_watching(session, seat().person_id, bill_id)
    return render_template(
        "office/bill.html",
        page=page,
        standing=standing,
        ours=ours,
        work=work,
        note_form=NoteForm(),
        watching=watching,
        committee_name=committee_name,
        changed=changed,
        fault=fault,
    )

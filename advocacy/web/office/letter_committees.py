"""A letter written to the committees that have its bills: who that is today, before anything changes."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.bills.legislators.queries import committee_by_id
from advocacy.campaigns import addressing
from advocacy.campaigns.envelopes import Whom
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.pages import desk


@office.get("/letters/<uuid:letter_id>/committees", endpoint="letter_committees")
def choose(letter_id: UUID) -> str:
    """Which committee, and whom of it?"""
    with desk().database.reading() as session:
        _, newest = letter_at(session, letter_id)
        having = addressing.committees_of_letter(session, letter_id)
        return render_template(
            "office/letter_committees.html",
            letter_id=letter_id,
            title_of=newest.title,
            having=having,
            others=[one for one in addressing.other_committees(session, letter_id) if one not in having],
        )


@office.get("/letters/<uuid:letter_id>/committees/<uuid:committee_id>", endpoint="letter_committee")
def show(letter_id: UUID, committee_id: UUID) -> str:
    """Who comes, who goes and who stays."""
    return _page(letter_id, committee_id, _whom(request.args.get("whom", "")))


@office.post("/letters/<uuid:letter_id>/committees/<uuid:committee_id>", endpoint="letter_committee_save")
def save(letter_id: UUID, committee_id: UUID) -> ResponseReturnValue:
    """Write to just those who were shown."""
    now, whom = desk().clock(), _whom(request.form.get("whom", ""))
    try:
        with desk().database.transaction() as session:
            letter_at(session, letter_id)
            committee = or_nothing(committee_by_id(session, committee_id))
            mark, by = request.form.get("mark", ""), seat().person_id
            today = desk().today(now)
            addressing.address(session, letter_id, committee, whom, mark=mark, by=by, now=now, today=today)
    except (addressing.OthersSitThere, addressing.NobodySitsThere) as fault:
        return _page(letter_id, committee_id, whom, sentence_of(fault)), 409
    return go(url_for("office.letter", letter_id=letter_id, _anchor="offices"))


def _whom(typed: str) -> Whom:
    return Whom(typed) if typed in set(Whom) else Whom.LEADERS


def _page(letter_id: UUID, committee_id: UUID, whom: Whom, trouble: str = "") -> str:
    today = desk().today(desk().clock())
    with desk().database.reading() as session:
        letter_at(session, letter_id)
        committee = or_nothing(committee_by_id(session, committee_id))
        return render_template(
            "office/letter_committee.html",
            form=OfficeForm(),
            letter_id=letter_id,
            found=addressing.addressed(session, letter_id, committee, whom, today),
            whom_all=list(Whom),
            trouble=trouble,
        )

"""Those who decide: one legislator, one committee on a day, and the names on bills that are nobody's yet."""

from datetime import date
from uuid import UUID

from flask import render_template, request

from advocacy.bills.legislators.queries import (
    bills_before,
    bills_carried,
    committee_by_id,
    legislator_by_id,
    members_on,
    offices_of,
    parts_of,
    readings,
    seats_of,
    unmatched,
    words_kept,
)
from advocacy.web.errors import or_nothing
from advocacy.web.office.door import office
from advocacy.web.pages import desk


@office.get("/legislators/<uuid:legislator_id>", endpoint="legislator")
def legislator(legislator_id: UUID) -> str:
    """One legislator: seats, offices, and the bills of ours they carry."""
    with desk().database.reading() as session:
        person = or_nothing(legislator_by_id(session, legislator_id))
        return render_template(
            "office/legislator.html",
            person=person,
            offices=offices_of(session, [person.id]).get(person.id, ()),
            seats=seats_of(session, person.id),
            bills=bills_carried(session, person),
            read={one.jurisdiction: one for one in readings(session)}.get(person.jurisdiction),
        )


@office.get("/committees/<uuid:committee_id>", endpoint="committee")
def committee(committee_id: UUID) -> str:
    """One committee: who sits on it on a day, and the bills of ours it has."""
    day = _day(request.args.get("on", "")) or desk().today(desk().clock())
    with desk().database.reading() as session:
        body = or_nothing(committee_by_id(session, committee_id))
        return render_template(
            "office/committee.html",
            body=body,
            day=day,
            members=members_on(session, body.id, day),
            parts=parts_of(session, body),
            bills=bills_before(session, body),
            read={one.jurisdiction: one for one in readings(session)}.get(body.jurisdiction),
        )


@office.get("/legislators", endpoint="legislators")
def open_names() -> str:
    """What was taken in and when, and the names that are nobody we know."""
    with desk().database.reading() as session:
        return render_template(
            "office/legislators.html",
            readings=readings(session),
            unmatched=unmatched(session),
            kept=words_kept(session),
        )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

"""Takes in what the files say: new rows for what is new, a last day for what is over. Nothing is deleted."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.legislators.facts import OfficeFact, Told, folded
from advocacy.bills.legislators.keeping import Report, end_missing, in_parts, with_codes, write
from advocacy.bills.legislators.models import Legislator, LegislatorName, LegislatorOffice, PeopleReading
from advocacy.bills.legislators.seating import end_seats_of_the_gone, take_committees, take_seats


def take_in(session: Session, told: Told, *, origin: str, today: date, now: datetime) -> Report:
    """Keep what one family of files says. Told again, the same words change nothing."""
    report = Report(told.family, faults=list(told.faults))
    people = _people(session, told, today, report)
    _offices(session, told, people, today, report)
    committees = take_committees(session, told, today, report)
    take_seats(session, told, committees, people, today, report)
    end_seats_of_the_gone(session, today, report)
    for place in sorted(told.places):
        here = sum(one.jurisdiction == place for one in told.people.values())
        before = session.get(PeopleReading, (place, told.family))
        session.merge(
            PeopleReading(
                jurisdiction=place,
                family=told.family,
                origin=origin,
                read_at=now,
                people=here or (before.people if before else 0),
                faults=len(report.faults),
            )
        )
    session.flush()
    return report


def _people(session: Session, told: Told, today: date, report: Report) -> dict[str, UUID]:
    known = {row.code: row for row in with_codes(session, Legislator, told.people)}
    names = _names_of(session, [row.id for row in known.values()])
    for code, fact in told.people.items():
        row = known.get(code)
        if row is None:
            row = known[code] = Legislator(id=uuid4(), code=code, from_on=today, gone_on=None)
            write(row, fact, leave=("names",))
            session.add(row)
            report.added += 1
        else:
            report.changed += write(row, fact, leave=("names",)) or row.gone_on is not None
            row.gone_on = None
        new = {folded(name) for name in (fact.name, *fact.names)} - names.get(row.id, set())
        session.add_all(LegislatorName(legislator_id=row.id, folded=name) for name in sorted(new))
    session.flush()
    end_missing(session, Legislator, "people", told, set(told.people), today, report)
    everybody = select(Legislator.code, Legislator.id)
    return {code: id for code, id in session.execute(everybody)}


def _names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for part in in_parts(ids):
        asked = select(LegislatorName).where(LegislatorName.legislator_id.in_(part))
        for row in session.scalars(asked):
            found.setdefault(row.legislator_id, set()).add(row.folded)
    return found


def _offices(session: Session, told: Told, people: Mapping[str, UUID], today: date, report: Report) -> None:
    ids = {people[code]: rooms for code, rooms in told.offices.items() if code in people}
    report.unmatched += [f"offices of {code}" for code in told.offices if code not in people]
    live: dict[tuple[UUID, str], dict[OfficeFact, LegislatorOffice]] = {}
    for part in in_parts(ids):
        asked = select(LegislatorOffice).where(LegislatorOffice.legislator_id.in_(part))
        for row in session.scalars(asked.where(LegislatorOffice.gone_on.is_(None))):
            fact = OfficeFact(**{f.name: getattr(row, f.name) for f in fields(OfficeFact)})
            live.setdefault((row.legislator_id, row.kind), {})[fact] = row
    for id, rooms in ids.items():
        for kind, told_rooms in rooms.items():
            before = live.get((id, kind), {})
            for gone in before.keys() - set(told_rooms):
                before[gone].gone_on = today
                report.ended += 1
            for new in dict.fromkeys(told_rooms):
                if new not in before:
                    row = LegislatorOffice(id=uuid4(), legislator_id=id, from_on=today, gone_on=None)
                    write(row, new)
                    session.add(row)
                    report.added += 1

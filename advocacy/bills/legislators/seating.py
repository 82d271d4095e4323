"""Takes in committees and who sits on them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.legislators.facts import SeatFact, Told, folded
from advocacy.bills.legislators.keeping import Report, end_missing, in_parts, with_codes, write
from advocacy.bills.legislators.matching import by_names
from advocacy.bills.legislators.models import Committee, Legislator, Seat


def take_committees(session: Session, told: Told, today: date, report: Report) -> dict[str, UUID]:
    """Keep the committees; the id of each by its code."""
    codes = set(told.committees) | set(told.seats)
    known = {row.code: row for row in with_codes(session, Committee, codes)}
    for code, fact in told.committees.items():
        row = known.get(code)
        if row is None:
            row = known[code] = Committee(id=uuid4(), code=code, from_on=today, gone_on=None)
            write(row, fact)
            session.add(row)
            report.added += 1
        else:
            report.changed += write(row, fact) or row.gone_on is not None
            row.gone_on = None
    session.flush()
    end_missing(session, Committee, "committees", told, set(told.committees), today, report)
    report.unmatched += [f"the committee {code}" for code in told.seats if code not in known]
    return {code: row.id for code, row in known.items()}


def take_seats(
    session: Session,
    told: Told,
    committees: Mapping[str, UUID],
    people: Mapping[str, UUID],
    today: date,
    report: Report,
) -> None:
    """Keep who sits where. A seat not told any more has its last day; another role is another seat."""
    live: dict[UUID, list[Seat]] = {}
    for part in in_parts(list(committees.values())):
        asked = select(Seat).where(Seat.committee_id.in_(part), Seat.gone_on.is_(None))
        for row in session.scalars(asked):
            live.setdefault(row.committee_id, []).append(row)
    for code, seats in told.seats.items():
        if code in committees:
            place = "us" if "/" not in code else told.committees[code].jurisdiction
            ids = [(fact, people.get(fact.code) or _by_name(session, place, fact)) for fact in seats]
            report.unmatched += [f"{fact.name} ({code})" for fact, id in ids if id is None]
            _one_committee(session, committees[code], ids, live.get(committees[code], []), today, report)
    if ("seats", "us") in told.whole:
        for code, id in _federal(session).items():
            if code not in told.seats:
                _end_all(live.get(id) or _live_seats(session, id), today, report)


def _by_name(session: Session, place: str, fact: SeatFact) -> UUID | None:
    if fact.code:
        return None
    found = by_names(session, place, [fact.name]).get(folded(fact.name), ())
    return next(iter(found)) if len(found) == 1 else None


def _one_committee(
    session: Session,
    committee_id: UUID,
    told: Iterable[tuple[SeatFact, UUID | None]],
    live: Collection[Seat],
    today: date,
    report: Report,
) -> None:
    before = {_mark(row): row for row in live}
    for fact, legislator_id in told:
        row = before.pop((fact.code or fact.name, fact.role, fact.title), None)
        if row is None:
            row = Seat(id=uuid4(), committee_id=committee_id, from_on=today, gone_on=None)
            session.add(row)
            report.added += 1
        else:
            report.changed += (row.legislator_id, row.rank) != (legislator_id, fact.rank)
        write(row, fact)
        row.legislator_id = legislator_id
    _end_all(before.values(), today, report)


def _mark(row: Seat) -> tuple[str, str, str]:
    return row.code or row.name, row.role, row.title


def _live_seats(session: Session, committee_id: UUID) -> list[Seat]:
    asked = select(Seat).where(Seat.committee_id == committee_id, Seat.gone_on.is_(None))
    return list(session.scalars(asked))


def _federal(session: Session) -> dict[str, UUID]:
    asked = select(Committee.code, Committee.id).where(Committee.jurisdiction == "us")
    return {code: id for code, id in session.execute(asked)}


def end_seats_of_the_gone(session: Session, today: date, report: Report) -> None:
    """Nobody sits on a committee that is gone, or after they left."""
    for owner, key in ((Legislator, Seat.legislator_id), (Committee, Seat.committee_id)):
        asked = select(Seat).join(owner, owner.id == key)
        _end_all(
            session.scalars(asked.where(owner.gone_on.is_not(None), Seat.gone_on.is_(None))), today, report
        )


def _end_all(rows: Iterable[Seat], today: date, report: Report) -> None:
    for row in rows:
        row.gone_on = today
        report.ended += 1

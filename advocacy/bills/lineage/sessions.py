"""When each session ends: of Congress the calendar says it, of a state or a city a person here does."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill, SessionEnd
from advocacy.bills.status import congress_ends_on


class CongressEndsByItself(Exception):
    """A Congress ends on 3 January of the odd year. Nobody needs to say so."""


@dataclass(frozen=True)
class SessionLine:
    """A session with bills of ours: how many, and its last day where that is known."""

    jurisdiction: str
    session: str
    bills: int
    ends_on: date | None


def sessions_of(session: Session) -> tuple[SessionLine, ...]:
    """Every session that has a bill of ours, by place, the newest first."""
    asked = select(Bill.jurisdiction, Bill.session, func.count()).group_by(Bill.jurisdiction, Bill.session)
    said = {(row.jurisdiction, row.session): row.ends_on for row in session.scalars(select(SessionEnd))}
    rows = session.execute(asked.order_by(Bill.jurisdiction, Bill.session.desc()))
    return tuple(
        SessionLine(place, name, many, said.get((place, name)) or _by_calendar(place, name))
        for place, name, many in rows
    )


def say_session_ends(
    session: Session, jurisdiction: str, name: str, ends_on: date | None, *, by: UUID, now: datetime
) -> None:
    """Keep on which day a session ends, or that we do not know. The same again is nothing."""
    if jurisdiction == "us":
        raise CongressEndsByItself
    said = session.get(SessionEnd, (jurisdiction, name))
    if (said.ends_on if said else None) == ends_on:
        return
    if said and ends_on is None:
        session.delete(said)
    if ends_on is not None:
        said = said or SessionEnd(jurisdiction=jurisdiction, session=name)
        said.ends_on, said.said_by, said.said_at = ends_on, by, now
        session.add(said)
    why = f"{jurisdiction} {name}: {ends_on or 'not known'}"
    audit.record(session, "session.ends", actor=by, about="session", why=why)
    session.flush()


def _by_calendar(jurisdiction: str, name: str) -> date | None:
    return congress_ends_on(BillKey(jurisdiction, name, "HR", 1)) if jurisdiction == "us" else None

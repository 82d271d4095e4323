"""Rows the tests of this room begin with: fictional deciders and one bill."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.bills.models import Bill
from advocacy.people.models import Person, Term
from advocacy.people.roles import Role


def a_person(session: Session, now: datetime, role: Role | None = Role.PWG_MEMBER) -> UUID:
    """Somebody with a data key and, unless told otherwise, a place in the working group."""
    id = uuid4()
    vault.new_holder(session, id)
    session.add(Person(id=id, joined_on=now.date()))
    session.flush()
    if role is not None:
        session.add(Term(person_id=id, role=role, begins_on=date(2026, 1, 1), ends_on=date(2027, 6, 30)))
        session.flush()
    return id


def a_bill(session: Session, now: datetime, number: int = 1144) -> Bill:
    """A bill of the 119th Congress, entered by hand."""
    bill = Bill(
        id=uuid4(),
        jurisdiction="us",
        session="119",
        prefix="HR",
        number=number,
        suffix="",
        identifier=f"H.R. {number}",
        title="A bill to test with",
        introduced_on=date(2025, 2, 7),
        laws=[],
        source="hand",
        source_url="",
        fetched_at=now,
        unread=0,
    )
    session.add(bill)
    session.flush()
    return bill

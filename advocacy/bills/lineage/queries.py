"""Reads which bill went on as which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.lineage.likeness import ALIKE, is_later, likeness
from advocacy.bills.lineage.models import Succession
from advocacy.bills.models import Bill
from advocacy.bills.queries import bill_by_id, key_of

_OFFERED = 5


@dataclass(frozen=True)
class Kin:
    """A bill of another session that is the same matter. `said_at` is None where nobody has said so yet."""

    id: UUID
    reference: str
    identifier: str
    session: str
    title: str
    said_at: datetime | None = None


@dataclass(frozen=True)
class Lineage:
    """The bills before this one, the nearest first; what it came back as; and what looks like either."""

    before: tuple[Kin, ...]
    after: tuple[Kin, ...]
    maybe_before: tuple[Kin, ...]
    maybe_after: tuple[Kin, ...]


def lineage_of(session: Session, bill_id: UUID) -> Lineage:
    """What this bill goes on with and went on as, or `NoSuchBill`."""
    bill = bill_by_id(session, bill_id)
    before, after = _before(session, bill_id), _after(session, bill_id)
    alike = _alike(session, bill)
    return Lineage(
        before=before,
        after=after,
        maybe_before=() if before else _kin(one for one in alike if is_later(bill.session, one.session)),
        maybe_after=() if after else _kin(one for one in alike if is_later(one.session, bill.session)),
    )


def forebears(session: Session, bill_id: UUID) -> tuple[UUID, ...]:
    """The ids of the bills before this one, the nearest first."""
    return tuple(one.id for one in _before(session, bill_id))


def earlier_bills(session: Session, bill_id: UUID) -> tuple[Kin, ...]:
    """Every bill of an earlier session of the same place, the likeliest first."""
    bill = bill_by_id(session, bill_id)
    others = (one for one in _of_place(session, bill) if is_later(bill.session, one.session))
    return _kin(sorted(others, key=lambda one: likeness(bill.title, one.title), reverse=True), most=500)


def _before(session: Session, bill_id: UUID) -> tuple[Kin, ...]:
    found: list[Kin] = []
    said = session.get(Succession, bill_id)
    while said is not None:
        found.append(_one(bill_by_id(session, said.earlier_id), said.said_at))
        said = session.get(Succession, said.earlier_id)
    return tuple(found)


def _after(session: Session, bill_id: UUID) -> tuple[Kin, ...]:
    asked = select(Succession, Bill).join(Bill, Bill.id == Succession.later_id)
    asked = asked.where(Succession.earlier_id == bill_id).order_by(Bill.session, Bill.prefix, Bill.number)
    return tuple(_one(bill, said.said_at) for said, bill in session.execute(asked))


def _alike(session: Session, bill: Bill) -> list[Bill]:
    rated = ((likeness(bill.title, one.title), one) for one in _of_place(session, bill))
    likely = [(much, one) for much, one in rated if much >= ALIKE]
    return [one for _, one in sorted(likely, key=lambda pair: pair[0], reverse=True)]


def _of_place(session: Session, bill: Bill) -> Sequence[Bill]:
    asked = select(Bill).where(Bill.jurisdiction == bill.jurisdiction, Bill.session != bill.session)
    return session.scalars(asked.order_by(Bill.session.desc(), Bill.prefix, Bill.number)).all()


def _kin(bills: Iterable[Bill], most: int = _OFFERED) -> tuple[Kin, ...]:
    return tuple(_one(bill) for bill in islice(bills, most))


def _one(bill: Bill, said_at: datetime | None = None) -> Kin:
    return Kin(bill.id, key_of(bill).reference, bill.identifier, bill.session, bill.title, said_at)

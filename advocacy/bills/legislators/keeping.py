"""What every row taken in has in common: written once, changed in place, ended and never deleted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.legislators.facts import CommitteeFact, OfficeFact, PersonFact, SeatFact, Told

_FEWEST = 0.5
_PARTS = 500


@dataclass
class Report:
    """What a reading changed, and what it could not use."""

    family: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    unmatched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def end_missing(
    session: Session, table: type[Any], kind: str, told: Told, codes: set[str], today: date, report: Report
) -> None:
    """Give a last day to whoever is missing from what was told whole, unless most of them are missing."""
    for place in sorted(place for what, place in told.whole if what == kind):
        asked = select(table).where(table.jurisdiction == place, table.gone_on.is_(None))
        live = list(session.scalars(asked))
        gone = [row for row in live if row.code not in codes]
        if len(gone) > len(live) * _FEWEST:
            says = (
                f"{len(gone)} of {len(live)} {kind} of {place} are missing, more than half: nobody was ended."
            )
            report.faults.append(says)
            continue
        for row in gone:
            row.gone_on = today
        report.ended += len(gone)


def write(
    row: Any, fact: PersonFact | OfficeFact | CommitteeFact | SeatFact, leave: tuple[str, ...] = ()
) -> bool:
    """Write a fact into its row; whether anything was different."""
    changed = False
    for one in fields(fact):
        value = getattr(fact, one.name)
        value = list(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else value
        if one.name not in leave and getattr(row, one.name, None) != value:
            setattr(row, one.name, value)
            changed = True
    return changed


def with_codes(session: Session, table: type[Any], codes: Collection[str]) -> Iterable[Any]:
    """The rows with these codes."""
    for part in in_parts(codes):
        yield from session.scalars(select(table).where(table.code.in_(part)))


def in_parts(values: Iterable[Any]) -> Iterable[list[Any]]:
    """The values in parts small enough for one question."""
    every = list(values)
    for at in range(0, len(every), _PARTS):
        yield every[at : at + _PARTS]

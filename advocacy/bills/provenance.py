"""Who says so: every fact about a bill, its source, the moment we heard it, and the answer it stood in."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.models import (
    Bill,
    Hearing,
    Referral,
    Related,
    SourceReading,
    Sponsorship,
    Step,
    TextVersion,
)
from advocacy.bills.queries import Row, bill_by_id, facts


class NoSuchReading(Exception):
    """Nothing was kept under this address. Open the bill's sources again."""


Say = Callable[[Any], tuple[str, str, date | None]]
"""A row as words, the part of it that its source wrote, and its day."""


@dataclass(frozen=True)
class ReadingLine:
    """One answer of one source, kept as it came. The same answer again only moves `last_read_at`."""

    id: UUID
    source: str
    fetched_at: datetime
    last_read_at: datetime
    size: int
    sha256: str


@dataclass(frozen=True)
class Said:
    """One fact in words, and the answer that told it last. `gone_at`: its source no longer says so.

    `verbatim` is the part of it that stands in the answer letter by letter.
    """

    words: str
    verbatim: str
    on: date | None
    source: str
    seen_at: datetime
    reading: ReadingLine | None
    gone_at: datetime | None = None


@dataclass(frozen=True)
class Sources:
    """All that is known about a bill, each kind of fact by its name, and every answer it rests on."""

    bill_id: UUID
    identifier: str
    groups: tuple[tuple[str, tuple[Said, ...]], ...]
    readings: tuple[ReadingLine, ...]


@dataclass(frozen=True)
class Raw:
    """An answer as it came; `text` is set out over lines where it is JSON, and not changed otherwise."""

    reading: ReadingLine
    received: bytes
    text: str


def sources_of(session: Session, bill_id: UUID) -> Sources:
    """Who says what about this bill, or `NoSuchBill`."""
    bill = bill_by_id(session, bill_id)
    kept = select(SourceReading).where(SourceReading.bill_id == bill_id)
    rows = session.scalars(kept.order_by(SourceReading.last_read_at.desc(), SourceReading.id)).all()
    readings = {row.id: _reading(row) for row in rows}
    told = [(name, _said(session, table, bill_id, say, readings)) for name, table, say in _KINDS]
    heads = ("The bill itself", _heads(bill, tuple(readings.values())))
    groups = tuple((name, found) for name, found in (heads, *told) if found)
    return Sources(bill.id, bill.identifier, groups, tuple(readings.values()))


def raw_of(session: Session, bill_id: UUID, reading_id: UUID) -> Raw:
    """One answer about this bill as it came, or `NoSuchReading`."""
    row = session.get(SourceReading, reading_id)
    if row is None or row.bill_id != bill_id:
        raise NoSuchReading
    received = zlib.decompress(row.payload)
    return Raw(_reading(row), received, _set_out(received))


def _reading(row: SourceReading) -> ReadingLine:
    return ReadingLine(row.id, row.source, row.fetched_at, row.last_read_at, len(row.payload), row.hash.hex())


def _set_out(received: bytes) -> str:
    text = received.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _heads(bill: Bill, readings: tuple[ReadingLine, ...]) -> tuple[Said, ...]:
    # The newest answer of the bill's source told its heads: each answer writes them anew.
    last = next((one for one in readings if one.source == bill.source), None)
    words = [(f"Title: {bill.title}", bill.title)]
    if bill.introduced_on:
        words.append((f"Introduced on {bill.introduced_on:%-d %B %Y}", bill.introduced_on.isoformat()))
    words += [(f"Law: {law}", law.rpartition(" ")[2]) for law in bill.laws]
    return tuple(Said(one, found, None, bill.source, bill.fetched_at, last) for one, found in words)


def _said(
    session: Session,
    table: type[Row],
    bill_id: UUID,
    say: Say,
    readings: Mapping[UUID, ReadingLine],
) -> tuple[Said, ...]:
    return tuple(
        Said(*say(row), row.source, row.seen_at, readings.get(row.reading_id), row.gone_at)
        for row in facts(session, table, bill_id)
    )


def _step(row: Step) -> tuple[str, str, date | None]:
    return row.text, row.text, row.on


def _sponsor(row: Sponsorship) -> tuple[str, str, date | None]:
    if row.withdrawn_on:
        return f"{row.name} left the bill", row.name, row.withdrawn_on
    return f"{row.name} {'leads' if row.leads else 'joined'}", row.name, row.joined_on


def _referral(row: Referral) -> tuple[str, str, date | None]:
    done = "; ".join(f"{what} {on or ''}".strip() for what, on in row.activities)
    return f"{row.name}: {done}" if done else row.name, row.name, None


def _text(row: TextVersion) -> tuple[str, str, date | None]:
    return row.kind, row.kind, row.on


def _hearing(row: Hearing) -> tuple[str, str, date | None]:
    place = ", ".join(part for part in (row.committee, row.location) if part)
    return f"{place} (cancelled)" if row.cancelled else place, row.committee, row.on


def _related(row: Related) -> tuple[str, str, date | None]:
    return f"{row.kind}: {row.identifier}", row.kind, None


_KINDS: tuple[tuple[str, type[Any], Say], ...] = (
    ("What happened", Step, _step),
    ("Sponsors", Sponsorship, _sponsor),
    ("Committees", Referral, _referral),
    ("Texts", TextVersion, _text),
    ("Hearings", Hearing, _hearing),
    ("Related bills", Related, _related),
)

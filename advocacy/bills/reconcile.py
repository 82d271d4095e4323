"""Fits what a source tells now to the rows we have: nothing is deleted, nothing is kept twice.

A fact told again keeps its row, and with it whatever was pinned to it. One the same source no longer tells is
marked with the moment it went. What a person typed in is taken over by the first official source that tells
it too.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.models import Hearing, Referral, Related, SourceReading, Sponsorship, Step, TextVersion
from advocacy.bills.queries import facts
from advocacy.bills.repeats import same_words
from advocacy.bills.snapshot import (
    HearingFact,
    ReferralFact,
    RelatedFact,
    Snapshot,
    SponsorFact,
    StepFact,
    TextFact,
)

Row = TypeVar("Row", Step, Sponsorship, Referral, TextVersion, Hearing, Related)
Fact = StepFact | SponsorFact | ReferralFact | TextFact | HearingFact | RelatedFact
Identity = Callable[[Any], Hashable]

_STEP: tuple[Identity, ...] = (
    lambda step: (step.on, same_words(step.text), step.at),
    lambda step: (step.on, same_words(step.text)),
)
_SPONSOR: tuple[Identity, ...] = (
    lambda sponsor: (sponsor.leads, sponsor.person_code or sponsor.name.casefold()),
    lambda sponsor: (sponsor.leads, sponsor.name.casefold()),
)
_REFERRAL: tuple[Identity, ...] = (
    lambda referral: referral.code or (referral.chamber, referral.name.casefold()),
    lambda referral: (referral.chamber, referral.name.casefold()),
)
_TEXT: tuple[Identity, ...] = (
    lambda text: (text.kind, text.on),
    lambda text: text.kind,
)
# A hearing that moved keeps its source's name for it; without one, a committee meets once a day.
_HEARING: tuple[Identity, ...] = (
    lambda hearing: hearing.event_code or (hearing.committee.casefold(), hearing.on),
    lambda hearing: (hearing.committee.casefold(), hearing.on),
)
_SHOWN = frozenset({"on", "at", "location", "cancelled"})
"""What a calendar shows of a hearing: a change of it must reach whoever took it over."""
_RELATED: tuple[Identity, ...] = (
    lambda related: (related.jurisdiction, related.session, related.identifier, related.kind.casefold()),
)


def reconcile(session: Session, reading: SourceReading, told: Snapshot, read_at: datetime) -> None:
    """Bring the bill's facts to what this reading tells; parts it does not tell stay as they are."""
    _fit(session, Step, told.steps, _STEP, reading, read_at)
    _fit(session, Sponsorship, told.sponsors, _SPONSOR, reading, read_at)
    _fit(session, Referral, told.referrals, _REFERRAL, reading, read_at)
    _fit(session, TextVersion, told.texts, _TEXT, reading, read_at)
    _fit(session, Hearing, told.hearings, _HEARING, reading, read_at)
    _fit(session, Related, told.related, _RELATED, reading, read_at)
    session.flush()


def _fit(
    session: Session,
    table: type[Row],
    told: Sequence[Fact] | None,
    identities: Sequence[Identity],
    reading: SourceReading,
    read_at: datetime,
) -> None:
    if told is None:
        return
    rows = facts(session, table, reading.bill_id)
    rows.sort(key=lambda row: row.gone_at is not None)  # A row still standing is preferred to one that went.
    kept = _pair(rows, told, identities)
    for place, fact in enumerate(told):
        row = kept.get(place)
        if row is None:
            row = table(bill_id=reading.bill_id, seen_at=read_at)
            session.add(row)
        elif reading.source == BY_HAND != row.source:
            continue
        was_gone = row.gone_at is not None
        changed = _write(row, fact, place, reading)
        if isinstance(row, Hearing) and place in kept and (was_gone or not _SHOWN.isdisjoint(changed)):
            row.moves += 1
    matched = {id(row) for row in kept.values()}
    for row in rows:
        if id(row) not in matched and row.source == reading.source and row.gone_at is None:
            _let_go(row, read_at)


def _let_go(row: Row, read_at: datetime) -> None:
    if isinstance(row, Hearing):
        # What was held drops off a calendar by itself, and was held all the same.
        if row.on < read_at.date():
            return
        row.moves += 1
    row.gone_at = read_at


def _pair(rows: Sequence[Row], told: Sequence[Fact], identities: Sequence[Identity]) -> dict[int, Row]:
    free = list(rows)
    found: dict[int, Row] = {}
    for identity in identities:
        waiting: dict[Hashable, list[Row]] = defaultdict(list)
        for row in reversed(free):
            waiting[identity(row)].append(row)
        for place, fact in enumerate(told):
            if place not in found and waiting[identity(fact)]:
                found[place] = waiting[identity(fact)].pop()
        taken = {id(row) for row in found.values()}
        free = [row for row in free if id(row) not in taken]
    return found


def _write(row: Row, fact: Fact, place: int, reading: SourceReading) -> set[str]:
    changed: set[str] = set()
    for name in (field.name for field in fields(fact)):
        value = _plain(getattr(fact, name))
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.add(name)
    row.reading_id, row.source, row.place, row.gone_at = reading.id, reading.source, place, None
    return changed


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_within(item) for item in value]
    return value


def _within(value: object) -> object:
    if isinstance(value, tuple):
        return [_within(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

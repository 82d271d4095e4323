"""What the pages about positions show, gathered into values a template can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.positions.decisions import Outcome, Result, Voice
from advocacy.positions.models import Decision, Position, PositionStance, PositionVersion
from advocacy.positions.queries import (
    answers,
    approved_version,
    current_version,
    decisions,
    eligible,
    note_of,
    outcome_of,
    position,
    stances,
    takes_answers,
    versions,
)
from advocacy.positions.shared_values import SharedValue
from advocacy.positions.stances import Stance


@dataclass(frozen=True)
class StanceLine:
    """Where a version stands on one bill."""

    bill_id: UUID
    stance: Stance
    text_version: str


@dataclass(frozen=True)
class VersionView:
    """One version as it is read."""

    id: UUID
    n: int
    title: str
    body: str
    sha256: str
    note: str
    written_by: UUID
    written_at: datetime
    stances: tuple[StanceLine, ...]


@dataclass(frozen=True)
class Said:
    """One person's answer, for the eyes of those who decide together."""

    person_id: UUID
    voice: Voice
    value: SharedValue | None
    note: str


@dataclass(frozen=True)
class RoundView:
    """One decision as the group sees it."""

    id: UUID
    version_n: int
    question: str
    opened_at: datetime
    closes_at: datetime
    takes_answers: bool
    outcome: Outcome
    said: tuple[Said, ...]
    unanswered: tuple[UUID, ...]


@dataclass(frozen=True)
class PositionPage:
    """A position with its words, its history and its decisions."""

    id: UUID
    review_on: date
    is_due_for_review: bool
    current: VersionView
    approved: VersionView | None
    versions: tuple[VersionView, ...]
    rounds: tuple[RoundView, ...]

    @property
    def open_round(self) -> RoundView | None:
        """The decision that can be answered now."""
        return next((held for held in self.rounds if held.takes_answers), None)

    @property
    def is_approved(self) -> bool:
        """Whether the newest words are the agreed ones."""
        return self.approved is not None and self.approved.n == self.current.n

    def agreed_before(self, n: int) -> VersionView | None:
        """The newest agreed version older than this one: what a reader of it compares with."""
        agreed = {held.version_n for held in self.rounds if held.outcome.result is Result.APPROVED}
        older = [view for view in self.versions if view.n < n and view.n in agreed]
        return older[-1] if older else None


@dataclass(frozen=True)
class PositionLine:
    """A position as one line of a list."""

    id: UUID
    title: str
    version_n: int
    approved_n: int | None
    takes_answers: bool
    review_on: date


def position_page(session: Session, position_id: UUID, now: datetime) -> PositionPage | None:
    """All that the page of a position shows, or nothing when there is no such position."""
    known = position(session, position_id)
    if known is None:
        return None
    written = tuple(_view(session, row) for row in versions(session, position_id))
    agreed = approved_version(session, position_id, now)
    approved = next((view for view in written if agreed and view.id == agreed.id), None)
    numbers = {view.id: view.n for view in written}
    return PositionPage(
        id=known.id,
        review_on=known.review_on,
        is_due_for_review=known.review_on < now.date(),
        current=written[-1],
        approved=approved,
        versions=written,
        rounds=tuple(
            _round(session, held, numbers[held.version_id], now) for held in decisions(session, known.id)
        ),
    )


def round_page(session: Session, held: Decision, now: datetime) -> RoundView:
    """All that the page of one decision shows."""
    return _round(session, held, session.get_one(PositionVersion, held.version_id).n, now)


def all_positions(session: Session, now: datetime) -> tuple[PositionLine, ...]:
    """Every position, the newest first."""
    asked = select(Position).order_by(Position.begun_at.desc(), Position.id)
    return tuple(_lines(session, session.scalars(asked).all(), now))


def positions_on(session: Session, bill_id: UUID, now: datetime) -> tuple[PositionLine, ...]:
    """The positions whose words of today take a stance on this bill."""
    asked = select(Position).join(PositionVersion).join(PositionStance)
    asked = asked.where(PositionStance.bill_id == bill_id).distinct().order_by(Position.begun_at.desc())
    lines = _lines(session, session.scalars(asked).all(), now)
    return tuple(line for line in lines if _speaks_of(session, line.id, bill_id))


def _speaks_of(session: Session, position_id: UUID, bill_id: UUID) -> bool:
    newest = current_version(session, position_id)
    return newest is not None and any(row.bill_id == bill_id for row in stances(session, newest.id))


def _lines(session: Session, known: Iterable[Position], now: datetime) -> Iterable[PositionLine]:
    for row in known:
        newest, agreed = current_version(session, row.id), approved_version(session, row.id, now)
        if newest is None:
            continue
        yield PositionLine(
            id=row.id,
            title=newest.title,
            version_n=newest.n,
            approved_n=agreed.n if agreed else None,
            takes_answers=any(takes_answers(session, held, now) for held in decisions(session, row.id)),
            review_on=row.review_on,
        )


def _view(session: Session, row: PositionVersion) -> VersionView:
    taken = tuple(StanceLine(s.bill_id, Stance(s.stance), s.text_version) for s in stances(session, row.id))
    return VersionView(
        id=row.id,
        n=row.n,
        title=row.title,
        body=row.body,
        sha256=row.sha256,
        note=row.note,
        written_by=row.written_by,
        written_at=row.written_at,
        stances=taken,
    )


def _round(session: Session, held: Decision, version_n: int, now: datetime) -> RoundView:
    heard = answers(session, held.id)
    said = tuple(
        Said(
            person_id=person,
            voice=Voice(answer.voice),
            value=SharedValue(answer.value) if answer.value else None,
            note=note_of(session, answer),
        )
        for person, answer in heard.items()
    )
    return RoundView(
        id=held.id,
        version_n=version_n,
        question=held.question,
        opened_at=held.opened_at,
        closes_at=held.closes_at,
        takes_answers=takes_answers(session, held, now),
        outcome=outcome_of(session, held, now),
        said=said,
        unanswered=tuple(person for person in eligible(session, held.id) if person not in heard),
    )

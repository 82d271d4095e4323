"""Everything asked about positions and the decisions taken on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.looking_once import looked_up_once
from advocacy.people.models import Person
from advocacy.positions.decisions import Outcome, Result, Voice, outcome
from advocacy.positions.models import (
    Answer,
    AnswerNote,
    Decision,
    Eligible,
    Position,
    PositionStance,
    PositionVersion,
)


def position(session: Session, position_id: UUID) -> Position | None:
    """The position, when there is one."""
    return session.get(Position, position_id)


def version(session: Session, version_id: UUID) -> PositionVersion | None:
    """One version, when there is one."""
    return session.get(PositionVersion, version_id)


@looked_up_once
def versions(session: Session, position_id: UUID) -> Sequence[PositionVersion]:
    """Every version of a position, the first one first."""
    asked = select(PositionVersion).where(PositionVersion.position_id == position_id)
    return session.scalars(asked.order_by(PositionVersion.n)).all()


def current_version(session: Session, position_id: UUID) -> PositionVersion | None:
    """The newest words of a position, agreed to or not."""
    asked = select(PositionVersion).where(PositionVersion.position_id == position_id)
    return session.scalars(asked.order_by(PositionVersion.n.desc()).limit(1)).first()


def approved_version(session: Session, position_id: UUID, now: datetime) -> PositionVersion | None:
    """The newest version a decision approved: what the network thinks."""
    for written in reversed(versions(session, position_id)):
        if is_approved(session, written.id, now):
            return written
    return None


def is_approved(session: Session, version_id: UUID, now: datetime) -> bool:
    """Whether a decision approved exactly this version."""
    return any(
        outcome_of(session, held, now).result is Result.APPROVED for held in decisions_on(session, version_id)
    )


def may_enter_a_letter(session: Session, position_id: UUID, now: datetime) -> bool:
    """Whether a new letter may rest on it: it is approved, and its review date has not passed."""
    known = position(session, position_id)
    if known is None or known.review_on < now.date():
        return False
    return approved_version(session, position_id, now) is not None


def stances(session: Session, version_id: UUID) -> Sequence[PositionStance]:
    """Where a version stands on each bill it speaks of."""
    asked = select(PositionStance).where(PositionStance.version_id == version_id)
    return session.scalars(asked.order_by(PositionStance.bill_id)).all()


def decision(session: Session, decision_id: UUID) -> Decision | None:
    """One decision, when there is one."""
    return session.get(Decision, decision_id)


@looked_up_once
def decisions_on(session: Session, version_id: UUID) -> Sequence[Decision]:
    """The decisions held on one version, the newest first."""
    asked = select(Decision).where(Decision.version_id == version_id)
    return session.scalars(asked.order_by(Decision.opened_at.desc(), Decision.id)).all()


@looked_up_once
def decisions(session: Session, position_id: UUID) -> Sequence[Decision]:
    """Every decision held on a position, the newest first."""
    asked = select(Decision).join(PositionVersion, PositionVersion.id == Decision.version_id)
    asked = asked.where(PositionVersion.position_id == position_id)
    return session.scalars(asked.order_by(Decision.opened_at.desc(), Decision.id)).all()


def open_decision(session: Session, position_id: UUID, now: datetime) -> Decision | None:
    """The decision that can be answered now: its time is not over, and it has not been approved."""
    for held in decisions(session, position_id):
        if takes_answers(session, held, now):
            return held
    return None


def takes_answers(session: Session, held: Decision, now: datetime) -> bool:
    """Whether a decision can still be answered; a block pauses it and answers stay welcome."""
    return now < held.closes_at and outcome_of(session, held, now).result is not Result.APPROVED


@looked_up_once
def outcome_of(session: Session, held: Decision, now: datetime) -> Outcome:
    """How a decision stands at this moment."""
    said = {person: Voice(answer.voice) for person, answer in answers(session, held.id).items()}
    author = session.get_one(PositionVersion, held.version_id).written_by
    return outcome(said, eligible=eligible(session, held.id), author=author, is_over=now >= held.closes_at)


@looked_up_once
def eligible(session: Session, decision_id: UUID) -> Sequence[UUID]:
    """Who is asked. Nobody waits for somebody who was erased, but what she answered before still counts."""
    answered = select(Answer.person_id).where(Answer.decision_id == decision_id)
    asked = select(Eligible.person_id).join(Person, Person.id == Eligible.person_id)
    asked = asked.where(Eligible.decision_id == decision_id)
    asked = asked.where(or_(Person.erased_on.is_(None), Eligible.person_id.in_(answered)))
    return session.scalars(asked.order_by(Eligible.person_id)).all()


@looked_up_once
def answers(session: Session, decision_id: UUID) -> Mapping[UUID, Answer]:
    """The answer of each person that counts: her latest."""
    asked = select(Answer).where(Answer.decision_id == decision_id).order_by(Answer.n)
    return {answer.person_id: answer for answer in session.scalars(asked)}


def own_answer(session: Session, decision_id: UUID, person_id: UUID) -> Answer | None:
    """What one person answered last."""
    return answers(session, decision_id).get(person_id)


def note_of(session: Session, answer: Answer) -> str:
    """What a person said beside her answer; nothing when she said nothing or was erased."""
    row = session.get(AnswerNote, answer.id)
    if row is None:
        return ""
    return vault.unseal(session, row.person_id, "answer_note", "note", row.answer_id, row.note)

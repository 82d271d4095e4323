"""What may be done in a decision: ask for it, answer, give it more time. `decisions` holds the rule."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.people.queries import holders
from advocacy.people.roles import Role
from advocacy.positions.decisions import Voice
from advocacy.positions.models import Answer, AnswerNote, Decision, Eligible, Position, PositionVersion
from advocacy.positions.queries import (
    current_version,
    eligible,
    is_approved,
    note_of,
    open_decision,
    own_answer,
    takes_answers,
)
from advocacy.positions.shared_values import SharedValue
from advocacy.positions.wording import EmptyText, clean_text, clean_title

DECIDERS = (Role.PWG_MEMBER, Role.PWG_COFACILITATOR)
"""The roles whose holders are asked to decide."""


class NotTheNewest(Exception):
    """There is a newer version of this text. A decision is about the newest one."""


class AnotherIsOpen(Exception):
    """A decision on another version of this text is still open. Let it end first, or wait for its day."""


class AlreadyApproved(Exception):
    """This version is approved already, so there is nothing left to decide."""


class TooFewToDecide(Exception):
    """A decision takes at least two people, one of whom did not write the text."""


class TimeTooShort(Exception):
    """A decision must end later than this, so that people have time to answer."""


class NotAsked(Exception):
    """This decision is answered by the people who were in the group when it opened."""


class DecisionOver(Exception):
    """This decision is over. Its answers stay as they were given."""


class BlockNeedsValue(Exception):
    """A block says which of our shared values the text would break. Please choose one."""


def begin_decision(
    session: Session, version_id: UUID, *, question: str, closes_at: datetime, by: UUID, now: datetime
) -> Decision:
    """Ask the group of today to decide on the newest version; asking twice is asking once."""
    version = session.get_one(PositionVersion, version_id)
    session.get_one(Position, version.position_id, with_for_update=True)
    standing = open_decision(session, version.position_id, now)
    if standing is not None and standing.version_id == version_id:
        return standing
    _check_may_begin(session, version, standing, closes_at, now)
    begun = Decision(
        id=uuid4(),
        version_id=version_id,
        question=clean_title(question),
        opened_by=by,
        opened_at=now,
        closes_at=closes_at,
    )
    session.add(begun)
    session.flush()
    _ask(session, begun, version.written_by, now)
    audit.record(session, "decision.begin", actor=by, about="position_version", id=version_id)
    return begun


def _check_may_begin(
    session: Session, version: PositionVersion, standing: Decision | None, closes_at: datetime, now: datetime
) -> None:
    newest = current_version(session, version.position_id)
    if newest is None or newest.id != version.id:
        raise NotTheNewest
    if is_approved(session, version.id, now):
        raise AlreadyApproved
    if standing is not None:
        raise AnotherIsOpen
    if closes_at <= now:
        raise TimeTooShort


def _ask(session: Session, begun: Decision, author: UUID, now: datetime) -> None:
    people = holders(session, DECIDERS, now.date())
    if len(people) < 2 or set(people) <= {author}:
        raise TooFewToDecide
    session.add_all(Eligible(decision_id=begun.id, person_id=person) for person in people)
    session.flush()


def answer(
    session: Session,
    decision_id: UUID,
    *,
    by: UUID,
    voice: Voice,
    now: datetime,
    value: SharedValue | None = None,
    note: str = "",
) -> Answer:
    """Keep one person's answer. She may change it while the decision is open; the earlier one is kept."""
    held = session.get_one(Decision, decision_id, with_for_update=True)
    last = own_answer(session, decision_id, by)
    value, note = (value if voice is Voice.BLOCK else None), _clean(note)
    if last is not None and _says(session, last) == (voice, value, note):
        return last
    if by not in eligible(session, decision_id):
        raise NotAsked
    if not takes_answers(session, held, now):
        raise DecisionOver
    if voice is Voice.BLOCK and value is None:
        raise BlockNeedsValue
    given = Answer(
        id=uuid4(),
        decision_id=decision_id,
        person_id=by,
        n=last.n + 1 if last else 1,
        voice=voice,
        value=value,
        answered_at=now,
    )
    session.add(given)
    session.flush()
    _keep_note(session, given, note)
    return given


def _clean(note: str) -> str:
    try:
        return clean_text(note)
    except EmptyText:
        return ""


def _says(session: Session, given: Answer) -> tuple[str, str | None, str]:
    return given.voice, given.value, note_of(session, given)


def _keep_note(session: Session, given: Answer, note: str) -> None:
    if note:
        sealed = vault.seal(session, given.person_id, "answer_note", "note", given.id, note)
        session.add(AnswerNote(answer_id=given.id, person_id=given.person_id, note=sealed))
        session.flush()


def give_more_time(
    session: Session, decision_id: UUID, *, closes_at: datetime, by: UUID, now: datetime
) -> None:
    """Let an undecided decision end later; it may have ended already. Nobody's time is made shorter."""
    held = session.get_one(Decision, decision_id, with_for_update=True)
    if held.closes_at == closes_at:
        return
    version = session.get_one(PositionVersion, held.version_id)
    if is_approved(session, version.id, now):
        raise DecisionOver
    if current_version(session, version.position_id) != version:
        raise NotTheNewest
    if closes_at <= max(held.closes_at, now):
        raise TimeTooShort
    held.closes_at = closes_at
    audit.record(session, "decision.more_time", actor=by, about="decision", id=decision_id)
    session.flush()

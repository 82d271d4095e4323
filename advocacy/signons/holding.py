"""Lines held back until somebody has looked at them. What is held prints nothing, is counted nowhere, and
is judged by its words and by how many came at once: never by who she is or from which network she came."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from advocacy import audit, vault
from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import current_opening
from advocacy.organisations.queries import standing_on
from advocacy.signons.models import Consent, Hold, LineLook, SignOn
from advocacy.signons.suspicion import Reason, is_look_alike, look_of, reasons_in
from advocacy.throttling import count_in

# So many new yeses to one letter within a minute are more than a room full of people on one network gives.
BURST = 12
_BURST_RUNS = timedelta(minutes=1)


class Verdict(StrEnum):
    """What becomes of a line somebody looked at."""

    PRINT = "print"
    LEAVE_OUT = "leave_out"
    WAIT = "wait"


@dataclass(frozen=True, order=True)
class Held:
    """One sign-on that waits for a look: its printed lines and why. Not who she is."""

    lines: tuple[str, ...]
    reasons: tuple[str, ...]
    sign_on_id: UUID
    verdict: Verdict


def held_back() -> Select[UUID]:
    """The sign-ons that print nothing and are not counted, because nobody has let them pass."""
    return select(Hold.sign_on_id).where(Hold.passed.is_not(True))


def weigh(session: Session, sign_on: SignOn, lines: Iterable[str], *, is_new: bool, now: datetime) -> None:
    """Hold a sign-on back if its lines, or how many came within a minute, ask for a look.

    Who looked at these very lines once need not look again; other lines are looked at anew.
    """
    shown = sorted(set(lines))
    mark = vault.index(session, "hold.lines", "\n".join(shown))
    before = session.get(Hold, sign_on.id, with_for_update=True, populate_existing=True)
    if before is not None and before.mark == mark:
        return
    came_at_once = is_new and _in_a_burst(session, sign_on.letter_id, now)
    reasons = _reasons(session, sign_on, shown) | ({Reason.BURST} if came_at_once else set())
    if before is not None:
        session.delete(before)
        session.flush()
    if reasons:
        held = Hold(sign_on_id=sign_on.id, mark=mark, reasons=" ".join(sorted(reasons)), held_on=now.date())
        session.add(held)
    _note_looks(session, sign_on, shown)
    session.flush()


def _reasons(session: Session, sign_on: SignOn, lines: Collection[str]) -> set[Reason]:
    found = {reason for line in lines for reason in reasons_in(line)}
    if any(is_look_alike(line, _of_the_same_look(session, sign_on, line)) for line in lines):
        found.add(Reason.LOOK_ALIKE)
    return found


def _of_the_same_look(session: Session, sign_on: SignOn, line: str) -> list[str]:
    """The lines of the same look on its letter: of organisations, and of people not held themselves."""
    looks = select(LineLook.sign_on_id).where(LineLook.look == _mark(session, sign_on.letter_id, line))
    others = looks.where(LineLook.sign_on_id != sign_on.id, LineLook.sign_on_id.not_in(held_back()))
    found = [told for id in session.scalars(others).all() for told in _lines(session, id)]
    opening = current_opening(session, sign_on.letter_id)
    version = session.get(LetterVersion, opening.version_id) if opening else None
    return found + [one.line for one in standing_on(session, version)] if version else found


def _mark(session: Session, letter_id: UUID, line: str) -> bytes:
    return vault.index(session, f"line.look.{letter_id}", look_of(line))


def _note_looks(session: Session, sign_on: SignOn, lines: Iterable[str]) -> None:
    session.execute(delete(LineLook).where(LineLook.sign_on_id == sign_on.id))
    for look in {_mark(session, sign_on.letter_id, line) for line in lines}:
        session.add(LineLook(sign_on_id=sign_on.id, look=look))


def _in_a_burst(session: Session, letter_id: UUID, now: datetime) -> bool:
    bucket = vault.index(session, "sign_on.burst", str(letter_id))
    return count_in(session, bucket, _BURST_RUNS, now) > BURST


def held_on(session: Session, letter_id: UUID) -> tuple[Held, ...]:
    """What was held back on a letter and still stands, whatever was decided of it, sorted by its lines."""
    asked = (
        select(Hold)
        .join(SignOn, SignOn.id == Hold.sign_on_id)
        .where(SignOn.letter_id == letter_id, SignOn.withdrawn_on.is_(None))
    )
    found = (
        Held(_lines(session, one.sign_on_id), tuple(one.reasons.split()), one.sign_on_id, _verdict(one))
        for one in session.scalars(asked).all()
    )
    return tuple(sorted(found))


def letters_to_review(session: Session) -> Sequence[UUID]:
    """The letters on which something waits for a look."""
    asked = select(SignOn.letter_id).join(Hold, Hold.sign_on_id == SignOn.id)
    waiting = asked.where(Hold.decided_on.is_(None), SignOn.withdrawn_on.is_(None))
    return session.scalars(waiting.distinct().order_by(SignOn.letter_id)).all()


def _verdict(hold: Hold) -> Verdict:
    if hold.passed is None:
        return Verdict.WAIT
    return Verdict.PRINT if hold.passed else Verdict.LEAVE_OUT


def _lines(session: Session, sign_on_id: UUID) -> tuple[str, ...]:
    asked = (
        select(Consent, SignOn.person_id)
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .where(SignOn.id == sign_on_id, Consent.ended_on.is_(None), Consent.line.is_not(None))
    )
    found = {
        vault.unseal(session, person_id, "consent", "line", consent.id, consent.line or b"")
        for consent, person_id in session.execute(asked)
    }
    return tuple(sorted(found))


def judge(
    session: Session, letter_id: UUID, ids: Collection[UUID], verdict: Verdict, *, by: UUID, today: date
) -> int:
    """Let these print, leave them out, or let them wait again; how many changed. Twice is once."""
    session.get_one(Letter, letter_id, with_for_update=True)
    asked = select(Hold).join(SignOn, SignOn.id == Hold.sign_on_id)
    here = asked.where(SignOn.letter_id == letter_id, Hold.sign_on_id.in_(ids)).with_for_update()
    changed = [one for one in session.scalars(here) if _verdict(one) is not verdict]
    for one in changed:
        one.passed = None if verdict is Verdict.WAIT else verdict is Verdict.PRINT
        one.decided_by, one.decided_on = (None, None) if verdict is Verdict.WAIT else (by, today)
    if changed:
        why = f"{len(changed)} sign-ons"
        audit.record(session, f"review.{verdict}", actor=by, about="letter", id=letter_id, why=why)
    session.flush()
    return len(changed)


def is_left_out(session: Session, sign_on_id: UUID | None) -> bool:
    """Whether somebody looked and left this out, so that she is told to call."""
    hold = session.get(Hold, sign_on_id) if sign_on_id else None
    return hold is not None and hold.passed is False

"""A print the check stopped may leave all the same: two custodians looked, and no member is meant.

Only a name that stands in the approved text or in a signature line can be let through: the text may be about
somebody who is called like a member. A name anywhere else, and every other finding, is a leak or a fault.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.editions.check import IN_A_LINE, IN_THE_TEXT, Finding
from advocacy.editions.holding import told_of
from advocacy.editions.models import HeldPrint
from advocacy.editions.names import NameSearch, forbidden
from advocacy.editions.queries import held_print
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import propose, second, use
from advocacy.people.models import SecondedAct

ACT = "edition.override"
STANDS_FOR_HOURS = 24


class NotToOverride(Exception):
    """Something else than a name in the approved text was found, so this print cannot be let through."""


class SettledMeanwhile(Exception):
    """This print does not wait for a custodian any more. Look at the list again."""


@dataclass(frozen=True)
class Stopped:
    """A print that waits for custodians, as anybody of them may see it in a list: no name."""

    held: HeldPrint
    version: LetterVersion
    act: SecondedAct | None

    @property
    def is_agreed(self) -> bool:
        """Whether two custodians let it through, and it was not printed since."""
        return self.act is not None and self.act.seconded_by is not None


@dataclass(frozen=True, repr=False)
class Found:
    """One finding, and the paragraphs of the approved text that hold the name."""

    finding: Finding
    passages: tuple[str, ...]


def stopped_prints(session: Session, now: datetime) -> Sequence[Stopped]:
    """Every print that waits for custodians, the oldest first."""
    waiting = select(HeldPrint).where(HeldPrint.cleared_at.is_(None)).order_by(HeldPrint.held_at)
    return [_stopped(session, held, now) for held in session.scalars(waiting)]


def stopped_print(session: Session, held_id: UUID, now: datetime) -> Stopped | None:
    """A print that waits for custodians, or nothing once it was settled."""
    held = session.get(HeldPrint, held_id)
    return _stopped(session, held, now) if held is not None and held.cleared_at is None else None


def stopped_for(session: Session, version_id: UUID, now: datetime) -> Stopped | None:
    """The print of this version that waits for custodians, if one does."""
    held = held_print(session, version_id)
    return _stopped(session, held, now) if held is not None else None


def look(session: Session, stopped: Stopped, *, by: UUID) -> tuple[Found, ...]:
    """What the check found, which may be names: for a custodian, on record."""
    audit.record(session, "edition.hold.look", actor=by, about="held_print", id=stopped.held.id)
    text = f"{stopped.version.title}\n\n{stopped.version.body}"
    return tuple(Found(one, _passages(text, one)) for one in _findings(session, stopped.held))


def may_let_through(findings: Collection[Finding]) -> bool:
    """Whether approval can explain all of it: names that stand where people approved every word."""
    approved = {one.detail for one in findings if one.where in (IN_THE_TEXT, IN_A_LINE)}
    return all(one.kind == "name" and one.detail in approved for one in findings)


def ask_to_let_through(
    session: Session, stopped: Stopped, why: str, *, by: UUID, now: datetime
) -> SecondedAct:
    """Propose that exactly this may be printed, with a reason; another custodian agrees within a day."""
    if not may_let_through(_findings(session, stopped.held)):
        raise NotToOverride
    if stopped.act is not None:
        return stopped.act
    mark = _mark(session, stopped.held)
    return propose(session, ACT, stopped.held.id, hash=mark, by=by, now=now, hours=STANDS_FOR_HOURS, why=why)


def agree_to_let_through(session: Session, act: SecondedAct, *, by: UUID, now: datetime) -> None:
    """Be the second custodian, for exactly what the first one saw."""
    stopped = stopped_print(session, act.about_id, now)
    if stopped is None or stopped.act is not act:
        raise SettledMeanwhile
    second(session, act.id, by=by, now=now)


def let_through(session: Session, version_id: UUID, now: datetime) -> frozenset[Finding]:
    """What two custodians allowed in the next print of a version: nothing else may be found in it."""
    stopped = stopped_for(session, version_id, now)
    if stopped is None or not stopped.is_agreed:
        return frozenset()
    return frozenset(_findings(session, stopped.held))


def spend(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> None:
    """The print that was let through is made: it works once, and the reason is on record."""
    held = held_print(session, version_id)
    if held is None:
        raise SettledMeanwhile
    agreed = use(session, ACT, held.id, hash=_mark(session, held), now=now)
    audit.record(session, ACT, actor=by, about="held_print", id=held.id, why=agreed.why or "")


def _stopped(session: Session, held: HeldPrint, now: datetime) -> Stopped:
    asked = select(SecondedAct).where(
        SecondedAct.act == ACT,
        SecondedAct.about_id == held.id,
        SecondedAct.hash == _mark(session, held),
        SecondedAct.until_at > now,
        SecondedAct.used_at.is_(None),
    )
    act = session.scalars(asked.order_by(SecondedAct.proposed_at.desc()).limit(1)).first()
    return Stopped(held, session.get_one(LetterVersion, held.version_id), act)


def _findings(session: Session, held: HeldPrint) -> tuple[Finding, ...]:
    return tuple(Finding(**one) for one in json.loads(told_of(session, held)))


def _mark(session: Session, held: HeldPrint) -> str:
    # Keyed: a bare hash of few names would tell whoever has a copy of the database which names they are.
    return vault.index(session, "held_print", f"{held.id}|{told_of(session, held)}").hex()


def _passages(text: str, finding: Finding) -> tuple[str, ...]:
    if finding.where != IN_THE_TEXT:
        return ()
    search = NameSearch(forbidden([finding.detail]))
    return tuple(part for part in text.split("\n\n") if any(search.whole_names_in(part)))

"""Who stands behind a printed line: asked for with a reason, agreed to by a second, shown once.

Only a line that prints today can be asked about, so nobody learns of anyone who is only counted. The reason
is a sentence she reads on her own page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in
from advocacy.letters.queries import current_opening
from advocacy.people.actions import propose, second, use
from advocacy.people.limits import Audience
from advocacy.people.models import Person, SecondedAct
from advocacy.people.queries import names_of
from advocacy.signons.models import Consent, Reveal, SignOn
from advocacy.signons.queries import signers_for

ACT = "sign_on.reveal"
STANDS_FOR_HOURS = 24
MOST_A_DAY = 5


class NobodyThere(Exception):
    """Nobody stands behind this line any more, so there is nothing to show."""


class EnoughToday(Exception):
    """One person may ask for five names a day, and you have. Please ask again tomorrow."""


@dataclass(frozen=True)
class Printed:
    """A line as it prints today, and the sign-on behind it."""

    sign_on_id: UUID
    line: str


@dataclass(frozen=True)
class Asked:
    """Somebody wants to know who stands behind a line. The line is empty once it prints no more."""

    reveal: Reveal
    act: SecondedAct
    letter_id: UUID
    line: str

    @property
    def is_agreed(self) -> bool:
        """Whether a second person agreed and the name was not shown yet."""
        return self.act.seconded_by is not None and self.act.used_at is None


def printed_lines(session: Session, letter_id: UUID, now: datetime) -> Sequence[Printed]:
    """The lines of people that would print for the offices now, in the order of print."""
    opening = current_opening(session, letter_id)
    if opening is None:
        return ()
    shown = signers_for(session, opening.version_id, Audience.RECIPIENT, now).individuals
    behind = select(Consent.id, Consent.sign_on_id).where(Consent.id.in_([one.consent_id for one in shown]))
    sign_ons = {consent_id: sign_on_id for consent_id, sign_on_id in session.execute(behind)}
    return tuple(Printed(sign_ons[one.consent_id], one.line) for one in shown)


def ask_who(
    session: Session, letter_id: UUID, sign_on_id: UUID, why: str, *, by: UUID, zone: str, now: datetime
) -> Reveal:
    """Ask who stands behind a line that prints today; the same question twice is one."""
    if not any(one.sign_on_id == sign_on_id for one in printed_lines(session, letter_id, now)):
        raise NobodyThere
    for one in asked_by(session, letter_id, by, now):
        if (one.reveal.sign_on_id, one.reveal.why) == (sign_on_id, why) and one.act.used_at is None:
            return one.reveal
    # Held until the end, so that two presses at once are counted one after the other.
    session.get_one(Person, by, with_for_update=True)
    if _asked_today(session, by, zone, now) >= MOST_A_DAY:
        raise EnoughToday
    reveal = Reveal(id=uuid4(), sign_on_id=sign_on_id, why=why)
    session.add(reveal)
    session.flush()
    propose(session, ACT, reveal.id, hash=_hash(reveal), by=by, now=now, hours=STANDS_FOR_HOURS)
    return reveal


def agree_to_show(session: Session, asked: Asked, *, by: UUID, now: datetime) -> None:
    """Be the second person. Nothing is shown to her; whoever asked is shown the name, once."""
    if not asked.line:
        raise NobodyThere
    second(session, asked.act.id, by=by, now=now)


def show_who(session: Session, asked: Asked, *, by: UUID, now: datetime) -> str:
    """The name the roster has for whoever stands behind the line: once, on record, where she can read it."""
    if not asked.line:
        raise NobodyThere
    use(session, ACT, asked.reveal.id, hash=_hash(asked.reveal), now=now)
    sign_on = session.get_one(SignOn, asked.reveal.sign_on_id)
    audit.record(session, ACT, actor=by, about="sign_on", id=sign_on.id, why=asked.reveal.why)
    session.flush()
    return names_of(session, session.get_one(Person, sign_on.person_id)).name


def asked_by(session: Session, letter_id: UUID, person_id: UUID, now: datetime) -> Sequence[Asked]:
    """What this person asked about a letter and can still be told, or was told since."""
    acts = select(SecondedAct).where(SecondedAct.act == ACT, SecondedAct.proposed_by == person_id)
    running = acts.where(SecondedAct.until_at > now).order_by(SecondedAct.proposed_at)
    found = (asked_for(session, act, now) for act in session.scalars(running))
    return [one for one in found if one is not None and one.letter_id == letter_id]


def waiting_reveals(session: Session, now: datetime) -> Sequence[Asked]:
    """Every question that waits for a second person."""
    acts = select(SecondedAct).where(SecondedAct.act == ACT, SecondedAct.until_at > now)
    waiting = acts.where(SecondedAct.seconded_at.is_(None)).order_by(SecondedAct.until_at)
    found = (asked_for(session, act, now) for act in session.scalars(waiting))
    return [one for one in found if one is not None and one.line]


def asked_for(session: Session, act: SecondedAct, now: datetime) -> Asked | None:
    """What a proposal asks about; nothing once it was erased, or is no longer what was proposed."""
    reveal = session.get(Reveal, act.about_id)
    if reveal is None or act.act != ACT or act.hash != _hash(reveal):
        return None
    letter_id = session.get_one(SignOn, reveal.sign_on_id).letter_id
    lines = {one.sign_on_id: one.line for one in printed_lines(session, letter_id, now)}
    return Asked(reveal, act, letter_id, lines.get(reveal.sign_on_id, ""))


def _asked_today(session: Session, person_id: UUID, zone: str, now: datetime) -> int:
    asked = select(SecondedAct.proposed_at).where(
        SecondedAct.act == ACT, SecondedAct.proposed_by == person_id
    )
    return sum(day_in(zone, at) == day_in(zone, now) for at in session.scalars(asked))


def _hash(reveal: Reveal) -> str:
    return sha256(f"{reveal.id}|{reveal.sign_on_id}|{reveal.why}".encode()).hexdigest()

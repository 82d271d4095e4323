"""Who looked at what is sealed for her, and why: the record, in words she can read. A role, never a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.editions.queries import editions, shows
from advocacy.people.models import Person
from advocacy.people.queries import roles_on
from advocacy.signons.models import SignOn
from advocacy.signons.queries import NAMES_CHECK
from advocacy.web.signer.tongues import tongue

_MOST = 200
# Of all reasons on record only these are sentences somebody wrote for her to read.
_TOLD_WHY = ".reveal"


@dataclass(frozen=True)
class Look:
    """One act about her: on which day, whose role, what it was, and the reason where one was given."""

    on: date
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class Looks:
    """Every act about her, the newest first; and how often the program alone looked for her name."""

    acts: Sequence[Look]
    checks: int
    last_check: date | None


def looks(session: Session, person_id: UUID) -> Looks:
    """Who opened or changed what is sealed for this person."""
    joined = session.get_one(Person, person_id).joined_on
    checks = audit.acts_since(session, NAMES_CHECK, joined)
    entries = audit.about(session, _ids(session, person_id), most=_MOST)
    return Looks(
        acts=[_look(session, entry) for entry in entries if entry.actor_id != person_id],
        checks=len(checks),
        last_check=max((entry.day for entry in checks), default=None),
    )


def _ids(session: Session, person_id: UUID) -> Iterable[UUID]:
    """Whatever the record may call her by: herself, her sign-ons, and the editions with a line of hers."""
    yield person_id
    for signed in session.scalars(select(SignOn).where(SignOn.person_id == person_id)):
        yield signed.id
        printed = editions(session, signed.letter_id)
        yield from (one.id for one in printed if shows(session, one, signed.id))


def _look(session: Session, entry: audit.AuditEntry) -> Look:
    what = f"looked.{entry.act.replace('.', '_')}"
    return Look(
        on=entry.day,
        who=_role(session, entry),
        # An act nobody has words for yet is shown all the same.
        what=what if what in tongue("en").sentences else "looked.other",
        why=entry.why if entry.act.endswith(_TOLD_WHY) else "",
    )


def _role(session: Session, entry: audit.AuditEntry) -> str:
    if entry.actor_id is None:
        return "who.nobody"
    roles = sorted(roles_on(session, entry.actor_id, entry.day))
    return f"who.{roles[0]}" if roles else "who.somebody"

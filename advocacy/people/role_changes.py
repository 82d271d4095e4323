"""Who does what from when until when changes by two people: one proposes, another agrees, and then it is so.

Nobody proposes or agrees to a change of her own role. Roles kept apart may be held by one person only as an
exception: for three months at most, with a reason, and everybody can read that it is so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.people.access import clashes
from advocacy.people.actions import BackwardsTerm, give_term, propose, second
from advocacy.people.enrolling import begin_anew
from advocacy.people.models import ChangeKind, RoleChange, SecondedAct, Term
from advocacy.people.queries import holders, person, proposals_waiting, roles_on
from advocacy.people.roles import Role
from advocacy.people.sessions import leave_all

ACT = "role."
STANDS_FOR_HOURS = 72
LONGEST = timedelta(days=731)
EXCEPTION = timedelta(days=92)
CARETAKER = timedelta(days=30)
ENDS_SOON = timedelta(days=30)


class OwnRole(Exception):
    """Nobody changes a role of her own, and nobody agrees to a change of her own. Ask somebody else."""


class TooLong(Exception):
    """A term lasts two years at most."""


class KeptApart(Exception):
    """One person should not hold both. An exception needs a reason and lasts three months at most."""


class NoExtension(Exception):
    """Only a term that ends or ended within 30 days can be extended, and only once."""


class OtherManager(Exception):
    """Another manager can do this alone. Two custodians do it only where there is no other manager."""


@dataclass(frozen=True)
class Proposed:
    """A change that waits for its second person."""

    act: SecondedAct
    change: RoleChange
    clashes: tuple[tuple[Role, Role], ...]


def propose_term(
    session: Session,
    person_id: UUID,
    role: Role,
    *,
    begins_on: date,
    ends_on: date,
    why: str,
    by: UUID,
    now: datetime,
) -> RoleChange:
    """Propose that a person holds a role from a day to a day."""
    if ends_on < begins_on:
        raise BackwardsTerm
    if ends_on - begins_on > LONGEST:
        raise TooLong
    if found_clashes(session, person_id, role, begins_on, ends_on) and not (
        why and ends_on - begins_on <= EXCEPTION
    ):
        raise KeptApart
    given = RoleChange(person_id=person_id, role=role, begins_on=begins_on, ends_on=ends_on, why=why)
    return _propose(session, ChangeKind.GIVE, given, by=by, now=now)


def propose_end(session: Session, term: Term, *, by: UUID, today: date, now: datetime) -> RoleChange:
    """Propose that a term ends at once."""
    ended = RoleChange(person_id=term.person_id, role=term.role, term_id=term.id, ends_on=today, why="")
    return _propose(session, ChangeKind.END, ended, by=by, now=now)


def propose_extension(session: Session, term: Term, *, by: UUID, today: date, now: datetime) -> RoleChange:
    """Propose thirty days more as a caretaker, for the election that comes late."""
    if not may_be_extended(term, today):
        raise NoExtension
    until = max(term.ends_on, today) + CARETAKER
    longer = RoleChange(person_id=term.person_id, role=term.role, term_id=term.id, ends_on=until, why="")
    return _propose(session, ChangeKind.EXTEND, longer, by=by, now=now)


def lost_device(
    session: Session,
    person_id: UUID,
    *,
    why: str,
    by: UUID,
    roles: frozenset[Role],
    today: date,
    now: datetime,
) -> bool:
    """Let somebody who lost her device enrol anew; False while it waits for a second custodian.

    Another manager does it alone. For the only manager two custodians do it.
    """
    if by == person_id:
        raise OwnRole
    if Role.MANAGER in roles:
        begin_anew(session, person_id, by=by, why=why, now=now)
        return True
    if list(holders(session, [Role.MANAGER], today)) != [person_id]:
        raise OtherManager
    lost = RoleChange(person_id=person_id, why=why)
    _propose(session, ChangeKind.BEGIN_ANEW, lost, by=by, now=now)
    return False


def may_be_extended(term: Term, today: date) -> bool:
    """Whether two custodians may still give this term thirty days more."""
    return term.extended_on is None and abs(term.ends_on - today) <= CARETAKER


def agree(
    session: Session, change: RoleChange, act: SecondedAct, *, by: UUID, today: date, now: datetime
) -> None:
    """Be the second person, whereupon the change happens in the same moment."""
    if by == change.person_id:
        raise OwnRole
    agreed = second(session, act.id, by=by, now=now)
    if agreed.used_at is not None:
        return
    agreed.used_at = now
    _carry_out(session, change, by, today, now)
    audit.record(
        session, f"{ACT}{change.kind}", actor=by, about="person", id=change.person_id, why=_reason(change)
    )
    session.flush()


def waiting_changes(session: Session, now: datetime) -> Sequence[Proposed]:
    """Every change of a role that waits for a second person; not one whose words no longer fit its hash."""
    found = []
    for act in proposals_waiting(session, now):
        change = session.get(RoleChange, act.about_id) if act.act.startswith(ACT) else None
        if change is not None and person(session, change.person_id) and act.hash == _hash(change):
            found.append(Proposed(act, change, _clashes_of(session, change)))
    return found


def waiting_change(session: Session, act: SecondedAct, now: datetime) -> Proposed | None:
    """One change that waits, by its proposal."""
    return next((one for one in waiting_changes(session, now) if one.act.id == act.id), None)


def found_clashes(
    session: Session, person_id: UUID, role: Role, begins_on: date, ends_on: date
) -> tuple[tuple[Role, Role], ...]:
    """The roles kept apart that a person would hold at once on some day of these."""
    asked = select(Term.role).where(
        Term.person_id == person_id, Term.begins_on <= ends_on, Term.ends_on >= begins_on
    )
    held = {Role(known) for known in session.scalars(asked)}
    return tuple(pair for pair in clashes({role, *held}) if role in pair)


def exceptions_on(session: Session, day: date) -> Sequence[tuple[tuple[Role, Role], date]]:
    """The pairs of roles kept apart that one person holds on a day, and until when: for everybody to read."""
    found = []
    for who in holders(session, list(Role), day):
        for pair in clashes(roles_on(session, who, day)):
            ends = select(Term.ends_on).where(Term.person_id == who, Term.role.in_(pair), Term.ends_on >= day)
            found.append((pair, min(session.scalars(ends))))
    return sorted(found)


def ending_soon(session: Session, person_id: UUID, today: date) -> Sequence[tuple[Role, date]]:
    """The roles of a person whose term ends within thirty days and is followed by no other."""
    asked = select(Term).where(Term.person_id == person_id, Term.ends_on >= today).order_by(Term.ends_on)
    last: dict[Role, date] = {Role(term.role): term.ends_on for term in session.scalars(asked)}
    return [(role, ends_on) for role, ends_on in last.items() if ends_on - today <= ENDS_SOON]


def _carry_out(session: Session, change: RoleChange, by: UUID, today: date, now: datetime) -> None:
    if change.kind == ChangeKind.BEGIN_ANEW:
        begin_anew(session, change.person_id, by=by, why=change.why, now=now)
    elif change.kind == ChangeKind.GIVE:
        assert change.role and change.begins_on and change.ends_on
        first, last = change.begins_on, change.ends_on
        give_term(session, change.person_id, Role(change.role), begins_on=first, ends_on=last, by=by)
    else:
        term = session.get_one(Term, change.term_id, with_for_update=True, populate_existing=True)
        _move_end(term, change, today)
    # Whoever has another role from now on signs in again and finds the office as it is for her now.
    leave_all(session, change.person_id)


def _move_end(term: Term, change: RoleChange, today: date) -> None:
    if change.kind == ChangeKind.END:
        term.ends_on = min(term.ends_on, today - timedelta(days=1))
        term.begins_on = min(term.begins_on, term.ends_on)
    elif term.extended_on is None:
        term.ends_on, term.extended_on = change.ends_on or term.ends_on, today


def _propose(
    session: Session, kind: ChangeKind, change: RoleChange, *, by: UUID, now: datetime
) -> RoleChange:
    if by == change.person_id:
        raise OwnRole
    change.kind, change.id = kind, uuid4()
    waits = [one for one in waiting_changes(session, now) if _hash(one.change) == _hash(change)]
    if waits:
        return waits[0].change
    session.add(change)
    session.flush()
    hours = STANDS_FOR_HOURS
    propose(session, f"{ACT}{kind}", change.id, hash=_hash(change), by=by, now=now, hours=hours)
    return change


def _hash(change: RoleChange) -> str:
    told = (
        change.kind,
        change.person_id,
        change.term_id,
        change.role,
        change.begins_on,
        change.ends_on,
        change.why,
    )
    return sha256("\n".join(str(part) for part in told).encode()).hexdigest()


def _reason(change: RoleChange) -> str:
    return " ".join(part for part in (change.role or "", change.why) if part)


def _clashes_of(session: Session, change: RoleChange) -> tuple[tuple[Role, Role], ...]:
    if change.kind != ChangeKind.GIVE or not (change.role and change.begins_on and change.ends_on):
        return ()
    return found_clashes(session, change.person_id, Role(change.role), change.begins_on, change.ends_on)

"""What the page of roles shows: each term, how its holder signs in, what waits, what should be looked at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.people import queries
from advocacy.people.access import clashes
from advocacy.people.authenticators import has_app
from advocacy.people.models import ChangeKind, RoleChange, Term
from advocacy.people.passkeys import passkeys_of
from advocacy.people.role_changes import Proposed, may_be_extended, waiting_changes
from advocacy.people.roles import Role
from advocacy.people.sessions import Seat
from advocacy.web.pages import day

SOON = timedelta(days=30)
_FEWEST = {Role.MANAGER: 2, Role.PWG_COFACILITATOR: 2, Role.CUSTODIAN: 2, Role.DEPUTY: 3}


@dataclass(frozen=True, repr=False)
class Held:
    """One term as a page shows it."""

    term_id: UUID
    person_id: UUID
    name: str
    role: str
    begins_on: date
    ends_on: date
    stage: str
    ends_soon: bool
    may_be_extended: bool
    signs_in: str
    is_mine: bool


@dataclass(frozen=True)
class Change:
    """A change that waits for a second person, in words."""

    id: UUID
    name: str
    words: str
    why: str
    apart: str
    until_at: datetime
    is_mine: bool
    is_about_me: bool
    act: str


@dataclass(frozen=True)
class RolesPage:
    """Everything the page of roles shows."""

    running: Sequence[Held]
    over: Sequence[Held]
    waiting: Sequence[Change]
    advice: Sequence[str]


def roles_page(session: Session, reader: Seat, *, today: date, now: datetime) -> RolesPage:
    """The page as this person reads it."""
    held = [_held(session, term, reader, today) for term in queries.terms(session)]
    running = [term for term in held if term.stage != "over"]
    return RolesPage(
        running,
        [term for term in held if term.stage == "over"],
        [change_of(session, one, reader) for one in waiting_changes(session, now)],
        advice(session, today),
    )


def change_of(session: Session, proposed: Proposed, reader: Seat) -> Change:
    """A change in words, for whoever is to agree to it."""
    change = proposed.change
    return Change(
        id=proposed.act.id,
        name=_name(session, change.person_id),
        words=_words(change),
        why=change.why,
        apart="; ".join(f"{one.label} and {other.label}" for one, other in proposed.clashes),
        until_at=proposed.act.until_at,
        is_mine=proposed.act.proposed_by == reader.person_id,
        is_about_me=change.person_id == reader.person_id,
        act=proposed.act.act,
    )


def advice(session: Session, today: date) -> Sequence[str]:
    """What about the roles should be looked at today."""
    running = [term for term in queries.terms(session) if term.begins_on <= today <= term.ends_on]
    by_role: dict[Role, list[Term]] = defaultdict(list)
    for term in running:
        by_role[Role(term.role)].append(term)
    found = []
    for role, fewest in _FEWEST.items():
        people = {term.person_id for term in by_role[role]}
        if len(people) < fewest:
            found.append(f"{role.label}: {len(people)} now. With {fewest} nobody is alone with it.")
    for role, its in by_role.items():
        if len(its) > 1 and len({term.ends_on for term in its}) == 1:
            found.append(f"{role.label}: all terms end on {day(its[0].ends_on)}. Let one end later.")
    return [*found, *_apart(by_role)]


def _apart(by_role: dict[Role, list[Term]]) -> Sequence[str]:
    held: dict[UUID, set[Role]] = defaultdict(set)
    for role, its in by_role.items():
        for term in its:
            held[term.person_id].add(role)
    return [
        f"One person is {one.label} and {other.label}: an exception, which everybody can read of."
        for roles in held.values()
        for one, other in clashes(roles)
    ]


def _words(change: RoleChange) -> str:
    role = Role(change.role).label if change.role else ""
    if change.kind == ChangeKind.GIVE and change.begins_on and change.ends_on:
        return f"{role} from {day(change.begins_on)} to {day(change.ends_on)}"
    if change.kind == ChangeKind.END:
        return f"{role}: the term ends at once"
    if change.kind == ChangeKind.EXTEND and change.ends_on:
        return f"{role}: caretaker until {day(change.ends_on)}"
    return "Lost her device: sets up anew how she signs in"


def _held(session: Session, term: Term, reader: Seat, today: date) -> Held:
    stage = "over" if term.ends_on < today else "to come" if term.begins_on > today else "now"
    return Held(
        term_id=term.id,
        person_id=term.person_id,
        name=_name(session, term.person_id),
        role=Role(term.role).label,
        begins_on=term.begins_on,
        ends_on=term.ends_on,
        stage=stage,
        ends_soon=stage == "now" and term.ends_on - today <= SOON,
        may_be_extended=may_be_extended(term, today),
        signs_in=_signs_in(session, term.person_id),
        is_mine=term.person_id == reader.person_id,
    )


def _signs_in(session: Session, person_id: UUID) -> str:
    keys = len(passkeys_of(session, person_id))
    ways = [f"{keys} passkey{'s' if keys > 1 else ''}"] if keys else []
    return ", ".join(ways + (["app"] if has_app(session, person_id) else [])) or "nothing set up yet"


def _name(session: Session, person_id: UUID) -> str:
    known = queries.person(session, person_id)
    return queries.names_of(session, known).name if known else "Somebody who was erased"

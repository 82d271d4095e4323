"""What may be done about people: take in a roster, set limits, give terms, open the office, act in pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.people.limits import Audience, Facts, write_facts
from advocacy.people.models import (
    Group,
    GroupMember,
    NamingLimit,
    Organisation,
    Person,
    SecondedAct,
    Term,
)
from advocacy.people.queries import (
    agreed_act,
    email_mark,
    limits_overtaken,
    names_of,
    naming_limits,
    people_at,
    proposal,
    without_email,
)
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow

_ORGANISATIONS = UUID("5a0c5ee1-6f0e-4c6e-9b0e-0d7a4b1f2c33")


class SamePerson(Exception):
    """This takes two different people. Ask somebody else to second it."""


class ProposalEnded(Exception):
    """This proposal has run out or was replaced. Please propose it again."""


class KnownAlready(Exception):
    """Somebody of this name, at this address, is on the roster already. Nobody was added."""


class BackwardsTerm(Exception):
    """A term cannot end before it begins."""


@dataclass(frozen=True)
class Intake:
    """What taking in a roster did."""

    added: int
    known: int


def import_roster(session: Session, rows: Iterable[RosterRow], *, by: UUID | None, now: datetime) -> Intake:
    """Take in every row or none. Somebody already known by name and address is left as she is."""
    added = known = 0
    for row in rows:
        if is_known(session, row):
            known += 1
            continue
        add_person(session, row, by=by, now=now)
        added += 1
    audit.record(
        session, "roster.import", actor=by, about="roster", why=f"{added} added, {known} already known"
    )
    return Intake(added, known)


def is_known(session: Session, row: RosterRow) -> bool:
    """Whether somebody of this name, at this address, is on the roster already."""
    here = people_at(session, row.email) if row.email else without_email(session)
    return any(names_of(session, other).name.casefold() == row.name.casefold() for other in here)


def add_by_hand(session: Session, row: RosterRow, *, by: UUID, now: datetime) -> Person:
    """Put one person on the roster as she joins, or raise `KnownAlready`."""
    if is_known(session, row):
        raise KnownAlready
    added = add_person(session, row, by=by, now=now)
    audit.record(session, "person.add", actor=by, about="person", id=added.id)
    session.flush()
    return added


def add_person(session: Session, row: RosterRow, *, by: UUID | None, now: datetime) -> Person:
    """Put a person on the roster, her words sealed, her limits set, in her groups."""
    id = uuid4()
    vault.new_holder(session, id)

    def sealed(column: str) -> bytes | None:
        text = getattr(row, column)
        return vault.seal(session, id, "person", column, id, text) if text else None

    person = Person(
        id=id,
        name=sealed("name"),
        chosen_name=sealed("chosen_name"),
        email=sealed("email"),
        email_index=email_mark(session, row.email) if row.email else None,
        state=sealed("state"),
        state_index=vault.index(session, "person.state", row.state) if row.state else None,
        recognition_word=sealed("recognition_word"),
        credential=sealed("credential"),
        affiliation=sealed("affiliation"),
        handles=sealed("handles"),
        phone=sealed("phone"),
        language=row.language,
        mail_mode=row.mail_mode,
        time_zone=row.time_zone or None,
        joined_on=now.date(),
    )
    session.add(person)
    session.flush()
    set_limits(session, id, row.limits, by=by, in_force_at=now)
    for name in row.groups:
        join_group(session, id, name)
    return person


def set_limits(
    session: Session,
    person_id: UUID,
    limits: Mapping[Audience, Facts],
    *,
    by: UUID | None,
    in_force_at: datetime,
) -> None:
    """Set how far a person may be shown to each audience named, from a moment on.

    What she says last counts: a wider limit decided before and still to come never comes.
    """
    before, is_lower = naming_limits(session, person_id, in_force_at), False
    for audience, facts in limits.items():
        overtaken = limits_overtaken(session, person_id, audience, facts, in_force_at)
        for row in overtaken:
            session.delete(row)
        is_lower = is_lower or bool(overtaken) or not before[audience] <= facts
        session.add(
            NamingLimit(
                id=uuid4(),
                person_id=person_id,
                audience=audience,
                facts=write_facts(facts),
                set_by=by,
                in_force_at=in_force_at,
            )
        )
    if is_lower:
        # The wider one must not come back with an older copy of the database.
        audit.record(session, "limits.lower", actor=by, about="person", id=person_id, lasting=True)
    session.flush()


def join_group(session: Session, person_id: UUID, name: str) -> None:
    """Put a person in a group, which begins to exist with its first member."""
    group = session.scalars(select(Group).where(Group.name == name)).first()
    if group is None:
        group = Group(id=uuid4(), name=name)
        session.add(group)
        session.flush()
    here = select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.person_id == person_id)
    if session.scalars(here).first() is None:
        session.add(GroupMember(id=uuid4(), group_id=group.id, person_id=person_id))
        session.flush()


def give_term(
    session: Session, person_id: UUID, role: Role, *, begins_on: date, ends_on: date, by: UUID | None
) -> Term:
    """Give a person a role from a day to a day; the same term twice is one."""
    if ends_on < begins_on:
        raise BackwardsTerm
    # Pressed twice at once, the second waits here and finds the first.
    session.get_one(Person, person_id, with_for_update=True)
    same = select(Term).where(Term.person_id == person_id, Term.role == role)
    term = session.scalars(same.where(Term.begins_on == begins_on, Term.ends_on == ends_on)).first()
    if term is None:
        term = Term(id=uuid4(), person_id=person_id, role=role, begins_on=begins_on, ends_on=ends_on)
        session.add(term)
        audit.record(session, "term.give", actor=by, about="person", id=person_id, why=role)
        session.flush()
    return term


def add_organisation(
    session: Session, *, public_name: str, state: str | None, level: str | None = None, now: datetime
) -> Organisation:
    """Know an organisation by its public name; the same name and state is the same organisation."""
    same = select(Organisation).where(Organisation.public_name == public_name, Organisation.state == state)
    organisation = session.scalars(same).first()
    if organisation is not None:
        organisation.level = organisation.level or level
        return organisation
    # Two who type it at once would both find nothing; the same words make the same id, and one is kept.
    id = uuid5(_ORGANISATIONS, f"{public_name}|{state or ''}")
    try:
        with session.begin_nested():
            added = Organisation(id=id, public_name=public_name, state=state, level=level)
            added.added_on = now.date()
            session.add(added)
        return added
    except IntegrityError:
        return session.get_one(Organisation, id)


def stop_mail(session: Session, person_id: UUID, now: datetime) -> None:
    """Send this person nothing more; what she signed stands."""
    person = session.get_one(Person, person_id)
    if person.mail_stopped_on is None:
        person.mail_stopped_on = now.date()
        audit.record(session, "mail.stop", actor=None, about="person", id=person_id, lasting=True)
        session.flush()


def propose(
    session: Session,
    act: str,
    about_id: UUID,
    *,
    hash: str,
    by: UUID,
    now: datetime,
    hours: int = 48,
    why: str | None = None,
) -> SecondedAct:
    """Propose an act that takes two, pinned to one hash; proposing it again is the same proposal."""
    standing = proposal(session, act, about_id, hash, now)
    if standing is not None:
        return standing
    proposed = SecondedAct(
        id=uuid4(),
        act=act,
        about_id=about_id,
        hash=hash,
        proposed_by=by,
        proposed_at=now,
        until_at=now + timedelta(hours=hours),
        why=why,
    )
    session.add(proposed)
    audit.record(session, f"{act}.propose", actor=by, about="seconded_act", id=proposed.id)
    session.flush()
    return proposed


def second(session: Session, proposal_id: UUID, *, by: UUID, now: datetime) -> SecondedAct:
    """Second a proposal, never one's own."""
    proposed = session.get_one(SecondedAct, proposal_id, with_for_update=True, populate_existing=True)
    if proposed.until_at <= now or proposed.used_at is not None:
        raise ProposalEnded
    if proposed.proposed_by == by:
        raise SamePerson
    if proposed.seconded_by is None:
        proposed.seconded_by, proposed.seconded_at = by, now
        audit.record(session, f"{proposed.act}.second", actor=by, about="seconded_act", id=proposal_id)
        session.flush()
    return proposed


def use(session: Session, act: str, about_id: UUID, *, hash: str, now: datetime) -> SecondedAct:
    """Spend a seconded proposal for exactly this act, or raise `ProposalEnded`. It works once."""
    agreed = agreed_act(session, act, about_id, hash, now)
    if agreed is None:
        raise ProposalEnded
    agreed.used_at = now
    session.flush()
    return agreed

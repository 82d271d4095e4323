"""Everything asked about people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from advocacy import vault
from advocacy.looking_once import looked_up_once
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Facts, Limits, parse_facts
from advocacy.people.models import (
    Group,
    GroupMember,
    MailMode,
    NamingLimit,
    Organisation,
    Person,
    SecondedAct,
    Term,
)
from advocacy.people.places import REGIONS
from advocacy.people.pointing import leads_to
from advocacy.people.roles import Role


@dataclass(frozen=True, repr=False)
class Names:
    """A person's sealed words, opened. Handle as you would a key."""

    name: str
    chosen_name: str
    email: str
    state: str
    recognition_word: str
    credential: str
    affiliation: str
    handles: str
    phone: str

    @property
    def tells(self) -> bool:
        """Whether the chosen name leads to another she goes by, which she is told in private."""
        return leads_to(self.chosen_name, self.name, self.email.partition("@")[0], self.handles)


_IN_ORDER = (NamingLimit.in_force_at, NamingLimit.id)

SEALED = (
    "name",
    "chosen_name",
    "email",
    "state",
    "recognition_word",
    "credential",
    "affiliation",
    "handles",
    "phone",
)


def person(session: Session, person_id: UUID) -> Person | None:
    """The person, unless everything about her was erased."""
    found = session.get(Person, person_id)
    return found if found is not None and found.erased_on is None else None


def names_of(session: Session, known: Person) -> Names:
    """Open a person's sealed words. Only sign-ons, mail and the membership group have a reason to."""

    def opened(column: str) -> str:
        sealed = getattr(known, column)
        return vault.unseal(session, known.id, "person", column, known.id, sealed) if sealed else ""

    return Names(**{column: opened(column) for column in SEALED})


def email_mark(session: Session, email: str) -> bytes:
    """The keyed fingerprint people are found by; capital letters do not matter."""
    return vault.index(session, "person.email", email.strip().casefold())


def people_at(session: Session, email: str) -> Sequence[Person]:
    """Everybody who reads this mailbox: couples and shelters share one."""
    asked = select(Person).where(Person.email_index == email_mark(session, email), Person.erased_on.is_(None))
    return session.scalars(asked.order_by(Person.id)).all()


def shares_mailbox(session: Session, known: Person) -> bool:
    """Whether somebody else on the roster reads the same mailbox."""
    if known.email_index is None:
        return False
    asked = select(func.count()).select_from(Person).where(Person.email_index == known.email_index)
    return (session.scalar(asked.where(Person.erased_on.is_(None))) or 0) > 1


def may_write_to(known: Person) -> bool:
    """Whether a mail may go to this person at all: by her mail mode, and because she did not say stop."""
    reachable = known.erased_on is None and known.email is not None and known.mail_stopped_on is None
    return reachable and known.mail_mode != MailMode.NONE


def without_email(session: Session) -> Sequence[Person]:
    """Everybody on the roster who gave no address."""
    asked = select(Person).where(Person.email.is_(None), Person.erased_on.is_(None))
    return session.scalars(asked.order_by(Person.id)).all()


def naming_limits(session: Session, person_id: UUID, at: datetime) -> Limits:
    """The most a person may be shown to each audience at a moment. Nobody asked means: only counted."""
    return limits_of(session, [person_id], at)[person_id]


def limits_of(session: Session, person_ids: Collection[UUID], at: datetime) -> Mapping[UUID, Limits]:
    """The naming limits of many people at a moment, asked for together."""
    limits = {id: {audience: NOTHING_BUT_COUNT for audience in Audience} for id in person_ids}
    theirs = select(NamingLimit).where(NamingLimit.person_id.in_(limits), NamingLimit.in_force_at <= at)
    for row in session.scalars(theirs.order_by(*_IN_ORDER)):
        limits[row.person_id][Audience(row.audience)] = parse_facts(row.facts)
    return limits


def limits_overtaken(
    session: Session, person_id: UUID, audience: Audience, facts: Facts, from_at: datetime
) -> Sequence[NamingLimit]:
    """The limits that a decision from a moment on puts aside: of that very moment, and wider ones to come."""
    asked = select(NamingLimit).where(NamingLimit.person_id == person_id, NamingLimit.audience == audience)
    later = session.scalars(asked.where(NamingLimit.in_force_at >= from_at)).all()
    return [row for row in later if row.in_force_at == from_at or not parse_facts(row.facts) <= facts]


def members_in_state(session: Session, state: str) -> int:
    """How many members live in a state, without opening anybody's."""
    return _members_in(session, (state,))


def members_in_region(session: Session, region: str) -> int:
    """How many members live in a region, without opening anybody's state."""
    return _members_in(session, REGIONS.get(region, ()))


@looked_up_once
def _members_in(session: Session, states: Collection[str]) -> int:
    marks = [vault.index(session, "person.state", state) for state in states]
    asked = select(func.count()).select_from(Person)
    return session.scalar(asked.where(Person.state_index.in_(marks), Person.erased_on.is_(None))) or 0


def roles_on(session: Session, person_id: UUID, day: date) -> frozenset[Role]:
    """The roles a person holds on a day; a term that ended yesterday gives nothing."""
    asked = select(Term.role).where(Term.person_id == person_id, Term.begins_on <= day, Term.ends_on >= day)
    return frozenset(Role(role) for role in session.scalars(asked))


def holders(session: Session, roles: Collection[Role], day: date) -> Sequence[UUID]:
    """Everybody who holds one of these roles on a day."""
    asked = select(Term.person_id).where(Term.role.in_(roles), Term.begins_on <= day, Term.ends_on >= day)
    return session.scalars(asked.distinct().order_by(Term.person_id)).all()


def terms(session: Session) -> Sequence[Term]:
    """Every term, past ones too, the latest end first."""
    return session.scalars(select(Term).order_by(Term.ends_on.desc(), Term.role, Term.id)).all()


def groups(session: Session) -> Sequence[Group]:
    """Every group, by name."""
    return session.scalars(select(Group).order_by(Group.name)).all()


def members_of(session: Session, group_ids: Collection[UUID]) -> Sequence[UUID]:
    """Everybody in any of these groups, each once."""
    asked = select(GroupMember.person_id).join(Person, Person.id == GroupMember.person_id)
    asked = asked.where(GroupMember.group_id.in_(group_ids), Person.erased_on.is_(None))
    return session.scalars(asked.distinct().order_by(GroupMember.person_id)).all()


def group_size(session: Session, group_id: UUID) -> int:
    """How many people a group has."""
    return len(members_of(session, [group_id]))


def roster(session: Session) -> Sequence[Person]:
    """Every person on the roster."""
    return session.scalars(select(Person).where(Person.erased_on.is_(None)).order_by(Person.id)).all()


def organisations(session: Session) -> Sequence[Organisation]:
    """Every organisation known, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.public_name)).all()


def agreed_act(session: Session, act: str, about_id: UUID, hash: str, now: datetime) -> SecondedAct | None:
    """Exactly this act where two have agreed to it and it was not done yet, held for whoever asks first."""
    asked = _acts(act, about_id, hash, now).where(SecondedAct.seconded_by.is_not(None))
    return session.scalars(asked.limit(1).with_for_update().execution_options(populate_existing=True)).first()


def proposal(session: Session, act: str, about_id: UUID, hash: str, now: datetime) -> SecondedAct | None:
    """The standing proposal for exactly this act, when there is one and it has not run out."""
    newest = _acts(act, about_id, hash, now).order_by(SecondedAct.proposed_at.desc())
    return session.scalars(newest.limit(1)).first()


def _acts(act: str, about_id: UUID, hash: str, now: datetime) -> Select[SecondedAct]:
    return select(SecondedAct).where(
        SecondedAct.act == act,
        SecondedAct.about_id == about_id,
        SecondedAct.hash == hash,
        SecondedAct.until_at > now,
        SecondedAct.used_at.is_(None),
    )


def proposals_waiting(session: Session, now: datetime) -> Sequence[SecondedAct]:
    """Every proposal that still needs a second person."""
    asked = select(SecondedAct).where(SecondedAct.until_at > now, SecondedAct.seconded_at.is_(None))
    return session.scalars(asked.order_by(SecondedAct.until_at)).all()

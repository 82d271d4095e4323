"""The custodians' copies of the key file: without one that opens, every name is lost with one disk.

A copy counts once its custodian has proved it: with the copy alone, what is stored about herself was opened.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy import audit, vault
from advocacy.db import Base
from advocacy.key_file import Keys
from advocacy.people.models import Person
from advocacy.people.queries import holders, roles_on
from advocacy.people.roles import Role

NEEDED = 2
GRACE = timedelta(days=14)
"""How long the copies of before a rotation still count: time for two people to fetch the new one."""


class CopyRefused(Exception):
    """This copy does not open what is stored here. Make a new one with: advocacy keys copy"""


_OF_ANOTHER = "This copy is of another installation. Make one of this with: advocacy keys copy"
_FROM_BEFORE = "This copy is from before the newest key. Make a new one with: advocacy keys copy"


class NoCustodian(Exception):
    """Only a custodian whose term runs today proves a copy. Look under Roles and terms."""


class CopiesMissing(Exception):
    """First two custodians have to prove their copies. Look under Copies of the keys."""


class KeyProof(Base):
    """A custodian's copy held this wrapping key on that day, and opened what is stored. One of each."""

    __tablename__ = "key_proof"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    key_id: Mapped[str]
    proved_on: Mapped[date]


class Stands(StrEnum):
    """How a custodian's copy stands today."""

    GOOD = "good"
    FOR_NOW = "for_now"
    OLD = "old"
    NEVER = "never"


@dataclass(frozen=True)
class Proved:
    """Which key a custodian in office last proved her copy of, when, and whether it counts today.

    Where it was proved before the key in use came, it counts until a day, that one included.
    """

    person_id: UUID
    key_id: str | None = None
    proved_on: date | None = None
    stands: Stands = Stands.NEVER
    until: date | None = None

    @property
    def counts(self) -> bool:
        """Whether letters may open on the strength of it."""
        return self.stands in (Stands.GOOD, Stands.FOR_NOW)


@dataclass(frozen=True)
class Copies:
    """What each custodian in office has proved, and whether that is enough for people to sign."""

    proved: tuple[Proved, ...]

    @property
    def counting(self) -> int:
        """How many copies count today."""
        return sum(one.counts for one in self.proved)

    @property
    def lasting(self) -> int:
        """How many hold the key in use, and so count without an end."""
        return sum(one.stands is Stands.GOOD for one in self.proved)

    @property
    def are_enough(self) -> bool:
        """Whether a letter may open today."""
        return self.counting >= NEEDED

    @property
    def enough_until(self) -> date | None:
        """The last day on which they are enough, where only copies of before make them so."""
        ends = [one.until for one in self.proved if one.until]
        return max(ends) if self.are_enough and self.lasting < NEEDED else None

    def of(self, person_id: UUID) -> Proved | None:
        """What this custodian has proved; nothing where she is none today."""
        return next((one for one in self.proved if one.person_id == person_id), None)


def copy_keys(session: Session, path: Path) -> None:
    """Write a custodian's copy of all keys into a new file, on record; or raise `KeysRefused`."""
    keys = vault.keys_of(session)
    audit.record(session, "keys.copy", actor=None, about="keys", why=keys.active)
    session.flush()
    keys.copy_to(path)


def prove(session: Session, copy: Keys, person_id: UUID, today: date) -> None:
    """Take a custodian's copy as proved, once it alone has opened what is stored about her.

    Raises `NoCustodian` or `CopyRefused`.
    """
    if Role.CUSTODIAN not in roles_on(session, person_id, today):
        raise NoCustodian
    active = vault.active_key(session).key_id
    _open_with(session, copy, person_id, active)
    same = select(KeyProof).where(KeyProof.person_id == person_id, KeyProof.key_id == active)
    if (known := session.scalar(same)) is not None:
        known.proved_on = today
    else:
        session.add(KeyProof(id=uuid4(), person_id=person_id, key_id=active, proved_on=today))
    audit.record(session, "keys.prove", actor=person_id, about="person", id=person_id, why=active)
    session.flush()


def copies(session: Session, today: date) -> Copies:
    """What each custodian in office has proved last, and how it stands today."""
    known = session.get_one(vault.ActiveKey, 1)
    in_office = sorted(holders(session, (Role.CUSTODIAN,), today))
    return Copies(tuple(_stands(_last(session, one), known, today) for one in in_office))


def check_copies(session: Session, today: date) -> None:
    """Raise `CopiesMissing` while fewer than two custodians have proved their copies."""
    if not copies(session, today).are_enough:
        raise CopiesMissing


def _last(session: Session, person_id: UUID) -> Proved:
    hers = select(KeyProof).where(KeyProof.person_id == person_id)
    found = session.scalars(hers.order_by(KeyProof.proved_on.desc(), KeyProof.key_id.desc())).first()
    return Proved(person_id, found.key_id, found.proved_on) if found else Proved(person_id)


def _stands(last: Proved, known: vault.ActiveKey, today: date) -> Proved:
    if last.key_id is None:
        return last
    if last.key_id == known.key_id:
        return replace(last, stands=Stands.GOOD)
    if last.key_id == known.before and known.since and today <= (until := known.since + GRACE):
        return replace(last, stands=Stands.FOR_NOW, until=until)
    return replace(last, stands=Stands.OLD)


def _open_with(session: Session, copy: Keys, person_id: UUID, active: str) -> None:
    here, person = vault.keys_of(session), session.get_one(Person, person_id)
    same = hmac.compare_digest(copy.index, here.index) and hmac.compare_digest(copy.codes, here.codes)
    if not same:
        raise CopyRefused(_OF_ANOTHER)
    if active not in copy.wrapping:
        raise CopyRefused(_FROM_BEFORE)
    row = session.get(vault.DataKey, person_id)
    if row is None or person.name is None:
        raise CopyRefused
    try:
        vault.open_with(copy, row, "person", "name", person_id, person.name)
        with_every_key_in_use(session, copy)
    except vault.CannotOpen as fault:
        raise CopyRefused from fault


def with_every_key_in_use(session: Session, copy: Keys) -> None:
    """Unwrap one data key of each id with a copy of the keys, or raise `CannotOpen`."""
    for key_id in session.scalars(select(vault.DataKey.key_id).distinct()).all():
        one = select(vault.DataKey).where(vault.DataKey.key_id == key_id).limit(1)
        vault.unwrap_with(copy, session.scalars(one).one())

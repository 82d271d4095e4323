"""People, their naming limits, roles with terms, groups, office sessions, and acts that take two."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class MailMode(StrEnum):
    """How a person may be written to."""

    FULL = "full"
    DISCREET = "discreet"
    WATCHED = "watched"
    NONE = "none"


class Language(StrEnum):
    """The languages people are written to in."""

    ENGLISH = "en"
    SPANISH = "es"


class Person(Base):
    """Anyone known to the network. What identifies her is sealed; the indexes are keyed fingerprints."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[bytes | None]
    chosen_name: Mapped[bytes | None]
    email: Mapped[bytes | None]
    email_index: Mapped[bytes | None] = mapped_column(index=True)
    state: Mapped[bytes | None]
    state_index: Mapped[bytes | None] = mapped_column(index=True)
    recognition_word: Mapped[bytes | None]
    credential: Mapped[bytes | None]
    affiliation: Mapped[bytes | None]
    language: Mapped[str] = mapped_column(default=Language.ENGLISH)
    mail_mode: Mapped[str] = mapped_column(default=MailMode.FULL)
    joined_on: Mapped[date]
    mail_stopped_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    time_zone: Mapped[str | None]
    rests_until: Mapped[date | None]
    handles: Mapped[bytes | None]
    phone: Mapped[bytes | None]


class NamingLimit(Base):
    """The most a person agreed to be shown to one audience, from a moment on; the latest in force counts."""

    __tablename__ = "naming_limit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    audience: Mapped[str]
    facts: Mapped[str]
    set_by: Mapped[UUID | None]
    in_force_at: Mapped[datetime]


class LimitRaise(Base):
    """A wider limit somebody asked for at the door. It waits for her voice; refused is final."""

    __tablename__ = "limit_raise"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    audience: Mapped[str]
    facts: Mapped[str]
    asked_on: Mapped[date]
    confirmed_by: Mapped[UUID | None]
    in_force_at: Mapped[datetime | None]
    refused_on: Mapped[date | None]


class Term(Base):
    """A role held by a person from a day to a day, the last one included."""

    __tablename__ = "term"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    extended_on: Mapped[date | None]


class ChangeKind(StrEnum):
    """What may be changed about who does what. Each takes two people."""

    GIVE = "give"
    END = "end"
    EXTEND = "extend"
    BEGIN_ANEW = "begin_anew"


class RoleChange(Base):
    """A change of somebody's role as it was proposed; it happens when a second person agrees."""

    __tablename__ = "role_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    term_id: Mapped[UUID | None] = mapped_column(ForeignKey("term.id"))
    role: Mapped[str | None]
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    why: Mapped[str]


class Group(Base):
    """A named part of the membership that can be invited together."""

    __tablename__ = "group"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(unique=True)


class GroupMember(Base):
    """A person's place in a group."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)


class Organisation(Base):
    """A group that can sign, through its authoriser. A member of the network can vouch for others."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    public_name: Mapped[str]
    state: Mapped[str | None]
    added_on: Mapped[date]
    level: Mapped[str | None]
    is_member: Mapped[bool] = mapped_column(default=False, server_default=false())


class SignInLink(Base):
    """An emailed way into the office: one use, one person, an hour at most."""

    __tablename__ = "sign_in_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    key_hash: Mapped[bytes | None] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")


class Passkey(Base):
    """A key on a device of somebody who works here. The device keeps the secret half; this is the other."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    counter: Mapped[int]
    label: Mapped[str]
    added_on: Mapped[date]
    used_on: Mapped[date | None]


class Authenticator(Base):
    """The secret a person's authenticator app makes its codes from, and the last code that was taken."""

    __tablename__ = "authenticator"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[bytes]
    begun_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """One code for the day a device is lost: kept as a keyed fingerprint, and good once."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    used_on: Mapped[date | None]


class Challenge(Base):
    """What a device is asked to sign: once, within minutes, for one purpose."""

    __tablename__ = "challenge"

    challenge_hash: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    ends_at: Mapped[datetime]


class OfficeSession(Base):
    """One open office door. The cookie holds a key; here is only its hash."""

    __tablename__ = "office_session"

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    way: Mapped[str] = mapped_column(default="link", server_default="link")
    proved_at: Mapped[datetime | None]


class SecondedAct(Base):
    """An act that takes two: what exactly was proposed, by whom, until when, and who seconded it."""

    __tablename__ = "seconded_act"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    act: Mapped[str]
    about_id: Mapped[UUID] = mapped_column(index=True)
    hash: Mapped[str]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    until_at: Mapped[datetime]
    seconded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    seconded_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    why: Mapped[str | None]

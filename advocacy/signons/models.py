"""Invitations, links, sign-ons and consents, and a history that holds no names."""

from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base, append_only


class Invitation(Base):
    """One person asked to sign one letter."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("letter_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    invited_by: Mapped[UUID]
    invited_at: Mapped[datetime]
    declined_on: Mapped[date | None]


class Link(Base):
    """An emailed key and its typed code, as hashes. It serves one purpose of one invitation.

    A key to a person's own page belongs to her instead, and to no invitation.
    """

    __tablename__ = "link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    purpose: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    code_hash: Mapped[bytes | None] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class LostLink(Base):
    """Somebody typed a mail address and asked for a new link: how often that day, and whether one waits.

    The address is a keyed mark, and nobody has looked yet whether it is known.
    """

    __tablename__ = "lost_link"

    mailbox: Mapped[bytes] = mapped_column(primary_key=True)
    asked: Mapped[int]
    until_at: Mapped[datetime]
    waiting: Mapped[bool] = mapped_column(index=True)


class SignOn(Base):
    """One person's agreement to one letter. What exactly she agreed to is in its consents."""

    __tablename__ = "sign_on"
    __table_args__ = (UniqueConstraint("letter_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    signed_on: Mapped[date]
    withdrawn_on: Mapped[date | None]


class Consent(Base):
    """One person, one letter version, one audience, one form, until a date. The line is kept sealed."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "ix_consent_one_standing",
            "sign_on_id",
            "audience",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), index=True)
    audience: Mapped[str]
    form: Mapped[str]
    survivor: Mapped[bool]
    credential: Mapped[bool]
    affiliation: Mapped[bool]
    text_sha256: Mapped[str]
    offices: Mapped[str]
    line: Mapped[bytes | None]
    language: Mapped[str]
    given_on: Mapped[date]
    days_after_sending: Mapped[int | None]
    latest_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    method: Mapped[str] = mapped_column(server_default="link")
    notice_sha256: Mapped[str | None] = mapped_column(ForeignKey("notice.sha256"))
    raise_id: Mapped[UUID | None] = mapped_column(ForeignKey("limit_raise.id"), index=True)


class Notice(Base):
    """The exact words of a page before signing, once for all who were shown them. Never anybody's line."""

    __tablename__ = "notice"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    body: Mapped[str]
    shown_on: Mapped[date]


class SignOnEvent(Base):
    """What happened to a sign-on, on which day. Never changed, never removed, never a name."""

    __tablename__ = "sign_on_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), index=True)
    version_id: Mapped[UUID | None]
    event: Mapped[str]
    audience: Mapped[str | None]
    form: Mapped[str | None]
    day: Mapped[date]


class AskAgain(Base):
    """Somebody came after a letter had closed, and wants to hear of it when it opens again. Once."""

    __tablename__ = "ask_again"

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    asked_on: Mapped[date]


class Asking(Base):
    """Somebody who had signed is written to once: other words, one more office, or left out.

    `about` is the text, as its SHA-256, or the marks of the offices.
    """

    __tablename__ = "asking"
    __table_args__ = (UniqueConstraint("invitation_id", "why", "about"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"))
    why: Mapped[str]
    about: Mapped[str]
    asked_on: Mapped[date]
    refused_on: Mapped[date | None]


class Undo(Base):
    """What a withdrawal took off, to be put back within seven days just as it was, or forgotten."""

    __tablename__ = "undo"

    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), primary_key=True)
    consents: Mapped[str]
    until_at: Mapped[datetime]


class KeptChoices(Base):
    """Choices made so far by somebody whose phone threw the page away; sealed, for an hour."""

    __tablename__ = "kept_choices"

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    choices: Mapped[bytes]
    until_at: Mapped[datetime]


class AssistedSignOn(Base):
    """A yes that somebody helped with: who helped, in which way, and what exactly was read or signed."""

    __tablename__ = "assisted_sign_on"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"))
    way: Mapped[str]
    helped_by: Mapped[UUID]
    confirmed_by: Mapped[UUID | None]
    text_sha256: Mapped[str]
    read_sha256: Mapped[str]
    language: Mapped[str]
    helped_on: Mapped[date]


class Hold(Base):
    """A sign-on whose lines wait for a look, or were looked at. `mark` is of those very lines."""

    __tablename__ = "hold"

    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), primary_key=True)
    mark: Mapped[bytes]
    reasons: Mapped[str]
    held_on: Mapped[date]
    passed: Mapped[bool | None]
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]


class LineLook(Base):
    """How a line looks on paper, as a keyed mark: another of the same look on its letter is noticed."""

    __tablename__ = "line_look"

    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), primary_key=True)
    look: Mapped[bytes] = mapped_column(primary_key=True, index=True)


class Reveal(Base):
    """Somebody of the office asks who stands behind a printed line, and says why. It takes two."""

    __tablename__ = "reveal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"), index=True)
    why: Mapped[str]


append_only(cast(Table, SignOnEvent.__table__))
append_only(cast(Table, Notice.__table__))

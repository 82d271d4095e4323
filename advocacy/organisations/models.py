"""Organisations that were asked, their links, what they agreed to, and pages they can join through."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base

_ONE_STANDS = text("verified_on IS NOT NULL AND revoked_on IS NULL AND refused_on IS NULL")


class Proof(StrEnum):
    """How we know that a yes comes from the organisation itself."""

    ON_FILE = "on_file"
    WORK_ADDRESS = "work_address"
    VOUCHED = "vouched"


class OrganisationAsk(Base):
    """One organisation asked to stand on one letter: by the office, or by itself on the letter's open page.

    What it was called when it was asked is only a suggestion; what it says itself is in its sign-on.
    """

    __tablename__ = "organisation_ask"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    public_name: Mapped[str]
    level: Mapped[str | None]
    state: Mapped[str | None]
    board_on: Mapped[date | None]
    language: Mapped[str]
    contact: Mapped[bytes | None]
    authoriser: Mapped[bytes | None]
    title: Mapped[bytes | None]
    email: Mapped[bytes | None]
    email_index: Mapped[bytes | None] = mapped_column(index=True)
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[datetime]


class OrganisationLink(Base):
    """An emailed key, as a hash. It serves one purpose of one ask."""

    __tablename__ = "organisation_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("organisation_ask.id"), index=True)
    purpose: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class OrganisationSignOn(Base):
    """An organisation's agreement to one version, given by its authoriser, who is kept sealed.

    `ask_id` is missing where the office wrote down a yes it has on file. Whether it prints is worked out.
    """

    __tablename__ = "organisation_sign_on"
    __table_args__ = (
        UniqueConstraint("version_id", "ask_id"),
        Index(
            "ix_organisation_sign_on_one_stands",
            "version_id",
            "organisation_id",
            unique=True,
            sqlite_where=_ONE_STANDS,
            postgresql_where=_ONE_STANDS,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    authoriser: Mapped[bytes]
    text_sha256: Mapped[str]
    recorded_by: Mapped[UUID | None]
    recorded_on: Mapped[date]
    revoked_on: Mapped[date | None]
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation_ask.id"), index=True)
    title: Mapped[bytes | None]
    email: Mapped[bytes | None]
    board_on: Mapped[date | None]
    board_yes_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[UUID | None]
    proof: Mapped[str | None]
    vouched_by: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    refused_on: Mapped[date | None]


class OrganisationLogo(Base):
    """An organisation's picture beside its name on the public page, made anew by us, with its words."""

    __tablename__ = "organisation_logo"

    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("organisation_sign_on.id"), primary_key=True)
    image: Mapped[bytes]
    words: Mapped[str]
    checked_on: Mapped[date | None]


class OrganisationPage(Base):
    """A letter's open page, for organisations only, at an address nobody can guess; closed unless opened."""

    __tablename__ = "organisation_page"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    opened_by: Mapped[UUID]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]

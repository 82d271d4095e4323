"""Editions, the deliveries of them, and prints that did not pass the check."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class Way(StrEnum):
    """How an edition reaches an office."""

    EMAIL = "email"
    PORTAL = "portal"
    POST = "post"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        """The way as people say it, after "we hand it over"."""
        return _LABELS[self]


_LABELS = {
    Way.EMAIL: "by email",
    Way.PORTAL: "through their portal",
    Way.POST: "by post",
    Way.IN_PERSON: "in person",
}


class Edition(Base):
    """A letter version frozen with its signers. The manifest holds ids and a number, never a name."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("letter_id", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"))
    n: Mapped[int]
    offices: Mapped[str]
    manifest: Mapped[str]
    signers: Mapped[int]
    pages: Mapped[int]
    pdf: Mapped[bytes | None]
    pdf_sha256: Mapped[str] = mapped_column(index=True)
    file_name: Mapped[str]
    frozen_by: Mapped[UUID]
    frozen_at: Mapped[datetime]
    destroyed_on: Mapped[date | None]


class HeldPrint(Base):
    """A print the check did not let pass. What it found is sealed, for a custodian's eyes."""

    __tablename__ = "held_print"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), index=True)
    findings: Mapped[bytes]
    held_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]


class LegalHold(Base):
    """Counsel asks that one edition's file is kept until a day. It holds once a second person agreed.

    `pending_on` is set when that file ought to have been destroyed meanwhile; then it is, when the hold ends.
    """

    __tablename__ = "legal_hold"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    counsel: Mapped[str]
    why: Mapped[str]
    until_at: Mapped[datetime]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None]
    pending_on: Mapped[date | None]


class Delivery(Base):
    """An edition handed to a recipient: how, when, by which two people, and the receipt.

    `address` is the office's mail address as the two agreed to it, and empty for every other way.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("edition_id", "recipient_id", "way", "address"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    recipient_id: Mapped[UUID] = mapped_column(index=True)
    office: Mapped[str]
    way: Mapped[str]
    address: Mapped[str]
    receipt: Mapped[str]
    delivered_by: Mapped[UUID]
    seconded_by: Mapped[UUID]
    delivered_at: Mapped[datetime]


class CorrectionWish(Base):
    """Somebody took her name off and wants this office to use a newer copy. Nobody there is told who."""

    __tablename__ = "correction_wish"
    __table_args__ = (UniqueConstraint("sign_on_id", "recipient_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sign_on_id: Mapped[UUID] = mapped_column(ForeignKey("sign_on.id"))
    recipient_id: Mapped[UUID]
    asked_on: Mapped[date]


class OrganisationCopy(Base):
    """What the organisations in an edition are sent: the text and themselves, and no person. Sealed.

    `lines` are the ids of the yeses it rests on; `pdf` is missing where the check held it back.
    """

    __tablename__ = "organisation_copy"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), unique=True)
    lines: Mapped[str]
    pdf: Mapped[bytes | None]
    made_on: Mapped[date]

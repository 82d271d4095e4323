"""Letters, their immutable versions, and the offices they go to."""

from datetime import date, datetime
from enum import StrEnum
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base, append_only


class LetterKind(StrEnum):
    """What sort of document this is."""

    SIGN_ON = "sign_on_letter"
    TESTIMONY = "testimony"


class ChangeKind(StrEnum):
    """Whether a new version says what the old one said."""

    TYPO = "typo"
    MATERIAL = "material"


class Letter(Base):
    """A document we will send; its words are in its versions. What each is paid may not be said yet."""

    __tablename__ = "letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    stance: Mapped[str | None]
    implies_survivor: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[datetime]
    begun_by: Mapped[UUID]
    reminded_on: Mapped[date | None]
    pay_dollars: Mapped[int | None]


class LetterVersion(Base):
    """One immutable text of a letter: title and Markdown, under one SHA-256."""

    __tablename__ = "letter_version"
    __table_args__ = (UniqueConstraint("letter_id", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    n: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    spoken: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str]
    note: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]


class LetterApproval(Base):
    """Somebody other than the writer stands behind one version."""

    __tablename__ = "letter_approval"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), primary_key=True)
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime]


class Opening(Base):
    """One version is open for sign-ons, from a moment to a moment."""

    __tablename__ = "opening"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"))
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closes_zone: Mapped[str | None]


class TextChange(Base):
    """What a version changes in the one people signed before it. "Typo" is what two people agreed on."""

    __tablename__ = "text_change"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), primary_key=True)
    before_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), primary_key=True)
    kind: Mapped[str]
    reasons: Mapped[str] = mapped_column(default="")


class LetterSummary(Base):
    """One version in short, in one language, and what is hard to read in it. It speaks of no other text."""

    __tablename__ = "letter_summary"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    summary: Mapped[str]
    content_note: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]


class Recipient(Base):
    """The office that gets a letter. The venue's rules say what becomes public there."""

    __tablename__ = "recipient"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), index=True)
    office: Mapped[str]
    salutation: Mapped[str]
    address: Mapped[str]
    email: Mapped[str | None]
    venue: Mapped[str]
    order: Mapped[int]


class TestimonyHeader(Base):
    """What stands in the box at the top of a testimony."""

    __tablename__ = "testimony_header"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    bill: Mapped[str]
    bill_title: Mapped[str]
    committee: Mapped[str]
    hearing_on: Mapped[date]
    place: Mapped[str]


append_only(cast(Table, LetterVersion.__table__))

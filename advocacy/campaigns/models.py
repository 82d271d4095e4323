"""Campaigns, what each of them joins, and the words people read before a letter."""

from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base, append_only


class Campaign(Base):
    """One effort with its two closing times: the one people are told, and the last possible one."""

    __tablename__ = "campaign"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title: Mapped[str]
    summary: Mapped[str]
    playbook: Mapped[str]
    request: Mapped[str] = mapped_column(unique=True)
    zone: Mapped[str]
    soft_at: Mapped[datetime]
    hard_at: Mapped[datetime]
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]


class CampaignBill(Base):
    """A bill a campaign is about."""

    __tablename__ = "campaign_bill"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True, index=True)


class LetterCommittee(Base):
    """A committee a letter was addressed to, to whom of it, and which offices that was on that day.

    `offices` holds the envelope lines that came from it, so that whoever was typed in by hand is left alone.
    """

    __tablename__ = "letter_committee"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    whom: Mapped[str]
    offices: Mapped[list[str]] = mapped_column(JSON)
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]


class CampaignPosition(Base):
    """A position a campaign rests on."""

    __tablename__ = "campaign_position"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), primary_key=True, index=True)


class CampaignLetter(Base):
    """A letter or a testimony a campaign sends. A letter belongs to one campaign."""

    __tablename__ = "campaign_letter"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)


class InvitationNote(Base):
    """The words an invited person reads before the letter, in one language; the highest `n` counts."""

    __tablename__ = "invitation_note"
    __table_args__ = (UniqueConstraint("campaign_id", "language", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    language: Mapped[str]
    n: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]


class BillCheck(Base):
    """What somebody said of a letter's words after a bill got a new text: that they hold, or must change."""

    __tablename__ = "bill_check"
    __table_args__ = (UniqueConstraint("version_id", "bill_id", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("letter_version.id"))
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"))
    n: Mapped[int]
    text_kind: Mapped[str]
    text_on: Mapped[date | None]
    holds: Mapped[bool]
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]


append_only(cast(Table, InvitationNote.__table__))
append_only(cast(Table, BillCheck.__table__))

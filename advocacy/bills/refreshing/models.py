"""When each bill is looked at next, what each service last listed as changed, and how each service does."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class BillTurn(Base):
    """When a bill is looked at next, who has it in hand until when, and what went wrong the last time."""

    __tablename__ = "bill_turn"

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    held_until_at: Mapped[datetime | None]
    failed: Mapped[int]
    fault: Mapped[str]


class SourceListing(Base):
    """Up to when a service has told us which bills of one session changed, and when it is asked again."""

    __tablename__ = "source_listing"

    source: Mapped[str] = mapped_column(primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(primary_key=True)
    told_until_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    held_until_at: Mapped[datetime | None]


class SourceState(Base):
    """How a service does: what it may still be asked, whether it is left alone. For all processes."""

    __tablename__ = "source_state"

    source: Mapped[str] = mapped_column(primary_key=True)
    tokens: Mapped[float]
    filled_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    failures: Mapped[int]
    rests_until_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    trouble: Mapped[str]
    trouble_since: Mapped[date | None]

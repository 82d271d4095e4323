"""The ledger of messages."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class MessageStage(StrEnum):
    """Where a message stands; derived from its times, never stored."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"


class Message(Base):
    """One message to be sent: a kind and ids. `turn` tells a reminder or a resend from the first."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("kind", "about_id", "turn"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    about_id: Mapped[UUID]
    turn: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    queued_at: Mapped[datetime]
    not_before_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    failed_at: Mapped[datetime | None]
    uncertain_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")

    @property
    def stage(self) -> MessageStage:
        """Where this message stands."""
        if self.sent_at:
            return MessageStage.SENT
        if self.dropped_at:
            return MessageStage.DROPPED
        if self.failed_at:
            return MessageStage.FAILED
        if self.uncertain_at:
            return MessageStage.UNCERTAIN
        return MessageStage.SENDING if self.claimed_at else MessageStage.WAITING

"""The one table of this room."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class Succession(Base):
    """A person's word that one bill goes on with another of an earlier session. The two stay two bills."""

    __tablename__ = "succession"

    later_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    earlier_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), index=True)
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]

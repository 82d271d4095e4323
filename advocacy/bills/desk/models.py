"""What we ourselves say of a bill: who looks after it, how pressing it is, its tags, and private notes."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class BillWork(Base):
    """Who looks after a bill and how pressing it is. A source never writes here."""

    __tablename__ = "bill_work"

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    priority: Mapped[str] = mapped_column(index=True)
    changed_at: Mapped[datetime]


class BillTag(Base):
    """One of our own words for a bill."""

    __tablename__ = "bill_tag"

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)


class BillNote(Base):
    """What somebody of us wrote down about a bill, sealed under her own key: erasing her destroys it."""

    __tablename__ = "bill_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    written_on: Mapped[date]
    n: Mapped[int]
    text: Mapped[bytes]

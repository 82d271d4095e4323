"""News of bills, and who wants to be told: on a page, in a daily mail, in a feed."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class BillNews(Base):
    """One thing that happened, or trouble with a source, without a bill. `mark`: it comes only once."""

    __tablename__ = "bill_news"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID | None] = mapped_column(ForeignKey("bill.id"), index=True)
    mark: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    on: Mapped[date | None]
    before: Mapped[str]
    after: Mapped[str]
    place: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(index=True)


class BillReader(Base):
    """How somebody who works here is told of bills besides on the page: by mail each day, by a feed."""

    __tablename__ = "bill_reader"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mail_since: Mapped[datetime | None]
    feed_hash: Mapped[bytes | None] = mapped_column(unique=True)
    feed_since: Mapped[datetime | None]


class BillWatch(Base):
    """Somebody who wants to be told of a bill."""

    __tablename__ = "bill_watch"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True, index=True)


class TagWatch(Base):
    """Somebody who wants to be told of every bill with a tag."""

    __tablename__ = "tag_watch"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)

"""The tables of this room. A fact knows the reading that told it, and when its source stopped telling it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from advocacy.db import Base


class SessionEnd(Base):
    """The day a session of a state or city ends, as a person here says; of Congress the calendar knows."""

    __tablename__ = "session_end"

    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(primary_key=True)
    ends_on: Mapped[date]
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]


class Bill(Base):
    """A measure we follow. Every spelling leads to its key; `source` is who tells us about it.

    Where it stands is kept here as its facts say it, whatever day it is; `standings` reads it for a day.
    """

    __tablename__ = "bill"
    __table_args__ = (
        UniqueConstraint("jurisdiction", "session", "prefix", "number", "suffix"),
        Index(
            "ix_bill_jurisdiction_session_stage_stage_told", "jurisdiction", "session", "stage", "stage_told"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    jurisdiction: Mapped[str] = mapped_column()
    session: Mapped[str] = mapped_column()
    prefix: Mapped[str]
    number: Mapped[int]
    suffix: Mapped[str]
    identifier: Mapped[str]
    title: Mapped[str]
    introduced_on: Mapped[date | None]
    laws: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str]
    source_url: Mapped[str]
    fetched_at: Mapped[datetime]
    unread: Mapped[int]
    stage: Mapped[str] = mapped_column(default="")
    stage_told: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    because: Mapped[str] = mapped_column(default="")
    last_action: Mapped[str] = mapped_column(default="")
    last_action_on: Mapped[date | None] = mapped_column(index=True)
    summary: Mapped[str] = mapped_column(default="")
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    session_ends_on: Mapped[date | None] = column_property(
        select(SessionEnd.ends_on)
        .where(SessionEnd.jurisdiction == jurisdiction, SessionEnd.session == session)
        .scalar_subquery()
    )


class SourceReading(Base):
    """One answer of one source, kept as it came. The same answer again only moves `last_read_at`."""

    __tablename__ = "source_reading"
    __table_args__ = (UniqueConstraint("bill_id", "source", "hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), index=True)
    source: Mapped[str]
    fetched_at: Mapped[datetime]
    last_read_at: Mapped[datetime]
    hash: Mapped[bytes]
    payload: Mapped[bytes]


class _Fact:
    """What every fact carries. `gone_at` says when its source stopped telling it; the fact itself stays."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), index=True)
    reading_id: Mapped[UUID] = mapped_column(ForeignKey("source_reading.id"))
    source: Mapped[str]
    seen_at: Mapped[datetime]
    place: Mapped[int]
    gone_at: Mapped[datetime | None]


class Step(_Fact, Base):
    """Something that happened to a bill, in its source's own words."""

    __tablename__ = "step"

    on: Mapped[date]
    at: Mapped[datetime | None]
    text: Mapped[str]
    codes: Mapped[list[str]] = mapped_column(JSON)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    systems: Mapped[list[str]] = mapped_column(JSON)
    committees: Mapped[list[str]] = mapped_column(JSON)


class Sponsorship(_Fact, Base):
    """Somebody's name on a bill: whoever leads it, and those who joined. Leaving it has a date."""

    __tablename__ = "sponsorship"

    name: Mapped[str]
    leads: Mapped[bool]
    person_code: Mapped[str]
    party: Mapped[str]
    state: Mapped[str]
    district: Mapped[str]
    joined_on: Mapped[date | None]
    original: Mapped[bool]
    withdrawn_on: Mapped[date | None]


class Referral(_Fact, Base):
    """A committee that has, or had, the bill, and what it did with it: pairs of words and a day."""

    __tablename__ = "referral"

    name: Mapped[str]
    chamber: Mapped[str]
    code: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str]
    activities: Mapped[list[list[str | None]]] = mapped_column(JSON)


class TextVersion(_Fact, Base):
    """One printed text of a bill, and where it can be read: pairs of a format and a web address."""

    __tablename__ = "text_version"

    kind: Mapped[str]
    on: Mapped[date | None]
    links: Mapped[list[list[str]]] = mapped_column(JSON)


class Hearing(_Fact, Base):
    """A date with a place, at which a committee takes up a bill. `moves` counts its changes."""

    __tablename__ = "hearing"

    committee: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime | None]
    location: Mapped[str]
    event_code: Mapped[str]
    cancelled: Mapped[bool]
    moves: Mapped[int] = mapped_column(default=0, sort_order=1)


class Related(_Fact, Base):
    """Another bill that a source ties to this one. It is a link: the two stay two bills."""

    __tablename__ = "related_bill"

    kind: Mapped[str]
    jurisdiction: Mapped[str]
    session: Mapped[str]
    identifier: Mapped[str]
    title: Mapped[str]
    told_by: Mapped[str]


class StatusOverride(Base):
    """A person's word on where a bill stands, with the reason. A newer final step, or a person, ends it."""

    __tablename__ = "status_override"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), index=True)
    stage: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[UUID]
    made_at: Mapped[datetime]
    newest_step_on: Mapped[date | None]
    lifted_at: Mapped[datetime | None]

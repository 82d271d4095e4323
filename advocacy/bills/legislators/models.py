"""Legislators and committees as their files tell them. Nothing is deleted: what is over has its last day."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class Legislator(Base):
    """Somebody who holds, or held, a seat in a legislature. `code` is a bioguide or an ocd-person id."""

    __tablename__ = "legislator"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    jurisdiction: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    surname: Mapped[str]
    party: Mapped[str]
    state: Mapped[str]
    district: Mapped[str]
    chamber: Mapped[str]
    from_on: Mapped[date]
    gone_on: Mapped[date | None]


class LegislatorName(Base):
    """A name of a legislator, folded for comparing; whatever a file or a person here says it is."""

    __tablename__ = "legislator_name"

    legislator_id: Mapped[UUID] = mapped_column(ForeignKey("legislator.id"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True, index=True)


class NameSaid(Base):
    """A person's word that a name, as a service writes it in one place, is this legislator."""

    __tablename__ = "name_said"

    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)
    legislator_id: Mapped[UUID] = mapped_column(ForeignKey("legislator.id"), index=True)
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]


class LegislatorOffice(Base):
    """A room of a legislator, from a day to a day."""

    __tablename__ = "legislator_office"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    legislator_id: Mapped[UUID] = mapped_column(ForeignKey("legislator.id"), index=True)
    kind: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    fax: Mapped[str]
    email: Mapped[str]
    contact_form: Mapped[str]
    from_on: Mapped[date]
    gone_on: Mapped[date | None]


class Committee(Base):
    """A committee, or a part of one (`parent` is the code of the whole)."""

    __tablename__ = "committee"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    jurisdiction: Mapped[str] = mapped_column(index=True)
    chamber: Mapped[str]
    name: Mapped[str]
    names: Mapped[list[str]] = mapped_column(JSON)
    parent: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    url: Mapped[str]
    from_on: Mapped[date]
    gone_on: Mapped[date | None]


class Seat(Base):
    """Somebody's seat on a committee, from a day to a day. Without a legislator it is a name alone."""

    __tablename__ = "seat"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"), index=True)
    legislator_id: Mapped[UUID | None] = mapped_column(ForeignKey("legislator.id"), index=True)
    name: Mapped[str]
    code: Mapped[str]
    role: Mapped[str]
    title: Mapped[str]
    side: Mapped[str]
    rank: Mapped[int]
    from_on: Mapped[date]
    gone_on: Mapped[date | None]


class PeopleReading(Base):
    """The last time the files of one place were taken in: from where, when, and what they left open."""

    __tablename__ = "people_reading"

    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    read_at: Mapped[datetime]
    people: Mapped[int]
    faults: Mapped[int]

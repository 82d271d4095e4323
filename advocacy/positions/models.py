"""Positions, their immutable versions with a stance on each bill, and the decisions taken on them."""

from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base, append_only


class Position(Base):
    """What the network thinks about something. Its words are in its versions."""

    __tablename__ = "position"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]
    review_on: Mapped[date]


class PositionVersion(Base):
    """One immutable text of a position: title, Markdown and stances, under one SHA-256."""

    __tablename__ = "position_version"
    __table_args__ = (UniqueConstraint("position_id", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"))
    n: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    sha256: Mapped[str]
    note: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]


class PositionStance(Base):
    """The stance one version takes on one bill, and the text of the bill it was taken on."""

    __tablename__ = "position_stance"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("position_version.id"), primary_key=True)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), primary_key=True, index=True)
    stance: Mapped[str]
    text_version: Mapped[str]


class Decision(Base):
    """A round in which named people agree, or not, to one version."""

    __tablename__ = "decision"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("position_version.id"), index=True)
    question: Mapped[str]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class Eligible(Base):
    """Somebody asked to answer in a decision, copied from the terms of the day it opened."""

    __tablename__ = "eligible"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Answer(Base):
    """What one person answered. A changed mind is a further row; the highest `n` counts."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("decision_id", "person_id", "n"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    n: Mapped[int]
    voice: Mapped[str]
    value: Mapped[str | None]
    answered_at: Mapped[datetime]


class AnswerNote(Base):
    """What a person said beside her answer: sealed, and kept apart so that it can be destroyed."""

    __tablename__ = "answer_note"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[bytes]


for _history in (PositionVersion, PositionStance, Eligible, Answer):
    append_only(cast(Table, _history.__table__))

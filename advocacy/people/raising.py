"""A wider limit asked for at the door: it waits for her voice, then for its hours. Refused is final."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from advocacy import audit
from advocacy.people.limiting import limits_at_last, widen
from advocacy.people.limits import Audience, Facts, parse_facts, write_facts
from advocacy.people.models import LimitRaise, Person


class NoLongerAsked(Exception):
    """She does not ask for this any more, or it was refused. Nothing was changed."""


def ask_raise(session: Session, person_id: UUID, audience: Audience, facts: Facts, today: date) -> LimitRaise:
    """Note that she wants to be shown so; asked for again while nobody has called her, it is the same."""
    same = _waiting().where(
        LimitRaise.person_id == person_id,
        LimitRaise.audience == audience,
        LimitRaise.facts == write_facts(facts),
    )
    found = session.scalars(same.limit(1)).first()
    if found is None:
        found = LimitRaise(id=uuid4(), person_id=person_id, audience=audience, asked_on=today)
        found.facts = write_facts(facts)
        session.add(found)
        session.flush()
    return found


def confirm_raise(
    session: Session, raise_id: UUID, *, by: UUID, wait: timedelta, now: datetime
) -> LimitRaise:
    """She said so by voice: it holds once the wait is over, and a note tells her. Twice is once.

    Raises `NoLongerAsked`, or `SamePerson` for whoever would confirm herself.
    """
    asked = _held(session, raise_id)
    if asked.refused_on is not None:
        raise NoLongerAsked
    if asked.in_force_at is None:
        audience, at = Audience(asked.audience), now + wait
        wider = limits_at_last(session, asked.person_id)[audience] | parse_facts(asked.facts)
        widen(session, asked.person_id, {audience: wider}, by=by, in_force_at=at, now=now)
        asked.confirmed_by, asked.in_force_at = by, at
        session.flush()
    return asked


def refuse_raise(session: Session, raise_id: UUID, *, by: UUID | None, today: date) -> None:
    """She did not say so: what rests on it stays a number for good, whatever is raised later."""
    asked = _held(session, raise_id)
    if asked.refused_on is None and asked.in_force_at is not None:
        raise NoLongerAsked
    if asked.refused_on is None:
        asked.refused_on = today
        audit.record(session, "limits.refuse", actor=by, about="person", id=asked.person_id, lasting=True)
        session.flush()


def raises_waiting(session: Session) -> Sequence[LimitRaise]:
    """Everything asked for that nobody has heard her say, the oldest first."""
    return session.scalars(_waiting().order_by(LimitRaise.asked_on, LimitRaise.id)).all()


def _waiting() -> Select[LimitRaise]:
    return select(LimitRaise).where(LimitRaise.confirmed_by.is_(None), LimitRaise.refused_on.is_(None))


def _held(session: Session, raise_id: UUID) -> LimitRaise:
    asked = session.get_one(LimitRaise, raise_id)
    session.get_one(Person, asked.person_id, with_for_update=True)
    return session.get_one(LimitRaise, raise_id, with_for_update=True, populate_existing=True)

"""How far a person may be shown, as she says it to somebody: less at once, more only by voice and later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.mail.actions import queue
from advocacy.people.actions import SamePerson, set_limits
from advocacy.people.limits import Audience, Facts, Limits, parse_facts
from advocacy.people.models import LimitRaise, NamingLimit, Person
from advocacy.people.queries import naming_limits
from advocacy.wake import Bell, ring

LIMIT_NOTE = "limit_note"
"""The kind of the message that says something will change."""


class ByVoiceFirst(Exception):
    """This shows more of her. Talk with her first, and tick the box when she said so herself."""


@dataclass(frozen=True)
class Said:
    """What became of what she said: whether less holds now, and from when on more will."""

    is_less: bool
    more_from: datetime | None


def say_limits(
    session: Session,
    person_id: UUID,
    limits: Limits,
    *,
    by: UUID | None,
    by_voice: bool,
    wait: timedelta,
    now: datetime,
) -> Said:
    """Take her at her word: what is less holds at once, what is more after a wait, and a note tells her.

    What she says last counts, so more that was still to come is gone unless she says it again. Raises
    `ByVoiceFirst` when something is more and nobody heard her say so; then nothing is changed.
    """
    session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    before, last = naming_limits(session, person_id, now), limits_at_last(session, person_id)
    wanted: Limits = {audience: facts for audience, facts in limits.items() if audience is not Audience.COUNT}
    changed: Limits = {
        audience: facts
        for audience, facts in wanted.items()
        if not (facts == last[audience] and before[audience] <= facts)
    }
    more: Limits = {audience: facts for audience, facts in changed.items() if not facts <= before[audience]}
    if more and not by_voice:
        raise ByVoiceFirst
    at_once = {audience: facts & before[audience] for audience, facts in changed.items()}
    set_limits(session, person_id, at_once, by=by, in_force_at=now)
    if more:
        widen(session, person_id, more, by=by, in_force_at=now + wait, now=now)
    for audience, facts in wanted.items():
        take_back_raises(session, person_id, audience, facts, now)
    is_less = any(facts != before[audience] for audience, facts in at_once.items())
    if is_less:
        # A paper that shows more and has not left is to be destroyed at once, not at the next round.
        ring(session, Bell.FORGET)
    return Said(is_less, now + wait if more else None)


def widen(
    session: Session,
    person_id: UUID,
    limits: Mapping[Audience, Facts],
    *,
    by: UUID | None,
    in_force_at: datetime,
    now: datetime,
) -> None:
    """Let more be shown from a moment on, put it on record, and tell her by mail that something changes."""
    if by == person_id:
        # Nobody hears herself say it.
        raise SamePerson
    set_limits(session, person_id, limits, by=by, in_force_at=in_force_at)
    audit.record(session, "limits.raise", actor=by, about="person", id=person_id)
    coming = next(row for row in limits_to_come(session, person_id, now) if row.in_force_at == in_force_at)
    queue(session, kind=LIMIT_NOTE, about=coming.id, person=person_id, now=now)


def take_back_raises(
    session: Session, person_id: UUID, audience: Audience, most: Facts, now: datetime
) -> None:
    """Refuse whatever was asked for beyond this and is not in force: she has said less since."""
    hers = select(LimitRaise).where(LimitRaise.person_id == person_id, LimitRaise.audience == audience)
    for asked in session.scalars(hers.where(LimitRaise.refused_on.is_(None))).all():
        is_in_force = asked.in_force_at is not None and asked.in_force_at <= now
        if not is_in_force and not parse_facts(asked.facts) <= most:
            asked.refused_on = now.date()
            # Her limit may stay as it was; then nothing else keeps this from an older copy.
            audit.record(session, "limits.refuse", actor=None, about="person", id=person_id, lasting=True)
    session.flush()


def limits_to_come(session: Session, person_id: UUID, now: datetime) -> Sequence[NamingLimit]:
    """What was decided and is not in force yet, the next first."""
    asked = select(NamingLimit).where(NamingLimit.person_id == person_id, NamingLimit.in_force_at > now)
    return session.scalars(asked.order_by(NamingLimit.in_force_at, NamingLimit.audience)).all()


def limits_at_last(session: Session, person_id: UUID) -> Limits:
    """The limits once everything decided so far is in force."""
    return naming_limits(session, person_id, datetime.max.replace(tzinfo=UTC))

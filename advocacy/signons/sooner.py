"""Ending sooner: a nearer day for what somebody signed, without choosing anything again. Never later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in, end_of_day
from advocacy.people.limits import Audience, Form
from advocacy.signons.giving import tell
from advocacy.signons.models import Consent, SignOn
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import Visit, sign_on_of


@dataclass
class NotSooner(Exception):
    """Choose a day from today on, and not after the day that stands there."""

    audience: Audience


def end_sooner(
    session: Session, visit: Visit, days: Mapping[Audience, date], *, zone: str, now: datetime
) -> None:
    """Let what she signed end with these days, where she lives; twice is once.

    Raises `NotSooner` for a day that is over or later than the one that stands; then nothing is written.
    """
    take_turn(session, visit)
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is None or sign_on.withdrawn_on is not None:
        return
    here, standing = visit.time_zone or zone, _standing(session, sign_on.id)
    ends = {audience: end_of_day(here, day) for audience, day in days.items() if audience in standing}
    for audience, ends_at in ends.items():
        if not now < ends_at <= standing[audience].latest_at:
            raise NotSooner(audience)
    for audience, ends_at in ends.items():
        _shorten(session, sign_on, standing[audience], ends_at, day_in(zone, now))
    session.flush()


def _standing(session: Session, sign_on_id: UUID) -> Mapping[Audience, Consent]:
    asked = select(Consent).where(Consent.sign_on_id == sign_on_id, Consent.ended_on.is_(None))
    return {Audience(consent.audience): consent for consent in session.scalars(asked)}


def _shorten(session: Session, sign_on: SignOn, consent: Consent, ends_at: datetime, today: date) -> None:
    if consent.latest_at == ends_at:
        return
    consent.latest_at = ends_at
    audience, form = Audience(consent.audience), Form(consent.form)
    tell(session, sign_on, "shortened", today, consent.version_id, audience, form)
    audit.record(session, "sign_on.change", actor=None, about="sign_on", id=sign_on.id, lasting=True)

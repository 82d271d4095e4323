"""Which of somebody's lines wait for a call, and which never come: what her own page says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.limits import Audience
from advocacy.people.models import LimitRaise
from advocacy.signons.models import Consent
from advocacy.signons.visits import Visit, sign_on_of, standing_lines


@dataclass(frozen=True, repr=False)
class Lines:
    """Her lines as they stand; those `waiting` are shown to nobody yet."""

    lines: Mapping[Audience, str]
    waiting: frozenset[Audience]


def lines_with_waits(session: Session, visit: Visit, now: datetime) -> Lines:
    """Her lines on one letter, without those whose wider limit was refused."""
    sign_on = sign_on_of(session, visit)
    lines = dict(standing_lines(session, visit))
    waiting = set()
    asked = (
        select(Consent.audience, LimitRaise)
        .join(LimitRaise, LimitRaise.id == Consent.raise_id)
        .where(Consent.sign_on_id == (sign_on.id if sign_on else None), Consent.ended_on.is_(None))
    )
    for audience, wider in session.execute(asked).all():
        if wider.refused_on is not None:
            lines.pop(Audience(audience), None)
        elif wider.in_force_at is None or wider.in_force_at > now:
            waiting.add(Audience(audience))
    return Lines(lines, frozenset(waiting))

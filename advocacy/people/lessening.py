"""Plain ways to be shown less than now, everywhere. Each only ever takes away."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.people.limiting import limits_at_last
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Fact, Facts, Limits, Preset
from advocacy.people.queries import naming_limits


class Less(StrEnum):
    """How much less, the least exposing first."""

    COUNT = "count"
    OFFICES = "offices"
    NO_PRESS = "no_press"
    CHOSEN = "chosen"


_LEGAL: Facts = frozenset({Fact.INITIALS, Fact.FIRST_NAME, Fact.FULL_NAME})
_OTHER: Facts = frozenset(Fact) - _LEGAL
_NAMED = (Audience.RECIPIENT, Audience.WEB, Audience.PRESS)
_MOST: Mapping[Less, Limits] = {
    Less.COUNT: Preset.COUNT_ME_ONLY.limits(),
    Less.OFFICES: Preset.CHOSEN_NAME_TO_OFFICES.limits(),
    Less.NO_PRESS: {Audience.PRESS: NOTHING_BUT_COUNT},
    Less.CHOSEN: dict.fromkeys(_NAMED, _OTHER),
}
"""The most that each leaves; of an audience that is not named, all that was there."""


def offered(session: Session, person_id: UUID, now: datetime) -> tuple[Less, ...]:
    """The ways that would change something for her; only to be counted is always among them."""
    held = (naming_limits(session, person_id, now), limits_at_last(session, person_id))
    return tuple(
        way
        for way, most in _MOST.items()
        if way is Less.COUNT
        or any(not limits[audience] <= facts for limits in held for audience, facts in most.items())
    )


def lessened(session: Session, person_id: UUID, way: Less, now: datetime) -> Limits:
    """What is left of her limits: never more than holds now, whatever is still to come."""
    before = naming_limits(session, person_id, now)
    return {audience: before[audience] & facts for audience, facts in _MOST[way].items()}

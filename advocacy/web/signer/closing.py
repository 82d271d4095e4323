"""Until when she can sign: on her own clocks, or those of the letter, and in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from advocacy.signons.grace import GRACE
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Visitor
from advocacy.web.tongues import Tongue


@dataclass(frozen=True)
class Closing:
    """The sentence that says until when, by its key, and the moment in it."""

    key: str
    when: str


def closing(visitor: Visitor, asked: Asked, now: datetime) -> Closing | None:
    """What to say of the end; nothing once it is over for her."""
    if not asked.is_open:
        return None
    zone = visitor.visit.time_zone or asked.opening.closes_zone or desk().config.time_zone
    closes_at = asked.opening.closes_at
    if now < closes_at:
        return Closing("closing.until", moment(visitor.tongue, closes_at, zone))
    return Closing("closing.grace", moment(visitor.tongue, closes_at + GRACE, zone))


def moment(tongue: Tongue, at: datetime, zone: str) -> str:
    """An instant as people say it there, with the place whose clocks are meant, and in UTC."""
    here = at.astimezone(ZoneInfo(zone))
    is_midnight = here.hour == here.minute == 0
    # What ends as a day begins has ended with the day before.
    day = here.date() - timedelta(days=1) if is_midnight else here.date()
    said = {"day": tongue.day(day), "city": tongue.city(zone), "utc": _utc(tongue, at, day)}
    if is_midnight:
        return tongue.say("closing.midnight", **said)
    return tongue.say("closing.at", time=_time(tongue, here), **said)


def _utc(tongue: Tongue, at: datetime, day: date) -> str:
    world = at.astimezone(UTC)
    said = f"{world:%H:%M} UTC"
    return said if world.date() == day else f"{tongue.day(world.date())}, {said}"


def _time(tongue: Tongue, here: datetime) -> str:
    if (here.hour, here.minute) == (12, 0):
        return tongue.say("closing.noon")
    return tongue.time(here)

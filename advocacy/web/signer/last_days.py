"""Days as she lives them: by her own clocks where she told us of them, otherwise the network's."""

from datetime import date, datetime, timedelta

from advocacy.clock import day_in
from advocacy.signons.visits import Visit
from advocacy.web.pages import desk

_AN_INSTANT = timedelta(microseconds=1)


def zone_of(visit: Visit) -> str:
    """Whose midnight ends her days."""
    return visit.time_zone or desk().config.time_zone


def last_day(zone: str, end: datetime) -> date:
    """The last day on which something that ends at this instant still holds where these clocks are."""
    return day_in(zone, end - _AN_INSTANT)

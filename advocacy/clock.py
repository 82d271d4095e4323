"""The one place that asks what time it is; everything below the doors is told."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_AN_INSTANT = timedelta(microseconds=1)

# Whoever types a time of day is offered these first, from east to west.
US_ZONES = (
    "America/Puerto_Rico",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
    "Pacific/Guam",
)


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, instant: datetime) -> date:
    """The calendar day people in `zone` (an IANA name) are living at `instant`."""
    return instant.astimezone(ZoneInfo(zone)).date()


def last_day(zone: str, end: datetime) -> date:
    """The last day on which something that ends at this instant still holds where these clocks are."""
    return day_in(zone, end - _AN_INSTANT)


def end_of_day(zone: str, day: date) -> datetime:
    """The first instant after `day` is over where people live in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


@cache
def zones() -> tuple[str, ...]:
    """Every zone that is named by a place, in alphabetical order, and UTC."""
    return (*sorted(zone for zone in available_timezones() if _is_a_place(zone)), "UTC")


def _is_a_place(zone: str) -> bool:
    return "/" in zone and zone.partition("/")[0] not in ("Etc", "SystemV", "posix", "right", "US")


def read_zone(typed: str) -> str | None:
    """The zone somebody wrote, whatever capitals and spaces she used; None when there is none like it."""
    wanted = "_".join(typed.split()).casefold()
    return next((zone for zone in zones() if zone.casefold() == wanted), None)


def city(zone: str) -> str:
    """A zone as people call it: by its city."""
    return zone.rpartition("/")[2].replace("_", " ")


def days_later(zone: str, instant: datetime, days: int) -> datetime:
    """The instant the clocks of `zone` show the same time of day, so many days later (or, below 0, earlier).

    Where the clocks skip that time, it is the moment they go on; where it comes twice, the first of both.
    """
    here = instant.astimezone(ZoneInfo(zone)).replace(fold=0)
    return (here + timedelta(days=days)).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of that month where it has no such day."""
    months_on = day.month - 1 + months
    year, month = day.year + months_on // 12, months_on % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class NoSuchTime(Exception):
    """The clocks go forward that night and skip this time. Please choose another."""


class TwiceThatTime(Exception):
    """The clocks go back that night, so this time comes twice. Please choose another."""


def moment_in(zone: str, day: date, at: time) -> datetime:
    """The instant the clocks of `zone` show this day and time, where they show it exactly once."""
    there = datetime.combine(day, at, ZoneInfo(zone))
    if there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise NoSuchTime
    if there.utcoffset() != there.replace(fold=1).utcoffset():
        raise TwiceThatTime
    return there.astimezone(UTC)

"""The one place that asks what time it is; everything below the doors is told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, instant: datetime) -> date:
    """The calendar day people in `zone` (an IANA name) are living at `instant`."""
    return instant.astimezone(ZoneInfo(zone)).date()


def end_of_day(zone: str, day: date) -> datetime:
    """The first instant after `day` is over where people live in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


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

"""What every page needs: the desk it works at, the names of browser files, and dates as people say them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from jinja2 import StrictUndefined

from advocacy.clock import city, day_in
from advocacy.config import Config
from advocacy.db import Database
from advocacy.paths import STATIC
from advocacy.wake import Bells
from advocacy.web.forms import described
from advocacy.web.markdown import as_html


@dataclass(frozen=True)
class Desk:
    """What a request may use: settings, database, the worker's bells, and the clock."""

    config: Config
    database: Database
    bells: Bells
    clock: Callable[[], datetime]

    @property
    def zone(self) -> ZoneInfo:
        """The zone the network's clocks run in."""
        return ZoneInfo(self.config.time_zone)

    def today(self, now: datetime) -> date:
        """The calendar day where the network works."""
        return day_in(self.config.time_zone, now)


def desk() -> Desk:
    """The desk of the application that is answering."""
    return cast(Desk, current_app.extensions["advocacy"])


def furnish(app: Flask, config: Config) -> None:
    """Give every template the words and filters all pages share."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        network_name=config.network_name,
        demo=config.demo,
        asset=asset,
        has_asset=has_asset,
        has_page=has_page,
        described=described,
    )
    zone = ZoneInfo(config.time_zone)
    app.jinja_env.filters.update(
        day=day,
        moment=lambda instant: moment(instant, zone),
        moment_there=lambda instant, there: moment_there(instant, there or config.time_zone),
        city=city,
        plain=plain,
        prose=lambda text, top=2: as_html(text, headings_from=top),
    )


def has_page(endpoint: str) -> bool:
    """Whether this page exists here."""
    return endpoint in current_app.view_functions


def has_asset(name: str) -> bool:
    """Whether this browser file is here."""
    return (STATIC / name).is_file()


@cache
def asset(name: str) -> str:
    """The address of a browser file; it changes when the file does, so that browsers may keep it."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def day(on: date) -> str:
    """A date as people write it: 23 November 2026."""
    return f"{on.day} {on:%B %Y}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """An instant in the network's own time, with the zone said: 23 November 2026, 10:00 EST."""
    here = at.astimezone(zone)
    return f"{day(here.date())}, {here:%H:%M %Z}"


def moment_there(at: datetime, zone: str) -> str:
    """An instant on the clocks of a place, and in UTC: 4 December 2026, 17:00 EST in New York (22:00 UTC)."""
    here, world = moment(at, ZoneInfo(zone)), at.astimezone(UTC)
    further = "" if world.date() == day_in(zone, at) else f"{day(world.date())}, "
    return f"{here} in {city(zone)} ({further}{world:%H:%M} UTC)"


def until(day: date, today: date) -> str:
    """How far off a day is: today, tomorrow, in 11 days, 3 days ago."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def plain(word: str) -> str:
    """A stored word as a reader meets it: `oppose_unless_amended` becomes "Oppose unless amended"."""
    return str(word).replace("_", " ").capitalize()

"""A day and a time of day, typed on the clocks people live by and kept as an instant."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import StopValidation

from advocacy.clock import US_ZONES, NoSuchTime, TwiceThatTime, city, moment_in, zones
from advocacy.web.pages import desk

_UNREADABLE = "Please give a day and a time, as in 2026-12-04 17:00."


class Moment(DateTimeLocalField):
    """A day and a time. Its data is an instant; the zone is the network's, or the form's own `meta.zone`."""

    @property
    def zone(self) -> str:
        """The zone whose clocks are meant."""
        found: str = getattr(self.meta, "zone", "") or desk().config.time_zone
        return found

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.astimezone(ZoneInfo(self.zone)):%Y-%m-%dT%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time where it exists, and exists once."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_UNREADABLE) from fault
        typed, self.data = self.data, None
        self.data = self._instant(typed) if typed is not None else None

    def _instant(self, typed: datetime) -> datetime:
        if not 2000 <= typed.year <= 2100:
            raise ValueError(_UNREADABLE)
        try:
            return moment_in(self.zone, typed.date(), typed.time())
        except (NoSuchTime, TwiceThatTime) as fault:
            raise ValueError(fault.__doc__) from fault


class Later:
    """The moment given must still be to come."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __call__(self, form: Any, field: Any) -> None:
        """Stop where the moment is over."""
        if isinstance(field.data, datetime) and field.data <= desk().clock():
            raise StopValidation(self._message)


def clocks() -> list[Any]:
    """The places whose clocks a time can be meant by: the network's own first, then those nearest to it."""
    own = desk().config.time_zone
    return [
        SelectChoice(own, city(own), optgroup="Where we work"),
        *(SelectChoice(zone, city(zone), optgroup="United States") for zone in US_ZONES if zone != own),
        *(
            SelectChoice(zone, zone.replace("_", " "), optgroup="Everywhere")
            for zone in zones()
            if zone not in (own, *US_ZONES)
        ),
    ]

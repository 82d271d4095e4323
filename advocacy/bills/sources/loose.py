"""Reads fields of other people's JSON, where anything may be absent, null, or another type than promised."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

from advocacy.bills.plain import plain, web_address

Row = Mapping[str, object]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"<[^>]*>")
_EASTERN = ZoneInfo("America/New_York")


def words(row: Row, key: str) -> str:
    """A field as plain text; numbers become text, anything else is empty. No database refuses it."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return plain(str(value))


def part(row: Row, key: str) -> Row:
    """A field that is itself a record; an empty one where it is not."""
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def rows(row: Row, key: str) -> list[Row]:
    """A field that is a list of records, without whatever in it is not one."""
    value = row.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def told(row: Row, key: str) -> bool:
    """Whether a field is a list at all, be it an empty one: what is absent was not told."""
    return isinstance(row.get(key), list)


def day(row: Row, key: str) -> date | None:
    """A field that is a day. An instant is the day it was in Washington."""
    text = words(row, key)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant.astimezone(_EASTERN).date() if instant.tzinfo else instant.date()


def written_day(row: Row, key: str) -> date | None:
    """A field that is a day, with a clock nobody meant: texts are stamped midnight in either offset."""
    try:
        return date.fromisoformat(words(row, key)[:10])
    except ValueError:
        return None


def eastern(on: date, clock: str) -> datetime | None:
    """The instant of a clock time in Washington, which the House writes without a zone."""
    try:
        return datetime.fromisoformat(f"{on.isoformat()}T{clock}").replace(tzinfo=_EASTERN) if clock else None
    except ValueError:
        return None


def said_in_html(row: Row, key: str) -> str:
    """A field written in HTML, as plain words: it is shown as text, and never as somebody else's page."""
    return " ".join(unescape(_TAG.sub(" ", words(row, key))).split())


def link(row: Row, key: str) -> str:
    """A field that is a web address; empty for anything a browser should not be sent to."""
    return web_address(words(row, key))

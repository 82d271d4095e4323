"""News as an Atom feed (RFC 4287) and hearings as a calendar (RFC 5545), for programs people already use."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from uuid import UUID
from xml.etree import ElementTree as Tree

from advocacy.bills.models import Bill, Hearing
from advocacy.bills.news.queries import Headline

_ATOM = "http://www.w3.org/2005/Atom"
_LONG = timedelta(hours=2)
_OCTETS = 75


def atom(
    news: Sequence[Headline], *, name: str, base_url: str, reader: UUID, zone: tzinfo, now: datetime
) -> bytes:
    """A feed that is its reader's by its id, and names her nowhere else."""
    feed = Tree.Element("feed", xmlns=_ATOM)
    _add(feed, "id", f"urn:uuid:{reader}")
    _add(feed, "title", f"{name}: bills")
    _add(feed, "updated", _stamp(news[0].told_at if news else now))
    _add(_add(feed, "author"), "name", name)
    for one in news:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{one.id}")
        _add(entry, "title", f"{one.identifier}: {one.label}")
        _add(entry, "updated", _stamp(one.told_at))
        place = f"/office/bills/{one.bill_id}" if one.bill_id else "/office/bills/news"
        _add(entry, "link", rel="alternate", href=f"{base_url}{place}")
        _add(entry, "content", "\n".join(filter(None, (one.title, one.words(zone)))), type="text")
    written: bytes = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Tree.Element, name: str, words: str = "", **more: str) -> Tree.Element:
    child = Tree.SubElement(parent, name, more)
    # XML 1.0 has no place for control characters, and one in a title would spoil the whole feed.
    child.text = "".join(c for c in words if c.isprintable() or c in "\n\t") or None
    return child


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def calendar(rows: Iterable[tuple[Bill, Hearing]], *, name: str, base_url: str, now: datetime) -> bytes:
    """Each hearing once, under an id that stays when it moves; one called off stays, and says so."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_said(name)}//Bills//EN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_said(name)}: hearings", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for bill, hearing in rows:
        lines += _event(bill, hearing, base_url, now)
    return b"".join(_folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(bill: Bill, hearing: Hearing, base_url: str, now: datetime) -> Iterator[str]:
    is_off = hearing.cancelled or hearing.gone_at is not None
    yield "BEGIN:VEVENT"
    yield f"UID:{hearing.id}@advocacy"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"SEQUENCE:{hearing.moves}"
    yield from _times(hearing.on, hearing.at)
    yield f"SUMMARY:{_said(f'{bill.identifier}: {hearing.committee}')}"
    if hearing.location:
        yield f"LOCATION:{_said(hearing.location)}"
    yield f"DESCRIPTION:{_said(bill.title)}"
    yield f"URL:{base_url}/office/bills/{bill.id}"
    yield f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _times(on: date, at: datetime | None) -> Iterator[str]:
    if at is None:
        yield f"DTSTART;VALUE=DATE:{on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART:{_instant(at)}"
        # Nobody says when a hearing ends.
        yield f"DTEND:{_instant(at + _LONG)}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _said(words: str) -> str:
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in words.replace("\r\n", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Lines of 75 octets at most, never cut within a letter, each further one begun by a space."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _OCTETS - bool(parts):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"

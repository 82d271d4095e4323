"""Keeps the words of bills: fetches each text once, one at a time, and looks through what it adds."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.models import TextVersion
from advocacy.bills.queries import bill_by_id, facts, key_of
from advocacy.bills.readings import keep_reading
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.texts.fetching import CannotFetch, Fetched
from advocacy.bills.texts.models import TextBody
from advocacy.bills.texts.reading import NotWords, words_of
from advocacy.bills.texts.scan import places
from advocacy.db import Database
from advocacy.differences import segments

LONGEST = 5_000_000
"""The most letters of a text typed in by hand."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=30), timedelta(days=7)
# How far a text of Congress has come; the service gives no day for some of them.
_ON_ITS_WAY = (
    "introduced",
    "reported",
    "engrossed",
    "received",
    "referred",
    "placed",
    "enrolled",
    "public law",
)
# What is easiest to read as words comes first.
_BEST = ("xml", "formatted text", "html", "htm", "txt", "plain", "pdf")


class NoWords(Exception):
    """A text needs its words. Paste them here."""


class TooLong(Exception):
    """This is longer than any bill. Paste the text of one bill."""


class NeedsName(Exception):
    """Say which text this is, as it is printed on it, such as Introduced."""


@dataclass(frozen=True)
class Wanted:
    """A text to be fetched, and where it may be found, the best first."""

    text_id: UUID
    addresses: tuple[tuple[str, str], ...]


def next_text(session: Session, now: datetime, bill_id: UUID | None = None) -> Wanted | None:
    """The text that should be fetched next: of one bill, or of any. Older ones first, to be compared with."""
    asked = select(TextVersion).outerjoin(TextBody, TextBody.text_id == TextVersion.id)
    asked = asked.where(TextVersion.gone_at.is_(None), TextBody.words.is_(None))
    asked = asked.where(or_(TextBody.text_id.is_(None), TextBody.next_at <= now))
    if bill_id is not None:
        asked = asked.where(TextVersion.bill_id == bill_id)
    order = (TextVersion.bill_id, TextVersion.on.nulls_last(), TextVersion.place)
    for row in session.scalars(asked.order_by(*order)):
        addresses = sorted(((kind, url) for kind, url in row.links), key=_rank)
        if addresses:
            return Wanted(row.id, tuple(addresses))
    return None


def _rank(link: tuple[str, str]) -> int:
    told = f"{link[0]} {link[1].rpartition('.')[2]}".casefold()
    return next((n for n, word in enumerate(_BEST) if word in told), len(_BEST))


def fetch_one(
    database: Database, get: Callable[[str], Fetched], now: datetime, bill_id: UUID | None = None
) -> bool:
    """Fetch the next text and keep it, or why it could not be; False when there is none to fetch."""
    with database.reading() as session:
        wanted = next_text(session, now, bill_id)
    if wanted is None:
        return False
    fault = ""
    for _kind, address in wanted.addresses:
        try:
            found = get(address)
            words = words_of(found.data, found.media)
        except (CannotFetch, NotWords) as trouble:
            fault = fault or str(trouble)
            continue
        with database.transaction() as session:
            keep_body(session, wanted.text_id, words, found, now)
        return True
    with database.transaction() as session:
        _put_off(session, wanted.text_id, fault, now)
    return True


def keep_body(session: Session, text_id: UUID, words: str, found: Fetched, now: datetime) -> None:
    """Keep a text's words, with the places in which they add something to look at."""
    row = session.get(TextBody, text_id, with_for_update=True) or _blank(text_id)
    row.words, row.raw, row.hash = words, zlib.compress(found.data), sha256(words.encode()).digest()
    row.media, row.address, row.fetched_at = found.media, found.address, now
    row.fault, row.failed, row.next_at = "", 0, None
    before = before_this(session, text_id)
    row.since_id = before.text_id if before else None
    since = segments(before.words or "", words) if before else None
    row.marks = [[one.begins, one.ends, str(one.kind), one.trigger] for one in places(words, since)]
    session.add(row)
    session.flush()


def before_this(session: Session, text_id: UUID) -> TextBody | None:
    """The newest text of the same bill before this one of which we have the words."""
    this = session.get_one(TextVersion, text_id)
    rows = in_order(facts(session, TextVersion, this.bill_id))
    earlier = [row.id for row in rows[: [row.id for row in rows].index(this.id)]]
    bodies = (session.get(TextBody, id) for id in reversed(earlier))
    return next((body for body in bodies if body is not None and body.words), None)


def in_order(rows: Sequence[TextVersion]) -> list[TextVersion]:
    """Texts in the order in which they were printed. One without a date came after those that have one."""
    return sorted(rows, key=lambda row: (row.on is None, row.on or date.max, _way(row.kind), row.place))


def _way(kind: str) -> int:
    return next((n for n, word in enumerate(_ON_ITS_WAY) if kind.casefold().startswith(word)), -1)


def _put_off(session: Session, text_id: UUID, fault: str, now: datetime) -> None:
    row = session.get(TextBody, text_id, with_for_update=True) or _blank(text_id)
    row.fault, row.failed = fault, row.failed + 1
    row.next_at = now + min(_FIRST_WAIT * 2 ** min(row.failed - 1, 12), _LONGEST_WAIT)
    session.add(row)
    session.flush()


def _blank(text_id: UUID) -> TextBody:
    return TextBody(
        text_id=text_id, words=None, raw=None, hash=None, media="", address="", fault="", failed=0, marks=[]
    )


def paste(
    session: Session, bill_id: UUID, kind: str, words: str, *, on: date | None, by: UUID, now: datetime
) -> UUID:
    """Keep a text that a person pasted, because no service publishes it. The same name is the same text."""
    name, told = " ".join(kind.split()), "\n".join(" ".join(line.split()) for line in words.split("\n"))
    if not name:
        raise NeedsName(NeedsName.__doc__)
    if not told.strip():
        raise NoWords(NoWords.__doc__)
    if len(told) > LONGEST:
        raise TooLong(TooLong.__doc__)
    bill = bill_by_id(session, bill_id)
    text_id = uuid5(bill.id, f"text|{name.casefold()}")
    row = session.get(TextVersion, text_id)
    if row is None:
        typed = Snapshot(key_of(bill), bill.title, BY_HAND, payload=f"text {text_id}".encode())
        reading = keep_reading(session, bill.id, typed, now)
        row = TextVersion(id=text_id, bill_id=bill.id, reading_id=reading.id, source=BY_HAND, seen_at=now)
        row.place, row.kind, row.links = len(facts(session, TextVersion, bill.id)), name, []
        session.add(row)
    row.on = on
    session.flush()
    clean = "\n".join(line for line in told.split("\n") if line)
    keep_body(session, text_id, clean, Fetched("text/plain", words.encode(), ""), now)
    audit.record(session, "bill.text_pasted", actor=by, about="bill", id=bill.id)
    return text_id

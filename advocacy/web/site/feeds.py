"""Private addresses of those who work here: news of their bills for a feed reader, hearings for a calendar.

Who asks is known by the key alone. A key that never was, was ended, or belongs to somebody whose term is over
is answered like any page that is not there.
"""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from advocacy.bills.news.feeds import atom, calendar
from advocacy.bills.news.queries import headlines, hearings_watched, reader_of_feed
from advocacy.people.access import may
from advocacy.people.queries import roles_on
from advocacy.vault import hash_key
from advocacy.web.errors import or_nothing
from advocacy.web.pages import desk

feeds = Blueprint("feeds", __name__)

_MOST = 100
_BACK = timedelta(days=90)


@feeds.get("/feeds/<key>/bills.xml")
def news(key: str) -> Response:
    """The newest news of the bills of whoever holds this key."""
    now, config = desk().clock(), desk().config
    with desk().database.reading() as session:
        me = or_nothing(_reader(session, key, now))
        found = headlines(session, of=me, most=_MOST)
    zone = ZoneInfo(config.time_zone)
    made = atom(found, name=config.network_name, base_url=config.base_url, reader=me, zone=zone, now=now)
    return _private(made, "application/atom+xml")


@feeds.get("/feeds/<key>/hearings.ics")
def hearings(key: str) -> Response:
    """The hearings of the bills of whoever holds this key."""
    now, config = desk().clock(), desk().config
    with desk().database.reading() as session:
        me = or_nothing(_reader(session, key, now))
        rows = hearings_watched(session, me, desk().today(now) - _BACK)
        made = calendar(rows, name=config.network_name, base_url=config.base_url, now=now)
    return _private(made, "text/calendar")


def _reader(session: Session, key: str, now: datetime) -> UUID | None:
    row = reader_of_feed(session, hash_key(key))
    roles = roles_on(session, row.person_id, desk().today(now)) if row else ()
    return row.person_id if row and may(roles, "office.bills") else None


def _private(made: bytes, mimetype: str) -> Response:
    return Response(made, content_type=f"{mimetype}; charset=utf-8")

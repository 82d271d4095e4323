"""What is coming up, and what moved lately: dates and bills, for whoever may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.bills.queries import hearings_between, news_since
from advocacy.campaigns.pages import CampaignPage, campaign_page
from advocacy.campaigns.queries import campaigns
from advocacy.clock import day_in
from advocacy.people.access import may
from advocacy.people.sessions import Seat
from advocacy.web.pages import day, desk, moment, until

AHEAD = timedelta(days=30)
LATELY = timedelta(days=7)
_MOST = 8


@dataclass(frozen=True)
class Date:
    """Something on a day: the day, how far off it is, what it is, and where to read of it."""

    on: date
    when: str
    far: str
    words: str
    about: str
    url: str
    at: datetime | None = None


def coming(session: Session, reader: Seat, now: datetime) -> tuple[Date, ...]:
    """The next dates, the earliest first."""
    if not may(reader.roles, "office.campaign"):
        return ()
    today = desk().today(now)
    found = dates_between(session, today, today + AHEAD, now)
    return tuple(one for one in found if one.at is None or one.at >= now)[:_MOST]


def dates_between(session: Session, first: date, last: date, now: datetime) -> tuple[Date, ...]:
    """The hearings of our bills and the dates of our campaigns on these days, the earliest first."""
    found = [*_of_campaigns(session, first, last, now), *_hearings(session, first, last, now)]
    return tuple(sorted(found, key=lambda one: (one.on, one.when)))


def _of_campaigns(session: Session, first: date, last: date, now: datetime) -> Iterator[Date]:
    for row in campaigns(session):
        page = campaign_page(session, row.id, now)
        if page is not None and page.next is not None:
            for words, at in _moments(page):
                zone, url = page.zone, url_for("office.campaign", campaign_id=page.id)
                on = day_in(zone, at)
                if first <= on <= last:
                    far = until(on, day_in(zone, now))
                    yield Date(on, moment(at, ZoneInfo(zone)), far, words, page.title, url, at)


def _moments(page: CampaignPage) -> Iterator[tuple[str, datetime]]:
    yield "The date people are told", page.soft_at
    closes = [line.closes_at for line in page.letters if line.closes_at]
    if page.hard_at not in closes:
        yield "The last possible time", page.hard_at
    for at in sorted(set(closes)):
        yield "A letter closes for sign-ons", at


def _hearings(session: Session, first: date, last: date, now: datetime) -> Iterator[Date]:
    today, zone = desk().today(now), ZoneInfo(desk().config.time_zone)
    for bill, one in hearings_between(session, first, last):
        url = url_for("office.bill", bill_id=bill.id)
        when = moment(one.at, zone) if one.at else day(one.on)
        words = f"Hearing on {bill.identifier}"
        yield Date(one.on, when, until(one.on, today), words, one.committee, url)


def moved(session: Session, reader: Seat, now: datetime) -> tuple[Date, ...]:
    """What was seen to happen to our bills in the last days."""
    if not may(reader.roles, "office.bill"):
        return ()
    today = desk().today(now)
    return tuple(
        Date(
            one.on,
            day(one.on),
            until(one.on, today),
            one.identifier,
            one.text,
            url_for("office.bill", bill_id=one.bill_id),
        )
        for one in news_since(session, now - LATELY)
    )

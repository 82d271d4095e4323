"""What whoever comes next needs on the first day: what is open, by when, with whom. No names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template, url_for
from sqlalchemy.orm import Session

from advocacy.campaigns.pages import CampaignPage, campaign_page
from advocacy.campaigns.queries import campaigns
from advocacy.letters.queries import recipients
from advocacy.people.access import may
from advocacy.people.queries import terms
from advocacy.people.roles import Role
from advocacy.people.sessions import Seat
from advocacy.positions.pages import all_positions, position_page
from advocacy.web.office.desk_dates import Date, coming
from advocacy.web.office.desk_waits import Thing, waits
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

REVIEW_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Campaign:
    """An open campaign: what comes next in it, and by when."""

    title: str
    url: str
    next: str
    soft_at: datetime
    hard_at: datetime


@dataclass(frozen=True)
class Work:
    """A decision or a position that somebody has to take up."""

    words: str
    title: str
    url: str
    until: str


@dataclass(frozen=True)
class Contact:
    """An office we write to."""

    office: str
    place: str
    email: str
    letter: str


@dataclass(frozen=True)
class Ending:
    """A role whose terms end, without saying whose."""

    role: str
    ends_on: date


@dataclass(frozen=True)
class Handover:
    """Everything the page shows."""

    mine: Sequence[Ending]
    waiting: Sequence[Thing]
    campaigns: Sequence[Campaign]
    dates: Sequence[Date]
    work: Sequence[Work]
    contacts: Sequence[Contact]
    roles: Sequence[Ending]


@office.get("/handover", endpoint="handover")
def handover() -> str:
    """What is open in this person's roles, to read together with whoever comes next, or to print."""
    now = desk().clock()
    with desk().database.reading() as session:
        return render_template("office/handover.html", page=_page(session, seat(), now))


def _page(session: Session, reader: Seat, now: datetime) -> Handover:
    today = desk().today(now)
    reads = may(reader.roles, "office.campaign")
    pages = [page for row in campaigns(session) if reads and (page := campaign_page(session, row.id, now))]
    open_now = [page for page in pages if page.next is not None]
    running = [term for term in terms(session) if term.begins_on <= today <= term.ends_on]
    return Handover(
        mine=[Ending(Role(t.role).label, t.ends_on) for t in running if t.person_id == reader.person_id],
        waiting=waits(session, reader, now),
        campaigns=[_campaign(page) for page in open_now],
        dates=coming(session, reader, now),
        work=list(_work(session, now)) if may(reader.roles, "office.position") else (),
        contacts=list(_contacts(session, open_now)),
        roles=sorted({Ending(Role(t.role).label, t.ends_on) for t in running}, key=lambda one: one.ends_on),
    )


def _campaign(page: CampaignPage) -> Campaign:
    url = url_for("office.campaign", campaign_id=page.id)
    return Campaign(page.title, url, page.next.to_do if page.next else "", page.soft_at, page.hard_at)


def _work(session: Session, now: datetime) -> Iterator[Work]:
    today = desk().today(now)
    for line in all_positions(session, now):
        page = position_page(session, line.id, now)
        if page is None:
            continue
        if page.open_round is not None:
            url = url_for("office.decision", decision_id=page.open_round.id)
            until = f"{page.open_round.closes_at:%d %B %Y}"
            yield Work("A decision is open", page.current.title, url, until)
        if page.review_on - today <= REVIEW_SOON:
            url = url_for("office.position", position_id=page.id)
            yield Work("To be looked at afresh", page.current.title, url, f"{page.review_on:%d %B %Y}")


def _contacts(session: Session, pages: Sequence[CampaignPage]) -> Iterator[Contact]:
    for page in pages:
        for line in page.letters:
            for to in recipients(session, line.id):
                place = next(iter(to.address.splitlines()), "")
                yield Contact(to.office, place, to.email or "", line.title)

"""The custodians' copies of the keys: who has proved hers, and whether letters may open on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, url_for
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.people import queries
from advocacy.people.access import may
from advocacy.people.custody import Copies, Proved, Stands, copies
from advocacy.people.sessions import Seat
from advocacy.web.office.desk_waits import Thing
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


@dataclass(frozen=True)
class CopyView:
    """One custodian's copy as the page tells it."""

    name: str
    is_mine: bool
    proved: Proved


@office.get("/key-copies", endpoint="key_copies")
def key_copies() -> str:
    """Whose copy is proved, and how a copy is made and proved."""
    with desk().database.reading() as session:
        found = copies_on(session, desk().clock())
        views = [_view(session, one) for one in found.proved]
    return render_template("office/key_copies.html", found=found, copies=views)


def copies_on(session: Session, now: datetime) -> Copies:
    """What the custodians have proved, on the network's own day."""
    return copies(session, _day(now))


def copies_to_prove(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    """For a custodian, while her own copy would not help; for whoever opens letters, while none can."""
    found, url = copies_on(session, now), url_for("office.key_copies")
    mine = found.of(reader.person_id)
    if mine is not None and mine.stands is not Stands.GOOD:
        yield Thing("Prove your copy of the keys", _hint(mine), url)
    elif not found.are_enough and may(reader.roles, "office.letter_open"):
        yield Thing("No letter can open yet", "The custodians’ copies of the keys are not proved", url)


def _hint(mine: Proved) -> str:
    if mine.stands is Stands.FOR_NOW and mine.until:
        return f"The keys were renewed. The copy of before counts until {mine.until:%-d %B %Y}"
    return "Without two that are proved, no letter opens for sign-ons"


def _view(session: Session, proved: Proved) -> CopyView:
    known = queries.person(session, proved.person_id)
    name = queries.names_of(session, known).name if known else ""
    return CopyView(name, proved.person_id == seat().person_id, proved)


def _day(now: datetime) -> date:
    return day_in(desk().config.time_zone, now)

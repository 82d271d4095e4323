"""Showing less from now on, everywhere: whoever holds the link may say it, and it holds at once."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from advocacy.people.lessening import Less, lessened, offered
from advocacy.people.limiting import say_limits
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Caller, Visitor, arrive, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.own_page import own_page
from advocacy.web.signer.refusals import TO_MEND
from advocacy.web.signer.states import place_of


@signer.post("/s/less")
def less() -> Response:
    """Ask how much less, and take her at her word; a press without an answer changes nothing."""
    now, answer = desk().clock(), typed("answer")
    with desk().database.reading() as session:
        guest = arrive(session, now)
        if answer == "no":
            return _as_it_was(session, guest, now)
        there = offered(session, _person_of(guest), now)
    if answer not in there:
        fault = "fault.act" if typed("asked") else ""
        return guest.page("less", TO_MEND if fault else 200, offered=there, fault=fault)
    with desk().database.transaction() as session:
        person_id = _person_of(guest)
        limits = lessened(session, person_id, Less(answer), now)
        say_limits(session, person_id, limits, by=None, by_voice=False, wait=timedelta(), now=now)
    return guest.page("done", done="less.done")


def _person_of(guest: Visitor | Caller) -> UUID:
    return guest.visit.person_id if isinstance(guest, Visitor) else guest.owner.person_id


def _as_it_was(session: Session, guest: Visitor | Caller, now: datetime) -> Response:
    if isinstance(guest, Caller):
        return own_page(session, guest, now, show=False)
    return overview(session, place_of(session, guest, now), now)

"""Asking us to rest: nothing is asked of her until a day she chooses. What she signed stands."""

from dataclasses import dataclass
from datetime import date

from flask import Response

from advocacy.clock import day_in, months_after
from advocacy.people.models import Person
from advocacy.people.resting import NoSuchRest, rest, zone_of
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.states import place_of

_MONTHS = {"month": 1, "three": 3, "six": 6}


class NothingChosen(Exception):
    """Please choose one. Nothing was changed."""


@dataclass(frozen=True)
class Pause:
    """One length of rest that can be chosen, and the day it ends."""

    value: str
    months: int
    until: date


@signer.post("/s/rest")
def pause() -> Response:
    """Ask her nothing until a day, or again from now on; a press without an answer changes nothing."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        person = session.get_one(Person, visitor.visit.person_id)
        zone, rests = zone_of(person, desk().config.time_zone), person.rests_until
        if typed("answer") == "no":
            return overview(session, place_of(session, visitor, now), now)
    today = day_in(zone, now)
    if not typed("asked"):
        return _ask(visitor, today, rests)
    try:
        until = _chosen(today)
        with desk().database.transaction() as session:
            rest(session, visitor.visit.person_id, until, by=None, zone=zone, now=now)
    except NothingChosen:
        return _ask(visitor, today, rests, "rest.not_chosen")
    except NoSuchRest:
        return _ask(visitor, today, rests, "rest.no_such_day")
    return visitor.page("pause", until=until, done=True)


def _chosen(today: date) -> date | None:
    answer = typed("answer")
    if answer in _MONTHS:
        return months_after(today, _MONTHS[answer])
    if answer == "again":
        return None
    if answer != "day":
        raise NothingChosen
    try:
        return date.fromisoformat(typed("day"))
    except ValueError as fault:
        raise NoSuchRest from fault


def _ask(visitor: Visitor, today: date, rests: date | None, fault: str = "") -> Response:
    pauses = [Pause(value, months, months_after(today, months)) for value, months in _MONTHS.items()]
    resting = rests if rests is not None and rests > today else None
    return visitor.page(
        "pause",
        422 if fault else 200,
        done=False,
        pauses=pauses,
        rests=resting,
        fault=fault,
        chosen=typed("answer"),
        day_typed=typed("day"),
    )

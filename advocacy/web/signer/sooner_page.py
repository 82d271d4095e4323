"""Ending sooner: a nearer day for any of her lines, typed by herself, and nothing else changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.clock import day_in, last_day
from advocacy.people.limits import Audience
from advocacy.signons.sooner import NotSooner, end_sooner
from advocacy.signons.visits import standing_lines
from advocacy.web.pages import desk
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.entry import come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import TO_MEND
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, State, place_of


@dataclass(frozen=True)
class Row:
    """One line that stands, its last day, and the nearer day she typed."""

    audience: str
    line: str
    until: date
    typed: str
    fault: str


@signer.post("/s/sooner")
def sooner() -> Response:
    """Show until when her lines stand, and end those sooner for which she gives a nearer day."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        if place.state is not State.SIGNED:
            return overview(session, place, now)
        days, faults = _typed_days()
        if not days or faults:
            return _again(session, place, now, faults)
    return _end_sooner(place, days, now)


def _end_sooner(place: Place, days: Mapping[Audience, date], now: datetime) -> Response:
    fault = None
    try:
        with desk().database.transaction() as session:
            zone = desk().config.time_zone
            end_sooner(session, place.visitor.visit, days, zone=zone, now=now)
    except NotSooner as refusal:
        fault = refusal
    with desk().database.reading() as session:
        place = place_of(session, place.visitor, now)
        if fault is not None and place.state is State.SIGNED:
            return _again(session, place, now, {fault.audience: "sooner.fault"})
        return rest(session, place, now, show=True, done="sooner.done")


def _typed_days() -> tuple[Mapping[Audience, date], Mapping[Audience, str]]:
    days: dict[Audience, date] = {}
    faults: dict[Audience, str] = {}
    for audience in Audience:
        if sent := typed(f"until-{audience}"):
            try:
                days[audience] = date.fromisoformat(sent)
            except ValueError:
                faults[audience] = "sooner.fault"
    return days, faults


def _again(session: Session, place: Place, now: datetime, faults: Mapping[Audience, str]) -> Response:
    asked = bool(typed("asked"))
    return place.visitor.page(
        "sooner",
        TO_MEND if asked else 200,
        rows=_rows(session, place, now, faults),
        first=day_in(zone_of(place.visitor.visit), now),
        offices=len(place.asked.offices) if place.asked else 1,
        language=place.asked.letter.language if place.asked else "en",
        fault="sooner.none" if asked and not faults else "",
    )


def _rows(session: Session, place: Place, now: datetime, faults: Mapping[Audience, str]) -> list[Row]:
    lines = standing_lines(session, place.visitor.visit)
    return [
        Row(
            audience=audience,
            line=lines[audience],
            until=last_day(zone_of(place.visitor.visit), end),
            typed=typed(f"until-{audience}"),
            fault=faults.get(audience, ""),
        )
        for audience, end in place.standing.ends.items()
        if end > now and audience in lines
    ]

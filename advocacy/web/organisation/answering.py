"""An authoriser's acts: she looks at the exact line, says yes, tells of her board, takes it off."""

from datetime import datetime

from flask import Response, request
from sqlalchemy.orm import Session

from advocacy.organisations import answering
from advocacy.organisations.asking import NotOpenNow
from advocacy.organisations.links import Purpose
from advocacy.web.organisation.entry import NotKnown, Visitor, come_in, organisation, typed
from advocacy.web.organisation.farewell import truths
from advocacy.web.organisation.filled import Filled, read
from advocacy.web.organisation.looking import answer_form, first_page, rest
from advocacy.web.organisation.place import Place, place_of
from advocacy.web.pages import desk

_OF_A_YES = ("public_name", "level", "state", "authoriser", "title", "approval", "board_on")
_REFUSALS = {answering.OtherWords: "fault.changed", NotOpenNow: "fault.not_open"}


def authoriser(session: Session, now: datetime) -> tuple[Visitor, Place]:
    """Whoever holds a key that can answer; every other key opens nothing here."""
    visitor = come_in(session, now)
    if visitor.guest.purpose is not Purpose.ANSWER:
        raise NotKnown
    return visitor, place_of(session, visitor.guest, visitor.words, now)


@organisation.post("/look")
def look() -> Response:
    """Show exactly what would be printed. Nothing is signed here."""
    now = desk().clock()
    filled = read(request.form, _OF_A_YES, desk().today(now))
    with desk().database.reading() as session:
        visitor, place = authoriser(session, now)
        if not place.may_sign:
            return answer_form(session, visitor, place, notice="fault.not_open")
        if filled.faults:
            return answer_form(session, visitor, place, filled)
    return _look(visitor, place, filled)


def _look(visitor: Visitor, place: Place, filled: Filled, fault: str = "") -> Response:
    return visitor.page(
        "look", 422 if fault else 200, reading=place.reading, filled=filled, fault=fault, fields=_OF_A_YES
    )


@organisation.post("/sign")
def sign() -> Response:
    """Say yes for the organisation, by an explicit tick that she is authorised. Twice is once."""
    now = desk().clock()
    filled = read(request.form, _OF_A_YES, desk().today(now))
    with desk().database.transaction() as session:
        visitor, place = authoriser(session, now)
        if filled.faults:
            return answer_form(session, visitor, place, filled)
        if typed("authorised") != "yes":
            return _look(visitor, place, filled, "fault.authorised")
        try:
            answering.say_yes(
                session,
                visitor.guest,
                filled.yes,
                text=typed("text"),
                zone=desk().config.time_zone,
                now=now,
            )
        except (answering.OtherWords, NotOpenNow) as fault:
            return answer_form(session, visitor, place, notice=_REFUSALS[type(fault)])
        return rest(session, visitor, place_of(session, visitor.guest, visitor.words, now))


@organisation.post("/board")
def board() -> Response:
    """What the board decided: an explicit yes, or another day. A bare press changes nothing."""
    now, zone, fault = desk().clock(), desk().config.time_zone, "fault.choose"
    filled = read({**request.form, "approval": "board"}, ("approval", "board_on"), desk().today(now))
    with desk().database.transaction() as session:
        visitor, place = authoriser(session, now)
        if typed("board") == "yes":
            try:
                answering.board_agreed(session, visitor.guest, zone=zone, now=now)
                fault = ""
            except answering.BoardMeetsLater:
                fault = "fault.board_later"
        elif typed("board") == "later":
            fault = filled.faults.get("board_on", "")
            if filled.board_on and not fault:
                answering.board_decides_on(session, visitor.guest, filled.board_on, zone=zone, now=now)
        place = place_of(session, visitor.guest, visitor.words, now)
        return rest(session, visitor, place, fault=fault, status=422 if fault else 200)


@organisation.post("/off")
def take_off() -> Response:
    """Take the organisation off, at any stage, at once, without a reason."""
    now = desk().clock()
    with desk().database.transaction() as session:
        visitor, place = authoriser(session, now)
        told = truths(session, visitor.guest)
        if typed("answer") == "no":
            return first_page(session, visitor, now)
        if typed("answer") != "yes":
            fault = "fault.choose" if typed("asked") else ""
            return visitor.page("off", 422 if fault else 200, reading=place.reading, truths=told, fault=fault)
        answering.take_off(session, visitor.guest, now)
    return visitor.page("off_done", reading=place.reading, truths=told)

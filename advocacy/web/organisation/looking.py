"""What a key shows: the letter alone, a form to pass it on, or the authoriser's own page."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response, request
from sqlalchemy.orm import Session

from advocacy.organisations.asking import AnsweredAlready, AskedOften, NotOpenNow, send_to_authoriser
from advocacy.organisations.links import Purpose, make_link
from advocacy.organisations.logos import logo_of
from advocacy.organisations.names import Level
from advocacy.organisations.queries import unsealed
from advocacy.people.models import Organisation
from advocacy.people.places import STATES
from advocacy.web.organisation.entry import NotKnown, Visitor, come_in, organisation, typed
from advocacy.web.organisation.filled import Filled, read
from advocacy.web.organisation.place import Place, State, place_of
from advocacy.web.pages import desk

_NOTHING: Mapping[str, str] = {}
_OF_A_PERSON = ("authoriser", "title", "email")
_WITH_A_YES = (State.BOARD, State.REVIEW, State.STANDS, State.REFUSED)
_FAULTS = {AnsweredAlready: "contact.answered", AskedOften: "contact.often", NotOpenNow: "fault.not_open"}


@organisation.post("/", strict_slashes=False)
def come() -> Response:
    """The first page behind a key. A key to read shows the letter, and no form at all."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        return first_page(session, visitor, now)


def first_page(session: Session, visitor: Visitor, now: datetime) -> Response:
    """What this key is for."""
    place = place_of(session, visitor.guest, visitor.words, now)
    if visitor.guest.purpose is Purpose.READ:
        return visitor.page("read", reading=place.reading)
    if visitor.guest.purpose is Purpose.CONTACT:
        return _contact(visitor, place)
    if place.state in _WITH_A_YES and typed("step") != "change":
        return rest(session, visitor, place)
    return answer_form(session, visitor, place)


def _contact(visitor: Visitor, place: Place, filled: Filled | None = None, notice: str = "") -> Response:
    return visitor.page(
        "contact",
        422 if filled else 200,
        reading=place.reading,
        ask=place.ask,
        values=filled.values if filled else dict.fromkeys(_OF_A_PERSON, ""),
        faults=filled.faults if filled else _NOTHING,
        notice=notice,
    )


def answer_form(
    session: Session, visitor: Visitor, place: Place, filled: Filled | None = None, notice: str = ""
) -> Response:
    """The letter and the form of a yes, filled in as far as we know it."""
    return visitor.page(
        "answer",
        422 if filled or notice else 200,
        reading=place.reading,
        place=place,
        values=filled.values if filled else known_of(session, place),
        faults=filled.faults if filled else _NOTHING,
        notice=notice,
        levels=tuple(Level),
        states=STATES,
    )


def known_of(session: Session, place: Place) -> dict[str, str]:
    """What is known of an organisation and its authoriser, as the fields of a form."""
    ask, signed = place.ask, place.signed
    known = session.get_one(Organisation, signed.organisation_id) if signed else None
    row = signed or ask
    board_on = row.board_on
    return {
        "public_name": known.public_name if known else ask.public_name,
        "level": (known.level if known else ask.level) or "",
        "state": (known.state if known else ask.state) or "",
        "authoriser": unsealed(session, row, "authoriser"),
        "title": unsealed(session, row, "title"),
        "email": unsealed(session, row, "email"),
        "approval": "board" if board_on else "",
        "board_on": board_on.isoformat() if board_on else "",
    }


def rest(session: Session, visitor: Visitor, place: Place, **more: object) -> Response:
    """How things stand for an organisation that said yes, and what it can do."""
    told = known_of(session, place)
    filled = Filled(told, {})
    words = {"fault": "", "logo_words": "", "logo_faults": _NOTHING, "status": 200, **more}
    words |= {"office": desk().config.office_mail_from}
    logo = logo_of(session, place.signed.id) if place.signed else None
    status = words.pop("status")
    assert isinstance(status, int)
    return visitor.page(
        "resting", status, place=place, reading=place.reading, line=filled.line, logo=logo, **words
    )


@organisation.post("/authoriser")
def pass_on() -> Response:
    """A contact names who may sign; that person is written to. The contact's own key signs nothing."""
    now = desk().clock()
    filled = read(request.form, _OF_A_PERSON, desk().today(now))
    with desk().database.transaction() as session:
        visitor = come_in(session, now)
        if visitor.guest.purpose is not Purpose.CONTACT:
            raise NotKnown
        place = place_of(session, visitor.guest, visitor.words, now)
        if filled.faults:
            return _contact(visitor, place, filled)
        try:
            send_to_authoriser(session, visitor.guest, filled.who, now)
        except (AnsweredAlready, AskedOften, NotOpenNow) as fault:
            return _contact(visitor, place, filled, _FAULTS[type(fault)])
    return visitor.page("done", reading=place.reading, told="contact.sent")


@organisation.post("/share")
def share() -> Response:
    """Make one more link that can only be read, for a board or counsel, and show it this once."""
    now = desk().clock()
    with desk().database.transaction() as session:
        visitor = come_in(session, now)
        if visitor.guest.purpose is Purpose.READ:
            raise NotKnown
        place = place_of(session, visitor.guest, visitor.words, now)
        key = make_link(session, visitor.guest.ask_id, Purpose.READ, now)
    return visitor.page("share", reading=place.reading, link=f"{desk().config.base_url}/o#{key}")

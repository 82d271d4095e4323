"""Every way out on one page, at every stage: her name off this letter, no more emails, everything erased."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response

from advocacy.web.pages import desk
from advocacy.web.signer import erasing, leaving
from advocacy.web.signer.entry import come_in, signer, typed
from advocacy.web.signer.farewell import copies
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import TO_MEND
from advocacy.web.signer.states import Place, State, place_of


def _ask_to_erase(place: Place, now: datetime) -> Response:
    with desk().database.reading() as session:
        return erasing.ask(session, place.visitor)


_ACTS: Mapping[str, Callable[[Place, datetime], Response]] = {
    "off": lambda place, now: leaving.take_off(place.visitor, now),
    "no_more": leaving.say_no,
    "mail": lambda place, now: leaving.stop(place.visitor, now),
    "erase": _ask_to_erase,
}


@signer.post("/s/leave")
def leave() -> Response:
    """Three acts in plain words. None is chosen beforehand, none asks why, and a bare button does nothing."""
    now, act = desk().clock(), typed("act")
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        if act == "none":
            return overview(session, place, now)
        went = copies(session, place.visitor.visit)
    if act in offered(place):
        return _ACTS[act](place, now)
    fault = "fault.act" if typed("asked") else ""
    return place.visitor.page(
        "ways_out",
        TO_MEND if fault else 200,
        fault=fault,
        offered=offered(place),
        mail_stopped=place.mail_stopped,
        copies=went if place.standing.signed else (),
    )


def offered(place: Place) -> tuple[str, ...]:
    """What there is still to do, in the order it stands on the page."""
    may_be_asked = place.state in (State.NOT_SIGNED, State.WITHDRAWN) and place.may_choose
    there = {
        "off": place.standing.signed,
        "no_more": may_be_asked and not place.standing.declined,
        "mail": not place.mail_stopped,
        "erase": True,
    }
    return tuple(act for act, is_there in there.items() if is_there)

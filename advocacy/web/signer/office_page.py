"""One more office: the one question whether her line may stand there too, and nothing else to choose."""

from datetime import datetime

from flask import Response, request
from sqlalchemy.orm import Session

from advocacy.signons.actions import TextChanged
from advocacy.signons.one_more_office import answer_offices, marks_of, offices_to_ask
from advocacy.web.pages import desk
from advocacy.web.signer.entry import come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.reading import goes
from advocacy.web.signer.refusals import OVERTAKEN, TO_MEND
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, place_of

_ANSWERS = ("yes", "no")
_LONGEST = 1000


@signer.post("/s/office")
def one_more_office() -> Response:
    """Ask about the office alone; only an explicit yes shows her line there."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        if typed("answer") not in _ANSWERS:
            return _ask(session, place, now, fault="fault.answer" if typed("asked") else "")
    return _answer(place, now)


def _ask(
    session: Session, place: Place, now: datetime, *, fault: str = "", status: int = TO_MEND
) -> Response:
    offices = offices_to_ask(session, place.visitor.visit, now)
    if not offices:
        return overview(session, place, now)
    asked_about = goes(offices, place.visitor.tongue)
    words = {"goes": asked_about, "marks": marks_of(offices), "fault": fault}
    return place.visitor.page("office", status if fault else 200, **words)


def _answer(place: Place, now: datetime) -> Response:
    visit, zone = place.visitor.visit, desk().config.time_zone
    try:
        with desk().database.transaction() as session:
            answer_offices(session, visit, _marks(), yes=typed("answer") == "yes", zone=zone, now=now)
    except TextChanged:
        with desk().database.reading() as session:
            return _ask(session, place, now, fault="office.other", status=OVERTAKEN)
    with desk().database.reading() as session:
        return rest(session, place_of(session, place.visitor, now), now)


def _marks() -> str:
    # Longer than other fields: a letter may go to many offices.
    return request.form.get("marks", "").strip()[:_LONGEST]

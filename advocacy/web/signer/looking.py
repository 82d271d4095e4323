"""Coming in and looking: the letter with its choices, and how she would appear. Nothing is signed here."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.web.pages import desk
from advocacy.web.signer.check_page import look
from advocacy.web.signer.entry import Caller, arrive, come_in, signer, typed
from advocacy.web.signer.keeping import is_new, keep
from advocacy.web.signer.overview import mend, overview, refused
from advocacy.web.signer.own_page import own_page
from advocacy.web.signer.posted import same_words, sent, way
from advocacy.web.signer.refusals import REFUSALS
from advocacy.web.signer.states import Place, place_of


@signer.post("/s/", strict_slashes=False)
def come() -> Response:
    """The first page behind a key: the letter and the choices, or how things stand, or a page of her own."""
    now = desk().clock()
    with desk().database.reading() as session:
        guest = arrive(session, now)
        if isinstance(guest, Caller):
            return own_page(session, guest, now, show=typed("step") == "show")
        return overview(session, place_of(session, guest, now), now)


@signer.post("/s/check")
def check() -> Response:
    """Show exactly what would be signed. Only choices she made herself are kept, for an hour."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        try:
            answer = _look(session, place, now)
        except REFUSALS as fault:
            return refused(session, place, now, fault)
        chosen = sent() if answer.status_code == 200 else {}
        is_hers = bool(chosen) and is_new(session, place, same_words(place), chosen, now)
    if is_hers:
        keep(place, same_words(place), chosen, now)
    return answer


def _look(session: Session, place: Place, now: datetime) -> Response:
    """The page before signing, or the form again with what is wrong beside each field."""
    asked = same_words(place)
    answer = way(session, place, asked)
    if answer.faults:
        return mend(session, place, answer, now)
    return look(session, place, asked, answer.wishes, now)

"""Signing: exactly what was shown, by an explicit yes, once."""

from dataclasses import replace
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.signons import actions
from advocacy.web.pages import desk
from advocacy.web.signer.check_page import look
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.notices import words_shown
from advocacy.web.signer.overview import mend, refused
from advocacy.web.signer.posted import answer, same_words, wanted
from advocacy.web.signer.refusals import REFUSALS, SENTENCES, TO_MEND
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, place_of


@signer.post("/s/sign")
def sign() -> Response:
    """Agree to exactly what was shown, by an explicit yes. Doing it twice is doing it once."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        try:
            held_up = _before_signing(session, place, now)
            words = "" if held_up else words_shown(session, place, now)
        except REFUSALS as fault:
            held_up, words = refused(session, place, now, fault), ""
    return held_up or _sign(place.visitor, words, now)


def _before_signing(session: Session, place: Place, now: datetime) -> Response | None:
    """The page that stands in the way of signing, if any does."""
    asked = same_words(place)
    given = answer(place, asked)
    if given.faults:
        return mend(session, place, given, now)
    if typed("agree") != "yes":
        return look(session, place, asked, given.wishes, now, fault="fault.agree", status=TO_MEND)
    return None


def _sign(visitor: Visitor, words: str, now: datetime) -> Response:
    fault = None
    try:
        with desk().database.transaction() as session:
            # What counts is when it is written down, not when the press set out.
            now = desk().clock()
            place = place_of(session, visitor, now)
            _agree(session, place, words, now)
    except REFUSALS as refusal:
        fault = refusal
    with desk().database.reading() as session:
        place = place_of(session, visitor, now)
        if fault is None:
            return rest(session, place, now, thanks=True)
        return _not_signed(session, place, now, fault)


def _agree(session: Session, place: Place, words: str, now: datetime) -> None:
    """Write down what she agreed to, in which language, and every word she was shown before it."""
    wished = answer(place, wanted(place)).wishes
    zone, language = desk().config.time_zone, place.visitor.tongue.language
    visit, opened = replace(place.visitor.visit, language=language), place.visitor.held.opened
    actions.sign(session, visit, wished, mark=typed("mark"), zone=zone, now=now, words=words, opened=opened)


def _not_signed(session: Session, place: Place, now: datetime, fault: Exception) -> Response:
    """Why she has not signed; where only the look was missing, she gets it now."""
    if not isinstance(fault, actions.PreviewFirst) or place.asked is None or not place.may_choose:
        return refused(session, place, now, fault)
    wished = answer(place, place.asked).wishes
    return look(session, place, place.asked, wished, now, fault=SENTENCES[type(fault)], status=TO_MEND)

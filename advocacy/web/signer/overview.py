"""The page that fits how things stand, and the same page again when something stood in the way."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.signons.actions import OnlyLess, TextChanged
from advocacy.signons.previews import NotChosen, OverLimit
from advocacy.signons.visits import Asked
from advocacy.web.signer.choice_page import choose
from advocacy.web.signer.entry import typed
from advocacy.web.signer.letter_page import letter, what_we_ask
from advocacy.web.signer.posted import same_words, wanted
from advocacy.web.signer.refusals import SENTENCES, TO_MEND, status_of
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.wishes import Answer

_TO_SIGN = (State.NOT_SIGNED, State.CHANGED, State.LAPSED)
_STEPS = ("read", "ways", "choose")


def overview(session: Session, place: Place, now: datetime) -> Response:
    """What we ask, the page she pressed for, or how things stand."""
    if place.asked is None or not place.may_choose:
        return rest(session, place, now)
    if typed("step") in _STEPS:
        return _step(session, place, place.asked, now)
    if place.state in _TO_SIGN:
        return what_we_ask(session, place, place.asked)
    return rest(session, place, now, show=typed("step") == "show")


def _step(session: Session, place: Place, asked: Asked, now: datetime) -> Response:
    """The letter, the ways to appear without it, or one audience's choices for the words she has seen."""
    if typed("step") != "choose" or not typed("text"):
        return letter(session, place, asked, whole=typed("step") == "read")
    try:
        return choose(session, place, same_words(place), now, at=typed("at"))
    except TextChanged as fault:
        return refused(session, place, now, fault)


def mend(session: Session, place: Place, answer: Answer, now: datetime) -> Response:
    """The page of the audience that wants another look, or that comes next: the others are carried on."""
    audience, fault = next(iter(answer.faults.items()))
    if fault is NotChosen and typed("at") not in ("", audience):
        return choose(session, place, wanted(place), now, at=audience)
    told = {**SENTENCES, OverLimit: SENTENCES[OnlyLess]} if place.may_only_narrow else SENTENCES
    return choose(session, place, wanted(place), now, at=audience, fault=told[fault], status=TO_MEND)


def refused(session: Session, place: Place, now: datetime, fault: Exception) -> Response:
    """Why nothing was signed, on the page from which she can go on."""
    notice, status = SENTENCES[type(fault)], status_of(fault)
    if place.asked is None or not place.may_choose:
        return rest(session, place, now, notice=notice, status=status)
    return letter(session, place, place.asked, notice=notice, status=status)

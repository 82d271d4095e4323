"""The page that fits how things stand, and the same page again when something stood in the way."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.signons.actions import OnlyLess
from advocacy.signons.previews import OverLimit
from advocacy.web.signer.entry import typed
from advocacy.web.signer.letter_page import choose
from advocacy.web.signer.posted import sent, wanted
from advocacy.web.signer.refusals import SENTENCES, TO_MEND, status_of
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.wishes import Answer

_TO_SIGN = (State.NOT_SIGNED, State.CHANGED, State.LAPSED)


def overview(session: Session, place: Place, now: datetime) -> Response:
    """The letter to choose about, or how things stand."""
    wants = typed("step") == "choose" or place.state in _TO_SIGN
    if place.asked is not None and place.may_choose and wants:
        return choose(session, place, place.asked, now, sent=sent() or None)
    return rest(session, place, now, show=typed("step") == "show")


def mend(session: Session, place: Place, answer: Answer, now: datetime) -> Response:
    """The form again, with what she chose still there and each fault beside its field."""
    told = {**SENTENCES, OverLimit: SENTENCES[OnlyLess]} if place.may_only_narrow else SENTENCES
    faults = {audience: told[fault] for audience, fault in answer.faults.items()}
    return choose(session, place, wanted(place), now, sent=sent(), faults=faults, status=TO_MEND)


def refused(session: Session, place: Place, now: datetime, fault: Exception) -> Response:
    """Why nothing was signed, on the page from which she can go on."""
    notice, status = SENTENCES[type(fault)], status_of(fault)
    if place.asked is None or not place.may_choose:
        return rest(session, place, now, notice=notice, status=status)
    return choose(session, place, place.asked, now, sent=sent(), notice=notice, status=status)

"""Coming in, looking at it, signing: each step is a form with the key in its body, and a press."""

from datetime import datetime

from flask import Response, request
from sqlalchemy.orm import Session

from advocacy.signons import actions
from advocacy.signons.actions import NotOpen, OnlyLess, PreviewFirst, TextChanged
from advocacy.signons.previews import OverLimit
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk
from advocacy.web.signer import wishes
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.letter_page import choose, is_new, like_last_time, look, offered_in
from advocacy.web.signer.reading import text_mark
from advocacy.web.signer.refusals import REFUSALS, SENTENCES, TO_MEND, status_of
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import Place, State, place_of
from advocacy.web.signer.wishes import Answer, Fields

_TO_SIGN = (State.NOT_SIGNED, State.CHANGED, State.LAPSED)


@signer.post("/s/", strict_slashes=False)
def come() -> Response:
    """The first page behind a key: the letter and the choices, or how things stand."""
    now = desk().clock()
    with desk().database.reading() as session:
        return overview(session, place_of(session, come_in(session, now), now), now)


def overview(session: Session, place: Place, now: datetime) -> Response:
    """The page that fits how things stand."""
    wants = typed("step") == "choose" or place.state in _TO_SIGN
    if place.asked is not None and place.may_choose and wants:
        return choose(session, place, place.asked, now, sent=_sent() or None)
    return rest(session, place, now, show=typed("step") == "show")


@signer.post("/s/check")
def check() -> Response:
    """Show exactly what would be signed. Only choices she made herself are kept, for an hour."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        try:
            answer = look_at(session, place, now)
        except REFUSALS as fault:
            return refused(session, place, now, fault)
        chosen = _sent()
        is_hers = bool(chosen) and answer.status_code == 200 and is_new(session, place, chosen, now)
    if is_hers:
        with desk().database.transaction() as session:
            actions.keep_choices(session, place.visitor.visit, wishes.keep(chosen, typed("text")), now)
    return answer


def _sent() -> Fields:
    """The choices in this form that she made one by one; a whole way to appear is one press, and not kept."""
    return {} if typed("way") else wishes.only_ours(request.form)


def look_at(session: Session, place: Place, now: datetime) -> Response:
    """The page before signing, or the form again with what is wrong beside each field."""
    asked = _same_words(place)
    answer = _answer(session, place, asked)
    if answer.faults:
        return mend(session, place, answer, now)
    return look(session, place, asked, answer.wishes, now)


def wanted(place: Place) -> Asked:
    """What she may choose about, or `NotOpen`."""
    if place.asked is None or not place.may_choose:
        raise NotOpen
    return place.asked


def _same_words(place: Place) -> Asked:
    """What she is asked, if it is still what her page showed her."""
    asked = wanted(place)
    if typed("text") != text_mark(asked):
        raise TextChanged
    return asked


def _answer(session: Session, place: Place, asked: Asked) -> Answer:
    way = typed("way")
    if way == "count":
        return Answer(wishes.plain({}), {})
    if way == "last" and (before := like_last_time(session, place, asked)):
        return Answer(wishes.plain(before), {})
    return wishes.read(request.form, asked, offered_in(place, asked))


def mend(session: Session, place: Place, answer: Answer, now: datetime) -> Response:
    """The form again, with what she chose still there and each fault beside its field."""
    told = {**SENTENCES, OverLimit: SENTENCES[OnlyLess]} if place.may_only_narrow else SENTENCES
    faults = {audience: told[fault] for audience, fault in answer.faults.items()}
    return choose(session, place, wanted(place), now, sent=_sent(), faults=faults, status=TO_MEND)


def refused(session: Session, place: Place, now: datetime, fault: Exception) -> Response:
    """Why nothing was signed, on the page from which she can go on."""
    notice, status = SENTENCES[type(fault)], status_of(fault)
    if place.asked is None or not place.may_choose:
        return rest(session, place, now, notice=notice, status=status)
    return choose(session, place, place.asked, now, sent=_sent(), notice=notice, status=status)


@signer.post("/s/sign")
def sign() -> Response:
    """Agree to exactly what was shown, by an explicit yes. Doing it twice is doing it once."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        try:
            held_up = _before_signing(session, place, now)
        except REFUSALS as fault:
            held_up = refused(session, place, now, fault)
    return held_up or _sign(place.visitor, now)


def _before_signing(session: Session, place: Place, now: datetime) -> Response | None:
    """The page that stands in the way of signing, if any does."""
    asked = _same_words(place)
    answer = wishes.read(request.form, asked, offered_in(place, asked))
    if answer.faults:
        return mend(session, place, answer, now)
    if typed("agree") != "yes":
        return look(session, place, asked, answer.wishes, now, fault="fault.agree", status=TO_MEND)
    return None


def _sign(visitor: Visitor, now: datetime) -> Response:
    zone, fault = desk().config.time_zone, None
    try:
        with desk().database.transaction() as session:
            asked = wanted(place_of(session, visitor, now))
            wished = wishes.read(request.form, asked, wishes.offers(asked)).wishes
            actions.sign(session, visitor.visit, wished, mark=typed("mark"), zone=zone, now=now)
    except REFUSALS as refusal:
        fault = refusal
    with desk().database.reading() as session:
        place = place_of(session, visitor, now)
        if fault is None:
            return rest(session, place, now, thanks=True)
        return _not_signed(session, place, now, fault)


def _not_signed(session: Session, place: Place, now: datetime, fault: Exception) -> Response:
    if not isinstance(fault, PreviewFirst) or place.asked is None or not place.may_choose:
        return refused(session, place, now, fault)
    wished = wishes.read(request.form, place.asked, offered_in(place, place.asked)).wishes
    return look(session, place, place.asked, wished, now, fault=SENTENCES[PreviewFirst], status=TO_MEND)

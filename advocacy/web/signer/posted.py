"""What came back in a form: her choices, and whether they were made for the words that stand there now."""

from flask import request
from sqlalchemy.orm import Session

from advocacy.signons.actions import NotOpen, TextChanged
from advocacy.signons.visits import Asked
from advocacy.web.signer import wishes
from advocacy.web.signer.entry import typed
from advocacy.web.signer.letter_page import like_last_time, offered_in
from advocacy.web.signer.reading import text_mark
from advocacy.web.signer.states import Place


def sent() -> wishes.Fields:
    """The choices she made one by one. A whole way to appear is one press, and never kept or ticked."""
    return {} if typed("way") else wishes.only_ours(request.form)


def wanted(place: Place) -> Asked:
    """What she may choose about, or `NotOpen`."""
    if place.asked is None or not place.may_choose:
        raise NotOpen
    return place.asked


def same_words(place: Place) -> Asked:
    """What she is asked, if it is still what her page showed her; otherwise `TextChanged`."""
    asked = wanted(place)
    if typed("text") != text_mark(asked):
        raise TextChanged
    return asked


def answer(place: Place, asked: Asked) -> wishes.Answer:
    """The wishes in the form, field by field."""
    return wishes.read(request.form, asked, offered_in(place, asked), place.today)


def way(session: Session, place: Place, asked: Asked) -> wishes.Answer:
    """The wishes in the form, or those behind the one button she pressed."""
    if typed("way") == "count":
        return wishes.Answer(wishes.plain({}), {})
    if typed("way") == "last" and (before := like_last_time(session, place, asked)):
        return wishes.Answer(wishes.plain(before), {})
    return answer(place, asked)

"""Taking a name off, saying no, stopping mail: separate acts, each an explicit yes, none with a reason."""

from datetime import datetime

from flask import Response

from advocacy.people.actions import stop_mail
from advocacy.signons import actions
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Visitor, WordFirst, come_in, signer, typed
from advocacy.web.signer.farewell import copies
from advocacy.web.signer.overview import overview
from advocacy.web.signer.parting import parting
from advocacy.web.signer.states import Place, State, place_of
from advocacy.web.truths import Copy


@signer.post("/s/withdraw")
def withdraw() -> Response:
    """Take her name off at once, at any stage; any link of hers may do that."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now, to_take_off=True)
        went = copies(session, visitor.visit) if visitor.may_see else ()
    if typed("answer") != "yes":
        return _ask(visitor, "withdraw", now, went)
    return take_off(visitor, now)


def take_off(visitor: Visitor, now: datetime) -> Response:
    """Her name comes off. Where her mail may be read, she is not even told whether she had signed."""
    with desk().database.transaction() as session:
        actions.withdraw(session, visitor.visit, zone=desk().config.time_zone, now=now)
    if not visitor.may_see:
        return visitor.page("withdrawn", done="withdraw.watched", told=None, may_see=False)
    with desk().database.reading() as session:
        told = parting(session, visitor.visit, now)
    done = "withdraw.done" if told.truths else "withdraw.not_signed"
    return visitor.page("withdrawn", done=done, told=told, may_see=True)


@signer.post("/s/decline")
def decline() -> Response:
    """No to this letter, and no more questions about it. A signature is taken off first, by its own act."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        if place.state is State.SIGNED:
            return overview(session, place, now)
    if typed("answer") != "yes":
        return _ask(place.visitor, "decline", now)
    return say_no(place, now)


def say_no(place: Place, now: datetime) -> Response:
    """She is not asked about this letter again."""
    with desk().database.transaction() as session:
        actions.decline(session, place.visitor.visit, zone=desk().config.time_zone, now=now)
    return place.visitor.page("done", done="decline.done")


@signer.post("/s/stop-mail")
def stop_emails() -> Response:
    """No more mail; what she signed stands."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
    if typed("answer") != "yes":
        return _ask(visitor, "stop", now)
    return stop(visitor, now)


def stop(visitor: Visitor, now: datetime) -> Response:
    """She gets no more mail."""
    with desk().database.transaction() as session:
        stop_mail(session, visitor.visit.person_id, now)
    return visitor.page("done", done="stop.done")


_PATHS = {"withdraw": "/s/withdraw", "decline": "/s/decline", "stop": "/s/stop-mail"}


def _ask(visitor: Visitor, act: str, now: datetime, went: tuple[Copy, ...] = ()) -> Response:
    """The question before an act; a press without an answer changes nothing and says so."""
    if typed("answer") == "no" and not visitor.may_see:
        raise WordFirst(visitor, wrong=False)
    if typed("answer") == "no":
        with desk().database.reading() as session:
            return overview(session, place_of(session, visitor, now), now)
    fault = "fault.answer" if typed("asked") else ""
    return visitor.page(
        "ask",
        422 if fault else 200,
        act=act,
        path=_PATHS[act],
        fault=fault,
        may_see=visitor.may_see,
        copies=went,
    )

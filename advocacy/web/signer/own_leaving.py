"""One act from her own page: her name off every letter. Any link of hers may do that, without her word."""

from datetime import datetime

from flask import Response

from advocacy.signons import actions
from advocacy.signons.owners import visits_of
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Caller, NotKnown, WordFirst, arrive, signer, typed
from advocacy.web.signer.farewell import copies
from advocacy.web.signer.own_page import own_page


@signer.post("/s/off")
def off() -> Response:
    """Take her name off everything, by an explicit yes; twice is once."""
    now = desk().clock()
    with desk().database.reading() as session:
        caller = arrive(session, now, to_take_off=True)
    if not isinstance(caller, Caller):
        raise NotKnown
    if typed("answer") != "yes":
        return _ask(caller, now)
    with desk().database.transaction() as session:
        for _, visit in visits_of(session, caller.owner):
            actions.withdraw(session, visit, zone=desk().config.time_zone, now=now)
    return _taken_off(caller)


def _ask(caller: Caller, now: datetime) -> Response:
    if typed("answer") == "no" and not caller.may_see:
        raise WordFirst(caller, wrong=False)
    if typed("answer") == "no":
        with desk().database.reading() as session:
            return own_page(session, caller, now, show=False)
    fault = "fault.answer" if typed("asked") else ""
    return caller.page("own_off", 422 if fault else 200, fault=fault, may_see=caller.may_see)


def _taken_off(caller: Caller) -> Response:
    """What is true now. Where her mail may be read, not even whether she had signed."""
    if not caller.may_see:
        return caller.page("withdrawn", done="withdraw.watched", told=None, may_see=False)
    with desk().database.reading() as session:
        went = [copy for _, visit in visits_of(session, caller.owner) for copy in copies(session, visit)]
    return caller.page("own_off_done", copies=went)

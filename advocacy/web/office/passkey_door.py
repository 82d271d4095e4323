"""Signing in with a passkey: the two answers its script needs. Both are made fresh for each try."""

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.people import passkeys
from advocacy.people.passkeys import Asks, House, PasskeyRefused
from advocacy.people.queries import person, roles_on
from advocacy.people.sessions import Way, sit
from advocacy.web.crowds import slow_down
from advocacy.web.errors import sentence_of
from advocacy.web.office.door import give_cookie, office
from advocacy.web.pages import desk

MOST = 20_000


def house() -> House:
    """Whose passkeys these are."""
    return House(desk().config.base_url, desk().config.network_name)


def question(asked: str) -> Response:
    """A question for a device, as the browser takes it."""
    return Response(asked, mimetype="application/json")


def answer_sent() -> str:
    """What the device said, as the script passed it on."""
    return request.form.get("answer", "")[:MOST]


def refused(fault: PasskeyRefused) -> ResponseReturnValue:
    """The sentence the script shows next to its button."""
    return {"says": sentence_of(fault)}, 422


@office.post("/passkey/ask")
def passkey_ask() -> ResponseReturnValue:
    """A question any passkey of this house may answer: it is the same whoever asks."""
    now = desk().clock()
    slow_down(now)
    with desk().database.transaction() as session:
        return question(passkeys.ask_to_sign(session, house(), Asks.SIGN_IN, person_id=None, now=now))


@office.post("/passkey/answer")
def passkey_answer() -> ResponseReturnValue:
    """Open the office to whoever holds a passkey and has a role today."""
    now = desk().clock()
    slow_down(now)
    try:
        with desk().database.transaction() as session:
            who = passkeys.check(session, house(), answer_sent(), Asks.SIGN_IN, person_id=None, now=now)
            if person(session, who) is None or not roles_on(session, who, desk().today(now)):
                raise PasskeyRefused
            key = sit(session, who, way=Way.PASSKEY, now=now)
    except PasskeyRefused as fault:
        return refused(fault)
    return give_cookie(make_response({"to": url_for("office.desk")}), key)

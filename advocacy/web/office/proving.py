"""One more check before an act that matters, and then that act, with nothing typed lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from advocacy.people import passkeys, sessions
from advocacy.people.authenticators import WrongCode, has_app, recovery_codes_left, spend
from advocacy.people.passkeys import Asks, PasskeyRefused, passkeys_of
from advocacy.web.crowds import slow_down
from advocacy.web.errors import NotHere, sentence_of
from advocacy.web.forms import TOKEN_FIELD, OfficeForm, token_for
from advocacy.web.office.door import ProofFirst, give_cookie, key_sent, office, seat
from advocacy.web.office.passkey_door import answer_sent, house, question, refused
from advocacy.web.pages import desk

_LONGEST = 200_000


@dataclass(frozen=True)
class Act:
    """What was about to be done: where the form goes, and every field of it."""

    to: str
    fields: Sequence[tuple[str, str]]

    @property
    def kept(self) -> str:
        """The fields, packed into one."""
        return json.dumps(self.fields)


class ProveForm(OfficeForm):
    """A code, and the act that waits for it."""

    to = HiddenField(validators=[InputRequired()])
    kept = HiddenField(validators=[InputRequired(), Length(max=_LONGEST)])
    code = StringField(
        "Code from your app",
        [InputRequired("Please type the code your app shows."), Length(max=40, message=WrongCode.__doc__)],
    )


@office.errorhandler(ProofFirst)
def ask_for_proof(_fault: ProofFirst) -> Response:
    """The page between: it says what it is for, and keeps the act."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != TOKEN_FIELD]
    act = Act(request.path, fields)
    return _page(ProveForm(data={"to": act.to, "kept": act.kept}), act, 401)


@office.post("/prove")
def prove() -> ResponseReturnValue:
    """Take the code; the act then waits for one press."""
    form = ProveForm(request.form)
    act, now = _act(form), desk().clock()
    if not form.validate():
        return _page(form, act, 422)
    slow_down(now)
    try:
        with desk().database.transaction() as session:
            spend(session, seat().person_id, form.code.data or "", now=now)
            key = sessions.prove(session, key_sent(), now=now)
    except WrongCode as fault:
        form.code.errors = [sentence_of(fault)]
        return _page(form, act, 422)
    return give_cookie(
        make_response(render_template("office/proved.html", act=act, token=token_for(key))), key
    )


@office.post("/prove/ask")
def prove_ask() -> ResponseReturnValue:
    """A question for a passkey of whoever is signed in, and for no other."""
    who, now = seat().person_id, desk().clock()
    with desk().database.transaction() as session:
        return question(passkeys.ask_to_sign(session, house(), Asks.PROVE, person_id=who, now=now))


@office.post("/prove/answer")
def prove_answer() -> ResponseReturnValue:
    """Take the answer; the script then sends the act with the new session's token."""
    who, now = seat().person_id, desk().clock()
    try:
        with desk().database.transaction() as session:
            passkeys.check(session, house(), answer_sent(), Asks.PROVE, person_id=who, now=now)
            key = sessions.prove(session, key_sent(), now=now)
    except PasskeyRefused as fault:
        return refused(fault)
    return give_cookie(make_response({"token": token_for(key)}), key)


def _page(form: ProveForm, act: Act, status: int) -> Response:
    who = seat().person_id
    with desk().database.reading() as session:
        words = {
            "has_passkey": bool(passkeys_of(session, who)),
            "takes_code": has_app(session, who) or recovery_codes_left(session, who) > 0,
        }
    return make_response(render_template("office/prove.html", form=form, act=act, **words), status)


def _act(form: ProveForm) -> Act:
    """The act as the form brings it back. Only an act of this office can wait here, and no other address."""
    to = form.to.data or ""
    try:
        endpoint, _values = current_app.url_map.bind("office").match(to, method="POST")
        fields = [(str(name), str(text)) for name, text in json.loads(form.kept.data or "")]
    except (HTTPException, ValueError, TypeError, RecursionError) as fault:
        raise NotHere from fault
    if not endpoint.startswith("office."):
        raise NotHere
    return Act(to, fields)

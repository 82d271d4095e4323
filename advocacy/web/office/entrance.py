"""Signing in: with a passkey, or by emailed link and a code; and signing out."""

import time

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Email, InputRequired, Length

from advocacy.people import sessions
from advocacy.people import sign_in as doorkeeper
from advocacy.people.sign_in import CodeWanted
from advocacy.web.crowds import slow_down
from advocacy.web.forms import OpenForm
from advocacy.web.office.door import cookie_name, give_cookie, key_sent, office, seat
from advocacy.web.pages import desk, moment
from advocacy.web.patience import hold_back

# Writing a link down takes longer than finding nobody; both are answered only after this long.
AT_LEAST = 0.5

_DAMAGED = "This does not look like the code from the email. Please copy all of it, from the # on."
_WRONG = "This code is not right, or it was used before. Wait for the next one and type that."


class AskForm(OpenForm):
    """Where to send the link."""

    email = StringField(
        "Your email address",
        [
            InputRequired("Please type your email address."),
            Length(max=254, message="This is too long for an email address."),
            Email("This is not an email address. It looks like name@example.org.", test_environment=True),  # type: ignore[call-arg] # newer than its stubs
        ],
    )


class EnterForm(OpenForm):
    """The key out of the email, and a yes: a mail scanner opens links and presses lone buttons."""

    key = StringField(
        "The link or code from your email",
        [InputRequired("Please paste the link or code from your email."), Length(max=500, message=_DAMAGED)],
    )
    mine = BooleanField(
        "Yes, I asked for this link",
        [InputRequired("Please tick the box, so that we know it is you and not a mail program.")],
    )


class CodeForm(OpenForm):
    """The code that goes with a link."""

    key = HiddenField(validators=[InputRequired(), Length(max=500)])
    code = StringField(
        "Code from your app",
        [InputRequired("Please type the code your app shows."), Length(max=40, message=_WRONG)],
    )


@office.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The page that asks for a passkey or an address."""
    if g.seat is not None:
        return redirect(url_for("office.desk"), 303)
    return render_template("office/sign_in.html", form=AskForm())


@office.post("/sign-in", endpoint="sign_in_ask")
def ask() -> ResponseReturnValue:
    """Send a link to whoever works here, and say the same to everybody else."""
    form = AskForm(request.form)
    if not form.validate():
        return render_template("office/sign_in.html", form=form), 422
    now, began = desk().clock(), time.monotonic()
    slow_down(now)
    with desk().database.transaction() as session:
        doorkeeper.ask(session, form.email.data or "", now=now, today=desk().today(now))
    hold_back(began, AT_LEAST)
    return render_template("office/link_sent.html")


@office.get("/enter")
def enter() -> str:
    """The page an emailed link opens. The key stands after the #, so it never reaches us by itself."""
    return render_template("office/enter.html", form=EnterForm())


@office.post("/enter", endpoint="enter_with_key")
def enter_with_key() -> ResponseReturnValue:
    """Spend the key of somebody new, and ask everybody else for the code that goes with it."""
    form = EnterForm(request.form)
    if not form.validate():
        return render_template("office/enter.html", form=form), 422
    now, key = desk().clock(), (form.key.data or "").rpartition("#")[2].strip()
    slow_down(now)
    try:
        with desk().database.transaction() as session:
            opened = doorkeeper.enter(session, key, now=now, today=desk().today(now))
    except CodeWanted:
        return render_template("office/enter_code.html", form=CodeForm(data={"key": key}))
    return welcome(opened, "office.ways_in")


@office.post("/enter/code")
def enter_with_code() -> ResponseReturnValue:
    """Open the office to whoever has the link and the code. Five wrong codes spend the link."""
    form = CodeForm(request.form)
    if not form.validate():
        return render_template("office/enter_code.html", form=form), 422
    now = desk().clock()
    slow_down(now)
    key, code = form.key.data or "", form.code.data or ""
    with desk().database.transaction() as session:
        opened = doorkeeper.enter_with_code(session, key, code, now=now, today=desk().today(now))
    if opened is None:
        form.code.errors = [_WRONG]
        return render_template("office/enter_code.html", form=form), 422
    return welcome(opened)


@office.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session and have the browser forget what it saw."""
    with desk().database.transaction() as session:
        sessions.leave(session, key_sent())
    return _goodbye()


@office.post("/sign-out/everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this person, on whatever device."""
    with desk().database.transaction() as session:
        sessions.leave_all(session, seat().person_id)
    return _goodbye()


@office.post("/stay")
def stay() -> ResponseReturnValue:
    """Keep the office open for as long as this way in allows, from now."""
    now = desk().clock()
    with desk().database.transaction() as session:
        sessions.extend(session, key_sent(), now=now)
        open_now = sessions.seat(session, key_sent(), now=now, today=desk().today(now))
    until = open_now.ends_at if open_now else now
    return {"seconds": int((until - now).total_seconds()), "until": moment(until, desk().zone)}


def _goodbye() -> Response:
    g.seat = None
    answer = make_response(render_template("office/goodbye.html"))
    answer.delete_cookie(cookie_name(desk().config), path="/", secure=not desk().config.demo, httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def welcome(key: str, to: str = "office.desk") -> AnyResponse:
    """Sit somebody down, at the desk unless there is something to do first."""
    return give_cookie(Response(status=303, headers={"Location": url_for(to)}), key)

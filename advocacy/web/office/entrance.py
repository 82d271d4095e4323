"""Signing in by emailed link, and signing out."""

import time

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, StringField
from wtforms.validators import Email, InputRequired, Length

from advocacy.people import sign_in as doorkeeper
from advocacy.web.forms import OpenForm
from advocacy.web.office.door import cookie_name, give_cookie, office
from advocacy.web.pages import desk
from advocacy.web.patience import hold_back

# Writing a link down takes longer than finding nobody; both are answered only after this long.
AT_LEAST = 0.5

_DAMAGED = "This does not look like the code from the email. Please copy all of it, from the # on."


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


@office.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The page that asks for an address."""
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
    """Spend the key and open the office."""
    form = EnterForm(request.form)
    if not form.validate():
        return render_template("office/enter.html", form=form), 422
    now = desk().clock()
    key = (form.key.data or "").rpartition("#")[2].strip()
    with desk().database.transaction() as session:
        opened = doorkeeper.enter(session, key, now=now, today=desk().today(now))
    return welcome(opened)


@office.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session and have the browser forget what it saw."""
    with desk().database.transaction() as session:
        doorkeeper.leave(session, request.cookies.get(cookie_name(desk().config), ""))
    g.seat = None
    answer = make_response(render_template("office/goodbye.html"))
    answer.delete_cookie(cookie_name(desk().config), path="/", secure=not desk().config.demo, httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def welcome(key: str) -> AnyResponse:
    """Sit somebody down at the desk."""
    return give_cookie(Response(status=303, headers={"Location": url_for("office.desk")}), key)

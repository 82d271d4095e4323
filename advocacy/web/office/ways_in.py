"""What somebody shows who she is with: passkeys, an app, recovery codes. The first opens the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import segno
from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from advocacy.people import authenticators, enrolling, passkeys
from advocacy.people.authenticators import WrongCode, has_app, recovery_codes_left
from advocacy.people.enrolling import LastWay
from advocacy.people.passkeys import PasskeyRefused, passkeys_of
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import give_cookie, key_sent, office, seat
from advocacy.web.office.passkey_door import answer_sent, house, question, refused
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Held:
    """One passkey as a page shows it."""

    id: UUID
    label: str
    added_on: date
    used_on: date | None


class LabelForm(OfficeForm):
    """What to call a passkey, so that she knows it from another."""

    label = Line("Name of this device", [InputRequired("Please name the device."), Length(max=40)])


class ConfirmForm(OfficeForm):
    """The first code from an app that was just set up."""

    code = StringField(
        "The six digits your app shows now",
        [InputRequired("Please type the six digits."), Length(max=20, message=WrongCode.__doc__)],
    )


@office.get("/ways-in", endpoint="ways_in")
def ways_in() -> ResponseReturnValue:
    """Everything she can show who she is with."""
    return _page()


@office.post("/ways-in/app")
def app_begin() -> ResponseReturnValue:
    """Make the secret of an app and show it, this once."""
    now = desk().clock()
    with desk().database.transaction() as session:
        secret = authenticators.begin(session, seat().person_id, today=desk().today(now))
    return _app_page(ConfirmForm(), secret)


@office.post("/ways-in/app/confirm")
def app_confirm() -> ResponseReturnValue:
    """Take the first code from the app: from now on it counts."""
    form, now = ConfirmForm(request.form), desk().clock()
    if not form.validate():
        return _app_page(form), 422
    try:
        with desk().database.transaction() as session:
            key = enrolling.confirm_app(session, seat(), key_sent(), form.code.data or "", now=now)
    except WrongCode as fault:
        form.code.errors = [sentence_of(fault)]
        return _app_page(form), 422
    return _on(key)


@office.post("/ways-in/app/remove")
def app_remove() -> ResponseReturnValue:
    """Forget the app, unless nothing else is left."""
    try:
        with desk().database.transaction() as session:
            enrolling.remove_app(session, seat().person_id, key_sent(), desk().clock())
    except LastWay as fault:
        return _page(trouble=sentence_of(fault)), 422
    return go(url_for("office.ways_in"))


@office.post("/ways-in/passkeys/ask")
def own_passkey_ask() -> ResponseReturnValue:
    """The question with which a device makes a passkey."""
    form, now = LabelForm(request.form), desk().clock()
    if not form.validate():
        return {"says": " ".join(form.label.errors)}, 422
    label = f"{desk().config.network_name}, {form.label.data}"
    with desk().database.transaction() as session:
        return question(passkeys.ask_to_add(session, house(), seat().person_id, label=label, now=now))


@office.post("/ways-in/passkeys")
def own_passkey_add() -> ResponseReturnValue:
    """Take the new passkey."""
    form, now = LabelForm(request.form), desk().clock()
    if not form.validate():
        return {"says": " ".join(form.label.errors)}, 422
    try:
        with desk().database.transaction() as session:
            label = form.label.data or ""
            key = enrolling.add_passkey(
                session, seat(), key_sent(), house(), answer_sent(), label=label, now=now
            )
    except PasskeyRefused as fault:
        return refused(fault)
    return give_cookie(make_response({"to": url_for("office.ways_in")}), key)


@office.post("/ways-in/passkeys/<uuid:passkey_id>/remove")
def own_passkey_remove(passkey_id: UUID) -> ResponseReturnValue:
    """Forget one passkey, unless nothing else is left."""
    try:
        with desk().database.transaction() as session:
            gone = enrolling.remove_passkey(session, seat().person_id, key_sent(), passkey_id, desk().clock())
            or_nothing(gone or None)
    except LastWay as fault:
        return _page(trouble=sentence_of(fault)), 422
    return go(url_for("office.ways_in"))


@office.post("/ways-in/recovery-codes")
def recovery_codes() -> ResponseReturnValue:
    """Make ten recovery codes and show them, this once."""
    with desk().database.transaction() as session:
        codes = enrolling.renew_codes(session, seat().person_id, desk().clock())
    return render_template("office/recovery_codes.html", codes=codes)


def _on(key: str) -> Response:
    return give_cookie(Response(status=303, headers={"Location": url_for("office.ways_in")}), key)


def _page(trouble: str = "") -> str:
    who = seat().person_id
    with desk().database.reading() as session:
        held = [Held(one.id, one.label, one.added_on, one.used_on) for one in passkeys_of(session, who)]
        words = {"app": has_app(session, who), "codes_left": recovery_codes_left(session, who)}
    return render_template(
        "office/ways_in.html", seat=seat(), passkeys=held, form=LabelForm(), trouble=trouble, **words
    )


def _app_page(form: ConfirmForm, secret: str = "") -> str:
    words = {"secret": "", "squares": "", "size": 0}
    if secret:
        grid = _grid(authenticators.address_of(secret, desk().config.network_name))
        words = {"secret": _spelled(secret), "squares": _squares(grid), "size": len(grid)}
    return render_template("office/app_new.html", form=form, **words)


def _grid(address: str) -> Sequence[bytes]:
    return [bytes(row) for row in segno.make_qr(address, error="m").matrix_iter(border=2)]


def _squares(grid: Sequence[bytes]) -> str:
    """The dark squares of a picture code as one path of an SVG."""
    dark = ((x, y) for y, row in enumerate(grid) for x, square in enumerate(row) if square)
    return "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


def _spelled(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

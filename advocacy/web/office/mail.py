"""Mail that nobody can be sure of: a person decides, never a machine. No name and no address is shown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import InputRequired

from advocacy.mail import queries
from advocacy.mail.actions import settle
from advocacy.mail.models import Message, MessageStage
from advocacy.signons.asking import REMINDS
from advocacy.web.errors import or_nothing
from advocacy.web.forms import RowForm, options
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

_KINDS = {
    "invitation": "An invitation to a member",
    # A reminder is not told apart: it would say that somebody has not answered.
    "reminder": "An invitation to a member",
    "delivery": "A letter to an office",
    "sign_in": "A link to sign in",
    "trial": "A mail to oneself",
    "way_changed": "Word that a sign-in was changed",
}
# What helps to decide, by kind, and by whether it may have arrived.
_ADVICE = {
    ("invitation", True): "If you can, have the membership group ask her first: a second mail can frighten.",
    ("invitation", False): "The membership group can reach her another way, and see whether she moved.",
    ("reminder", True): "If you can, have the membership group ask her first: a second mail can frighten.",
    ("reminder", False): "The membership group can reach her another way, and see whether she moved.",
    ("delivery", True): "Call the office and ask whether they have it.",
    ("delivery", False): "If its address was wrong, put it right at the letter and deliver it there.",
    ("sign_in", True): "Whoever asked for it can ask for another one.",
    ("sign_in", False): "Whoever asked for it can ask for another one.",
    ("way_changed", True): "Ask whoever signed in anew whether it was her.",
    ("way_changed", False): "Ask whoever signed in anew whether it was her.",
}
_LEAVE = {True: "Leave it. It arrived, or nobody needs it now", False: "Leave it. Nobody needs it now"}
_AFRESH = "Send it afresh, with a new link. The old one keeps working"
_AGAIN = {"invitation": _AFRESH, "reminder": _AFRESH}


@dataclass(frozen=True)
class Unsettled:
    """One message to decide about."""

    id: UUID
    mark: str
    kind: str
    advice: str
    on: date
    is_uncertain: bool
    form: "SettleForm"


class SettleForm(RowForm):
    """What to do about one message. Nothing is chosen beforehand."""

    choice = RadioField("What shall we do?", [InputRequired("Please choose one.")])


@office.get("/mail", endpoint="mail")
def mail() -> str:
    """Everything that waits for a decision, and how much waits to leave."""
    return _page()


@office.post("/mail/<uuid:message_id>", endpoint="mail_settle")
def decide(message_id: UUID) -> ResponseReturnValue:
    """Leave a message, or send it afresh."""
    with desk().database.transaction() as session:
        form = _form(or_nothing(session.get(Message, message_id)), sent=True)
        if form.validate():
            again = form.choice.data == "again"
            settle(session, message_id, again=again, by=seat().person_id, now=desk().clock())
    return (_page(message_id), 422) if form.errors else go(url_for("office.mail"))


def _page(wrong: UUID | None = None) -> str:
    with desk().database.reading() as session:
        found = [*queries.uncertain(session), *queries.failed(session)]
        listed = [_unsettled(message, message.id == wrong) for message in found]
        waiting = queries.waiting_count(session)
    return render_template("office/mail.html", listed=listed, waiting=waiting)


def _form(message: Message, sent: bool) -> SettleForm:
    form = SettleForm(request.form if sent else None, prefix=f"m-{message.id.hex[:12]}-")
    uncertain = message.stage is MessageStage.UNCERTAIN
    ways = [("leave", _LEAVE[uncertain])]
    if message.kind != REMINDS or not uncertain:
        ways.append(("again", _AGAIN.get(message.kind, "Send it afresh")))
    form.choice.choices = options(ways)
    return form


def _unsettled(message: Message, wrong: bool) -> Unsettled:
    form = _form(message, sent=wrong)
    if wrong:
        form.validate()
    uncertain = message.stage is MessageStage.UNCERTAIN
    return Unsettled(
        id=message.id,
        mark=message.id.hex[:8],
        kind=_KINDS.get(message.kind, "A message"),
        advice=_ADVICE.get((message.kind, uncertain), ""),
        on=desk().today(_stopped_at(message)),
        is_uncertain=uncertain,
        form=form,
    )


def _stopped_at(message: Message) -> datetime:
    return message.uncertain_at or message.failed_at or message.queued_at

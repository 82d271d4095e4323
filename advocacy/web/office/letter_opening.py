"""Opening a letter for sign-ons until a moment that exists, and closing it."""

from datetime import datetime
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, ValidationError

from advocacy.campaigns.amended import MustChange, must_change
from advocacy.campaigns.queries import campaign_of_letter
from advocacy.clock import zones
from advocacy.letters.actions import ClosedAlready, NoRecipient, NotApproved, Overtaken, open_for_signons
from advocacy.letters.models import LetterVersion
from advocacy.letters.paying import set_pay
from advocacy.letters.queries import current_opening
from advocacy.people.custody import CopiesMissing
from advocacy.signons.actions import NotOpen
from advocacy.signons.asking_again import open_text
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.moments import Later, Moment, clocks
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.key_copies import copies_on
from advocacy.web.office.letter_changes import change_view
from advocacy.web.office.letter_values import letter_view
from advocacy.web.pages import desk


class OpeningForm(OfficeForm):
    """Until when people may sign which version, and by whose clocks."""

    closes_zone = SelectField(
        "Whose clocks",
        [AnyOf(zones(), "Please choose one of these places.")],
        choices=clocks,
        validate_choice=False,
    )
    closes_at = Moment(
        "Last day and time",
        [
            InputRequired("Please give the last day and time."),
            Later("This moment has passed. Please choose a later one."),
        ],
    )
    version_id = HiddenField()
    pay = RadioField(
        "Are people paid for this?",
        [AnyOf(("unpaid", "paid"), "Please say whether people are paid for this.")],
        choices=options([("unpaid", "It is unpaid"), ("paid", "It is paid")]),
        validate_choice=False,
    )
    dollars = Line("What each person gets")

    def validate_dollars(self, field: Line) -> None:
        """Whoever is paid is told how much, in whole dollars."""
        told = (field.data or "").replace(",", "").removeprefix("$")
        if self.pay.data == "paid" and not (
            told.isascii() and told.isdecimal() and 0 < int(told[:7]) <= 100_000
        ):
            raise ValidationError("Please give whole dollars, like 150.")

    @property
    def pays(self) -> int:
        """What each person gets; nothing where it is unpaid."""
        return int(self._told) if self.pay.data == "paid" else 0

    @property
    def _told(self) -> str:
        return (self.dollars.data or "").replace(",", "").removeprefix("$").strip()


@office.get("/letters/<uuid:letter_id>/open", endpoint="letter_opening")
def ask(letter_id: UUID) -> ResponseReturnValue:
    """Until when may people sign?"""
    with desk().database.reading() as session:
        _, newest = letter_at(session, letter_id)
        offered = {
            "version_id": newest.id,
            "closes_at": _offered(session, letter_id),
            "closes_zone": (zone := _zone(session, letter_id)),
            **_pay(session, letter_id),
        }
        return _page(session, letter_id, OpeningForm(data=offered, meta={"zone": zone}))


def _zone(session: Session, letter_id: UUID) -> str:
    """Whose clocks its end was meant by before; otherwise the network's."""
    opening = current_opening(session, letter_id)
    return (opening.closes_zone if opening else None) or desk().config.time_zone


def _sent(session: Session, letter_id: UUID) -> OpeningForm:
    """What was sent, its time read by the clocks that were chosen with it."""
    typed = request.form.get("closes_zone", "")
    zone = typed if typed in zones() else _zone(session, letter_id)
    return OpeningForm(
        request.form, data={"closes_zone": zone, **_pay(session, letter_id)}, meta={"zone": zone}
    )


def _pay(session: Session, letter_id: UUID) -> dict[str, str]:
    """What was said of the pay before; of a testimony nothing, until somebody says it."""
    dollars = letter_at(session, letter_id)[0].pay_dollars
    if dollars is None:
        return {}
    return {"pay": "paid", "dollars": str(dollars)} if dollars else {"pay": "unpaid"}


def _offered(session: Session, letter_id: UUID) -> datetime | None:
    """The end it has, or the one the campaign tells people, where that is still to come."""
    now, opening = desk().clock(), current_opening(session, letter_id)
    campaign = campaign_of_letter(session, letter_id)
    known = (opening.closes_at if opening else None, campaign.soft_at if campaign else None)
    return next((moment for moment in known if moment and moment > now), None)


@office.post("/letters/<uuid:letter_id>/open", endpoint="letter_open")
def open_it(letter_id: UUID) -> ResponseReturnValue:
    """Open the newest version, if it is the one that was read; who signed other words is asked again."""
    with desk().database.transaction() as session:
        _, newest = letter_at(session, letter_id)
        form = _sent(session, letter_id)
        if not form.validate():
            return _page(session, letter_id, form, 422)
        try:
            _open(session, newest, form)
        except (ClosedAlready, CopiesMissing, MustChange, NotApproved, NoRecipient, Overtaken) as fault:
            form.closes_at.errors = [sentence_of(fault)]
            return _page(session, letter_id, form, 422)
    return go(url_for("office.signons", letter_id=letter_id))


def _open(session: Session, newest: LetterVersion, form: OpeningForm) -> None:
    if form.version_id.data != str(newest.id) or form.closes_at.data is None:
        raise Overtaken
    if must_change(session, newest):
        raise MustChange
    now, by = desk().clock(), seat().person_id
    ends, zone = form.closes_at.data, form.closes_at.zone
    open_text(session, newest.id, closes_at=ends, zone=zone, by=by, now=now)
    set_pay(session, newest.letter_id, form.pays, by=by)


@office.post("/letters/<uuid:letter_id>/close", endpoint="letter_close")
def close(letter_id: UUID) -> ResponseReturnValue:
    """Let nobody sign from now on. What was signed stands."""
    now = desk().clock()
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        opening = current_opening(session, letter_id)
        if opening is None or opening.closes_at <= now:
            raise NotOpen
        open_for_signons(session, opening.version_id, closes_at=now, by=seat().person_id, now=now)
    return go(url_for("office.letter", letter_id=letter_id))


def _page(session: Session, letter_id: UUID, form: OpeningForm, status: int = 200) -> Response:
    letter, newest = letter_at(session, letter_id)
    view = letter_view(session, letter, newest, seat().person_id, desk().clock())
    change = change_view(session, view, seat().person_id, desk().clock())
    copies = copies_on(session, desk().clock())
    return make_response(
        render_template("office/letter_open.html", form=form, view=view, change=change, copies=copies), status
    )

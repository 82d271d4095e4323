"""How a letter's sign-on goes, in numbers only, and asking: groups of at least five, or one witness."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectMultipleField
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from advocacy.people.limits import Audience
from advocacy.people.queries import group_size, groups
from advocacy.signons.actions import NotOpen
from advocacy.signons.asking import may_remind, remind
from advocacy.signons.counting import would_ask
from advocacy.signons.inviting import (
    FEWEST_IN_A_GROUP,
    GroupTooSmall,
    NoGroup,
    TooFewNew,
    ask_witness_at,
    invite,
)
from advocacy.signons.queries import signers_for
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm
from advocacy.web.htmx import go, page_or_part
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import LetterView, letter_view
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Offered:
    """A group that can be invited, and what pressing the button would do."""

    id: UUID
    name: str
    size: int
    would_ask: int

    @property
    def told(self) -> str:
        """What happens, before it happens."""
        if self.size < FEWEST_IN_A_GROUP:
            return f"Fewer than {FEWEST_IN_A_GROUP} people, so it cannot be invited by itself."
        if self.would_ask == 0:
            return f"{self.size} people. All of them have been asked."
        if self.would_ask < FEWEST_IN_A_GROUP:
            return f"{self.size} people. A few are new; they wait until {FEWEST_IN_A_GROUP} can be asked."
        return f"{self.size} people. {self.would_ask} people will get one plain note."


def _id(value: object) -> UUID:
    """The form reads what was sent, and what it offers itself, by the same way."""
    return UUID(str(value))


class GroupsForm(OfficeForm):
    """Which groups to invite."""

    groups = SelectMultipleField("Groups", coerce=_id, widget=ListWidget(), option_widget=CheckboxInput())


class WitnessForm(OfficeForm):
    """Whom to ask to be the witness, by the address she gave us herself."""

    email = Line(
        "Her email address",
        [
            InputRequired("Please type her address."),
            Length(max=254, message="This is too long for an email address."),
            Email("This is not an email address. It looks like name@example.org.", test_environment=True),  # type: ignore[call-arg] # newer than its stubs
        ],
    )


@office.get("/letters/<uuid:letter_id>/signons", endpoint="signons")
def signons(letter_id: UUID) -> ResponseReturnValue:
    """How many were invited and how many agreed; the part alone, when the page asks again by itself."""
    with desk().database.reading() as session:
        return _page(session, letter_id, GroupsForm(), WitnessForm())


@office.post("/letters/<uuid:letter_id>/signons/groups", endpoint="signons_invite")
def ask_groups(letter_id: UUID) -> ResponseReturnValue:
    """Ask everybody in the groups chosen who has not been asked."""
    form = GroupsForm(request.form)
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        form.groups.choices = [(group.id, group.name) for group in groups(session)]
        try:
            chosen = form.groups.data or [] if form.validate() else []
            asked = invite(session, letter_id, chosen, by=seat().person_id, now=desk().clock())
        except (NoGroup, GroupTooSmall, TooFewNew, NotOpen) as fault:
            form.groups.errors = [sentence_of(fault)]
            return _page(session, letter_id, form, WitnessForm(), 422)
    return go(url_for("office.signons", letter_id=letter_id, asked=asked))


@office.post("/letters/<uuid:letter_id>/signons/witness", endpoint="witness_ask")
def ask_one(letter_id: UUID) -> ResponseReturnValue:
    """Ask one person to be the witness; the answer is the same whether or not we know the address."""
    form = WitnessForm(request.form)
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        if form.validate():
            try:
                email, by = form.email.data or "", seat().person_id
                ask_witness_at(session, letter_id, email, by=by, now=desk().clock())
                return go(url_for("office.signons", letter_id=letter_id, asked="witness"))
            except NotOpen as fault:
                form.email.errors = [sentence_of(fault)]
        return _page(session, letter_id, GroupsForm(), form, 422)


@office.post("/letters/<uuid:letter_id>/signons/remind", endpoint="signons_remind")
def remind_all(letter_id: UUID) -> ResponseReturnValue:
    """Remind, once, whoever has not answered. How many these are is told to nobody."""
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        remind(session, letter_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.signons", letter_id=letter_id, asked="again"))


def _page(
    session: Session, letter_id: UUID, form: GroupsForm, witness: WitnessForm, status: int = 200
) -> Response:
    now = desk().clock()
    letter, newest = letter_at(session, letter_id)
    view = letter_view(session, letter, newest, seat().person_id, now)
    offered = [
        Offered(
            group.id, group.name, group_size(session, group.id), would_ask(session, letter_id, [group.id])
        )
        for group in groups(session)
    ]
    return page_or_part(
        "office/signons.html",
        "office/_signon_counts.html",
        status=status,
        view=view,
        form=form,
        witness=witness,
        offered=offered,
        has_witness=_has_witness(session, view, now),
        asked=request.args.get("asked", ""),
        may_remind=may_remind(session, letter_id, now),
        now=now,
    )


def _has_witness(session: Session, view: LetterView, now: datetime) -> bool:
    opening = view.line.opening
    if not view.line.is_testimony or opening is None:
        return False
    return len(signers_for(session, opening.version_id, Audience.RECIPIENT, now).individuals) == 1

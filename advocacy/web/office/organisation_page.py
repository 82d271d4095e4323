"""The page of a letter's organisations and the forms on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from sqlalchemy.orm import Session
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Email, InputRequired

from advocacy.organisations.life import Stage
from advocacy.organisations.logos import logos_on
from advocacy.organisations.names import Level
from advocacy.organisations.open_pages import open_page
from advocacy.organisations.queries import (
    OrganisationLine,
    alike_on,
    awaited_on,
    member_organisations,
    organisations_on,
)
from advocacy.people.models import Language
from advocacy.people.places import STATES
from advocacy.web.errors import or_nothing
from advocacy.web.forms import Line, OfficeForm, options
from advocacy.web.office.door import seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.office.oddities import odd_about
from advocacy.web.pages import desk

_NO_STATE = ("", "None, or the whole country")
_NO_LEVEL = ("", "Not known")
_is_address = Email("This is not an email address. It looks like name@example.org.", test_environment=True)  # type: ignore[call-arg] # newer than its stubs


class OrganisationForm(OfficeForm):
    """An organisation that said yes, and who said it for it."""

    public_name = Line("Its public name", [InputRequired("Please give the name it goes by in public.")])
    level = SelectField(
        "Level", default="", choices=options([_NO_LEVEL, *((one.value, one.label) for one in Level)])
    )
    state = SelectField(
        "State",
        choices=options([_NO_STATE, *((code, name.removeprefix("the ")) for code, name in STATES.items())]),
    )
    authoriser = Line("Who said yes for it", [InputRequired("Please give the name of who spoke for it.")])
    title = Line("Their title", [InputRequired("Please give their title.")])
    work_email = Line(
        "Their email address", [InputRequired("Please give an address to write to."), _is_address]
    )
    on_file = BooleanField(
        "Their yes to this version is on file in writing",
        [InputRequired("Please record only what you have in writing, and tick the box.")],
    )
    another = BooleanField("It is another one with a name that sounds like it")


class AskForm(OfficeForm):
    """An organisation to be asked, and somebody in it."""

    name = Line("The organisation’s public name", [InputRequired("Please give the name it goes by.")])
    email = Line(
        "Email address",
        [
            InputRequired("Please give an address to write to."),
            _is_address,
        ],
    )
    may_sign = RadioField(
        "Who reads mail there?",
        [InputRequired("Please say who this is.")],
        choices=options(
            [
                ("no", "A contact, who passes it on. Their link cannot sign"),
                ("yes", "The person who may sign for it"),
            ]
        ),
    )
    language = SelectField(
        "Language", choices=options([(Language.ENGLISH, "English"), (Language.SPANISH, "Spanish")])
    )


@dataclass(frozen=True)
class Checking:
    """One yes that waits for somebody to check it: what is odd about it, and how it can be shown."""

    one: OrganisationLine
    alike: tuple[str, ...]
    odd: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    fault: str


def organisation_page(
    session: Session,
    letter_id: UUID,
    *,
    record: OrganisationForm | None = None,
    ask: AskForm | None = None,
    faults: Mapping[UUID, str] | None = None,
    status: int = 200,
) -> Response:
    """Which organisations stand on a letter, which wait for what, and what can be done."""
    letter, newest = letter_at(session, letter_id)
    lines = organisations_on(session, letter_id)
    page = open_page(session, letter_id)
    words = {
        "view": letter_view(session, letter, newest, seat().person_id, desk().clock()),
        "lines": [one for one in lines if one.stage is not Stage.REVIEW],
        "checks": [
            _checking(session, letter_id, one, lines, faults or {})
            for one in lines
            if one.stage is Stage.REVIEW
        ],
        "logos": logos_on(session, letter_id),
        "awaited": awaited_on(session, letter_id),
        "form": record or OrganisationForm(),
        "ask": ask or AskForm(),
        "page_url": url_for("organisation.open_page", slug=page.slug, _external=True) if page else "",
    }
    return make_response(render_template("office/signon_organisations.html", **words), status)


def line_at(session: Session, letter_id: UUID, sign_on_id: UUID) -> OrganisationLine:
    """One organisation's yes on this letter, or no page at all."""
    here = organisations_on(session, letter_id)
    return or_nothing(next((one for one in here if one.sign_on_id == sign_on_id), None))


def _checking(
    session: Session,
    letter_id: UUID,
    one: OrganisationLine,
    lines: Collection[OrganisationLine],
    faults: Mapping[UUID, str],
) -> Checking:
    name = one.line.rpartition(" (")[0] or one.line
    members = [known for known in member_organisations(session) if known.id != one.organisation_id]
    address = () if one.is_free_mail else (("work_address", f"{one.domain} is its own work address"),)
    vouched = tuple((str(known.id), f"{known.public_name} vouches for it, in writing") for known in members)
    alike = alike_on(session, letter_id, name, but=one.sign_on_id)
    odd = odd_about(one.line, [other.line for other in lines if other.sign_on_id != one.sign_on_id])
    return Checking(one, alike, odd, address + vouched, faults.get(one.sign_on_id, ""))

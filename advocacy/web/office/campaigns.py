"""Campaigns: those that run, starting one from a playbook, and one campaign with its path."""

from uuid import UUID, uuid4

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Regexp

from advocacy.campaigns.actions import BillNotFollowed, start
from advocacy.campaigns.amended import unsettled
from advocacy.campaigns.pages import all_campaigns, campaign_page
from advocacy.campaigns.playbooks import Playbook, Shelf, read_all
from advocacy.campaigns.queries import letters_of
from advocacy.letters import venues
from advocacy.paths import CAMPAIGNS
from advocacy.web.errors import or_nothing
from advocacy.web.forms import OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office import campaign_path
from advocacy.web.office.campaign_edits import LANGUAGES
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class StartForm(OfficeForm):
    """Which playbook to start. `request` is made with the page, so a double press starts one campaign."""

    playbook = RadioField("Playbook", [InputRequired("Please choose one.")])
    request = HiddenField(default=lambda: uuid4().hex, validators=[Regexp("^[0-9a-f]{32}$")])

    def offering(self, shelf: Shelf) -> "StartForm":
        """The form with everything that can be started."""
        self.playbook.choices = options((one.name, one.title) for one in shelf.playbooks)
        return self


@office.get("/campaigns")
def campaigns() -> str:
    """Every campaign and what comes next in it."""
    now = desk().clock()
    with desk().database.reading() as session:
        cards = [campaign_path.card(line) for line in all_campaigns(session, now)]
    return render_template("office/campaigns.html", cards=cards)


@office.get("/campaigns/start", endpoint="campaign_new")
def offer() -> str:
    """What can be started, and what is wrong with the rest."""
    return _start_page(StartForm(), _shelf())


@office.post("/campaigns/start", endpoint="campaign_start")
def begin() -> ResponseReturnValue:
    """Start a campaign: its words arrive as drafts."""
    shelf = _shelf()
    form = StartForm(request.form).offering(shelf)
    playbook = shelf.find(form.playbook.data or "")
    if not form.validate() or playbook is None:
        return _start_page(form, shelf), 422
    try:
        return go(url_for("office.campaign", campaign_id=_start(playbook, form)))
    except BillNotFollowed as fault:
        form.playbook.errors = [str(fault)]
        return _start_page(form, shelf, missing=playbook), 422


def _start(playbook: Playbook, form: StartForm) -> UUID:
    with desk().database.transaction() as session:
        begun = start(
            session, playbook, request=form.request.data or "", by=seat().person_id, now=desk().clock()
        )
        return begun.id


def _shelf() -> Shelf:
    return read_all(CAMPAIGNS, venues.known())


def _start_page(form: StartForm, shelf: Shelf, missing: Playbook | None = None) -> str:
    reference = missing.bill.key.reference if missing and missing.bill else ""
    return render_template(
        "office/campaign_start.html", form=form.offering(shelf), shelf=shelf, reference=reference
    )


@office.get("/campaigns/<uuid:campaign_id>")
def campaign(campaign_id: UUID) -> str:
    """One campaign: its path as a picture, its dates, and what it joins."""
    now = desk().clock()
    with desk().database.reading() as session:
        page = or_nothing(campaign_page(session, campaign_id, now))
        amended = unsettled(session, letters_of(session, campaign_id))
    return render_template(
        "office/campaign.html",
        page=page,
        amended=amended,
        stops=campaign_path.path(page, now),
        dates=campaign_path.dates(page, now),
        others=campaign_path.other_letters(page, now),
        languages=LANGUAGES.items(),
    )

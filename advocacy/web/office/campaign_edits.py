"""What may be changed about a campaign while it runs: its two dates, and the words people read first."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form
from wtforms.validators import DataRequired, InputRequired, ValidationError

from advocacy.campaigns.actions import DatesCrossed, set_dates, write_note
from advocacy.campaigns.queries import campaign, note
from advocacy.people.models import Language
from advocacy.positions.wording import EmptyText, TextTooLong
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm, Prose
from advocacy.web.htmx import go
from advocacy.web.moments import Moment
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

LANGUAGES = {Language.ENGLISH: "English", Language.SPANISH: "Spanish"}


class DatesForm(OfficeForm):
    """The time people are told, and the last possible one."""

    soft_at = Moment("The time people are told", [InputRequired("Please give a day and a time.")])
    hard_at = Moment("The last possible time", [InputRequired("Please give a day and a time.")])

    def validate_hard_at(self, field: Moment) -> None:
        """The last possible time comes last."""
        if field.data and self.soft_at.data and field.data < self.soft_at.data:
            raise ValidationError(sentence_of(DatesCrossed()))


class WordsForm(OfficeForm):
    """The words an invited person reads before the letter."""

    title = Line("Heading", [DataRequired("Please give it a heading.")])
    body = Prose("Words", [DataRequired("Please write a few words.")])


@office.get("/campaigns/<uuid:campaign_id>/dates", endpoint="campaign_dates")
def ask_dates(campaign_id: UUID) -> str:
    """The two dates, to be moved."""
    form, title = _dates(campaign_id)
    return render_template("office/campaign_dates.html", form=form, campaign_id=campaign_id, of=title)


@office.post("/campaigns/<uuid:campaign_id>/dates", endpoint="campaign_dates_set")
def move_dates(campaign_id: UUID) -> ResponseReturnValue:
    """Move them."""
    form, title = _dates(campaign_id, request.form)
    if not form.validate() or form.soft_at.data is None or form.hard_at.data is None:
        page = render_template("office/campaign_dates.html", form=form, campaign_id=campaign_id, of=title)
        return page, 422
    soft_at, hard_at = form.soft_at.data, form.hard_at.data
    with desk().database.transaction() as session:
        set_dates(session, campaign_id, soft_at=soft_at, hard_at=hard_at, by=seat().person_id)
    return go(url_for("office.campaign", campaign_id=campaign_id))


def _dates(campaign_id: UUID, sent: Any = None) -> tuple[DatesForm, str]:
    """The form on the campaign's own clocks, and the campaign's title."""
    with desk().database.reading() as session:
        known = or_nothing(campaign(session, campaign_id))
        return DatesForm(sent, obj=known, meta={"zone": known.zone}), known.title


@office.get("/campaigns/<uuid:campaign_id>/words/<language>", endpoint="campaign_words")
def read_words(campaign_id: UUID, language: str) -> str:
    """What an invited person reads before the letter, to be rewritten."""
    _known(campaign_id, language)
    with desk().database.reading() as session:
        form = WordsForm(obj=note(session, campaign_id, language))
    return _words_page(campaign_id, language, form)


@office.post("/campaigns/<uuid:campaign_id>/words/<language>", endpoint="campaign_words_write")
def write_words(campaign_id: UUID, language: str) -> ResponseReturnValue:
    """Rewrite them; the earlier words are kept."""
    form = WordsForm(request.form)
    _known(campaign_id, language)
    if not form.validate() or not _write(campaign_id, language, form):
        return _words_page(campaign_id, language, form), 422
    return go(url_for("office.campaign", campaign_id=campaign_id))


def _known(campaign_id: UUID, language: str) -> None:
    or_nothing(language if language in LANGUAGES else None)
    with desk().database.reading() as session:
        or_nothing(campaign(session, campaign_id))


def _write(campaign_id: UUID, language: str, form: WordsForm) -> bool:
    words = {"title": form.title.data or "", "body": form.body.data or ""}
    try:
        with desk().database.transaction() as session:
            write_note(session, campaign_id, language, **words, by=seat().person_id, now=desk().clock())
    except (EmptyText, TextTooLong) as fault:
        form.body.errors = [sentence_of(fault)]
        return False
    return True


def _words_page(campaign_id: UUID, language: str, form: Form) -> str:
    return render_template(
        "office/campaign_words.html",
        form=form,
        campaign_id=campaign_id,
        language=language,
        tongue=LANGUAGES[Language(language)],
    )

"""A letter in short, and a word before what is hard to read in it: what people see before they choose."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField
from wtforms.validators import Length

from advocacy.letters.models import LetterVersion
from advocacy.letters.summaries import newest_summaries, write_summary
from advocacy.people.models import Language
from advocacy.web.forms import OfficeForm, Prose
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.pages import desk

_LONG = "This is too long to be short. Please leave the rest to the letter."


class SummaryForm(OfficeForm):
    """One version in short, in both languages of the door."""

    note_en = Prose("Before it is read, in English", [Length(max=400, message=_LONG)])
    short_en = Prose("In short, in English", [Length(max=900, message=_LONG)])
    note_es = Prose("Before it is read, in Spanish", [Length(max=400, message=_LONG)])
    short_es = Prose("In short, in Spanish", [Length(max=900, message=_LONG)])
    version_id = HiddenField()


@office.get("/letters/<uuid:letter_id>/short", endpoint="letter_short")
def ask(letter_id: UUID) -> ResponseReturnValue:
    """The newest words in short, beginning from what was said of those before."""
    with desk().database.reading() as session:
        _, newest = letter_at(session, letter_id)
        before, written = newest_summaries(session, letter_id)
        told = {f"short_{language}": one.summary for language, one in written.items()}
        told |= {f"note_{language}": one.content_note for language, one in written.items()}
        form = SummaryForm(data={**told, "version_id": str(newest.id)})
    return _page(newest, form, before=before)


@office.post("/letters/<uuid:letter_id>/short", endpoint="letter_short_save")
def save(letter_id: UUID) -> ResponseReturnValue:
    """Say the newest version in short; of words that changed meanwhile nothing is said."""
    form = SummaryForm(request.form)
    with desk().database.transaction() as session:
        _, newest = letter_at(session, letter_id)
        overtaken = form.version_id.data != str(newest.id)
        is_good = form.validate() and not overtaken
        if is_good:
            _write(session, newest, form)
    if is_good:
        return go(url_for("office.letter", letter_id=letter_id))
    if overtaken:
        # The writer is told so now; saving once more is her decision.
        form.version_id.data = str(newest.id)
        form.version_id.raw_data = None
    return _page(newest, form, overtaken=overtaken, status=422)


def _write(session: Session, newest: LetterVersion, form: SummaryForm) -> None:
    for language in Language:
        write_summary(
            session,
            newest.id,
            language,
            summary=form[f"short_{language}"].data or "",
            content_note=form[f"note_{language}"].data or "",
            by=seat().person_id,
            now=desk().clock(),
        )


def _page(
    newest: LetterVersion, form: SummaryForm, *, before: int = 0, overtaken: bool = False, status: int = 200
) -> Response:
    page = render_template(
        "office/letter_short.html", newest=newest, form=form, before=before, overtaken=overtaken
    )
    return make_response(page, status)

"""Writing a letter: a look at the paper first, and nothing lost if somebody was quicker."""

from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from advocacy import differences
from advocacy.letters.actions import EmptyText, HiddenCharacter, Overtaken, write_version
from advocacy.web.errors import sentence_of
from advocacy.web.forms import Line, OfficeForm, Prose
from advocacy.web.htmx import go, page_or_part
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.office.papers import Draft, paper
from advocacy.web.pages import desk

_LONGEST = 60_000
_LONG = "This is longer than any letter we could send. Please shorten it."


class LetterForm(OfficeForm):
    """The words of a letter, and the version they were begun from."""

    title = Line("Title", [InputRequired("Please give it a title.")])
    body = Prose("Text", [InputRequired("Please write the text."), Length(max=_LONGEST, message=_LONG)])
    spoken = Prose("Spoken version", [Length(max=_LONGEST, message=_LONG)])
    note = Line("What did you change?")
    based_on = HiddenField()

    @property
    def draft(self) -> Draft:
        """The words as they stand in the form."""
        return Draft(self.title.data or "", self.body.data or "", self.spoken.data or "")

    @property
    def begun_from(self) -> int:
        """The number of the version these words were begun from."""
        told = self.based_on.data or ""
        return int(told) if told.isdecimal() and len(told) < 9 else 0


@office.get("/letters/<uuid:letter_id>/edit", endpoint="letter_edit")
def edit(letter_id: UUID) -> ResponseReturnValue:
    """The newest words, to be changed."""
    with desk().database.reading() as session:
        _, newest = letter_at(session, letter_id)
        form = LetterForm(
            data={"title": newest.title, "body": newest.body, "spoken": newest.spoken, "based_on": newest.n}
        )
        return _page(session, letter_id, form)


@office.post("/letters/<uuid:letter_id>/preview", endpoint="letter_preview")
def look(letter_id: UUID) -> ResponseReturnValue:
    """How these words will look on paper. Nothing is saved."""
    with desk().database.reading() as session:
        return _page(session, letter_id, LetterForm(request.form), looked=True)


@office.post("/letters/<uuid:letter_id>/edit", endpoint="letter_save")
def save(letter_id: UUID) -> ResponseReturnValue:
    """Save the next version, unless somebody was quicker: then both texts are shown."""
    form = LetterForm(request.form)
    if form.validate():
        try:
            _write(letter_id, form)
        except (EmptyText, HiddenCharacter) as fault:
            form.body.errors = [sentence_of(fault)]
        except Overtaken:
            with desk().database.reading() as session:
                return _page(session, letter_id, form, status=422, overtaken=True)
        else:
            return go(url_for("office.letter", letter_id=letter_id))
    with desk().database.reading() as session:
        return _page(session, letter_id, form, status=422)


def _write(letter_id: UUID, form: LetterForm) -> None:
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        write_version(
            session,
            letter_id,
            title=form.draft.title,
            body=form.draft.body,
            spoken=form.draft.spoken,
            note=form.note.data or "",
            by=seat().person_id,
            based_on=form.begun_from,
            now=desk().clock(),
        )


def _page(
    session: Session,
    letter_id: UUID,
    form: LetterForm,
    *,
    status: int = 200,
    looked: bool = False,
    overtaken: bool = False,
) -> Response:
    now = desk().clock()
    letter, newest = letter_at(session, letter_id)
    theirs = f"{newest.title}\n\n{newest.body}"
    segments = differences.segments(theirs, f"{form.draft.title}\n\n{form.draft.body}") if overtaken else ()
    if overtaken:
        # The writer has now seen the newer words; saving once more is her decision.
        form.based_on.data = str(newest.n)
        form.based_on.raw_data = None
    page = "office/letter_edit.html"
    return page_or_part(
        page,
        "office/_letter_preview.html" if looked else page,
        status=status,
        form=form,
        view=letter_view(session, letter, newest, seat().person_id, now),
        paper=paper(session, letter, form.draft, newest.n + 1, now),
        segments=segments,
        overtaken=overtaken,
    )

"""Writing a position: begin one, or write its next version, with a look first and nothing ever lost."""

from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.positions.actions import Overtaken, begin_position, write_version
from advocacy.positions.models import PositionVersion
from advocacy.positions.pages import PositionPage
from advocacy.positions.wording import EmptyText, TextTooLong
from advocacy.web.errors import sentence_of
from advocacy.web.htmx import go, page_or_part
from advocacy.web.office.door import office, seat
from advocacy.web.office.position_form import WritingForm
from advocacy.web.office.position_values import Words, compared, position_at
from advocacy.web.pages import desk

_EDIT, _LOOK = "office/position_edit.html", "office/_position_preview.html"


@office.get("/positions/new", endpoint="position_new")
def new() -> Response:
    """An empty page."""
    return _page(WritingForm())


@office.post("/positions/new", endpoint="position_begin")
def begin() -> ResponseReturnValue:
    """Begin a position as a first draft. A double press begins one."""
    form = WritingForm(request.form)
    return _kept(form, None) or (_page(form), 422)


@office.get("/positions/<uuid:position_id>/edit", endpoint="position_edit")
def edit(position_id: UUID) -> Response:
    """The newest words, to be written on."""
    page = _position(position_id)
    newest = page.current
    form = WritingForm(data={"title": newest.title, "body": newest.body, "based_on": newest.n})
    return _page(form, page)


@office.post("/positions/<uuid:position_id>/edit", endpoint="position_save")
def save(position_id: UUID) -> ResponseReturnValue:
    """Save the next version; where somebody was quicker, show both texts and keep what was typed."""
    form, page = WritingForm(request.form), _position(position_id)

    try:
        return _kept(form, position_id) or (_page(form, page), 422)
    except Overtaken:
        newest = _position(position_id)
        return _page(form.over(newest.current.n), newest, overtaken=True), 422


@office.post("/positions/preview", endpoint="position_preview", defaults={"position_id": None})
@office.post("/positions/<uuid:position_id>/preview", endpoint="position_preview")
def look(position_id: UUID | None) -> Response:
    """How the words will look, and what is different so far. Nothing is saved."""
    page = _position(position_id) if position_id else None
    return _page(WritingForm(request.form), page, look=True)


def _kept(form: WritingForm, position_id: UUID | None) -> ResponseReturnValue | None:
    """Keep valid words and go to the position; otherwise each field says what is wrong."""
    if not form.validate():
        return None
    try:
        with desk().database.transaction() as session:
            written = _write(session, form, position_id)
    except (EmptyText, TextTooLong) as fault:
        form.body.errors = [sentence_of(fault)]
        return None
    return go(url_for("office.position", position_id=written.position_id))


def _write(session: Session, form: WritingForm, position_id: UUID | None) -> PositionVersion:
    title, body, by, now = form.title.data or "", form.body.data or "", seat().person_id, desk().clock()
    if position_id is None:
        return begin_position(session, title=title, body=body, id=UUID(form.new_id.data), by=by, now=now)
    return write_version(
        session,
        position_id,
        title=title,
        body=body,
        note=form.note.data or "",
        based_on=form.based_on.data or 0,
        by=by,
        now=now,
    )


def _position(position_id: UUID) -> PositionPage:
    with desk().database.reading() as session:
        return position_at(session, position_id, desk().clock())


def _page(
    form: WritingForm, page: PositionPage | None = None, *, overtaken: bool = False, look: bool = False
) -> Response:
    newest = page.current if page else None
    found = None
    if newest and (overtaken or look):
        typed = Words(" ".join((form.title.data or "").split()), form.body.data or "")
        found = compared(Words(newest.title, newest.body), typed)
    return page_or_part(
        _EDIT, _LOOK, form=form, position=page, newest=newest, overtaken=overtaken, look=look, found=found
    )

"""The words of a bill: which texts there are, one to read, two compared, one pasted by hand."""

import zlib
from datetime import datetime
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField
from wtforms.validators import Optional

from advocacy.bills.texts import keeping
from advocacy.bills.texts.queries import WholeText, raw_of, texts_of, whole_text
from advocacy.bills.tracking import read_texts
from advocacy.differences import Kind, passages, segments
from advocacy.web.errors import or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm, Prose
from advocacy.web.htmx import go
from advocacy.web.office.bill_values import bill_at
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class PasteForm(OfficeForm):
    """A text that no service publishes."""

    kind = Line("Which text is it?")
    on = DateField("Its day", [Optional()])
    words = Prose("Its words")


@office.get("/bills/<uuid:bill_id>/texts", endpoint="bill_texts")
def texts(bill_id: UUID) -> str:
    """Every text of a bill, and what we have of it."""
    return _page(bill_id, PasteForm(), desk().clock())


@office.post("/bills/<uuid:bill_id>/texts", endpoint="bill_texts_read")
def read(bill_id: UUID) -> ResponseReturnValue:
    """Fetch what we have no words of."""
    now = desk().clock()
    with desk().database.reading() as session:
        bill_at(session, bill_id, now)
    read_texts(desk().database, now, bill_id=bill_id, most=5)
    return go(url_for("office.bill_texts", bill_id=bill_id))


@office.post("/bills/<uuid:bill_id>/texts/pasted", endpoint="bill_text_paste")
def paste(bill_id: UUID) -> ResponseReturnValue:
    """Keep a text pasted by hand."""
    now, form = desk().clock(), PasteForm(request.form)
    if not form.validate():
        return _page(bill_id, form, now), 422
    kind, words = form.kind.data or "", form.words.data or ""
    try:
        with desk().database.transaction() as session:
            bill_at(session, bill_id, now)
            on, by = form.on.data, seat().person_id
            text_id = keeping.paste(session, bill_id, kind, words, on=on, by=by, now=now)
    except (keeping.NeedsName, keeping.NoWords, keeping.TooLong) as fault:
        field = form.kind if isinstance(fault, keeping.NeedsName) else form.words
        field.errors = [sentence_of(fault)]
        return _page(bill_id, form, now), 422
    return go(url_for("office.bill_text", bill_id=bill_id, text_id=text_id))


@office.get("/bills/<uuid:bill_id>/texts/<uuid:text_id>", endpoint="bill_text")
def text(bill_id: UUID, text_id: UUID) -> str:
    """One text to read, with the places to look at."""
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, desk().clock())
        found = or_nothing(whole_text(session, bill_id, text_id))
        return render_template("office/bill_text.html", page=page, text=found)


@office.get("/bills/<uuid:bill_id>/texts/<uuid:text_id>/file", endpoint="bill_text_file")
def file(bill_id: UUID, text_id: UUID) -> Response:
    """What was fetched, as it came."""
    with desk().database.reading() as session:
        bill_at(session, bill_id, desk().clock())
        media, packed = or_nothing(raw_of(session, bill_id, text_id))
    answer = Response(zlib.decompress(packed), mimetype="application/octet-stream")
    end = {"text/html": "html", "text/xml": "xml", "application/xml": "xml", "application/pdf": "pdf"}
    name = f"text-{text_id}.{end.get(media, 'txt')}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@office.get("/bills/<uuid:bill_id>/texts/<uuid:text_id>/since/<uuid:other_id>", endpoint="bill_text_since")
def since(bill_id: UUID, text_id: UUID, other_id: UUID) -> str:
    """What changed from one text to another: as one text, or side by side."""
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, desk().clock())
        new, old = _both(session, bill_id, text_id, other_id)
        lines = [line for line in texts_of(session, bill_id) if line.has_words]
    pieces = segments(old.words, new.words)
    changed = passages(pieces, "\n")
    return render_template(
        "office/bill_text_since.html",
        page=page,
        old=old,
        new=new,
        lines=lines,
        pieces=pieces,
        changed=changed,
        beside=request.args.get("beside") == "1",
        kinds=Kind,
    )


def _both(session: Session, bill_id: UUID, text_id: UUID, other_id: UUID) -> tuple[WholeText, WholeText]:
    new = or_nothing(whole_text(session, bill_id, text_id))
    return new, or_nothing(whole_text(session, bill_id, other_id))


def _page(bill_id: UUID, form: PasteForm, now: datetime) -> str:
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, now)
        lines = texts_of(session, bill_id)
    return render_template("office/bill_texts.html", page=page, lines=lines, form=form)

"""Who says what about a bill, when we heard it, and each answer as it came."""

import json
from html import escape
from uuid import UUID

from flask import Response, render_template, request

from advocacy.bills.provenance import NoSuchReading, Raw, raw_of, sources_of
from advocacy.bills.queries import NoSuchBill
from advocacy.web.errors import NotHere
from advocacy.web.office.door import office
from advocacy.web.pages import desk

_SHOWN = 400_000
_LONGEST = 200


@office.get("/bills/<uuid:bill_id>/sources", endpoint="bill_sources")
def sources(bill_id: UUID) -> str:
    """Every fact with who says so and when we heard it."""
    try:
        with desk().database.reading() as session:
            found = sources_of(session, bill_id)
    except NoSuchBill as fault:
        raise NotHere from fault
    return render_template("office/bill_sources.html", found=found)


@office.get("/bills/<uuid:bill_id>/sources/<uuid:reading_id>", endpoint="bill_source")
def source(bill_id: UUID, reading_id: UUID) -> str:
    """One answer as it came, with the fact somebody came from marked in it."""
    raw = _raw(bill_id, reading_id)
    parts = marked_in(raw.text[:_SHOWN], request.args.get("fact", "")[:_LONGEST])
    more = len(raw.text) > _SHOWN
    return render_template(
        "office/bill_source.html", bill_id=bill_id, reading=raw.reading, parts=parts, more=more
    )


@office.get("/bills/<uuid:bill_id>/sources/<uuid:reading_id>/file", endpoint="bill_source_file")
def file(bill_id: UUID, reading_id: UUID) -> Response:
    """The same bytes, to keep."""
    received = Response(_raw(bill_id, reading_id).received, mimetype="text/plain")
    received.headers["Content-Disposition"] = f'attachment; filename="{reading_id}.txt"'
    return received


def _raw(bill_id: UUID, reading_id: UUID) -> Raw:
    try:
        with desk().database.reading() as session:
            return raw_of(session, bill_id, reading_id)
    except NoSuchReading as fault:
        raise NotHere from fault


def marked_in(text: str, words: str) -> tuple[str, str, str]:
    """What stands before the words, the words as this answer writes them, and what stands after."""
    for written in (words, json.dumps(words, ensure_ascii=False)[1:-1], escape(words, quote=False)):
        if words and written in text:
            return text.partition(written)
    return text, "", ""

"""The public pages: letters that have left, positions that were agreed, and two pages that a machine asks.

Nothing here is kept from one request to the next: whoever takes her name off is gone with the next reading.
"""

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from advocacy.doctor.store import not_ready
from advocacy.editions.contents import long_date
from advocacy.editions.public import public_letter, public_letters
from advocacy.letters.prose import html
from advocacy.people.role_changes import exceptions_on
from advocacy.positions.public import public_position, public_positions
from advocacy.positions.public_bills import public_bill
from advocacy.web.errors import or_nothing
from advocacy.web.pages import desk

site = Blueprint("site", __name__)


@site.get("/")
def home() -> str:
    """The letters this network has sent, and what it thinks."""
    now, zone = desk().clock(), desk().config.time_zone
    with desk().database.reading() as session:
        letters = public_letters(session, now, zone)
        positions = public_positions(session, now)
        apart = exceptions_on(session, desk().today(now))
    return render_template("site/home.html", letters=letters, positions=positions, exceptions=apart)


@site.get("/letters/<uuid:letter_id>")
def letter(letter_id: UUID) -> str:
    """A letter that has left, with those who show themselves on the web at this moment."""
    now, zone = desk().clock(), desk().config.time_zone
    with desk().database.reading() as session:
        found = or_nothing(public_letter(session, letter_id, now, zone))
    language = found.line.language
    sent_on = long_date(found.line.sent_on, language)
    return render_template(
        "site/letter.html", letter=found, text=html(found.body), sent_on=sent_on, lang=language
    )


@site.get("/positions/<uuid:position_id>")
def position(position_id: UUID) -> str:
    """What this network thinks, in the words it last agreed to."""
    with desk().database.reading() as session:
        found = or_nothing(public_position(session, position_id, desk().clock()))
    return render_template("site/position.html", position=found)


@site.get("/bills/<uuid:bill_id>")
def bill(bill_id: UUID) -> str:
    """Where a bill stands that a position of ours is about. No name of anybody."""
    now = desk().clock()
    with desk().database.reading() as session:
        found = or_nothing(public_bill(session, bill_id, desk().today(now), now))
    return render_template("site/bill.html", bill=found)


@site.get("/healthz")
def alive() -> Response:
    """Whether this process answers at all."""
    return Response("ok\n", mimetype="text/plain")


@site.get("/readyz")
def ready() -> ResponseReturnValue:
    """Whether all is there that the work needs; otherwise the names of what is not, and no more."""
    try:
        with desk().database.reading() as session:
            missing = list(not_ready(session, desk().config, desk().clock()))
    except SQLAlchemyError:
        missing = ["database"]
    if missing:
        return Response(f"not ready: {', '.join(missing)}\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")

"""A letter's open page: any organisation may ask to join; what comes in is confirmed by mail and reviewed."""

from datetime import datetime

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.organisations.asking import NotOpenNow, ask_through_page
from advocacy.organisations.models import OrganisationPage
from advocacy.organisations.names import Level
from advocacy.organisations.open_pages import page_at
from advocacy.people.places import STATES
from advocacy.signons.throttling import note_wrong_code, wait_for
from advocacy.web.errors import NotHere, or_nothing
from advocacy.web.htmx import go
from advocacy.web.organisation.entry import organisation, page, typed
from advocacy.web.organisation.filled import FIELDS, Filled, read
from advocacy.web.organisation.place import Reading, reading_of
from advocacy.web.organisation.words import words_in
from advocacy.web.pages import desk
from advocacy.web.tongues import Tongue


@organisation.get("/<slug>")
def open_page(slug: str) -> Response:
    """The letter, who gets it, and a form for an organisation. It says nothing about who has signed."""
    with desk().database.reading() as session:
        found, reading, words = _here(session, slug, desk().clock())
    return _page(found.slug, reading, words, Filled(dict.fromkeys(FIELDS, ""), {}))


@organisation.post("/<slug>")
def ask_to_join(slug: str) -> ResponseReturnValue:
    """Take the form, and write to the authoriser it names. The answer never tells what became of it."""
    now = desk().clock()
    filled = read(request.form, FIELDS, desk().today(now))
    with desk().database.transaction() as session:
        found, reading, words = _here(session, slug, now)
        _slow_down(session, now)
        faults = {**filled.faults}
        if typed("authorised") != "yes":
            faults["authorised"] = "fault.authorised"
        if faults:
            return _page(slug, reading, words, Filled(filled.values, faults), 422)
        try:
            ask_through_page(
                session, found.letter_id, filled.described, filled.who, language=words.language, now=now
            )
        except NotOpenNow as fault:
            raise NotHere from fault
    return go(url_for("organisation.asked", slug=slug, language=words.language))


@organisation.get("/<slug>/sent")
def asked(slug: str) -> Response:
    """What happens next: the same for everybody, whatever was typed."""
    with desk().database.reading() as session:
        _, reading, words = _here(session, slug, desk().clock())
    return page("sent", words, reading=reading)


def _here(session: Session, slug: str, now: datetime) -> tuple[OrganisationPage, Reading, Tongue]:
    found = or_nothing(page_at(session, slug))
    wanted = request.values.get("language", "")
    reading = reading_of(session, found.letter_id, words_in(wanted), now)
    words = words_in(wanted or reading.language)
    reading = reading_of(session, found.letter_id, words, now)
    return found, or_nothing(reading if reading.is_open else None), words


def _slow_down(session: Session, now: datetime) -> None:
    """The more comes in within an hour, the longer each answer takes; nobody is ever locked out."""
    buckets = [vault.index(session, "throttle.open_page", "")]
    g.held_for = wait_for(session, buckets, now)
    note_wrong_code(session, buckets, now)


def _page(slug: str, reading: Reading, words: Tongue, filled: Filled, status: int = 200) -> Response:
    return page(
        "open_page",
        words,
        status,
        slug=slug,
        reading=reading,
        values=filled.values,
        faults=filled.faults,
        levels=tuple(Level),
        states=STATES,
    )

"""Asking organisations to join, sending a lost link again, and the open page for those nobody asked."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from advocacy.organisations.asking import Described, NotOpenNow, ask_organisation, send_again
from advocacy.organisations.open_pages import close_the_page, open_the_page
from advocacy.organisations.queries import awaited_on, organisations_on
from advocacy.web.errors import NotHere, sentence_of
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.organisation_page import AskForm, organisation_page
from advocacy.web.pages import desk


@office.post("/letters/<uuid:letter_id>/organisations/ask", endpoint="organisation_ask")
def ask(letter_id: UUID) -> ResponseReturnValue:
    """Ask an organisation, by somebody in it."""
    form = AskForm(request.form)
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        if not form.validate():
            return organisation_page(session, letter_id, ask=form, status=422)
        try:
            ask_organisation(
                session,
                letter_id,
                Described(form.name.data or ""),
                email=form.email.data or "",
                may_sign=form.may_sign.data == "yes",
                language=form.language.data,
                by=seat().person_id,
                now=desk().clock(),
            )
        except NotOpenNow as fault:
            form.name.errors = [sentence_of(fault)]
            return organisation_page(session, letter_id, ask=form, status=422)
    return go(url_for("office.organisations", letter_id=letter_id))


@office.post("/letters/<uuid:letter_id>/organisations/asked/<uuid:ask_id>", endpoint="organisation_ask_again")
def ask_again(letter_id: UUID, ask_id: UUID) -> ResponseReturnValue:
    """Send a fresh link to an organisation that lost its own."""
    with desk().database.transaction() as session:
        here = {one.ask_id for one in awaited_on(session, letter_id)}
        here |= {one.ask_id for one in organisations_on(session, letter_id) if one.ask_id}
        if ask_id not in here:
            raise NotHere
        send_again(session, ask_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))


@office.post("/letters/<uuid:letter_id>/organisations/page", endpoint="organisation_page_open")
def let_in(letter_id: UUID) -> ResponseReturnValue:
    """Open the letter's page for organisations."""
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        open_the_page(session, letter_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))


@office.post("/letters/<uuid:letter_id>/organisations/page/close", endpoint="organisation_page_close")
def shut(letter_id: UUID) -> ResponseReturnValue:
    """Close the letter's page for organisations."""
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        close_the_page(session, letter_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))

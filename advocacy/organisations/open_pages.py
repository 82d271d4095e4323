"""A letter's open page: for organisations only, opted into, at an address that can be passed around."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import Letter, LetterKind
from advocacy.organisations.models import OrganisationPage


class NoPageHere(Exception):
    """Organisations join sign-on letters. A testimony has no page of this kind."""


def open_page(session: Session, letter_id: UUID) -> OrganisationPage | None:
    """A letter's page for organisations, if it was opened and not closed."""
    page = session.get(OrganisationPage, letter_id)
    return page if page is not None and page.closed_on is None else None


def page_at(session: Session, slug: str) -> OrganisationPage | None:
    """The open page at this address; none for a page that was closed and for one that never was."""
    asked = select(OrganisationPage).where(
        OrganisationPage.slug == slug, OrganisationPage.closed_on.is_(None)
    )
    return session.scalars(asked).first()


def open_the_page(session: Session, letter_id: UUID, *, by: UUID, now: datetime) -> OrganisationPage:
    """Let organisations ask to join by themselves. Opened again, a page has its old address."""
    if session.get_one(Letter, letter_id, with_for_update=True).kind == LetterKind.TESTIMONY:
        raise NoPageHere
    page = session.get(OrganisationPage, letter_id)
    if page is not None and page.closed_on is None:
        return page
    if page is None:
        page = OrganisationPage(letter_id=letter_id, slug=secrets.token_urlsafe(9))
    page.opened_by, page.opened_on, page.closed_on = by, now.date(), None
    session.add(page)
    audit.record(session, "organisation_page.open", actor=by, about="letter", id=letter_id)
    session.flush()
    return page


def close_the_page(session: Session, letter_id: UUID, *, by: UUID, now: datetime) -> None:
    """Let the page's address lead nowhere; who asked through it before goes on. Twice is once."""
    page = open_page(session, letter_id)
    if page is not None:
        page.closed_on = now.date()
        audit.record(session, "organisation_page.close", actor=by, about="letter", id=letter_id)
        session.flush()

"""Editions: printing one for the offices, what came of it, and the very file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.campaigns.amended import MustChange, must_change
from advocacy.editions.actions import AnswersChanged
from advocacy.editions.contents import NoHeader, NoWitness
from advocacy.editions.corrections import corrections
from advocacy.editions.models import Edition
from advocacy.editions.overriding import stopped_for
from advocacy.editions.printing import OtherText, print_editions
from advocacy.editions.queries import editions as all_editions
from advocacy.editions.queries import is_void, left, newest_for, pdf_of
from advocacy.letters.faults import CannotPrint
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import current_opening, office_mark, recipients, version
from advocacy.people.access import may
from advocacy.signons.actions import NotOpen
from advocacy.web.errors import or_nothing
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import edition_at, letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.office.papers import letterhead, trouble_of
from advocacy.web.pages import desk

_NOT_NOW = (AnswersChanged, CannotPrint, NoHeader, NoWitness, OtherText)


@dataclass(frozen=True)
class EditionView:
    """A frozen letter as drafters may see it: numbers, never a name."""

    id: UUID
    n: int
    version_n: int
    pages: int
    signers: int
    sha256: str
    file_name: str
    frozen_at: datetime
    destroyed_on: date | None
    is_void: bool
    is_newest: bool
    copies_out: int
    only_for: tuple[str, ...] = ()

    @property
    def stage(self) -> str:
        """Where it stands, in a word or two."""
        if self.copies_out:
            return "delivered" if self.is_newest else "delivered, superseded"
        if self.is_void:
            return "void"
        return "ready" if self.is_newest else "superseded"


@office.get("/letters/<uuid:letter_id>/editions", endpoint="editions")
def editions(letter_id: UUID) -> ResponseReturnValue:
    """Every edition of a letter, and the button that prints the next."""
    with desk().database.reading() as session:
        return _page(session, letter_id)


@office.post("/letters/<uuid:letter_id>/editions", endpoint="edition_print")
def print_it(letter_id: UUID) -> ResponseReturnValue:
    """Print what people were asked to sign: frozen editions, a review, or a sentence that says why not."""
    with desk().database.reading() as session:
        letter_at(session, letter_id)
        opening = current_opening(session, letter_id)
        if opening is None:
            raise NotOpen
        if must_change(session, session.get_one(LetterVersion, opening.version_id)):
            raise MustChange
    try:
        done = print_editions(
            desk().database, opening.version_id, letterhead(), by=seat().person_id, now=desk().clock()
        )
    except _NOT_NOW as fault:
        with desk().database.reading() as session:
            return _page(session, letter_id, trouble_of(fault), 422)
    if len(done) > 1 or done[0].edition_id is None:
        return go(url_for("office.editions", letter_id=letter_id))
    return go(url_for("office.edition", edition_id=done[0].edition_id))


@office.get("/editions/<uuid:edition_id>", endpoint="edition")
def one_edition(edition_id: UUID) -> str:
    """One edition: what it holds in numbers, and whether it may still leave."""
    now = desk().clock()
    with desk().database.reading() as session:
        frozen = edition_at(session, edition_id)
        letter, newest = letter_at(session, frozen.letter_id)
        view = letter_view(session, letter, newest, seat().person_id, now)
        shown = _edition(session, frozen, now)
        return render_template("office/edition.html", view=view, edition=shown)


@office.get("/editions/<uuid:edition_id>/file.pdf", endpoint="edition_file")
def file(edition_id: UUID) -> Response:
    """The very file, for the two people who hand it over. No browser keeps it."""
    with desk().database.reading() as session:
        frozen = edition_at(session, edition_id)
        data = or_nothing(pdf_of(session, frozen))
    answer = make_response(data)
    answer.mimetype = "application/pdf"
    answer.headers.set("Content-Disposition", "inline", filename=f"{frozen.file_name}")
    return answer


def _page(session: Session, letter_id: UUID, trouble: str = "", status: int = 200) -> Response:
    now = desk().clock()
    letter, newest = letter_at(session, letter_id)
    view = letter_view(session, letter, newest, seat().person_id, now)
    opening = view.line.opening
    known = [_edition(session, frozen, now) for frozen in all_editions(session, letter_id)]
    held = stopped_for(session, opening.version_id, now) if opening else None
    leads = may(seat().roles, "office.edition_print")
    wanted = corrections(session, letter_id, desk().config.time_zone) if leads else ()
    page = render_template(
        "office/editions.html", view=view, editions=known, held=held, trouble=trouble, corrections=wanted
    )
    return make_response(page, status)


def _edition(session: Session, frozen: Edition, now: datetime) -> EditionView:
    written = version(session, frozen.version_id)
    return EditionView(
        id=frozen.id,
        n=frozen.n,
        version_n=written.n if written else 0,
        pages=frozen.pages,
        signers=frozen.signers,
        sha256=frozen.pdf_sha256,
        file_name=frozen.file_name,
        frozen_at=frozen.frozen_at,
        destroyed_on=frozen.destroyed_on,
        is_void=is_void(session, frozen, now),
        is_newest=newest_for(session, frozen) is frozen,
        copies_out=len(left(session, frozen.id)),
        only_for=_only_for(session, frozen),
    )


def _only_for(session: Session, frozen: Edition) -> tuple[str, ...]:
    """The offices a file was made for, where it was not made for all of them."""
    goes_to, marks = recipients(session, frozen.letter_id), frozen.offices.split()
    here = tuple(office.office for office in goes_to if office_mark(office) in marks)
    return here if len(here) < len(goes_to) else ()

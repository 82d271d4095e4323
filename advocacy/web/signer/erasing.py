"""Erase me: what goes, what can no longer be proved, what nobody can call back; and then it is done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from advocacy import erasure
from advocacy.clock import day_in, last_day
from advocacy.editions.queries import left, legal_hold
from advocacy.ledger import Ledger
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Held, Visitor, come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import TO_MEND
from advocacy.web.signer.states import place_of
from advocacy.web.truths import Copy


@dataclass(frozen=True)
class Papers:
    """The PDF files that show her: how many we would destroy, the copies that others keep, and those held
    by counsel, as the last day of each."""

    files: int
    copies: tuple[Copy, ...]
    held: tuple[date, ...]


@signer.post("/s/erase")
def erase() -> Response:
    """Ask once, with the whole truth; a yes destroys everything about her, and her links with it."""
    now, answer = desk().clock(), typed("answer")
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        if answer == "no":
            return overview(session, place_of(session, visitor, now), now)
        if answer != "yes":
            return ask(session, visitor, fault="fault.answer" if typed("sure") else "")
        held = _papers(session, visitor.visit.person_id).held
    _erase(visitor.visit.person_id, now)
    return _without_key(visitor).page("erased", kept=held)


def ask(session: Session, visitor: Visitor, fault: str = "") -> Response:
    """What an erasure destroys, and what it cannot reach."""
    papers = _papers(session, visitor.visit.person_id)
    return visitor.page("erase", TO_MEND if fault else 200, papers=papers, fault=fault)


def _papers(session: Session, person_id: UUID) -> Papers:
    found = erasure.papers_with(session, person_id)
    held = tuple(_held(session, [paper.id for paper in found]))
    return Papers(
        len(found) - len(held), tuple(dict.fromkeys(_copies(session, [paper.id for paper in found]))), held
    )


def _held(session: Session, papers: list[UUID]) -> Iterator[date]:
    for paper in papers:
        if (hold := legal_hold(session, paper, desk().clock())) is not None:
            yield last_day(desk().config.time_zone, hold.until_at)


def _copies(session: Session, papers: list[UUID]) -> Iterator[Copy]:
    for paper in papers:
        for copy in left(session, paper):
            yield Copy(copy.office, day_in(desk().config.time_zone, copy.delivered_at))


def _erase(person_id: UUID, now: datetime) -> None:
    config = desk().config
    ledger = Ledger(config.erasures_file)
    erasure.erase(desk().database, ledger, person_id, by=None, zone=config.time_zone, now=now)


def _without_key(visitor: Visitor) -> Visitor:
    """Her key opens nothing any more, so no page carries it on."""
    return replace(visitor, held=Held(language=visitor.tongue.language))

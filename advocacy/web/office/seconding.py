"""What waits for a second person: exactly what is agreed, and one button."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.editions.agreements import Agreement, agreement, waiting
from advocacy.editions.queries import is_void
from advocacy.letters.queries import version
from advocacy.people.actions import second
from advocacy.people.models import SecondedAct
from advocacy.web.errors import or_nothing
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Waiting:
    """One proposal, and whether the person who looks may second it."""

    agreement: Agreement
    title: str
    is_mine: bool
    is_void: bool


@office.get("/seconding", endpoint="seconding")
def seconding() -> str:
    """Every proposal that waits for a second person."""
    with desk().database.reading() as session:
        listed = [_waiting(session, one) for one in waiting(session, desk().clock())]
        return render_template("office/seconding.html", listed=listed)


@office.post("/seconding/<uuid:proposal_id>", endpoint="second")
def agree(proposal_id: UUID) -> ResponseReturnValue:
    """Second a proposal, never one's own."""
    with desk().database.transaction() as session:
        act = or_nothing(session.get(SecondedAct, proposal_id))
        meant = or_nothing(agreement(session, act))
        second(session, proposal_id, by=seat().person_id, now=desk().clock())
        after = url_for("office.deliveries", edition_id=meant.edition.id)
    return go(after)


def _waiting(session: Session, one: Agreement) -> Waiting:
    written = version(session, one.edition.version_id)
    return Waiting(
        agreement=one,
        title=written.title if written else "",
        is_mine=one.proposed_by == seat().person_id,
        is_void=is_void(session, one.edition, desk().clock()),
    )

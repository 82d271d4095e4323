"""What waits for a second person: exactly what is agreed, and one button."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.editions import overriding
from advocacy.editions.actions import DELIVER
from advocacy.editions.agreements import Agreement, agreement, waiting
from advocacy.editions.queries import is_void
from advocacy.letters.queries import latest_version, version
from advocacy.people import role_changes
from advocacy.people.access import may, may_second
from advocacy.people.actions import ProposalEnded, second
from advocacy.people.models import Person, SecondedAct
from advocacy.people.queries import names_of
from advocacy.people.role_changes import waiting_change, waiting_changes
from advocacy.signons import revealing
from advocacy.signons.revealing import Asked, agree_to_show, asked_for, waiting_reveals
from advocacy.web.errors import NotYours, or_nothing
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.role_values import change_of
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Waiting:
    """One proposal, and whether the person who looks may second it."""

    agreement: Agreement
    title: str
    is_mine: bool
    is_void: bool


@dataclass(frozen=True, repr=False)
class AskedName:
    """Somebody asks who is behind a line: on which letter, and who she is."""

    asked: Asked
    title: str
    to: str
    is_mine: bool


@office.get("/seconding", endpoint="seconding")
def seconding() -> str:
    """Every proposal that waits for a second person, of those this person may second."""
    now = desk().clock()
    with desk().database.reading() as session:
        listed = [_waiting(session, one) for one in waiting(session, now)] if _may(DELIVER) else []
        changes = [
            change_of(session, one, seat()) for one in waiting_changes(session, now) if _may(one.act.act)
        ]
        asked = [_asked(session, one) for one in waiting_reveals(session, now)] if _may(revealing.ACT) else []
        return render_template("office/seconding.html", listed=listed, changes=changes, asked=asked)


@office.post("/seconding/<uuid:proposal_id>", endpoint="second")
def agree(proposal_id: UUID) -> ResponseReturnValue:
    """Second a proposal, never one's own, and none that belongs to another role."""
    now = desk().clock()
    with desk().database.transaction() as session:
        act = or_nothing(session.get(SecondedAct, proposal_id))
        if not _may(act.act):
            raise NotYours
        after = _SECONDING.get(act.act, _agree_to_change)(session, act, now)
    return go(after)


def _may(act: str) -> bool:
    return may_second(seat().roles, act)


def _second_delivery(session: Session, act: SecondedAct, now: datetime) -> str:
    meant = or_nothing(agreement(session, act))
    second(session, act.id, by=seat().person_id, now=now)
    if not may(seat().roles, "office.deliveries"):
        return url_for("office.seconding")
    return url_for("office.deliveries", edition_id=meant.edition.id)


def _agree_to_change(session: Session, act: SecondedAct, now: datetime) -> str:
    meant = waiting_change(session, act, now)
    if meant is None:
        raise ProposalEnded
    role_changes.agree(session, meant.change, act, by=seat().person_id, today=desk().today(now), now=now)
    return url_for("office.roles" if may(seat().roles, "office.roles") else "office.seconding")


def _agree_to_show(session: Session, act: SecondedAct, now: datetime) -> str:
    meant = asked_for(session, act, now)
    if meant is None:
        raise ProposalEnded
    agree_to_show(session, meant, by=seat().person_id, now=now)
    return url_for("office.seconding")


def _asked(session: Session, one: Asked) -> AskedName:
    newest = latest_version(session, one.letter_id)
    who = names_of(session, session.get_one(Person, one.act.proposed_by)).name
    is_mine = one.act.proposed_by == seat().person_id
    return AskedName(one, newest.title if newest else "", who, is_mine)


def _waiting(session: Session, one: Agreement) -> Waiting:
    written = version(session, one.edition.version_id)
    return Waiting(
        agreement=one,
        title=written.title if written else "",
        is_mine=one.proposed_by == seat().person_id,
        is_void=is_void(session, one.edition, desk().clock()),
    )


def _agree_to_let_through(session: Session, act: SecondedAct, now: datetime) -> str:
    overriding.agree_to_let_through(session, act, by=seat().person_id, now=now)
    return url_for("office.held")


_SECONDING = {
    DELIVER: _second_delivery,
    revealing.ACT: _agree_to_show,
    overriding.ACT: _agree_to_let_through,
}
"""What seconding does, by the act; every change of a role is one of its own."""

"""What waits for a second person: exactly what is agreed, and one button."""

from datetime import datetime
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.editions import overriding
from advocacy.editions.actions import DELIVER
from advocacy.editions.agreements import agreement
from advocacy.letters import mending
from advocacy.letters.queries import version
from advocacy.people import exporting, role_changes
from advocacy.people.access import may, may_second
from advocacy.people.actions import ProposalEnded, second
from advocacy.people.models import SecondedAct
from advocacy.people.role_changes import waiting_change
from advocacy.signons import revealing
from advocacy.signons.revealing import agree_to_show, asked_for
from advocacy.web.errors import NotYours, or_nothing
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.second_values import to_second
from advocacy.web.pages import desk


@office.get("/seconding", endpoint="seconding")
def seconding() -> str:
    """Every proposal that waits for a second person, of those this person may second."""
    with desk().database.reading() as session:
        return render_template("office/seconding.html", page=to_second(session, seat(), desk().clock()))


@office.post("/seconding/<uuid:proposal_id>", endpoint="second")
def agree(proposal_id: UUID) -> ResponseReturnValue:
    """Second a proposal, never one's own, and none that belongs to another role."""
    now = desk().clock()
    with desk().database.transaction() as session:
        act = or_nothing(session.get(SecondedAct, proposal_id))
        if not may_second(seat().roles, act.act):
            raise NotYours
        after = _SECONDING.get(act.act, _agree_to_change)(session, act, now)
    return go(after)


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


def _agree_to_export(session: Session, act: SecondedAct, now: datetime) -> str:
    second(session, act.id, by=seat().person_id, now=now)
    return url_for("office.seconding")


def _agree_to_let_through(session: Session, act: SecondedAct, now: datetime) -> str:
    overriding.agree_to_let_through(session, act, by=seat().person_id, now=now)
    return url_for("office.held")


def _agree_to_typo(session: Session, act: SecondedAct, now: datetime) -> str:
    meant = or_nothing(version(session, act.about_id))
    mending.agree_typo(session, act, by=seat().person_id, now=now)
    return url_for("office.letter", letter_id=meant.letter_id)


_SECONDING = {
    DELIVER: _second_delivery,
    revealing.ACT: _agree_to_show,
    exporting.ACT: _agree_to_export,
    overriding.ACT: _agree_to_let_through,
    mending.ACT: _agree_to_typo,
}
"""What seconding does, by the act; every change of a role is one of its own."""

"""A position on a bill that died, looked at again for the bill it came back as.

Nothing is carried over by itself: taking it over writes a draft, with its own hash, that the group decides on
anew. Who signed a letter on the earlier bill signed nothing about this one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.lineage.queries import forebears
from advocacy.bills.models import TextVersion
from advocacy.bills.queries import bill_by_id, facts
from advocacy.positions.actions import StanceOn, write_version
from advocacy.positions.models import PositionStance, PositionVersion
from advocacy.positions.queries import current_version, stances
from advocacy.positions.stances import Stance


@dataclass(frozen=True)
class Inherited:
    """Where a position stands on the bill before this one, and says nothing of this one yet."""

    position_id: UUID
    title: str
    earlier_id: UUID
    earlier: str
    stance: Stance


def inherited(session: Session, bill_id: UUID) -> tuple[Inherited, ...]:
    """The positions on the bills before this one that do not speak of it yet, by title."""
    found = {}
    for earlier_id in reversed(forebears(session, bill_id)):
        for written in _current_on(session, earlier_id):
            taken = {row.bill_id: Stance(row.stance) for row in stances(session, written.id)}
            if bill_id not in taken:
                earlier = bill_by_id(session, earlier_id).identifier
                found[written.position_id] = Inherited(
                    written.position_id, written.title, earlier_id, earlier, taken[earlier_id]
                )
    return tuple(sorted(found.values(), key=lambda one: (one.title.casefold(), one.position_id)))


def take_over(session: Session, position_id: UUID, bill_id: UUID, *, by: UUID, now: datetime) -> None:
    """Write a draft with the same stance on this bill, on its newest text; twice is once."""
    asked = next((one for one in inherited(session, bill_id) if one.position_id == position_id), None)
    newest = current_version(session, position_id)
    if asked is None or newest is None:
        return
    taken = [
        StanceOn(row.bill_id, Stance(row.stance), row.text_version) for row in stances(session, newest.id)
    ]
    write_version(
        session,
        position_id,
        title=newest.title,
        body=newest.body,
        by=by,
        based_on=newest.n,
        now=now,
        taking=[*taken, StanceOn(bill_id, asked.stance, _newest_text(session, bill_id))],
        note=f"taken over from {asked.earlier}, to be looked at again",
    )


def _current_on(session: Session, bill_id: UUID) -> list[PositionVersion]:
    asked = select(PositionVersion).join(PositionStance, PositionStance.version_id == PositionVersion.id)
    written = session.scalars(asked.where(PositionStance.bill_id == bill_id)).all()
    newest = {one.position_id: current_version(session, one.position_id) for one in written}
    return [one for one in written if newest[one.position_id] is one]


def _newest_text(session: Session, bill_id: UUID) -> str:
    told = [row for row in facts(session, TextVersion, bill_id) if row.gone_at is None and row.on]
    return max(told, key=lambda row: (row.on, row.place)).kind if told else ""

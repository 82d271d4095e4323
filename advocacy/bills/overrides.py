"""A person's word on where a bill stands, above what its steps say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.models import StatusOverride
from advocacy.bills.queries import bill_by_id, steps_of
from advocacy.bills.standings import keep_standing
from advocacy.bills.status import Stage


class ReasonMissing(Exception):
    """Say why. The reason stands beside the bill for everybody who works on it."""


def override_status(
    session: Session, bill_id: UUID, stage: Stage, *, reason: str, by: UUID, now: datetime
) -> None:
    """Put a person's word on where a bill stands above its steps, until a newer final step ends it."""
    bill = bill_by_id(session, bill_id)
    if not reason.strip():
        raise ReasonMissing(ReasonMissing.__doc__)
    standing = _standing_overrides(session, bill_id)
    newest = max((step.on for step in steps_of(session, bill_id) if step.gone_at is None), default=None)
    said = StatusOverride(bill_id=bill.id, stage=stage.value, reason=reason.strip(), by_id=by, made_at=now)
    said.newest_step_on = newest
    if any(_same(earlier, said) for earlier in standing):
        return
    for earlier in standing:
        earlier.lifted_at = now
    session.add(said)
    audit.record(session, "bill.stage_said", actor=by, about="bill", id=bill.id, why=reason.strip())
    session.flush()
    keep_standing(session, bill)


def lift_override(session: Session, bill_id: UUID, *, by: UUID, now: datetime) -> None:
    """Let the steps speak again. Where nobody had said otherwise, nothing happens."""
    bill, standing = bill_by_id(session, bill_id), _standing_overrides(session, bill_id)
    for said in standing:
        said.lifted_at = now
    if standing:
        audit.record(session, "bill.stage_unsaid", actor=by, about="bill", id=bill_id)
    session.flush()
    keep_standing(session, bill)


def _same(earlier: StatusOverride, said: StatusOverride) -> bool:
    return (earlier.stage, earlier.reason, earlier.newest_step_on) == (
        said.stage,
        said.reason,
        said.newest_step_on,
    )


def _standing_overrides(session: Session, bill_id: UUID) -> list[StatusOverride]:
    wanted = select(StatusOverride).where(
        StatusOverride.bill_id == bill_id, StatusOverride.lifted_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(StatusOverride.made_at)))

"""Where each bill stands, kept on its row when its facts are written: a list need not read every step.

What is kept does not depend on the day. That a bill died with its Congress or session is read for the day.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, case, false, func, select
from sqlalchemy.orm import Session

from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill
from advocacy.bills.queries import stands, steps_of
from advocacy.bills.status import OUTLIVES_ITS_SESSION, Stage, congress_on, died

_NO_DAY = date.min
"""A day on which no Congress is over yet."""


def keep_standing(session: Session, bill: Bill) -> None:
    """Write on the bill's row where its facts, and whoever said otherwise, say that it stands."""
    for name, value in _worked_out(session, bill).items():
        if getattr(bill, name) != value:
            setattr(bill, name, value)
    session.flush()


def misfits(session: Session) -> Iterator[Bill]:
    """The bills whose kept standing is not what their steps say. There should be none."""
    for bill in session.scalars(select(Bill).order_by(Bill.id)).all():
        if any(getattr(bill, name) != value for name, value in _worked_out(session, bill).items()):
            yield bill


def renew_standings(session: Session) -> int:
    """Write down anew where every bill stands; how many had to be mended."""
    wrong = list(misfits(session))
    for bill in wrong:
        keep_standing(session, bill)
    return len(wrong)


def fill_standings(session: Session) -> int:
    """Write down where the bills stand of which nobody has yet; how many."""
    blank = session.scalars(select(Bill).where(Bill.stage == "").order_by(Bill.id)).all()
    for bill in blank:
        keep_standing(session, bill)
    return len(blank)


def stage_today(bill: Bill, today: date) -> Stage:
    """Where a bill stands on a day, by what is kept on its row."""
    key = BillKey(bill.jurisdiction, bill.session, "", 0)
    return stage_then(key, bill.stage, bill.stage_told, today, bill.session_ends_on)


def stage_then(key: BillKey, kept: str, told: str, today: date, session_ends_on: date | None) -> Stage:
    """Where a bill stands on a day: at the stage kept, unless it died with its session."""
    if not died(key, Stage(kept), today, session_ends_on):
        return Stage(kept)
    return Stage.DIED if died(key, Stage(told), today, session_ends_on) else Stage(told)


def stage_on(today: date) -> ColumnElement[str]:
    """`stage_today`, for the database to work out."""
    congresses = [str(n) for n in range(1, congress_on(today))]
    over = case(
        (Bill.jurisdiction == "us", Bill.session.in_(congresses)),
        else_=func.coalesce(Bill.session_ends_on <= today, false()),
    )
    lasting = sorted(stage.value for stage in OUTLIVES_ITS_SESSION)
    return case(
        (~over | Bill.stage.in_(lasting), Bill.stage),
        (Bill.stage_told.in_(lasting), Bill.stage_told),
        else_=Stage.DIED.value,
    )


def _worked_out(session: Session, bill: Bill) -> dict[str, object]:
    steps = steps_of(session, bill.id)
    found, override = stands(session, bill, steps, _NO_DAY)
    last = next((step for step in reversed(steps) if step.gone_at is None), None)
    return {
        "stage": found.stage.value,
        "stage_told": (override.otherwise if override else found.stage).value,
        "rule": found.rule,
        "because": found.sentence,
        "last_action": last.text if last else "",
        "last_action_on": last.on if last else None,
    }

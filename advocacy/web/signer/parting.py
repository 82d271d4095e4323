"""What is said to somebody whose name is off, and what she may still do: put it back, ask for new copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from advocacy.clock import day_in, last_day
from advocacy.editions.corrections import copies_out
from advocacy.signons.models import SignOn
from advocacy.signons.undoing import may_come_back, undo_ends_at
from advocacy.signons.visits import Visit, sign_on_of
from advocacy.web.pages import desk
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.farewell import truths
from advocacy.web.truths import Copy, Truth


@dataclass(frozen=True)
class Parting:
    """What is true, until when her name can come back, and what becomes of the copies with her line."""

    truths: Sequence[Truth] = ()
    back_until: date | None = None
    waiting: tuple[str, ...] = ()
    replaced: tuple[Copy, ...] = ()
    may_ask: bool = False


def parting(session: Session, visit: Visit, now: datetime) -> Parting:
    """Nothing at all for somebody whose name is not off."""
    sign_on = sign_on_of(session, visit)
    if sign_on is None or sign_on.withdrawn_on is None:
        return Parting()
    zone, out = desk().config.time_zone, copies_out(session, sign_on)
    return Parting(
        truths=truths(session, visit),
        back_until=_back_until(session, visit, sign_on, now),
        waiting=tuple(copy.office for copy in out if copy.is_asked and not copy.replaced_at),
        replaced=tuple(Copy(one.office, day_in(zone, one.replaced_at)) for one in out if one.replaced_at),
        may_ask=any(not copy.is_asked and not copy.replaced_at for copy in out),
    )


def _back_until(session: Session, visit: Visit, sign_on: SignOn, now: datetime) -> date | None:
    ends = undo_ends_at(session, sign_on) if may_come_back(session, visit, now) else None
    return last_day(zone_of(visit), ends) if ends else None

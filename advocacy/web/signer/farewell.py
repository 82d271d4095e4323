"""What is true for somebody whose name comes off: what can be undone, and what no one can call back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.editions.queries import Stage, stage_for, where_it_went
from advocacy.people.limits import Audience, Form
from advocacy.signons.models import Consent
from advocacy.signons.visits import Visit, sign_on_of
from advocacy.web.truths import Copy, Truth, copy_that_went


def truths(session: Session, visit: Visit) -> Sequence[Truth]:
    """What to tell her once her name is off, at whatever stage the letter is; nothing, had she not signed."""
    sign_on = sign_on_of(session, visit)
    if sign_on is None:
        return ()
    stage, went = stage_for(session, visit.letter_id), copies(session, visit)
    if went:
        paper = [Truth("withdraw.delivered", went), Truth("withdraw.may_ask")]
    elif stage is Stage.DELIVERED:
        paper = [Truth("withdraw.not_in_copy")]
    else:
        paper = [Truth("withdraw.printed" if stage is Stage.PRINTED else "withdraw.not_printed")]
    # Only a letter that was sent stands on the web page or is given to reporters.
    further = _further(session, sign_on.id) if stage is Stage.DELIVERED else []
    return (*paper, *further)


def copies(session: Session, visit: Visit) -> tuple[Copy, ...]:
    """The copies with her line that have left the building."""
    sign_on = sign_on_of(session, visit)
    found = where_it_went(session, visit.letter_id, sign_on.id) if sign_on else ()
    return tuple(copy_that_went(went) for went in found)


def _further(session: Session, sign_on_id: UUID) -> list[Truth]:
    asked = select(Consent.audience).where(Consent.sign_on_id == sign_on_id)
    shown = set(session.scalars(asked.where(Consent.form != Form.COUNT_ONLY)))
    told = {Audience.WEB: "withdraw.web", Audience.PRESS: "withdraw.press"}
    return [Truth(key) for audience, key in told.items() if audience in shown]

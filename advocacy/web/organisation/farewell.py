"""What is true for an organisation that comes off: what can be undone, and what no one can call back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.editions.queries import Stage, stage_for, where_line_went
from advocacy.organisations.links import Guest
from advocacy.organisations.models import OrganisationSignOn
from advocacy.web.truths import Truth, copy_that_went


def truths(session: Session, guest: Guest) -> tuple[Truth, ...]:
    """What to tell an organisation about the letter's copies, at whatever stage the letter is."""
    letter_id = guest.letter_id
    yeses = select(OrganisationSignOn.id).where(OrganisationSignOn.ask_id == guest.ask_id)
    went = where_line_went(session, letter_id, {str(id) for id in session.scalars(yeses)})
    if went:
        copies = tuple(copy_that_went(one) for one in went)
        return (Truth("off.delivered", copies), Truth("off.may_ask"), Truth("off.web"))
    stage = stage_for(session, letter_id)
    if stage is Stage.DELIVERED:
        return (Truth("off.not_in_copy"),)
    return (Truth("off.printed" if stage is Stage.PRINTED else "off.not_printed"),)

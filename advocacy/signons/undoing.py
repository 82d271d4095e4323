"""Taking a withdrawal back: for seven days, by the same link, and never to more than there was before."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in
from advocacy.people.limits import Audience
from advocacy.signons.consent import is_allowed
from advocacy.signons.giving import tell
from advocacy.signons.models import Consent, SignOn, Undo
from advocacy.signons.terms import choice_of
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import Asked, Visit, asked_of, sign_on_of

MAY_UNDO_FOR = timedelta(days=7)


class NothingToPutBack(Exception):
    """There is nothing to put back any more. Your name stays off."""


def keep_undo(session: Session, sign_on: SignOn, ended: Sequence[Consent], now: datetime) -> None:
    """Remember what a withdrawal took off, so that it can be put back."""
    consents = " ".join(str(consent.id) for consent in ended)
    session.merge(Undo(sign_on_id=sign_on.id, consents=consents, until_at=now + MAY_UNDO_FOR))
    session.flush()


def may_come_back(session: Session, visit: Visit, now: datetime) -> Sequence[Consent]:
    """What she took off that may be put back at this moment: of these very words, allowed, not yet over."""
    sign_on, asked = sign_on_of(session, visit), asked_of(session, visit, now)
    undo = session.get(Undo, sign_on.id) if sign_on is not None and sign_on.withdrawn_on is not None else None
    if undo is None or asked is None or undo.until_at <= now:
        return ()
    return [one for one in _taken_off(session, undo) if _still_allowed(one, asked, now)]


def undo_ends_at(session: Session, sign_on: SignOn) -> datetime | None:
    """Until when what was taken off can be put back."""
    undo = session.get(Undo, sign_on.id)
    return undo.until_at if undo is not None else None


def _still_allowed(consent: Consent, asked: Asked, now: datetime) -> bool:
    if consent.text_sha256 not in asked.texts or consent.latest_at <= now:
        return False
    terms = asked.terms.get(Audience(consent.audience))
    return terms is None or is_allowed(choice_of(consent), terms)


def put_back(session: Session, visit: Visit, audiences: Collection[str], *, zone: str, now: datetime) -> None:
    """Put back what she was shown and may still come back, word for word and no longer than before.

    Raises `NothingToPutBack` where nothing of it may. A name that stands already stays as it is.
    """
    invitation = take_turn(session, visit)
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is None or sign_on.withdrawn_on is None:
        return
    back = [one for one in may_come_back(session, visit, now) if one.audience in audiences]
    if not back:
        raise NothingToPutBack
    today = day_in(zone, now)
    for consent in back:
        consent.ended_on = None
        tell(session, sign_on, "put_back", today, consent.version_id, Audience(consent.audience))
    sign_on.withdrawn_on, invitation.declined_on = None, None
    audit.record(session, "sign_on.put_back", actor=None, about="sign_on", id=sign_on.id)
    session.flush()
    drop_undo(session, sign_on)


def keep_off(session: Session, visit: Visit) -> None:
    """Let nothing be put back any more: her name stays off for good, unless she signs again."""
    take_turn(session, visit)
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is not None:
        drop_undo(session, sign_on)


def drop_undo(session: Session, sign_on: SignOn) -> None:
    """Forget what could be put back, and the lines kept for it."""
    undo = session.get(Undo, sign_on.id)
    if undo is None:
        return
    for consent in _taken_off(session, undo):
        if consent.ended_on is not None:
            consent.line = None
    session.delete(undo)
    session.flush()


def forget_undos(session: Session, now: datetime) -> None:
    """Forget whatever could have been put back for long enough."""
    over = select(SignOn).join(Undo, Undo.sign_on_id == SignOn.id).where(Undo.until_at <= now)
    for sign_on in session.scalars(over.order_by(SignOn.letter_id, SignOn.id).with_for_update()).all():
        drop_undo(session, sign_on)


def _taken_off(session: Session, undo: Undo) -> Sequence[Consent]:
    ids = [UUID(id) for id in undo.consents.split()]
    return session.scalars(select(Consent).where(Consent.id.in_(ids)).order_by(Consent.audience)).all()

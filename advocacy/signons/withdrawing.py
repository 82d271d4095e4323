"""Taking names off: from one letter, or, at a spoken word, from every letter at once."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in
from advocacy.letters.models import Letter
from advocacy.people.limits import Audience
from advocacy.signons.giving import end_consents, tell
from advocacy.signons.models import Consent, Invitation, KeptChoices, SignOn
from advocacy.signons.undoing import drop_undo, keep_undo
from advocacy.wake import Bell, ring


def take_off(session: Session, sign_on: SignOn, today: date, now: datetime) -> None:
    """End what stands of one sign-on that is held, and keep it for an undo."""
    ended = end_consents(session, sign_on, today, keep_lines=True)
    keep_undo(session, sign_on, ended, now)
    sign_on.withdrawn_on = today
    tell(session, sign_on, "withdrawn", today)
    # A paper that shows her and has not left is to be destroyed at once, not at the next round.
    ring(session, Bell.FORGET)


def take_off_for_good(session: Session, sign_on: SignOn, today: date, now: datetime) -> None:
    """End what stands of one sign-on, or could still be put back."""
    if sign_on.withdrawn_on is None:
        take_off(session, sign_on, today, now)
    drop_undo(session, sign_on)


def withdraw_all(session: Session, person_id: UUID, *, by: UUID | None, zone: str, now: datetime) -> None:
    """Take this person's name off everything, because she said so; twice is once.

    The record says that it was asked, in the same words whether or not she had signed anything.
    """
    for sign_on in hold_all(session, person_id):
        if sign_on.withdrawn_on is None:
            take_off(session, sign_on, day_in(zone, now), now)
    asked = select(Invitation.id).where(Invitation.person_id == person_id)
    session.execute(delete(KeptChoices).where(KeptChoices.invitation_id.in_(asked)))
    # One entry for all: one a letter, beside this one, would tell its reader how many she had signed.
    audit.record(session, "person.withdraw_all", actor=by, about="person", id=person_id, lasting=True)
    session.flush()
    ring(session, Bell.FORGET)


def fall_to_count(session: Session, letter_id: UUID, audience: Audience, today: date) -> None:
    """Let everybody on a letter only be counted for one audience until they say otherwise, and drop undos."""
    standing = (
        select(Consent, SignOn)
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .where(SignOn.letter_id == letter_id, Consent.audience == audience, Consent.ended_on.is_(None))
    )
    for consent, sign_on in session.execute(standing.order_by(Consent.id)).all():
        consent.ended_on, consent.line = today, None
        tell(session, sign_on, "lapsed", today, consent.version_id, audience)
    for sign_on in session.scalars(select(SignOn).where(SignOn.letter_id == letter_id).order_by(SignOn.id)):
        drop_undo(session, sign_on)
    session.flush()


def hold_all(session: Session, person_id: UUID) -> Sequence[SignOn]:
    """Hold every answer of one person until the transaction ends, letter by letter as the door does."""
    asked = select(Invitation).where(Invitation.person_id == person_id).order_by(Invitation.letter_id)
    for invitation in session.scalars(asked).all():
        session.get_one(Letter, invitation.letter_id, with_for_update={"read": True})
        session.get_one(Invitation, invitation.id, with_for_update=True)
    signed = select(SignOn).where(SignOn.person_id == person_id).order_by(SignOn.letter_id)
    held = signed.with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).all()

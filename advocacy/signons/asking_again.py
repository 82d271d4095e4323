"""When the words change, whoever signed is asked once more; who did not answer hears once that she is out.

An older yes is out of force by itself, the moment other words open: nothing here has to happen for that.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from advocacy.letters.actions import open_for_signons
from advocacy.letters.models import LetterVersion, Opening
from advocacy.letters.queries import current_opening, texts_meant
from advocacy.mail.actions import queue
from advocacy.organisations.new_words import ask_about_new_words
from advocacy.people.models import Person
from advocacy.people.queries import may_write_to
from advocacy.signons.grace import GRACE
from advocacy.signons.models import Asking, Consent, Invitation, SignOn
from advocacy.signons.renewing import SentAt


class Why(StrEnum):
    """What somebody who had signed is written to about. Each is a kind of mail."""

    CHANGED = "changed"
    NEW_OFFICE = "new_office"
    LEFT_OUT = "left_out"


def open_text(
    session: Session, version_id: UUID, *, closes_at: datetime, zone: str = "", by: UUID, now: datetime
) -> Opening:
    """Open a version for signing, and ask everybody, and every organisation, on other words once more."""
    opening = open_for_signons(session, version_id, closes_at=closes_at, zone=zone, by=by, now=now)
    version = session.get_one(LetterVersion, version_id)
    for invitation in _still_on_other_words(session, version, now):
        write_once(session, invitation, Why.CHANGED, version.sha256, now)
    ask_about_new_words(session, version, now)
    return opening


def _still_on_other_words(session: Session, version: LetterVersion, now: datetime) -> Sequence[Invitation]:
    """Whoever said yes to a text before this one, has not taken it back, and said no to nothing."""
    on_others = (
        exists()
        .where(SignOn.letter_id == Invitation.letter_id, SignOn.person_id == Invitation.person_id)
        .where(SignOn.withdrawn_on.is_(None), Consent.sign_on_id == SignOn.id)
        .where(Consent.ended_on.is_(None), Consent.latest_at > now)
        .where(Consent.text_sha256.not_in(texts_meant(session, version)))
    )
    asked = select(Invitation).where(Invitation.letter_id == version.letter_id, on_others)
    return session.scalars(asked.where(Invitation.declined_on.is_(None)).order_by(Invitation.id)).all()


def has_not_answered(session: Session, invitation: Invitation, version: LetterVersion, now: datetime) -> bool:
    """Whether this person's yes is still to other words than these."""
    return any(one.id == invitation.id for one in _still_on_other_words(session, version, now))


def write_once(session: Session, invitation: Invitation, why: Why, about: str, now: datetime) -> None:
    """Note that she is asked, and ask for the mail if she may be written to; the same again is nothing."""
    same = select(Asking).where(
        Asking.invitation_id == invitation.id, Asking.why == why, Asking.about == about
    )
    if session.scalars(same).first() is not None:
        return
    asking = Asking(id=uuid4(), invitation_id=invitation.id, why=why, about=about, asked_on=now.date())
    session.add(asking)
    session.flush()
    if may_write_to(session.get_one(Person, invitation.person_id)):
        queue(session, kind=why, about=asking.id, person=invitation.person_id, now=now)


def tell_left_out(session: Session, sent_at: SentAt, now: datetime) -> int:
    """Tell whoever was asked about other words and did not answer, once the time is over; how many."""
    told = aliased(Asking)
    known = exists().where(
        told.invitation_id == Asking.invitation_id, told.why == Why.LEFT_OUT, told.about == Asking.about
    )
    asked = (
        select(Asking, Invitation)
        .join(Invitation, Invitation.id == Asking.invitation_id)
        .where(Asking.why == Why.CHANGED, ~known)
        .order_by(Asking.invitation_id)
    )
    left_out = [
        (asking, invitation)
        for asking, invitation in session.execute(asked).all()
        if _is_left_out(session, asking, invitation, sent_at, now)
    ]
    for asking, invitation in left_out:
        write_once(session, invitation, Why.LEFT_OUT, asking.about, now)
    return len(left_out)


def _is_left_out(
    session: Session, asking: Asking, invitation: Invitation, sent_at: SentAt, now: datetime
) -> bool:
    opening = current_opening(session, invitation.letter_id)
    version = session.get_one(LetterVersion, opening.version_id) if opening else None
    if opening is None or version is None or asking.about not in texts_meant(session, version):
        return False
    is_over = now >= opening.closes_at + GRACE or sent_at(session, version.id) is not None
    return is_over and has_not_answered(session, invitation, version, now)

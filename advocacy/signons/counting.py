"""What may be shown of sign-ons without opening a name: numbers."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import texts_meant
from advocacy.people.limits import Audience, Form
from advocacy.people.queries import members_of
from advocacy.signons.holding import held_back
from advocacy.signons.models import Consent, Invitation, SignOn
from advocacy.signons.queries import Signers


def not_asked(session: Session, letter_id: UUID, group_ids: Collection[UUID]) -> Sequence[UUID]:
    """Whoever in these groups has not been asked to sign this letter, each once."""
    asked = set(session.scalars(select(Invitation.person_id).where(Invitation.letter_id == letter_id)))
    return [person_id for person_id in members_of(session, group_ids) if person_id not in asked]


def would_ask(session: Session, letter_id: UUID, group_ids: Collection[UUID]) -> int:
    """How many people inviting these groups would ask who have not been asked before."""
    return len(not_asked(session, letter_id, group_ids))


def others_since_midnight(session: Session, version_id: UUID, signers: Signers, today: date) -> int:
    """How many more than the named agreed to be counted, as outsiders may read it: it grows once a day.

    Whoever watches a number all day could tell who was asked from when it moved, and who hid from a name that
    goes as the number comes. So somebody counts from the first midnight on that found her counted. Somebody
    who left counts no longer, at once: nobody is shown, not even in a number, who does not say so now. So the
    number of midnight itself cannot be shown.
    """
    return max(0, signers.others - _new_today(session, version_id, signers, today))


def _new_today(session: Session, version_id: UUID, signers: Signers, today: date) -> int:
    version = session.get_one(LetterVersion, version_id)
    texts = texts_meant(session, version)
    of_this_text = select(Consent.sign_on_id).where(Consent.text_sha256.in_(texts))
    counted = of_this_text.where(Consent.audience == Audience.COUNT)
    at_midnight = counted.where(
        Consent.given_on < today, or_(Consent.ended_on.is_(None), Consent.ended_on >= today)
    )
    hid_today = of_this_text.where(
        Consent.audience == Audience.WEB,
        Consent.form != Form.COUNT_ONLY,
        Consent.given_on < today,
        Consent.ended_on >= today,
    )
    named = select(Consent.sign_on_id).where(Consent.id.in_([one.consent_id for one in signers.individuals]))
    new = select(func.count(SignOn.id)).where(
        SignOn.letter_id == version.letter_id,
        SignOn.id.in_(counted.where(Consent.ended_on.is_(None))),
        SignOn.id.not_in(named),
        SignOn.id.not_in(held_back()),
        or_(SignOn.id.not_in(at_midnight), SignOn.id.in_(hid_today)),
    )
    return session.scalar(new) or 0

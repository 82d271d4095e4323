"""Signing with help: by voice she is only counted; to be named takes her own code, or a paper two have read.

Whoever helps keeps the roster and sees no sign-ons. So nothing here tells whether she had signed before: the
answer is the same, and what she did herself is never overturned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.clock import day_in
from advocacy.letters.models import Letter, LetterKind
from advocacy.letters.queries import open_version
from advocacy.people.limits import Audience
from advocacy.people.models import Person
from advocacy.signons.actions import NotOpen, TextChanged, make_link, sign
from advocacy.signons.consent import SPANS, Choice
from advocacy.signons.links import Purpose
from advocacy.signons.models import AssistedSignOn, Invitation
from advocacy.signons.notices import keep_notice
from advocacy.signons.previews import Wish, preview
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked, Visit, asked_of, standing, visit_of

_ONLY_COUNTED: Mapping[Audience, Wish] = {
    audience: Wish(Choice(), SPANS[audience].default_days) for audience in CHOSEN_AUDIENCES
}


class Way(StrEnum):
    """How somebody helped."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    PAPER = "paper"


class NotAsked(Exception):
    """She has not been asked to sign this letter, or it is not open now."""


def letters_for(session: Session, person_id: UUID, now: datetime) -> Sequence[Invitation]:
    """What she was asked to sign that is open now, whatever she answered. A testimony is her own to sign."""
    asked = (
        select(Invitation)
        .join(Letter, Letter.id == Invitation.letter_id)
        .where(Invitation.person_id == person_id, Letter.kind != LetterKind.TESTIMONY)
        .order_by(Invitation.invited_at, Invitation.id)
    )
    return [one for one in session.scalars(asked) if open_version(session, one.letter_id, now) is not None]


def come_for(session: Session, person_id: UUID, letter_id: UUID, now: datetime) -> tuple[Visit, Asked]:
    """This person and what she is asked, as if she had come herself, or `NotAsked`."""
    found = next((one for one in letters_for(session, person_id, now) if one.letter_id == letter_id), None)
    if found is None:
        raise NotAsked
    visit = visit_of(found, session.get_one(Person, person_id))
    asked = asked_of(session, visit, now)
    if asked is None:
        raise NotAsked
    return visit, asked


def count_by_voice(
    session: Session,
    person_id: UUID,
    letter_id: UUID,
    *,
    way: Way,
    language: str,
    text: str,
    words: str,
    by: UUID,
    zone: str,
    now: datetime,
) -> None:
    """She said yes by voice: she is counted, and never more than that. Whatever stands already is left alone.

    `words` are those that were read aloud; they are kept. `text` is the SHA-256 of the letter among them.
    """
    visit, asked = come_for(session, person_id, letter_id, now)
    if text != asked.version.sha256:
        raise TextChanged
    take_turn(session, visit)
    visit = replace(visit, by="voice", language=language)
    held = standing(session, visit)
    if not (held.is_yes_to(asked) and any(end > now for end in held.ends.values())):
        sign_for(session, visit, asked, _ONLY_COUNTED, words=words, zone=zone, now=now)
    read = keep_notice(session, language, words, day_in(zone, now))
    note_help(session, visit, asked, way, read, by=by, zone=zone, now=now)


def make_slip(session: Session, person_id: UUID, letter_id: UUID, *, by: UUID, now: datetime) -> str:
    """A fresh code for a slip of paper, with which she reads, signs and undoes it alone. It is on record."""
    visit, _ = come_for(session, person_id, letter_id, now)
    _, code = make_link(session, visit.invitation_id, Purpose.SIGN, now)
    audit.record(session, "slip.make", actor=by, about="person", id=person_id)
    return code


def sign_for(
    session: Session,
    visit: Visit,
    asked: Asked,
    wishes: Mapping[Audience, Wish],
    *,
    words: str,
    zone: str,
    now: datetime,
) -> None:
    """Write down what she said, by the same road as if she had pressed the button herself."""
    if not asked.is_open:
        raise NotOpen
    shown = preview(session, visit, asked, wishes, zone=zone, now=now)
    sign(session, visit, wishes, mark=shown.mark, words=words, zone=zone, now=now)


def note_help(
    session: Session,
    visit: Visit,
    asked: Asked,
    way: Way,
    read: str,
    *,
    by: UUID,
    confirmed_by: UUID | None = None,
    zone: str,
    now: datetime,
) -> None:
    """Write down who helped and what was read; the same on the same day is the same."""
    told = {
        "invitation_id": visit.invitation_id,
        "version_id": asked.version.id,
        "way": way,
        "helped_by": by,
        "confirmed_by": confirmed_by,
        "text_sha256": asked.version.sha256,
        "read_sha256": read,
        "language": visit.language,
        "helped_on": day_in(zone, now),
    }
    if session.scalars(select(AssistedSignOn).filter_by(**told)).first() is None:
        session.add(AssistedSignOn(id=uuid4(), **told))
        audit.record(session, "sign_on.assist", actor=by, about="person", id=visit.person_id, why=way)
    session.flush()

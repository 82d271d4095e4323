"""Everything asked about letters."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from advocacy.letters.models import (
    ChangeKind,
    Letter,
    LetterApproval,
    LetterVersion,
    Opening,
    Recipient,
    TestimonyHeader,
    TextChange,
)
from advocacy.letters.venues import is_public
from advocacy.looking_once import looked_up_once


def letter(session: Session, letter_id: UUID) -> Letter | None:
    """The letter, when there is one."""
    return session.get(Letter, letter_id)


def letters(session: Session) -> Sequence[Letter]:
    """Every letter, the newest first."""
    return session.scalars(select(Letter).order_by(Letter.begun_at.desc(), Letter.id)).all()


def versions(session: Session, letter_id: UUID) -> Sequence[LetterVersion]:
    """Every version of a letter, the first one first."""
    asked = select(LetterVersion).where(LetterVersion.letter_id == letter_id).order_by(LetterVersion.n)
    return session.scalars(asked).all()


@looked_up_once
def latest_version(session: Session, letter_id: UUID) -> LetterVersion | None:
    """The newest words of a letter."""
    asked = select(LetterVersion).where(LetterVersion.letter_id == letter_id).order_by(LetterVersion.n.desc())
    return session.scalars(asked.limit(1)).first()


def version(session: Session, version_id: UUID) -> LetterVersion | None:
    """One version, when there is one."""
    return session.get(LetterVersion, version_id)


def approval(session: Session, version_id: UUID) -> LetterApproval | None:
    """Who stands behind a version beside its writer."""
    return session.get(LetterApproval, version_id)


@looked_up_once
def current_opening(session: Session, letter_id: UUID) -> Opening | None:
    """The newest opening of a letter: the version people are asked to sign. It may have closed."""
    asked = select(Opening).join(LetterVersion, LetterVersion.id == Opening.version_id)
    newest = asked.where(Opening.letter_id == letter_id).order_by(
        Opening.opened_at.desc(), LetterVersion.n.desc()
    )
    return session.scalars(newest.limit(1)).first()


def open_version(session: Session, letter_id: UUID, now: datetime) -> LetterVersion | None:
    """The version that can be signed at this moment."""
    opening = current_opening(session, letter_id)
    if opening is None or not opening.opened_at <= now < opening.closes_at:
        return None
    return session.get(LetterVersion, opening.version_id)


def change_between(session: Session, version_id: UUID, before_id: UUID) -> TextChange | None:
    """What was settled about what a version changes in the one before it; nothing while nothing is."""
    return session.get(TextChange, (version_id, before_id))


def texts_meant(session: Session, version: LetterVersion) -> frozenset[str]:
    """The texts a yes to which is a yes to this version: its own, and those in which it only mended typos."""
    mended = _mended(session, version.letter_id)
    meant = {version.sha256}
    while more := {before for after, before in mended if after in meant} - meant:
        meant |= more
    return frozenset(meant)


def texts_akin(session: Session, version: LetterVersion) -> frozenset[str]:
    """Every text that says what this version says, with or without its typos."""
    mended = _mended(session, version.letter_id)
    akin = {version.sha256}
    while more := {text for pair in mended if akin & set(pair) for text in pair} - akin:
        akin |= more
    return frozenset(akin)


_AFTER, _BEFORE = aliased(LetterVersion), aliased(LetterVersion)
# Put together once: it is asked several times for every list of names; building it took longer than asking.
_MENDED = (
    select(_AFTER.sha256, _BEFORE.sha256)
    .select_from(TextChange)
    .join(_AFTER, _AFTER.id == TextChange.version_id)
    .join(_BEFORE, _BEFORE.id == TextChange.before_id)
    .where(_AFTER.letter_id == bindparam("letter"), _BEFORE.letter_id == bindparam("letter"))
    .where(TextChange.kind == ChangeKind.TYPO)
)


@looked_up_once
def _mended(session: Session, letter_id: UUID) -> Sequence[tuple[str, str]]:
    """Which text two people agreed to be another without its typos: pairs of (after, before)."""
    return [(after, before) for after, before in session.execute(_MENDED, {"letter": letter_id})]


@looked_up_once
def recipients(session: Session, letter_id: UUID) -> Sequence[Recipient]:
    """The offices a letter goes to, in the order it names them."""
    asked = select(Recipient).where(Recipient.letter_id == letter_id).order_by(Recipient.order)
    return session.scalars(asked).all()


def header(session: Session, letter_id: UUID) -> TestimonyHeader | None:
    """The box at the top of a testimony."""
    return session.get(TestimonyHeader, letter_id)


def office_marks(offices: Sequence[Recipient]) -> tuple[str, ...]:
    """A mark for each office, so that a new one is asked about alone."""
    return tuple(sorted({office_mark(office) for office in offices}))


def office_mark(office: Recipient) -> str:
    """A short fingerprint of an office in its venue; it changes when either does.

    It also changes when the venue begins, or ends, to make public what it gets: who was told "only a number"
    there, or "a line", was told so of another office.
    """
    public = "|public" if is_public(office.venue) else ""
    return sha256(f"{office.venue}|{office.office}{public}".encode()).hexdigest()[:16]

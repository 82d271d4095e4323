"""A new text that only mends typos: one person says so, another agrees, and whoever signed stays signed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.actions import NotApproved, Overtaken
from advocacy.letters.models import ChangeKind, Letter, LetterApproval, LetterVersion, Opening, TextChange
from advocacy.letters.queries import change_between, current_opening, latest_version
from advocacy.letters.weighing import more_than_a_typo


class MoreThanATypo(Exception):
    """This changes more than a typo, so everybody who signed is asked again."""


class OwnTypo(Exception):
    """You said yourself that it is only a typo. Somebody else has to look at it and agree."""


class NothingSaid(Exception):
    """Nobody says that this is only a typo. Look at the letter again."""


def say_typo(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> TextChange:
    """Say that a version only mends typos in the one people signed. Nothing changes until somebody agrees."""
    version, before = _both(session, version_id)
    if session.get(LetterApproval, version_id) is None:
        raise NotApproved
    said = change_between(session, version_id, before.id)
    if said is not None and said.kind == ChangeKind.TYPO:
        return said
    if said is not None or more_than_a_typo(session, version, before):
        raise MoreThanATypo
    said = TextChange(
        version_id=version_id, before_id=before.id, kind=ChangeKind.TYPO, proposed_by=by, proposed_at=now
    )
    session.add(said)
    audit.record(session, "letter.typo.propose", actor=by, about="letter_version", id=version_id)
    session.flush()
    return said


def agree_typo(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> None:
    """Agree that it is only a typo: the version takes the place of the one before, and every yes stands."""
    version = session.get_one(LetterVersion, version_id)
    session.get_one(Letter, version.letter_id, with_for_update=True)
    opening = current_opening(session, version.letter_id)
    if opening is not None and opening.version_id == version_id:
        return
    version, before = _both(session, version_id)
    said = _said(session, version, before)
    if said.proposed_by == by:
        raise OwnTypo
    if more_than_a_typo(session, version, before):
        raise MoreThanATypo
    said.confirmed_by, said.confirmed_at = by, now
    _take_over(session, version, by, now)
    audit.record(session, "letter.typo.agree", actor=by, about="letter_version", id=version_id)
    session.flush()


def deny_typo(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> None:
    """Say that it changes the meaning after all. From then on it can only be opened as a new text."""
    said = _said(session, *_both(session, version_id))
    said.kind, said.reasons = ChangeKind.MATERIAL, "said by a second person"
    audit.record(session, "letter.typo.deny", actor=by, about="letter_version", id=version_id)
    session.flush()


def _both(session: Session, version_id: UUID) -> tuple[LetterVersion, LetterVersion]:
    """The version, which is the newest one, and the one people were last asked to sign."""
    version = session.get_one(LetterVersion, version_id)
    session.get_one(Letter, version.letter_id, with_for_update=True)
    opening = current_opening(session, version.letter_id)
    newest = latest_version(session, version.letter_id)
    if opening is None or opening.version_id == version_id or newest is None or newest.id != version_id:
        raise Overtaken
    return version, session.get_one(LetterVersion, opening.version_id)


def _said(session: Session, version: LetterVersion, before: LetterVersion) -> TextChange:
    said = change_between(session, version.id, before.id)
    if said is None or said.kind != ChangeKind.TYPO:
        raise NothingSaid
    return said


def _take_over(session: Session, version: LetterVersion, by: UUID, now: datetime) -> None:
    # A mended typo is no reason to give anybody more time, or less; a letter that had closed stays closed.
    before = current_opening(session, version.letter_id)
    if before is None:
        raise Overtaken
    session.add(
        Opening(
            id=uuid4(),
            letter_id=version.letter_id,
            version_id=version.id,
            opened_by=by,
            opened_at=now,
            closes_at=before.closes_at,
            closes_zone=before.closes_zone,
        )
    )

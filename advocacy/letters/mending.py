"""A new text that only mends typos: one person says so, another agrees, and whoever signed stays signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.actions import NotApproved, Overtaken
from advocacy.letters.models import ChangeKind, Letter, LetterApproval, LetterVersion, Opening, TextChange
from advocacy.letters.queries import change_between, current_opening, latest_version
from advocacy.letters.weighing import more_than_a_typo
from advocacy.people.actions import ProposalEnded, propose, second, use
from advocacy.people.models import SecondedAct
from advocacy.people.queries import proposal, proposals_waiting

ACT = "letter.typo"
STANDS_FOR_HOURS = 72


class MoreThanATypo(Exception):
    """This changes more than a typo, so everybody who signed is asked again."""


class NothingSaid(Exception):
    """Nobody says that this is only a typo. Look at the letter again."""


@dataclass(frozen=True)
class SaidTypo:
    """Somebody says that a version only mends typos in the one people were asked to sign."""

    act: SecondedAct
    version: LetterVersion
    before: LetterVersion


def say_typo(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> SecondedAct:
    """Say that a version only mends typos in the one people signed. Nothing changes until somebody agrees."""
    version = _hold(session, version_id)
    before = _signed_before(session, version)
    if before is None:
        raise Overtaken
    if session.get(LetterApproval, version_id) is None:
        raise NotApproved
    _check(session, version, before)
    mark = _mark(version, before)
    return propose(session, ACT, version_id, hash=mark, by=by, now=now, hours=STANDS_FOR_HOURS)


def agree_typo(session: Session, act: SecondedAct, *, by: UUID, now: datetime) -> None:
    """Agree that it is only a typo: the version takes the place of the one before, and every yes stands.

    Raises `SamePerson`, `MoreThanATypo`, or `ProposalEnded` where it was about other words than today's.
    Agreeing to what two agreed to already changes nothing.
    """
    version = _hold(session, act.about_id)
    session.refresh(act)
    if act.used_at is not None:
        return  # two who agreed at once, or one who pressed twice
    before = _signed_before(session, version)
    if before is None or (act.act, act.hash) != (ACT, _mark(version, before)):
        raise ProposalEnded
    _check(session, version, before)
    second(session, act.id, by=by, now=now)
    use(session, ACT, version.id, hash=act.hash, now=now)
    session.add(TextChange(version_id=version.id, before_id=before.id, kind=ChangeKind.TYPO))
    _take_over(session, version, by, now)
    audit.record(session, ACT, actor=by, about="letter_version", id=version.id)
    session.flush()


def deny_typo(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> None:
    """Say that it changes the meaning after all. From then on it can only be opened as a new text."""
    _hold(session, version_id)
    said = said_typo(session, version_id, now)
    if said is None:
        raise NothingSaid
    said.act.until_at = now
    denied = TextChange(version_id=version_id, before_id=said.before.id, kind=ChangeKind.MATERIAL)
    denied.reasons = "said by a second person"
    session.add(denied)
    audit.record(session, "letter.typo.deny", actor=by, about="letter_version", id=version_id)
    session.flush()


def said_typo(session: Session, version_id: UUID, now: datetime) -> SaidTypo | None:
    """What waits for somebody to agree that this version only mends typos; nothing where nothing does."""
    version = session.get_one(LetterVersion, version_id)
    before = _signed_before(session, version)
    act = proposal(session, ACT, version_id, _mark(version, before), now) if before else None
    return SaidTypo(act, version, before) if before and act else None


def said_typos(session: Session, now: datetime) -> Sequence[SaidTypo]:
    """Every typo that waits for somebody to agree, where its words are still the newest."""
    about = [act.about_id for act in proposals_waiting(session, now) if act.act == ACT]
    return [said for one in dict.fromkeys(about) if (said := said_typo(session, one, now))]


def _hold(session: Session, version_id: UUID) -> LetterVersion:
    """The version, while nobody else may open or write one of its letter."""
    version = session.get_one(LetterVersion, version_id)
    session.get_one(Letter, version.letter_id, with_for_update=True)
    return version


def _signed_before(session: Session, version: LetterVersion) -> LetterVersion | None:
    """What people were last asked to sign before this version, while it is the newest and not open yet."""
    opening = current_opening(session, version.letter_id)
    newest = latest_version(session, version.letter_id)
    if opening is None or opening.version_id == version.id or newest is None or newest.id != version.id:
        return None
    return session.get_one(LetterVersion, opening.version_id)


def _check(session: Session, version: LetterVersion, before: LetterVersion) -> None:
    settled = change_between(session, version.id, before.id)
    if settled is not None or more_than_a_typo(session, version, before):
        raise MoreThanATypo


def _mark(version: LetterVersion, before: LetterVersion) -> str:
    return sha256(f"{before.sha256} {version.sha256}".encode()).hexdigest()


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

"""Asking people: groups of at least five, by rule, never hand-picked; a witness is asked as a witness."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import Letter, LetterKind
from advocacy.letters.queries import open_version
from advocacy.mail.actions import queue
from advocacy.people.models import Person
from advocacy.people.queries import group_size, may_write_to, people_at
from advocacy.signons.actions import NotOpen
from advocacy.signons.counting import not_asked
from advocacy.signons.models import Invitation

FEWEST_IN_A_GROUP = 5


class GroupTooSmall(Exception):
    """Choose groups of at least five people, so that nobody is hand-picked."""


class TooFewNew(Exception):
    """Fewer than five of these people have not been asked yet. They wait until there are five."""


class NotAWitness(Exception):
    """Only a testimony asks one person alone."""


class OneWitness(Exception):
    """A testimony has one witness. Ask her by herself; groups are asked to sign letters."""


class NoGroup(Exception):
    """Choose at least one group to invite."""


def invite(session: Session, letter_id: UUID, group_ids: Collection[UUID], *, by: UUID, now: datetime) -> int:
    """Ask everybody in these groups who has not been asked; the number of people asked now.

    It is none, or at least five: one who joined a group that was asked before would be asked alone.
    Invitations and the messages that carry them are one transaction.
    """
    if not group_ids:
        raise NoGroup
    if any(group_size(session, group_id) < FEWEST_IN_A_GROUP for group_id in group_ids):
        raise GroupTooSmall
    if _in_turn(session, letter_id).kind == LetterKind.TESTIMONY:
        raise OneWitness
    if open_version(session, letter_id, now) is None:
        raise NotOpen
    new = not_asked(session, letter_id, group_ids)
    if 0 < len(new) < FEWEST_IN_A_GROUP:
        raise TooFewNew
    asked_now = sum(_ask(session, letter_id, person_id, by, now) for person_id in new)
    audit.record(session, "letter.invite", actor=by, about="letter", id=letter_id, why=f"{asked_now} asked")
    return asked_now


def ask_witness(session: Session, letter_id: UUID, person_id: UUID, *, by: UUID, now: datetime) -> bool:
    """Ask one person to be the witness of a testimony; whether she was asked only now."""
    _begin_asking(session, letter_id, by, now)
    return _ask(session, letter_id, person_id, by, now)


def ask_witness_at(session: Session, letter_id: UUID, email: str, *, by: UUID, now: datetime) -> None:
    """Ask whoever reads mail at this address to be the witness.

    What is refused, and what goes on record, is the same for an address that nobody here has.
    """
    _begin_asking(session, letter_id, by, now)
    here = people_at(session, email)
    # Several people may read one mailbox; nobody is picked among them.
    if len(here) == 1:
        _ask(session, letter_id, here[0].id, by, now)


def _begin_asking(session: Session, letter_id: UUID, by: UUID, now: datetime) -> None:
    if _in_turn(session, letter_id).kind != LetterKind.TESTIMONY:
        raise NotAWitness
    if open_version(session, letter_id, now) is None:
        raise NotOpen
    audit.record(session, "letter.ask_witness", actor=by, about="letter", id=letter_id)


def _in_turn(session: Session, letter_id: UUID) -> Letter:
    # Two who press at once ask one after the other, so that the second finds everybody asked.
    return session.get_one(Letter, letter_id, with_for_update=True)


def _ask(session: Session, letter_id: UUID, person_id: UUID, by: UUID, now: datetime) -> bool:
    same = select(Invitation).where(Invitation.letter_id == letter_id, Invitation.person_id == person_id)
    if session.scalars(same).first() is not None:
        return False
    invitation = Invitation(
        id=uuid4(), letter_id=letter_id, person_id=person_id, invited_by=by, invited_at=now
    )
    session.add(invitation)
    session.flush()
    person = session.get_one(Person, person_id)
    if may_write_to(person):
        queue(session, kind="invitation", about=invitation.id, person=person_id, now=now)
    return True

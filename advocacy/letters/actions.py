"""What may be done to a letter: write a version, name its recipients, approve it, open it for sign-ons."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import (
    Letter,
    LetterApproval,
    LetterKind,
    LetterVersion,
    Opening,
    Recipient,
    TestimonyHeader,
)
from advocacy.letters.queries import current_opening, latest_version, office_mark, recipients
from advocacy.letters.weighing import note_other_words
from advocacy.people.custody import check_copies


class Overtaken(Exception):
    """Somebody else saved a newer version meanwhile. Your words are kept; compare and save again."""


class OwnApproval(Exception):
    """Nobody approves alone what they wrote. Ask another person to read it."""


class NotApproved(Exception):
    """This version has not been approved yet."""


class NoRecipient(Exception):
    """Say first which office this goes to: signers are told before they choose."""


class EmptyText(Exception):
    """A letter needs a title and a text."""


class HiddenCharacter(Exception):
    """This text has a hidden character in it that could change what a reader sees. Please type it again."""


class ClosedAlready(Exception):
    """This moment has passed already. Please choose a later one."""


@dataclass(frozen=True)
class Office:
    """One office a letter goes to, and the body whose rules apply there."""

    office: str
    salutation: str
    address: str
    venue: str
    email: str | None = None


@dataclass(frozen=True)
class Header:
    """What stands in the box at the top of a testimony."""

    bill: str
    bill_title: str
    committee: str
    hearing_on: date
    place: str = ""


def text_hash(title: str, body: str) -> str:
    """The SHA-256 a consent is bound to: over title and text, and nothing else."""
    return sha256(f"{title}\0{body}".encode()).hexdigest()


def begin_letter(
    session: Session,
    *,
    kind: str,
    language: str = "en",
    stance: str | None = None,
    implies_survivor: bool = False,
    by: UUID,
    now: datetime,
) -> Letter:
    """Begin a letter; it has no words yet."""
    letter = Letter(
        id=uuid4(),
        kind=kind,
        language=language,
        stance=stance,
        implies_survivor=implies_survivor,
        begun_at=now,
        begun_by=by,
        pay_dollars=None if kind == LetterKind.TESTIMONY else 0,
    )
    session.add(letter)
    session.flush()
    return letter


def write_version(
    session: Session,
    letter_id: UUID,
    *,
    title: str,
    body: str,
    by: UUID,
    based_on: int,
    now: datetime,
    spoken: str = "",
    note: str = "",
) -> LetterVersion:
    """Save the next version, unless somebody was quicker. The same words twice are saved once.

    Only a testimony is read aloud. Other letters keep no spoken words, as no page would show them.
    """
    title, body, spoken = " ".join(title.split()), _tidy(body), _tidy(spoken)
    _check(title, body, spoken)
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    spoken = spoken if letter.kind == LetterKind.TESTIMONY else ""
    last = latest_version(session, letter_id)
    if last and (last.title, last.body, last.spoken) == (title, body, spoken):
        return last
    if (last.n if last else 0) != based_on:
        raise Overtaken
    version = LetterVersion(
        id=uuid4(),
        letter_id=letter_id,
        n=based_on + 1,
        title=title,
        body=body,
        spoken=spoken,
        sha256=text_hash(title, body),
        note=note.strip(),
        written_by=by,
        written_at=now,
    )
    session.add(version)
    session.flush()
    return version


def _check(title: str, body: str, spoken: str) -> None:
    if not title or not body:
        raise EmptyText
    if any(_hides(character) for character in title + body + spoken):
        raise HiddenCharacter


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _hides(character: str) -> bool:
    # A NUL would let two different texts have one hash; the others make a reader see another text.
    return character in "\u202d\u202e" or (
        unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
    )


def set_recipients(session: Session, letter_id: UUID, offices: Iterable[Office]) -> None:
    """Say which offices get the letter, in this order. No consent carries over to a new office."""
    known = {office_mark(row): row for row in recipients(session, letter_id)}
    for order, office in enumerate(dict.fromkeys(offices)):
        row = Recipient(
            id=uuid4(),
            letter_id=letter_id,
            office=office.office,
            salutation=office.salutation,
            address=office.address,
            email=office.email,
            venue=office.venue,
            order=order,
        )
        # An office that stays keeps its row: what was delivered to it points there.
        before = known.pop(office_mark(row), None)
        if before is not None:
            row.id = before.id
        session.merge(row)
    for gone in known.values():
        session.delete(gone)
    session.flush()


def set_header(session: Session, letter_id: UUID, header: Header) -> None:
    """Fill the box at the top of a testimony."""
    session.merge(
        TestimonyHeader(
            letter_id=letter_id,
            bill=header.bill,
            bill_title=header.bill_title,
            committee=header.committee,
            hearing_on=header.hearing_on,
            place=header.place,
        )
    )
    session.flush()


def approve(session: Session, version_id: UUID, *, by: UUID, now: datetime) -> None:
    """Stand behind a version somebody else wrote; twice is once."""
    version = session.get_one(LetterVersion, version_id, with_for_update=True)
    if version.written_by == by:
        raise OwnApproval
    if session.get(LetterApproval, version_id) is None:
        session.add(LetterApproval(version_id=version_id, approved_by=by, approved_at=now))
        audit.record(session, "letter.approve", actor=by, about="letter_version", id=version_id)
        session.flush()


def open_for_signons(
    session: Session, version_id: UUID, *, closes_at: datetime, zone: str = "", by: UUID, now: datetime
) -> Opening:
    """Let people sign this approved version until a moment. Opening the open version moves its end.

    `zone` names the clocks the moment was meant by; left out, those of before stay, or the network's.
    Where nobody could sign before, it raises `CopiesMissing` until two copies of the keys are proved.
    """
    version = session.get_one(LetterVersion, version_id)
    session.get_one(Letter, version.letter_id, with_for_update=True)
    opening = before = current_opening(session, version.letter_id)
    if closes_at > now:  # closing needs nothing: whatever is missing, nobody signs any more
        _check_ready(session, version)
        if not _is_open(opening, version_id, now):
            check_copies(session, now.date())
    if opening is not None and opening.version_id == version_id:
        opening.closes_at, opening.closes_zone = closes_at, zone or opening.closes_zone
    elif closes_at <= now:
        raise ClosedAlready
    else:
        opening = Opening(
            id=uuid4(),
            letter_id=version.letter_id,
            version_id=version_id,
            opened_by=by,
            opened_at=now,
            closes_at=closes_at,
            closes_zone=zone or None,
        )
        session.add(opening)
        if before is not None:
            note_other_words(session, version, session.get_one(LetterVersion, before.version_id))
    audit.record(session, "letter.open", actor=by, about="letter_version", id=version_id)
    session.flush()
    return opening


def _check_ready(session: Session, version: LetterVersion) -> None:
    if session.get(LetterApproval, version.id) is None:
        raise NotApproved
    if not recipients(session, version.letter_id):
        raise NoRecipient


def _is_open(opening: Opening | None, version_id: UUID, now: datetime) -> bool:
    return opening is not None and opening.version_id == version_id and opening.closes_at > now

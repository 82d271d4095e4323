"""Puts a version, its offices and its signers together as the values a letter is printed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from advocacy.letters.content import Content, LetterContent, Line, Office, Signatories, TestimonyContent
from advocacy.letters.models import Letter, LetterKind, LetterVersion, Recipient
from advocacy.letters.queries import header, recipients
from advocacy.letters.venues import stance_word
from advocacy.signons.queries import Signers

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}


class NoWitness(Exception):
    """A testimony needs its witness's line. She has not agreed, or not to what this office makes public."""


class NoHeader(Exception):
    """Fill in the box at the top first: bill, committee and hearing date."""


@dataclass(frozen=True)
class Letterhead:
    """What stands above every letter: the network and how to reach it, never a member."""

    network_name: str
    contact: tuple[str, ...]
    zone: str


def content_for(
    session: Session,
    version: LetterVersion,
    signers: Signers,
    letterhead: Letterhead,
    day: date,
    goes_to: Sequence[Recipient] | None = None,
) -> Content:
    """Everything one print may say, to these offices or to all of the letter's.

    Raises `NoWitness` or `NoHeader` for a testimony that is not ready.
    """
    letter = session.get_one(Letter, version.letter_id)
    offices = recipients(session, letter.id) if goes_to is None else goes_to
    if letter.kind == LetterKind.TESTIMONY:
        return _testimony(session, letter, version, offices, signers, letterhead, day)
    return LetterContent(
        language=letter.language,
        network_name=letterhead.network_name,
        contact=letterhead.contact,
        date_line=long_date(day, letter.language),
        recipients=tuple(_office(office) for office in offices),
        re_line=version.title,
        title=version.title,
        body=version.body,
        signatories=Signatories(
            organisations=tuple(signer.line for signer in signers.organisations),
            individuals=tuple(signer.line for signer in signers.individuals),
            others=signers.others,
        ),
        version_label=_label(version),
        sha256=version.sha256,
        salutation=_salutation(offices, letter.language),
    )


def _testimony(
    session: Session,
    letter: Letter,
    version: LetterVersion,
    offices: Sequence[Recipient],
    signers: Signers,
    letterhead: Letterhead,
    day: date,
) -> TestimonyContent:
    box = header(session, letter.id)
    if box is None:
        raise NoHeader
    if len(signers.individuals) != 1:
        raise NoWitness
    hearing = long_date(box.hearing_on, letter.language)
    return TestimonyContent(
        language=letter.language,
        network_name=letterhead.network_name,
        contact=letterhead.contact,
        date_line=long_date(day, letter.language),
        bill=box.bill,
        bill_title=box.bill_title,
        committee=box.committee,
        hearing_line=f"{hearing}, {box.place}" if box.place else hearing,
        stance_word=_stance_word(letter, offices),
        title=version.title,
        witness=Line(signers.individuals[0].line),
        body=version.body,
        version_label=_label(version),
        sha256=version.sha256,
        salutation=_salutation(offices, letter.language),
        spoken=version.spoken,
    )


def _stance_word(letter: Letter, offices: Sequence[Recipient]) -> str:
    return stance_word(offices[0].venue if offices else "", letter.stance or "no_position")


def _office(recipient: Recipient) -> Office:
    lines = [recipient.office, *recipient.address.splitlines()]
    return Office(tuple(line.strip() for line in lines if line.strip()))


def _salutation(offices: Sequence[Recipient], language: str) -> str:
    named = [office.salutation.strip() for office in offices if office.salutation.strip()]
    if len(named) == 1:
        return named[0] if named[0].endswith((",", ":")) else f"{named[0]}:"
    if language == "es":
        return "Estimados miembros del Congreso:"
    leads = [any(word in one for word in ("Chair", "Ranking")) for one in named]
    return "Dear Chairs and Ranking Members:" if all(leads) else "Dear Members:"


def _label(version: LetterVersion) -> str:
    return f"Version {version.n} · {version.sha256[:8]}"


def long_date(day: date, language: str = "en") -> str:
    """A day as it is written at the head of a letter."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"

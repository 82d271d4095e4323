"""What anybody may read of a letter once a copy of it has left, worked out anew at every reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.editions.models import Delivery
from advocacy.editions.queries import delivered_letters, editions, first_sent_at, left
from advocacy.letters.content import in_printed_order
from advocacy.letters.models import Letter, LetterKind, LetterVersion
from advocacy.organisations.logos import Logo, logos_shown
from advocacy.people.limits import Audience
from advocacy.signons.counting import others_since_midnight
from advocacy.signons.models import Consent
from advocacy.signons.queries import Signer, Signers, signers_for


@dataclass(frozen=True)
class PublicLine:
    """A letter that has left, as one line of a list. It names nobody."""

    id: UUID
    title: str
    language: str
    is_testimony: bool
    sent_on: date
    offices: tuple[str, ...]


@dataclass(frozen=True)
class PublicLetter:
    """A letter that has left: its text, and who agreed to stand under it on the web at this moment."""

    line: PublicLine
    body: str
    organisations: tuple[str, ...]
    individuals: tuple[str, ...]
    others: int
    logos: Mapping[str, Logo]


def public_letters(session: Session, now: datetime, zone: str) -> tuple[PublicLine, ...]:
    """Every letter that anybody may read, the last one sent first."""
    found = (public_letter(session, id, now, zone) for id in delivered_letters(session))
    lines = [letter.line for letter in found if letter]
    return tuple(sorted(lines, key=lambda line: (-line.sent_on.toordinal(), line.title.casefold())))


def public_letter(session: Session, letter_id: UUID, now: datetime, zone: str) -> PublicLetter | None:
    """The text that last left, with those who may be shown on the web now; None while nothing may be read."""
    letter = session.get(Letter, letter_id)
    version = _version_sent(session, letter_id)
    if letter is None or version is None:
        return None
    copies = _copies_of(session, version)
    sent_at = min(copy.delivered_at for copy in copies)
    first_at = first_sent_at(session, version.id)
    signers = signers_for(session, version.id, Audience.WEB, now, sent_at=first_at)
    if letter.kind == LetterKind.TESTIMONY and not _shows_herself(session, signers):
        return None
    line = PublicLine(
        id=letter.id,
        title=version.title,
        language=letter.language,
        is_testimony=letter.kind == LetterKind.TESTIMONY,
        sent_on=day_in(zone, sent_at),
        offices=tuple(dict.fromkeys(copy.office for copy in copies)),
    )
    return PublicLetter(
        line=line,
        body=version.body,
        organisations=_lines(signers.organisations),
        individuals=_lines(signers.individuals),
        others=others_since_midnight(session, version.id, signers, day_in(zone, now)),
        logos=logos_shown(session, version) if signers.organisations else {},
    )


def _lines(signers: Sequence[Signer]) -> tuple[str, ...]:
    return in_printed_order(signer.line for signer in signers)


def _version_sent(session: Session, letter_id: UUID) -> LetterVersion | None:
    gone = (one for one in editions(session, letter_id) if left(session, one.id))
    newest = next(gone, None)
    return session.get_one(LetterVersion, newest.version_id) if newest else None


def _copies_of(session: Session, version: LetterVersion) -> Sequence[Delivery]:
    """The copies of exactly this text that are out, the first one first."""
    copies = [
        copy
        for one in editions(session, version.letter_id)
        if session.get_one(LetterVersion, one.version_id).sha256 == version.sha256
        for copy in left(session, one.id)
    ]
    return sorted(copies, key=lambda copy: copy.delivered_at)


def _shows_herself(session: Session, signers: Signers) -> bool:
    """Whether a testimony's witness stands on the web just as she stood on paper.

    A testimony tells about its witness in every line, and may say her name. Somebody who chose to be seen
    less on the web than by the office would be given away by the text, so then nothing of it is public.
    """
    if len(signers.individuals) != 1:
        return False
    shown = session.get_one(Consent, signers.individuals[0].consent_id)
    on_paper = select(Consent.id).where(
        Consent.sign_on_id == shown.sign_on_id,
        Consent.text_sha256 == shown.text_sha256,
        Consent.audience == Audience.RECIPIENT,
        Consent.form == shown.form,
        Consent.survivor == shown.survivor,
    )
    return session.scalars(on_paper.limit(1)).first() is not None

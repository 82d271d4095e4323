"""Who may be shown, to whom, at a moment. `signers_for` is the only road to a printed name."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import current_opening, office_marks, recipients, texts_meant
from advocacy.organisations.queries import standing_on
from advocacy.people.limits import Audience, Limits
from advocacy.people.models import LimitRaise, Person
from advocacy.people.queries import limits_of, names_of, roster
from advocacy.signons.consent import Outcome, revealed
from advocacy.signons.holding import held_back
from advocacy.signons.judging import Judging, becomes_public, standing_under
from advocacy.signons.models import Consent, Invitation, SignOn
from advocacy.signons.small_numbers import FEW, NOT_TOLD, told, told_part
from advocacy.signons.terms import choice_of

NAMES_CHECK = "names.check"
"""What is put on record whenever names are opened only to see that a print does not hold them."""


@dataclass(frozen=True, order=True)
class Signer:
    """One printed line, and the consent it rests on."""

    line: str
    consent_id: UUID


@dataclass(frozen=True)
class Signers:
    """Everybody one output may show: organisations, individuals, and how many more agreed to be counted."""

    organisations: tuple[Signer, ...]
    individuals: tuple[Signer, ...]
    others: int

    @property
    def total(self) -> int:
        """Everybody this output speaks for."""
        return len(self.organisations) + len(self.individuals) + self.others


@dataclass(frozen=True)
class Progress:
    """How a letter's sign-on goes, in numbers only."""

    invited: int
    signed: int
    organisations: int

    @property
    def invited_told(self) -> str:
        """How many were asked, as the office may read it."""
        return told(self.invited)

    @property
    def signed_told(self) -> str:
        """How many said yes, as the office may read it: nobody can tell from it who has not answered."""
        return told_part(self.signed, self.invited)

    @property
    def has_many(self) -> bool:
        """Whether it may be told that five or more said yes."""
        return self.signed_told not in (FEW, NOT_TOLD)


def signers_for(
    session: Session,
    version_id: UUID,
    audience: Audience,
    at: datetime,
    *,
    offices: Collection[str] | None = None,
    sent_at: datetime | None = None,
) -> Signers:
    """Who may be shown to an audience at a moment, sorted by what is printed.

    For the recipients, `offices` are the marks of those the output goes to (when left out: all of the
    letter's), and `sent_at` is when it was first sent. Where one of them makes public what it gets, a line
    needs her yes to the web for no less. Whoever is left out is in none of the values. Once another text is
    open for signing, nobody stands under this one any more.
    """
    version = session.get_one(LetterVersion, version_id)
    if not is_current(session, version):
        return Signers((), (), 0)
    standing = standing_under(session, version, {audience, Audience.WEB, Audience.COUNT})
    goes_to = _offices(session, version, audience, offices)
    judging = Judging.of(session, version, standing, at, offices=goes_to, sent_at=sent_at)
    named: dict[UUID, Signer] = {}
    counted: set[UUID] = set()
    for consent, sign_on, person in standing:
        if consent.audience not in (audience, Audience.COUNT):
            continue
        outcome = judging.outcome(consent, person)
        if outcome is Outcome.LINE and consent.audience == audience and consent.line is not None:
            named[sign_on.id] = Signer(_open_line(session, person, consent), consent.id)
        elif outcome is Outcome.COUNT and consent.audience == Audience.COUNT:
            counted.add(sign_on.id)
    return Signers(
        organisations=_organisations(session, version),
        individuals=tuple(sorted(named.values())),
        others=len(counted - named.keys()),
    )


def _offices(
    session: Session, version: LetterVersion, audience: Audience, offices: Collection[str] | None
) -> frozenset[str]:
    if audience is not Audience.RECIPIENT:
        return frozenset()
    return frozenset(office_marks(recipients(session, version.letter_id)) if offices is None else offices)


def is_current(session: Session, version: LetterVersion) -> bool:
    """Whether this is the text people were last asked to sign, or that text before its typos were mended."""
    opening = current_opening(session, version.letter_id)
    if opening is None:
        return False
    return version.sha256 in texts_meant(session, session.get_one(LetterVersion, opening.version_id))


def _open_line(session: Session, person: Person, consent: Consent) -> str:
    return vault.unseal(session, person.id, "consent", "line", consent.id, consent.line or b"")


def _organisations(session: Session, version: LetterVersion) -> tuple[Signer, ...]:
    return tuple(Signer(one.line, one.sign_on_id) for one in standing_on(session, version))


def names_not_in(
    session: Session, version_id: UUID, at: datetime, *, by: UUID, offices: Collection[str] | None = None
) -> frozenset[str]:
    """Every name and address that could betray somebody, but for those that consents to these offices hold.

    This is the second road to names, for the check of a finished file alone, and it is put on record. It asks
    the consents themselves, apart from `signers_for`, so that a fault there cannot excuse itself here.
    """
    audit.record(session, NAMES_CHECK, actor=by, about="letter_version", id=version_id)
    agreed = tuple(f" {' '.join(_folded(said))} " for said in _agreed_lines(session, version_id, at, offices))
    return frozenset(
        name
        for person in roster(session)
        for name in _names_and_address(session, person)
        if name and not any(f" {' '.join(_folded(name))} " in said for said in agreed)
    )


def _agreed_lines(
    session: Session, version_id: UUID, at: datetime, offices: Collection[str] | None
) -> list[str]:
    version = session.get_one(LetterVersion, version_id)
    marks = _offices(session, version, Audience.RECIPIENT, offices)
    public = becomes_public(session, version.letter_id, marks)
    standing = standing_under(session, version, {Audience.RECIPIENT, Audience.WEB})
    told = session.get_one(Letter, version.letter_id).implies_survivor
    limits = limits_of(session, {person.id for _, _, person in standing}, at)
    given_to_offices = []
    web = {sign_on.id: consent for consent, sign_on, _ in standing if consent.audience == Audience.WEB}
    for consent, sign_on, person in standing:
        if consent.audience != Audience.RECIPIENT or not marks <= set(consent.offices.split()):
            continue
        if not _holds(session, consent, limits[person.id], at, told):
            continue
        if public and not _covers(session, web.get(sign_on.id), consent, limits[person.id], at, told):
            continue
        given_to_offices.append(_open_line(session, person, consent))
    return given_to_offices + [signer.line for signer in _organisations(session, version)]


def _holds(session: Session, consent: Consent, limits: Limits, at: datetime, told: bool) -> bool:
    if consent.raise_id is not None:
        asked = session.get_one(LimitRaise, consent.raise_id)
        if asked.refused_on is not None or asked.in_force_at is None or at < asked.in_force_at:
            return False
    within = revealed(choice_of(consent), implies_survivor=told) <= limits[Audience(consent.audience)]
    return within and consent.line is not None and at < consent.latest_at


def _covers(
    session: Session, web: Consent | None, consent: Consent, limits: Limits, at: datetime, told: bool
) -> bool:
    """Whether she lets the web see no less than this consent tells."""
    if web is None or not _holds(session, web, limits, at, told):
        return False
    less, more = (revealed(choice_of(one), implies_survivor=told) for one in (consent, web))
    return less <= more


def _names_and_address(session: Session, person: Person) -> tuple[str, ...]:
    # Shortened names are not looked for: "Lee D." is in any file, and nothing unexplained passes anyway.
    names = names_of(session, person)
    return (names.name, names.chosen_name, names.email)


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def progress(session: Session, letter_id: UUID, version_id: UUID | None) -> Progress:
    """How many were invited and how many agreed to the open version; no one can tell who."""
    invited = select(func.count()).select_from(Invitation).where(Invitation.letter_id == letter_id)
    version = session.get(LetterVersion, version_id) if version_id else None
    texts = texts_meant(session, version) if version else frozenset()
    signed = (
        select(func.count(SignOn.id.distinct()))
        .join(Consent, Consent.sign_on_id == SignOn.id)
        .where(SignOn.letter_id == letter_id, Consent.text_sha256.in_(texts))
        .where(Consent.ended_on.is_(None), SignOn.withdrawn_on.is_(None))
        .where(SignOn.id.not_in(held_back()))
    )
    joined = len(standing_on(session, version)) if version else 0
    return Progress(session.scalar(invited) or 0, session.scalar(signed) or 0, joined)

"""Who may be shown, to whom, at a moment. `signers_for` is the only road to a printed name."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.letters.models import Letter, LetterVersion, Recipient
from advocacy.letters.queries import office_marks, recipients
from advocacy.letters.venues import any_posts_on_web
from advocacy.people.limits import Audience, Facts, Form, Limits
from advocacy.people.models import Organisation, Person
from advocacy.people.places import region_of
from advocacy.people.queries import limits_of, members_in_region, members_in_state, names_of, roster
from advocacy.signons.consent import (
    FEWEST_IN_A_PLACE,
    Choice,
    Given,
    Outcome,
    Places,
    Printing,
    Terms,
    decide,
)
from advocacy.signons.models import Consent, Invitation, OrganisationSignOn, SignOn


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
    letter's), and `sent_at` is when it was first sent. Whoever is left out is in none of the values.
    """
    reading = _Reading.of(session, version_id, audience, at, offices, sent_at)
    named: dict[UUID, Signer] = {}
    counted: set[UUID] = set()
    for consent, sign_on, person in _standing(session, version_id, audience):
        outcome = reading.outcome(consent, person)
        if outcome is Outcome.LINE and consent.line is not None:
            named[sign_on.id] = Signer(_open_line(session, person, consent), consent.id)
        elif outcome is Outcome.COUNT and consent.audience == Audience.COUNT:
            counted.add(sign_on.id)
    return Signers(
        organisations=_organisations(session, reading.version),
        individuals=tuple(sorted(named.values())),
        others=len(counted - named.keys()),
    )


@dataclass
class _Reading:
    """One pass over a letter's consents: what is printed, and what was already looked up."""

    session: Session
    version: LetterVersion
    letter: Letter
    audience: Audience
    printing: Printing
    posts: bool
    limits: dict[UUID, Limits] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        session: Session,
        version_id: UUID,
        audience: Audience,
        at: datetime,
        offices: Collection[str] | None,
        sent_at: datetime | None,
    ) -> "_Reading":
        version = session.get_one(LetterVersion, version_id)
        letter = session.get_one(Letter, version.letter_id)
        goes_to = recipients(session, letter.id) if audience is Audience.RECIPIENT else ()
        marks = office_marks(goes_to) if offices is None else offices
        printing = Printing(version.sha256, frozenset(marks), at, sent_at)
        reading = cls(session, version, letter, audience, printing, venues_post(goes_to))
        people = {person.id for _, _, person in _standing(session, version_id, audience)}
        reading.limits.update(limits_of(session, people, at))
        return reading

    def outcome(self, consent: Consent, person: Person) -> Outcome:
        limit = limit_for(self.limits[person.id], Audience(consent.audience), posts=self.posts)
        places = places_of(self.session, person, Form(consent.form))
        return decide(given(consent), Terms(limit, self.letter.implies_survivor, places), self.printing)


def limit_for(limits: Limits, audience: Audience, *, posts: bool) -> Facts:
    """The limit that holds for an audience; where a recipient posts what it gets, her web limit holds too."""
    if audience is Audience.RECIPIENT and posts:
        return limits[Audience.RECIPIENT] & limits[Audience.WEB]
    return limits[audience]


def venues_post(goes_to: Sequence[Recipient]) -> bool:
    """Whether any of these offices puts what it receives on the web."""
    return any_posts_on_web(office.venue for office in goes_to)


def places_of(session: Session, person: Person, form: Form) -> Places:
    """Whether enough members live where this person lives, opened only when the form tells the place."""
    if form not in (Form.STATE, Form.REGION) or person.state is None:
        return Places()
    state = names_of(session, person).state
    region = region_of(state)
    return Places(
        state=members_in_state(session, state) >= FEWEST_IN_A_PLACE,
        region=region is not None and members_in_region(session, region) >= FEWEST_IN_A_PLACE,
    )


def given(consent: Consent) -> Given:
    """A stored consent as the table reads it."""
    return Given(
        choice=choice_of(consent),
        text_sha256=consent.text_sha256,
        offices=frozenset(consent.offices.split()),
        latest_at=consent.latest_at,
        days_after_sending=consent.days_after_sending,
        ended=consent.ended_on is not None,
    )


def choice_of(consent: Consent) -> Choice:
    """How the signer chose to appear."""
    return Choice(Form(consent.form), consent.survivor, consent.credential, consent.affiliation)


def _standing(
    session: Session, version_id: UUID, audience: Audience
) -> Sequence[Row[Consent, SignOn, Person]]:
    asked = (
        select(Consent, SignOn, Person)
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .join(Person, Person.id == SignOn.person_id)
        .where(
            Consent.version_id == version_id,
            Consent.audience.in_((audience, Audience.COUNT)),
            Consent.ended_on.is_(None),
            SignOn.withdrawn_on.is_(None),
            Person.erased_on.is_(None),
        )
    )
    return session.execute(asked).all()


def _open_line(session: Session, person: Person, consent: Consent) -> str:
    return vault.unseal(session, person.id, "consent", "line", consent.id, consent.line or b"")


def _organisations(session: Session, version: LetterVersion) -> tuple[Signer, ...]:
    asked = (
        select(OrganisationSignOn, Organisation)
        .join(Organisation, Organisation.id == OrganisationSignOn.organisation_id)
        .where(OrganisationSignOn.version_id == version.id, OrganisationSignOn.revoked_on.is_(None))
        .where(OrganisationSignOn.text_sha256 == version.sha256)
    )
    rows = session.execute(asked).all()
    return tuple(sorted(Signer(organisation_line(known), signed.id) for signed, known in rows))


def organisation_line(organisation: Organisation) -> str:
    """An organisation as it is printed: its public name, and its state in brackets."""
    if organisation.state:
        return f"{organisation.public_name} ({organisation.state})"
    return organisation.public_name


def names_not_in(session: Session, version_id: UUID, printed: Collection[str], *, by: UUID) -> frozenset[str]:
    """Every name and address that could betray somebody, but for those the printed lines themselves hold.

    This is the second road to names, for the check of a finished file alone, and it is put on record.
    """
    audit.record(session, "names.check", actor=by, about="letter_version", id=version_id)
    shown = tuple(f" {' '.join(_folded(line_))} " for line_ in printed)
    return frozenset(
        name
        for person in roster(session)
        for name in _names_and_address(session, person)
        if name and not any(f" {' '.join(_folded(name))} " in line_ for line_ in shown)
    )


def _names_and_address(session: Session, person: Person) -> tuple[str, ...]:
    # Shortened names are not looked for: "Lee D." is in any file, and nothing unexplained passes anyway.
    names = names_of(session, person)
    return (names.name, names.chosen_name, names.email)


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def progress(session: Session, letter_id: UUID, version_id: UUID | None) -> Progress:
    """How many were invited and how many agreed to the open version; no one can tell who."""
    invited = select(func.count()).select_from(Invitation).where(Invitation.letter_id == letter_id)
    signed = (
        select(func.count(SignOn.id.distinct()))
        .join(Consent, Consent.sign_on_id == SignOn.id)
        .where(Consent.version_id == version_id, Consent.ended_on.is_(None), SignOn.withdrawn_on.is_(None))
    )
    joined = select(func.count()).select_from(OrganisationSignOn)
    joined = joined.where(
        OrganisationSignOn.version_id == version_id, OrganisationSignOn.revoked_on.is_(None)
    )
    return Progress(session.scalar(invited) or 0, session.scalar(signed) or 0, session.scalar(joined) or 0)


def limits_by_audience(limits: Limits, *, posts: bool) -> Mapping[Audience, Facts]:
    """The limit that holds for each audience that can be chosen at the door."""
    return {audience: limit_for(limits, audience, posts=posts) for audience in Audience}

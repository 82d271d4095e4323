"""One pass over the consents that stand under a text: what each becomes in one output."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import office_mark, office_marks, recipients, texts_meant
from advocacy.people.limits import Audience, Facts, Form, Limits
from advocacy.people.models import Person
from advocacy.people.queries import limits_of
from advocacy.signons.consent import Outcome, Printing, Terms, decide, shown_on_web
from advocacy.signons.holding import held_back
from advocacy.signons.models import Consent, SignOn
from advocacy.signons.terms import any_public, given, limit_for, places_of

Standing = Sequence[Row[Consent, SignOn, Person]]


@dataclass
class Judging:
    """What is printed for whom, and what was looked up for it once."""

    session: Session
    letter: Letter
    printing: Printing
    becomes_public: bool
    limits: Mapping[UUID, Limits]
    on_web: Mapping[UUID, Consent] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        session: Session,
        version: LetterVersion,
        standing: Standing,
        at: datetime,
        *,
        offices: frozenset[str],
        sent_at: datetime | None,
    ) -> "Judging":
        """Begin a pass over what stands under this text, printed for these offices (by their marks)."""
        return cls(
            session,
            session.get_one(Letter, version.letter_id),
            Printing(texts_meant(session, version), offices, at, sent_at),
            becomes_public(session, version.letter_id, offices),
            limits_of(session, {person.id for _, _, person in standing}, at),
            {sign_on.id: consent for consent, sign_on, _ in standing if consent.audience == Audience.WEB},
        )

    def outcome(self, consent: Consent, person: Person) -> Outcome:
        """What one consent becomes in this output."""
        to_public = consent.audience == Audience.RECIPIENT and self.becomes_public
        on_web = self._shown_on_web(consent, person) if to_public else None
        return decide(given(self.session, consent), self._terms(consent, person, on_web), self.printing)

    def _shown_on_web(self, consent: Consent, person: Person) -> Facts:
        web = self.on_web.get(consent.sign_on_id)
        if web is None:
            return frozenset()
        return shown_on_web(given(self.session, web), self._terms(web, person), self.printing)

    def _terms(self, consent: Consent, person: Person, on_web: Facts | None = None) -> Terms:
        audience, limits = Audience(consent.audience), self.limits[person.id]
        limit = limit_for(limits, audience, public=self.becomes_public)
        places = places_of(self.session, person, Form(consent.form))
        return Terms(limit, self.letter.implies_survivor, places, on_web)


def standing_under(session: Session, version: LetterVersion, audiences: Collection[Audience]) -> Standing:
    """The consents for these audiences that nobody ended, under this text or its mended typos."""
    asked = (
        select(Consent, SignOn, Person)
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .join(Person, Person.id == SignOn.person_id)
        .where(
            SignOn.letter_id == version.letter_id,
            Consent.text_sha256.in_(texts_meant(session, version)),
            Consent.audience.in_(audiences),
            Consent.ended_on.is_(None),
            SignOn.withdrawn_on.is_(None),
            SignOn.id.not_in(held_back()),
            Person.erased_on.is_(None),
        )
    )
    return session.execute(asked).all()


def becomes_public(session: Session, letter_id: UUID, offices: Collection[str]) -> bool:
    """Whether anybody can read what one of these offices gets."""
    known = recipients(session, letter_id)
    # An office that is no longer the letter's can only be told by its mark; nobody knows what it posts.
    unknown = not set(offices) <= set(office_marks(known))
    return unknown or any_public(office for office in known if office_mark(office) in offices)

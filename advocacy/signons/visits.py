"""What the door may know about whoever holds a key: what she is asked, may choose, and agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.letters.models import Letter, LetterVersion, Opening, Recipient
from advocacy.letters.queries import current_opening, recipients, texts_meant
from advocacy.letters.venues import is_public
from advocacy.people.limits import Audience, Form
from advocacy.people.models import MailMode, Person
from advocacy.people.queries import names_of, naming_limits, shares_mailbox
from advocacy.signons.consent import Choice, Terms, Words
from advocacy.signons.grace import takes_answers
from advocacy.signons.links import Purpose
from advocacy.signons.models import Consent, Invitation, Link, SignOn
from advocacy.signons.offering import forms_beyond, forms_too_rare, open_forms
from advocacy.signons.terms import all_public, choice_of, given, limit_for, places_of

# A key ends this long after the last consent it can reach.
KEY_OUTLIVES = timedelta(days=30)

CHOSEN_AUDIENCES = (Audience.RECIPIENT, Audience.WEB, Audience.PRESS)


@dataclass(frozen=True)
class Visit:
    """Somebody came in with a key that holds."""

    invitation_id: UUID
    person_id: UUID
    letter_id: UUID
    language: str
    watched: bool
    time_zone: str = ""
    shared: bool = False
    by: str = field(default="link", compare=False)

    @property
    def asks_word(self) -> bool:
        """Whether the link alone can only take her name off: others may read what she is sent."""
        return self.watched or self.shared


@dataclass(frozen=True)
class Standing:
    """What one person has agreed to on one letter, as far as it still stands."""

    sign_on_id: UUID | None
    signed: bool
    withdrawn: bool
    declined: bool
    version_id: UUID | None
    choices: Mapping[Audience, Choice]
    ends: Mapping[Audience, datetime]
    offices: frozenset[str] = frozenset()
    text_sha256: str = ""

    def is_yes_to(self, asked: "Asked") -> bool:
        """Whether she agreed to the text she is asked about, or to that text before its typos were mended."""
        return self.signed and self.text_sha256 in asked.texts


@dataclass(frozen=True, repr=False)
class Asked:
    """What one person is asked, and everything she may choose between."""

    letter: Letter
    version: LetterVersion
    texts: frozenset[str]
    opening: Opening
    offices: Sequence[Recipient]
    words: Words
    terms: Mapping[Audience, Terms]
    is_open: bool

    @property
    def public_offices(self) -> tuple[Recipient, ...]:
        """Those of the offices whose letters anybody can read: they ask for her yes to the web as well."""
        return tuple(office for office in self.offices if is_public(office.venue))

    @property
    def posts_on_web(self) -> bool:
        """Whether anybody can read what one of the offices gets."""
        return bool(self.public_offices)

    def forms(self, audience: Audience) -> tuple[Form, ...]:
        """The forms open to her for one audience, the least exposing first."""
        return open_forms(self.words, self.terms[audience], self.letter.language)

    def beyond(self, audience: Audience) -> tuple[Form, ...]:
        """The forms she may ask for while the letter is open: they wait for a call."""
        return forms_beyond(self.words, self.terms[audience], self.letter.language) if self.is_open else ()

    def too_rare(self, audience: Audience) -> tuple[Form, ...]:
        """The forms she would be offered if more members lived where she does."""
        return forms_too_rare(self.words, self.terms[audience], self.letter.language)


def visit_by_key(session: Session, key: str, purpose: Purpose, now: datetime) -> Visit | None:
    """Who holds this key, while it lasts; None for every other string."""
    return _visit(session, Link.key_hash == vault.hash_key(key), purpose, now)


def visit_by_code(session: Session, code: str, now: datetime) -> Visit | None:
    """Who was sent this typed code, while it lasts."""
    found = _visit(session, Link.code_hash == vault.hash_code(session, code), Purpose.SIGN, now)
    return replace(found, by="code") if found else None


def _visit(session: Session, matches: object, purpose: Purpose, now: datetime) -> Visit | None:
    asked = (
        select(Link, Invitation, Person)
        .join(Invitation, Invitation.id == Link.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(matches, Link.purpose == purpose, Link.revoked_at.is_(None))  # type: ignore[arg-type]
    )
    found = session.execute(asked).first()
    if found is None:
        return None
    link, invitation, person = found
    if person.erased_on is not None or now >= key_ends_at(session, link, invitation):
        return None
    return visit_of(invitation, person, shared=told_apart_by_word(session, person))


def visit_of(invitation: Invitation, person: Person, *, shared: bool = False) -> Visit:
    """Somebody, as she comes in for one letter."""
    return Visit(
        invitation_id=invitation.id,
        person_id=person.id,
        letter_id=invitation.letter_id,
        language=person.language,
        watched=person.mail_mode == MailMode.WATCHED,
        time_zone=person.time_zone or "",
        shared=shared,
    )


def told_apart_by_word(session: Session, person: Person) -> bool:
    """Whether several people read her mailbox and she has a word by which we know her from them."""
    return person.recognition_word is not None and shares_mailbox(session, person)


def key_ends_at(session: Session, link: Link, invitation: Invitation) -> datetime:
    """30 days after the last thing this key can still reach."""
    opening = current_opening(session, invitation.letter_id)
    latest = (
        select(func.max(Consent.latest_at))
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .where(SignOn.letter_id == invitation.letter_id, SignOn.person_id == invitation.person_id)
    )
    ends = [link.made_at, session.scalar(latest), opening.closes_at if opening else None]
    return max(end for end in ends if end is not None) + KEY_OUTLIVES


def standing(session: Session, visit: Visit) -> Standing:
    """What this person has agreed to so far."""
    invitation = session.get_one(Invitation, visit.invitation_id)
    sign_on = sign_on_of(session, visit)
    consents = _consents(session, sign_on)
    return Standing(
        sign_on_id=sign_on.id if sign_on else None,
        signed=bool(consents),
        withdrawn=sign_on is not None and sign_on.withdrawn_on is not None,
        declined=invitation.declined_on is not None,
        text_sha256=consents[0].text_sha256 if consents else "",
        version_id=consents[0].version_id if consents else None,
        choices={Audience(consent.audience): choice_of(consent) for consent in consents},
        ends={Audience(consent.audience): consent.latest_at for consent in consents},
        offices=frozenset(consents[0].offices.split()) if consents else frozenset(),
    )


def last_time(session: Session, visit: Visit) -> Mapping[Audience, Choice]:
    """How this person chose to appear on the letter she signed last, if she left her name on it."""
    given = (
        select(Consent)
        .join(SignOn, SignOn.id == Consent.sign_on_id)
        .where(SignOn.person_id == visit.person_id, SignOn.letter_id != visit.letter_id)
        .where(SignOn.withdrawn_on.is_(None), Consent.ended_on.is_(None))
        .order_by(Consent.given_on.desc(), Consent.sign_on_id)
    )
    consents = session.scalars(given).all()
    return {
        Audience(consent.audience): choice_of(consent)
        for consent in consents
        if consent.sign_on_id == consents[0].sign_on_id and consent.audience in CHOSEN_AUDIENCES
    }


def sign_on_of(session: Session, visit: Visit, *, lock: bool = False) -> SignOn | None:
    """This person's sign-on for this letter, when there is one."""
    asked = select(SignOn).where(SignOn.letter_id == visit.letter_id, SignOn.person_id == visit.person_id)
    # Under the lock, look at the row as it is now and not as this request saw it a moment ago.
    held = asked.with_for_update().execution_options(populate_existing=True)
    return session.scalars(held if lock else asked).first()


def _consents(session: Session, sign_on: SignOn | None) -> Sequence[Consent]:
    if sign_on is None or sign_on.withdrawn_on is not None:
        return ()
    asked = select(Consent).where(Consent.sign_on_id == sign_on.id, Consent.ended_on.is_(None))
    return session.scalars(asked.order_by(Consent.audience)).all()


def real_ends(session: Session, visit: Visit, sent_at: datetime | None) -> Mapping[Audience, datetime]:
    """When what stands for this person ends, now that its text was sent, or was not yet."""
    consents = _consents(session, sign_on_of(session, visit))
    return {Audience(consent.audience): given(session, consent).ends_at(sent_at) for consent in consents}


def standing_lines(session: Session, visit: Visit) -> Mapping[Audience, str]:
    """The lines that stand for this person, to show her on her own page."""
    return opened_lines(session, visit, _consents(session, sign_on_of(session, visit)))


def opened_lines(session: Session, visit: Visit, consents: Sequence[Consent]) -> Mapping[Audience, str]:
    """The lines of these consents of hers, opened; a consent that only counts has none."""
    return {
        Audience(consent.audience): vault.unseal(
            session, visit.person_id, "consent", "line", consent.id, consent.line
        )
        for consent in consents
        if consent.line is not None
    }


def asked_of(session: Session, visit: Visit, now: datetime, *, opened: str = "") -> Asked | None:
    """What this person is asked to sign; None while no version has been opened.

    With the mark of a form she opened while the letter was open, it stays open to her for the time of grace.
    """
    opening = current_opening(session, visit.letter_id)
    if opening is None:
        return None
    letter = session.get_one(Letter, visit.letter_id)
    offices = recipients(session, letter.id)
    version = session.get_one(LetterVersion, opening.version_id)
    return Asked(
        letter=letter,
        version=version,
        texts=texts_meant(session, version),
        opening=opening,
        offices=offices,
        words=words_of_person(session, visit.person_id),
        terms=_terms(session, visit, letter, now, public=all_public(offices)),
        is_open=takes_answers(session, visit.invitation_id, opening, opened, now),
    )


def words_of_person(session: Session, person_id: UUID) -> Words:
    """The words this person's lines are made of."""
    names = names_of(session, session.get_one(Person, person_id))
    return Words(
        names.name,
        names.chosen_name,
        names.state,
        names.credential,
        names.affiliation,
        tells=names.tells,
    )


def _terms(
    session: Session, visit: Visit, letter: Letter, now: datetime, *, public: bool
) -> Mapping[Audience, Terms]:
    person = session.get_one(Person, visit.person_id)
    limits = naming_limits(session, person.id, now)
    places = places_of(session, person, Form.STATE)
    return {
        audience: Terms(limit_for(limits, audience, public=public), letter.implies_survivor, places)
        for audience in CHOSEN_AUDIENCES
    }

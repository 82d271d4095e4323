"""Everything asked about organisations on letters. What prints is `standing_on`, and nothing else is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import texts_meant
from advocacy.organisations.life import Stage, stage_of, stands
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.names import alike, domain_of, is_free_mail
from advocacy.people.models import Organisation


@dataclass(frozen=True, order=True)
class Standing:
    """One printed line of an organisation, and the yes it rests on."""

    line: str
    sign_on_id: UUID


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation that said yes to a letter: to which version, how far it has come, and what tells who
    is behind it. Never who spoke for it."""

    sign_on_id: UUID
    organisation_id: UUID
    ask_id: UUID | None
    line: str
    level: str | None
    version_n: int
    recorded_on: date
    stage: Stage
    board_on: date | None
    proof: str | None
    domain: str
    is_free_mail: bool


@dataclass(frozen=True)
class Awaited:
    """An organisation that was asked and has not answered."""

    ask_id: UUID
    line: str
    asked_on: date
    by_itself: bool


def standing_on(session: Session, version: LetterVersion) -> tuple[Standing, ...]:
    """The organisations that stand under this text now, sorted by what is printed.

    Each stands once: it may have said yes before a typo was mended, and again after.
    """
    asked = (
        select(OrganisationSignOn, Organisation)
        .join(Organisation, Organisation.id == OrganisationSignOn.organisation_id)
        .join(LetterVersion, LetterVersion.id == OrganisationSignOn.version_id)
        .where(LetterVersion.letter_id == version.letter_id)
        .where(OrganisationSignOn.text_sha256.in_(texts_meant(session, version)), stands())
        .order_by(LetterVersion.n)
    )
    once = {known.id: Standing(line_of(known), signed.id) for signed, known in session.execute(asked)}
    return tuple(sorted(once.values()))


def line_of(organisation: Organisation) -> str:
    """An organisation as it is printed: its public name, and its state in brackets."""
    return written_line(organisation.public_name, organisation.state)


def written_line(public_name: str, state: str | None) -> str:
    """A public name and a state as they are printed."""
    return f"{public_name} ({state})" if state else public_name


def organisations_on(session: Session, letter_id: UUID) -> tuple[OrganisationLine, ...]:
    """Every organisation that said yes to any version of a letter and has not taken it back, by name."""
    asked = (
        select(OrganisationSignOn, Organisation, LetterVersion.n)
        .join(Organisation, Organisation.id == OrganisationSignOn.organisation_id)
        .join(LetterVersion, LetterVersion.id == OrganisationSignOn.version_id)
        .where(LetterVersion.letter_id == letter_id, OrganisationSignOn.revoked_on.is_(None))
    )
    lines = [_line(session, *row) for row in session.execute(asked)]
    return tuple(sorted(lines, key=lambda one: (one.line.casefold(), one.version_n)))


def _line(session: Session, signed: OrganisationSignOn, known: Organisation, n: int) -> OrganisationLine:
    email = unsealed(session, signed, "email")
    return OrganisationLine(
        sign_on_id=signed.id,
        organisation_id=known.id,
        ask_id=signed.ask_id,
        line=line_of(known),
        level=known.level,
        version_n=n,
        recorded_on=signed.recorded_on,
        stage=stage_of(signed),
        board_on=signed.board_on,
        proof=signed.proof,
        domain=domain_of(email),
        is_free_mail=is_free_mail(email),
    )


def awaited_on(session: Session, letter_id: UUID) -> tuple[Awaited, ...]:
    """Who was asked about a letter and has not answered, by name."""
    answered = select(OrganisationSignOn.ask_id).where(OrganisationSignOn.ask_id.is_not(None))
    asked = select(OrganisationAsk).where(
        OrganisationAsk.letter_id == letter_id, OrganisationAsk.id.not_in(answered)
    )
    found = [
        Awaited(ask.id, written_line(ask.public_name, ask.state), ask.asked_at.date(), ask.asked_by is None)
        for ask in session.scalars(asked)
    ]
    return tuple(sorted(found, key=lambda one: one.line.casefold()))


def alike_on(
    session: Session, letter_id: UUID, public_name: str, *, but: UUID | None = None
) -> tuple[str, ...]:
    """The lines on a letter that may well be the same organisation, apart from the sign-on named."""
    asked = (
        select(OrganisationSignOn.id, Organisation)
        .join(Organisation, Organisation.id == OrganisationSignOn.organisation_id)
        .join(LetterVersion, LetterVersion.id == OrganisationSignOn.version_id)
        .where(LetterVersion.letter_id == letter_id)
        .where(OrganisationSignOn.revoked_on.is_(None), OrganisationSignOn.refused_on.is_(None))
    )
    found = {
        line_of(known)
        for id, known in session.execute(asked)
        if id != but and alike(known.public_name, public_name)
    }
    return tuple(sorted(found))


def unsealed(session: Session, row: OrganisationSignOn | OrganisationAsk, column: str) -> str:
    """One sealed word of an authoriser or a contact, opened; empty where there is none."""
    sealed = getattr(row, column)
    if sealed is None:
        return ""
    return vault.unseal(session, row.id, row.__tablename__, column, row.id, sealed)


def newest_yes(session: Session, ask_id: UUID) -> OrganisationSignOn | None:
    """What an organisation last agreed to, taken back or not, as it is at this moment."""
    asked = (
        select(OrganisationSignOn)
        .join(LetterVersion, LetterVersion.id == OrganisationSignOn.version_id)
        .where(OrganisationSignOn.ask_id == ask_id)
        .order_by(LetterVersion.n.desc())
    )
    return session.scalars(asked.limit(1).execution_options(populate_existing=True)).first()


def member_organisations(session: Session) -> Sequence[Organisation]:
    """The network's member organisations: they can vouch for others."""
    asked = select(Organisation).where(Organisation.is_member).order_by(Organisation.public_name)
    return session.scalars(asked).all()


def known_organisations(session: Session) -> Sequence[Organisation]:
    """Members of the network, and every organisation whose yes was once checked, by name."""
    checked = select(OrganisationSignOn.organisation_id).where(OrganisationSignOn.verified_on.is_not(None))
    asked = select(Organisation).where(or_(Organisation.is_member, Organisation.id.in_(checked)))
    return session.scalars(asked.order_by(Organisation.public_name, Organisation.id)).all()

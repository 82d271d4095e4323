"""What the office does about organisations: write down a yes on file, check one, refuse it, take it off."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.letters.models import Letter, LetterVersion
from advocacy.organisations.asking import Authoriser, Described, note_spoken
from advocacy.organisations.life import Stage, stage_of, stands
from advocacy.organisations.models import OrganisationLogo, OrganisationSignOn, Proof
from advocacy.organisations.names import is_free_mail
from advocacy.organisations.queries import unsealed
from advocacy.people.models import Organisation
from advocacy.wake import Bell, ring


class FreeMail(Exception):
    """Anybody can have an address there, so it does not show who is behind it. A member organisation can
    vouch for them instead."""


class NoVoucher(Exception):
    """Choose the member organisation that vouches for them."""


class StandsAlready(Exception):
    """This organisation stands on the letter already. Refuse this one, or take the other off first."""


def record_organisation(
    session: Session, version_id: UUID, organisation_id: UUID, *, authoriser: str, by: UUID, now: datetime
) -> OrganisationSignOn:
    """Put on record a yes that is on file in writing, and who said so for it; twice is once.

    Whoever records it has checked it.
    """
    version = _take_turn(session, version_id)
    session.get_one(Organisation, organisation_id)
    same = select(OrganisationSignOn).where(
        OrganisationSignOn.version_id == version_id, OrganisationSignOn.organisation_id == organisation_id
    )
    signed = session.scalars(same.where(stands())).first()
    if signed is not None:
        return signed
    signed = session.scalars(same.where(OrganisationSignOn.recorded_by.is_not(None))).first()
    if signed is None:
        signed = OrganisationSignOn(
            id=uuid4(), version_id=version_id, organisation_id=organisation_id, text_sha256=version.sha256
        )
        vault.new_holder(session, signed.id)
    signed.authoriser = vault.seal(
        session, signed.id, "organisation_sign_on", "authoriser", signed.id, authoriser
    )
    signed.recorded_by, signed.recorded_on, signed.revoked_on = by, now.date(), None
    signed.verified_by, signed.verified_on, signed.proof = by, now.date(), Proof.ON_FILE
    session.add(signed)
    audit.record(session, "organisation.sign", actor=by, about="organisation_sign_on", id=signed.id)
    session.flush()
    return signed


def record_with_link(
    session: Session, version_id: UUID, organisation_id: UUID, who: Authoriser, *, by: UUID, now: datetime
) -> OrganisationSignOn:
    """Record a yes on file, and write to whoever gave it: her own link can change it and take it back.

    A yes that came by link is the organisation's own, and stays as it is.
    """
    signed = record_organisation(session, version_id, organisation_id, authoriser=who.name, by=by, now=now)
    if signed.recorded_by is None or unsealed(session, signed, "email") == who.email:
        return signed
    known = session.get_one(Organisation, organisation_id)
    letter_id = session.get_one(LetterVersion, version_id).letter_id
    described = Described(known.public_name, known.level, known.state)
    for column, word in (("authoriser", who.name), ("title", who.title), ("email", who.email)):
        sealed = vault.seal(session, signed.id, "organisation_sign_on", column, signed.id, word)
        setattr(signed, column, sealed)
    signed.ask_id = note_spoken(session, letter_id, described, who, by=by, now=now).id
    session.flush()
    return signed


def _take_turn(session: Session, version_id: UUID) -> LetterVersion:
    # Two who press at once come one after the other, and never beside the letter's freezing or delivery.
    version = session.get_one(LetterVersion, version_id)
    session.get(Letter, version.letter_id, with_for_update=True)
    return version


def verify(
    session: Session, sign_on_id: UUID, proof: Proof, *, voucher: UUID | None, by: UUID, now: datetime
) -> None:
    """Say how we know that a yes is the organisation's own; from then on it may print. Twice is once.

    A work address shows it, or a member organisation's word. An address anybody can have is never refused,
    but shows nothing by itself.
    """
    signed = _held(session, sign_on_id)
    if stage_of(signed) in (Stage.STANDS, Stage.REVOKED, Stage.REFUSED) or signed.verified_on is not None:
        return
    if proof is Proof.VOUCHED and not _may_vouch(session, voucher, signed):
        raise NoVoucher
    if proof is Proof.WORK_ADDRESS and is_free_mail(unsealed(session, signed, "email")):
        raise FreeMail
    if _stands_beside(session, signed):
        raise StandsAlready
    signed.verified_on, signed.verified_by, signed.proof = now.date(), by, proof
    signed.vouched_by = voucher if proof is Proof.VOUCHED else None
    audit.record(
        session, "organisation.verify", actor=by, about="organisation_sign_on", id=sign_on_id, why=proof
    )
    session.flush()


def _held(session: Session, sign_on_id: UUID) -> OrganisationSignOn:
    signed = session.get_one(OrganisationSignOn, sign_on_id)
    _take_turn(session, signed.version_id)
    session.refresh(signed)
    return signed


def _may_vouch(session: Session, voucher: UUID | None, signed: OrganisationSignOn) -> bool:
    member = session.get(Organisation, voucher) if voucher else None
    return member is not None and member.is_member and member.id != signed.organisation_id


def _stands_beside(session: Session, signed: OrganisationSignOn) -> bool:
    other = select(OrganisationSignOn.id).where(
        OrganisationSignOn.version_id == signed.version_id,
        OrganisationSignOn.organisation_id == signed.organisation_id,
        OrganisationSignOn.id != signed.id,
        OrganisationSignOn.verified_on.is_not(None),
        OrganisationSignOn.revoked_on.is_(None),
        OrganisationSignOn.refused_on.is_(None),
    )
    return session.scalars(other).first() is not None


def refuse(session: Session, sign_on_id: UUID, *, by: UUID, now: datetime) -> None:
    """Leave off a yes that nobody could show to be the organisation's own. Its link says so."""
    signed = _held(session, sign_on_id)
    if signed.refused_on is None and signed.verified_on is None and signed.revoked_on is None:
        signed.refused_on = now.date()
        audit.record(session, "organisation.refuse", actor=by, about="organisation_sign_on", id=sign_on_id)
        session.flush()


def revoke_organisation(session: Session, sign_on_id: UUID, *, by: UUID | None, now: datetime) -> None:
    """Take an organisation off a letter at its word, at any stage; twice is once."""
    signed = _held(session, sign_on_id)
    if signed.revoked_on is None:
        signed.revoked_on = now.date()
        session.execute(delete(OrganisationLogo).where(OrganisationLogo.sign_on_id == sign_on_id))
        act, about = "organisation.revoke", "organisation_sign_on"
        audit.record(session, act, actor=by, about=about, id=sign_on_id, lasting=True)
        session.flush()
        # A paper that shows it and has not left is to be destroyed at once, not at the next round.
        ring(session, Bell.FORGET)


def set_member(session: Session, organisation_id: UUID, *, member: bool, by: UUID) -> None:
    """Say whether an organisation belongs to the network, so that it can vouch for others; twice is once."""
    known = session.get_one(Organisation, organisation_id)
    if known.is_member != member:
        known.is_member = member
        act = "organisation.join_network" if member else "organisation.leave_network"
        audit.record(session, act, actor=by, about="organisation", id=organisation_id)
        session.flush()

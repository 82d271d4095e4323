"""Everything asked about editions. Whether one still holds is worked out when it is asked, never stored."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.editions.models import Delivery, Edition, HeldPrint, LegalHold, Way
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import office_marks, recipients, texts_akin
from advocacy.looking_once import looked_up_once
from advocacy.mail.models import MessageStage
from advocacy.mail.queries import message_about, messages_about
from advocacy.people.limits import Audience
from advocacy.signons.models import Consent
from advocacy.signons.queries import Signers, is_current, signers_for


class Stage(StrEnum):
    """How far a letter has gone."""

    NOT_PRINTED = "not_printed"
    PRINTED = "printed"
    DELIVERED = "delivered"


_OUT = (MessageStage.SENDING, MessageStage.SENT, MessageStage.UNCERTAIN)


@dataclass(frozen=True)
class Went:
    """A copy that showed somebody's line, and where it went."""

    office: str
    on: datetime
    edition: int


def edition(session: Session, edition_id: UUID) -> Edition | None:
    """One edition, when there is one."""
    return session.get(Edition, edition_id)


@looked_up_once
def editions(session: Session, letter_id: UUID) -> Sequence[Edition]:
    """Every edition of a letter, the newest first: it supersedes those below it."""
    asked = select(Edition).where(Edition.letter_id == letter_id).order_by(Edition.n.desc())
    return session.scalars(asked).all()


def newest_for(session: Session, frozen: Edition) -> Edition | None:
    """The newest edition for any office this one is for: it supersedes every other one there."""
    known = editions(session, frozen.letter_id)
    return next((one for one in known if _share_an_office(one.offices, frozen.offices)), None)


def current_editions(session: Session, letter_id: UUID) -> tuple[Edition, ...]:
    """The editions that no newer one supersedes, the newest first: one, or one for each group of offices."""
    marks = " ".join(office_marks(recipients(session, letter_id)))
    known = [one for one in editions(session, letter_id) if _share_an_office(one.offices, marks)]
    return tuple(one for one in known if newest_for(session, one) is one)


def _share_an_office(offices: str, others: str) -> bool:
    return offices == others or not set(offices.split()).isdisjoint(others.split())


def edition_with_hash(session: Session, pdf_sha256: str) -> Edition | None:
    """The newest edition a file is, byte for byte."""
    asked = select(Edition).where(Edition.pdf_sha256 == pdf_sha256).order_by(Edition.n.desc())
    return session.scalars(asked.limit(1)).first()


@looked_up_once
def deliveries(session: Session, edition_id: UUID) -> Sequence[Delivery]:
    """Where an edition was handed over."""
    asked = select(Delivery).where(Delivery.edition_id == edition_id).order_by(Delivery.delivered_at)
    return session.scalars(asked).all()


def first_sent_at(session: Session, version_id: UUID) -> datetime | None:
    """When a text, with or without its typos, first left for an office; some consents end days after that."""
    version = session.get_one(LetterVersion, version_id)
    asked = (
        select(Delivery)
        .join(Edition, Edition.id == Delivery.edition_id)
        .join(LetterVersion, LetterVersion.id == Edition.version_id)
        .where(Edition.letter_id == version.letter_id, LetterVersion.sha256.in_(texts_akin(session, version)))
        .order_by(Delivery.delivered_at)
    )
    return next((one.delivered_at for one in session.scalars(asked) if may_have_left(session, one)), None)


def delivery_stage(session: Session, delivery: Delivery) -> MessageStage:
    """How far an emailed copy has come; a copy handed over by a person has arrived."""
    message = message_about(session, "delivery", delivery.id)
    return message.stage if message else MessageStage.SENT


def may_have_left(session: Session, delivery: Delivery) -> bool:
    """Whether a copy is, or may be, out of our hands. A mail that waits, failed or was dropped is not."""
    if delivery.way != Way.EMAIL:
        return True
    return any(message.stage in _OUT for message in messages_about(session, "delivery", delivery.id))


def left(session: Session, edition_id: UUID) -> Sequence[Delivery]:
    """The deliveries of an edition that are, or may be, out of our hands."""
    return [one for one in deliveries(session, edition_id) if may_have_left(session, one)]


def signers_now(session: Session, frozen: Edition, now: datetime) -> Signers:
    """Who may be shown at this moment to the offices an edition was made for."""
    return signers_for(
        session,
        frozen.version_id,
        Audience.RECIPIENT,
        now,
        offices=frozen.offices.split(),
        sent_at=first_sent_at(session, frozen.version_id),
    )


def is_void(session: Session, frozen: Edition, now: datetime) -> bool:
    """Whether it may not leave any more: an answer changed, another text is open, or the file is gone."""
    return frozen.pdf is None or not rests_on_answers(session, frozen, now)


def rests_on_answers(session: Session, frozen: Edition, now: datetime) -> bool:
    """Whether a print is of the text people were last asked about, and shows just those who now agree."""
    version = session.get_one(LetterVersion, frozen.version_id)
    return is_current(session, version) and manifest_of(signers_now(session, frozen, now)) == frozen.manifest


def manifest_of(signers: Signers) -> str:
    """What an edition rests on, without a name: the consents printed, and how many were only counted."""
    printed = sorted(str(signer.consent_id) for signer in (*signers.organisations, *signers.individuals))
    return json.dumps({"printed": printed, "others": signers.others}, sort_keys=True)


def pdf_of(session: Session, frozen: Edition) -> bytes | None:
    """The file itself, opened; None when it was destroyed, or is only kept for counsel."""
    if frozen.pdf is None or is_pending(session, frozen.id):
        return None
    return vault.unseal_bytes(session, frozen.id, "edition", "pdf", frozen.id, frozen.pdf)


def legal_hold(session: Session, edition_id: UUID, now: datetime) -> LegalHold | None:
    """The hold that keeps this edition's file from being destroyed now; the one that ends last."""
    agreed = select(LegalHold).where(LegalHold.edition_id == edition_id, LegalHold.agreed_at.is_not(None))
    return session.scalars(
        agreed.where(LegalHold.until_at > now).order_by(LegalHold.until_at.desc()).limit(1)
    ).first()


def is_pending(session: Session, edition_id: UUID) -> bool:
    """Whether this edition's file is only still there because counsel holds it, or held it until just now."""
    asked = select(LegalHold.id).where(LegalHold.edition_id == edition_id, LegalHold.pending_on.is_not(None))
    return session.scalars(asked.limit(1)).first() is not None


def held_print(session: Session, version_id: UUID) -> HeldPrint | None:
    """The newest print of a version that waits for a custodian."""
    asked = select(HeldPrint).where(HeldPrint.version_id == version_id, HeldPrint.cleared_at.is_(None))
    return session.scalars(asked.order_by(HeldPrint.held_at.desc()).limit(1)).first()


def stage_for(session: Session, letter_id: UUID) -> Stage:
    """How far a letter has gone."""
    frozen = editions(session, letter_id)
    if any(left(session, one.id) for one in frozen):
        return Stage.DELIVERED
    return Stage.PRINTED if frozen else Stage.NOT_PRINTED


def where_it_went(session: Session, letter_id: UUID, sign_on_id: UUID) -> tuple[Went, ...]:
    """Where copies that show this person's line have gone: the truth for her, not for the letter."""
    return where_line_went(session, letter_id, _consents_of(session, sign_on_id))


def where_line_went(session: Session, letter_id: UUID, own: Collection[str]) -> tuple[Went, ...]:
    """Where copies have gone that rest on one of these: consents of a person, or an organisation's yes."""
    return tuple(
        Went(delivery.office, delivery.delivered_at, frozen.n)
        for frozen in editions(session, letter_id)
        if _rests_on(frozen, own)
        for delivery in left(session, frozen.id)
    )


def shows(session: Session, frozen: Edition, sign_on_id: UUID) -> bool:
    """Whether this person's line stands in an edition."""
    return _rests_on(frozen, _consents_of(session, sign_on_id))


def _consents_of(session: Session, sign_on_id: UUID) -> Collection[str]:
    return {str(id) for id in session.scalars(select(Consent.id).where(Consent.sign_on_id == sign_on_id))}


def _rests_on(frozen: Edition, own: Collection[str]) -> bool:
    return not set(own).isdisjoint(json.loads(frozen.manifest)["printed"])


def delivered_letters(session: Session) -> Sequence[UUID]:
    """The letters of which a copy has left, for the public pages."""
    asked = select(Edition.letter_id).join(Delivery, Delivery.edition_id == Edition.id).distinct()
    return [id for id in session.scalars(asked) if stage_for(session, id) is Stage.DELIVERED]

"""What may be done with an edition: freeze it, hold it back, deliver it by two, destroy it when void."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.editions.check import Finding
from advocacy.editions.models import Delivery, Edition, HeldPrint, Way
from advocacy.editions.queries import deliveries, edition, editions, held_print, is_void
from advocacy.letters.models import Letter, Recipient
from advocacy.mail.actions import queue
from advocacy.people.actions import propose, use
from advocacy.people.models import SecondedAct

DELIVER = "edition.deliver"


class AnswersChanged(Exception):
    """Somebody changed an answer while this was being made. Nothing left. Please make it again."""


class EditionVoid(Exception):
    """Somebody changed an answer since this edition was made, so it may not leave. Make a new edition."""


class NoAddress(Exception):
    """This office has no email address on file. Deliver it another way and record it."""


class NoReceipt(Exception):
    """Write down how you know it arrived: a receipt number, a name, a date on a postmark."""


def freeze(
    session: Session,
    *,
    letter_id: UUID,
    version_id: UUID,
    offices: str,
    manifest: str,
    signers: int,
    pages: int,
    pdf: bytes,
    file_name: str,
    by: UUID,
    now: datetime,
) -> Edition:
    """Freeze a checked print. Raises `AnswersChanged` when a fresh look at the signers differs from it."""
    session.get(Letter, letter_id, with_for_update=True)
    if (same := _same(session, letter_id, pdf)) is not None:
        return same
    frozen = Edition(
        id=uuid4(),
        letter_id=letter_id,
        version_id=version_id,
        n=(session.scalar(select(func.max(Edition.n)).where(Edition.letter_id == letter_id)) or 0) + 1,
        offices=offices,
        manifest=manifest,
        signers=signers,
        pages=pages,
        pdf_sha256=sha256(pdf).hexdigest(),
        file_name=file_name,
        frozen_by=by,
        frozen_at=now,
    )
    frozen.pdf = _sealed(session, frozen.id, pdf)
    if is_void(session, frozen, now):
        raise AnswersChanged
    session.add(frozen)
    _clear_held(session, version_id, now)
    audit.record(session, "edition.freeze", actor=by, about="edition", id=frozen.id, why=frozen.pdf_sha256)
    session.flush()
    return frozen


def _sealed(session: Session, edition_id: UUID, pdf: bytes) -> bytes:
    vault.new_holder(session, edition_id)
    return vault.seal_bytes(session, edition_id, "edition", "pdf", edition_id, pdf)


def _same(session: Session, letter_id: UUID, pdf: bytes) -> Edition | None:
    newest = next(iter(editions(session, letter_id)), None)
    hash = sha256(pdf).hexdigest()
    return newest if newest and newest.pdf_sha256 == hash and newest.pdf is not None else None


def hold(
    session: Session, version_id: UUID, findings: Sequence[Finding], *, by: UUID, now: datetime
) -> HeldPrint:
    """Keep back a print that did not pass, with what was found, sealed."""
    _clear_held(session, version_id, now)
    id = uuid4()
    vault.new_holder(session, id)
    told = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
    held = HeldPrint(
        id=id,
        version_id=version_id,
        findings=vault.seal(session, id, "held_print", "findings", id, told),
        held_at=now,
    )
    session.add(held)
    audit.record(session, "edition.hold", actor=by, about="held_print", id=id)
    session.flush()
    return held


def _clear_held(session: Session, version_id: UUID, now: datetime) -> None:
    held = held_print(session, version_id)
    if held is not None:
        held.cleared_at = now
        session.flush()


def delivery_hash(frozen: Edition, recipient_id: UUID, way: Way) -> str:
    """What two people agree to: this very file, to this office, in this way."""
    return sha256(f"{frozen.pdf_sha256}|{recipient_id}|{way}".encode()).hexdigest()


def propose_delivery(
    session: Session, edition_id: UUID, recipient_id: UUID, way: Way, *, by: UUID, now: datetime
) -> SecondedAct:
    """Propose to hand an edition to an office; somebody else must second it."""
    frozen = session.get_one(Edition, edition_id)
    recipient = session.get_one(Recipient, recipient_id)
    _refuse_what_cannot_leave(session, frozen, recipient, way, now)
    return propose(
        session, DELIVER, edition_id, hash=delivery_hash(frozen, recipient_id, way), by=by, now=now
    )


def deliver(
    session: Session,
    edition_id: UUID,
    recipient_id: UUID,
    way: Way,
    *,
    receipt: str,
    by: UUID,
    now: datetime,
) -> Delivery:
    """Hand an edition over, once somebody seconded it. Everybody's consent is asked again under the lock."""
    frozen = session.get_one(Edition, edition_id)
    session.get(Letter, frozen.letter_id, with_for_update=True)
    done = next((one for one in deliveries(session, edition_id) if one.recipient_id == recipient_id), None)
    if done is not None:
        return done
    recipient = session.get_one(Recipient, recipient_id)
    if way is not Way.EMAIL and not receipt.strip():
        raise NoReceipt
    _refuse_what_cannot_leave(session, frozen, recipient, way, now)
    agreed = use(session, DELIVER, edition_id, hash=delivery_hash(frozen, recipient_id, way), now=now)
    delivery = Delivery(
        id=uuid4(),
        edition_id=edition_id,
        recipient_id=recipient_id,
        office=recipient.office,
        way=way,
        receipt=receipt.strip(),
        delivered_by=agreed.proposed_by,
        seconded_by=agreed.seconded_by,
        delivered_at=now,
    )
    session.add(delivery)
    audit.record(session, DELIVER, actor=by, about="delivery", id=delivery.id, why=frozen.pdf_sha256)
    session.flush()
    if way is Way.EMAIL:
        queue(session, kind="delivery", about=delivery.id, now=now)
    return delivery


def _refuse_what_cannot_leave(
    session: Session, frozen: Edition, recipient: Recipient, way: Way, now: datetime
) -> None:
    if is_void(session, frozen, now):
        raise EditionVoid
    if way is Way.EMAIL and not recipient.email:
        raise NoAddress


def destroy_void(session: Session, letter_id: UUID, now: datetime) -> int:
    """Destroy the files of editions that never left and no longer hold; their hashes stay."""
    destroyed = 0
    for frozen in editions(session, letter_id):
        if frozen.pdf is None or deliveries(session, frozen.id) or not is_void(session, frozen, now):
            continue
        destroy_pdf(session, frozen.id, now)
        destroyed += 1
    return destroyed


def destroy_pdf(session: Session, edition_id: UUID, now: datetime) -> None:
    """Destroy one edition's file for good: its key, then its bytes."""
    frozen = edition(session, edition_id)
    if frozen is None or frozen.pdf is None:
        return
    vault.destroy(session, frozen.id)
    frozen.pdf, frozen.destroyed_on = None, now.date()
    audit.record(session, "edition.destroy", actor=None, about="edition", id=frozen.id)
    session.flush()

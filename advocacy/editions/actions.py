"""What may be done with an edition: freeze it, deliver it by two, destroy it when void."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.editions.holding import clear_held
from advocacy.editions.legal_holds import put_off
from advocacy.editions.models import Delivery, Edition, Way
from advocacy.editions.queries import (
    deliveries,
    delivery_stage,
    edition,
    editions,
    is_void,
    left,
    legal_hold,
    may_have_left,
    newest_for,
    rests_on_answers,
)
from advocacy.letters.models import Letter, Recipient
from advocacy.letters.queries import office_mark
from advocacy.mail.actions import queue
from advocacy.mail.models import MessageStage
from advocacy.people.actions import propose, use
from advocacy.people.models import SecondedAct

DELIVER = "edition.deliver"

_TELLING = ("pdf_sha256", "manifest", "offices", "version_id")


class AnswersChanged(Exception):
    """Somebody changed an answer while this was being made. Nothing left. Please make it again."""


class EditionVoid(Exception):
    """Somebody changed an answer since this edition was made, so it may not leave. Make a new edition."""


class OtherOffice(Exception):
    """This edition was not made for that office, so nobody in it has agreed. Make a new edition."""


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
    file_name: Callable[[int], str],
    by: UUID,
    now: datetime,
) -> Edition:
    """Freeze a checked print. Raises `AnswersChanged` when a fresh look at the signers differs from it."""
    n = _next_number(session, letter_id)
    frozen = Edition(
        id=uuid4(),
        letter_id=letter_id,
        version_id=version_id,
        n=n,
        offices=offices,
        manifest=manifest,
        signers=signers,
        pages=pages,
        pdf_sha256=sha256(pdf).hexdigest(),
        file_name=file_name(n),
        frozen_by=by,
        frozen_at=now,
    )
    if not rests_on_answers(session, frozen, now):
        raise AnswersChanged
    if (same := _same(session, frozen)) is not None:
        return same
    frozen.pdf = _sealed(session, frozen.id, pdf)
    session.add(frozen)
    clear_held(session, version_id, now)
    audit.record(session, "edition.freeze", actor=by, about="edition", id=frozen.id, why=frozen.pdf_sha256)
    session.flush()
    return frozen


def _next_number(session: Session, letter_id: UUID) -> int:
    session.get(Letter, letter_id, with_for_update=True)
    return (session.scalar(select(func.max(Edition.n)).where(Edition.letter_id == letter_id)) or 0) + 1


def _sealed(session: Session, edition_id: UUID, pdf: bytes) -> bytes:
    vault.new_holder(session, edition_id)
    return vault.seal_bytes(session, edition_id, "edition", "pdf", edition_id, pdf)


def _same(session: Session, frozen: Edition) -> Edition | None:
    newest = newest_for(session, frozen)
    if newest is None or newest.pdf is None:
        return None
    # The same bytes may rest on other people: two who appear as "A member of the network", one gone, one new.
    return newest if all(getattr(newest, part) == getattr(frozen, part) for part in _TELLING) else None


def delivery_hash(frozen: Edition, recipient_id: UUID, way: Way, address: str = "") -> str:
    """What two people agree to: this very file, to this office, in this way, to this mail address."""
    return sha256(f"{frozen.id}|{frozen.pdf_sha256}|{recipient_id}|{way}|{address}".encode()).hexdigest()


def _hash(frozen: Edition, recipient: Recipient, way: Way) -> str:
    return delivery_hash(frozen, recipient.id, way, _address(recipient, way))


def _address(recipient: Recipient, way: Way) -> str:
    return (recipient.email or "") if way is Way.EMAIL else ""


def propose_delivery(
    session: Session,
    edition_id: UUID,
    recipient_id: UUID,
    way: Way,
    *,
    by: UUID,
    now: datetime,
    hours: int = 48,
) -> SecondedAct:
    """Propose to hand an edition to an office; somebody else must second it.

    What both agree to holds so many hours, so that a deadline is kept although one of them falls ill.
    """
    frozen = session.get_one(Edition, edition_id)
    # Two who press at once propose one after the other, so that the second finds the first one's proposal.
    session.get(Letter, frozen.letter_id, with_for_update=True)
    recipient = _recipient(session, frozen, recipient_id)
    _refuse_what_cannot_leave(session, frozen, recipient, way, now)
    hash = _hash(frozen, recipient, way)
    return propose(session, DELIVER, edition_id, hash=hash, by=by, now=now, hours=hours)


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
    recipient = _recipient(session, frozen, recipient_id)
    if (done := _done(session, edition_id, recipient, way)) is not None:
        return done
    if way is not Way.EMAIL and not receipt.strip():
        raise NoReceipt
    _refuse_what_cannot_leave(session, frozen, recipient, way, now)
    agreed = use(session, DELIVER, edition_id, hash=_hash(frozen, recipient, way), now=now)
    delivery = Delivery(
        id=uuid4(),
        edition_id=edition_id,
        recipient_id=recipient_id,
        office=recipient.office,
        way=way,
        address=_address(recipient, way),
        receipt=receipt.strip(),
        delivered_by=agreed.proposed_by,
        seconded_by=agreed.seconded_by,
        delivered_at=now,
    )
    session.add(delivery)
    audit.record(session, DELIVER, actor=by, about="delivery", id=delivery.id, why=frozen.pdf_sha256)
    # Days run from here for those who are in it; an older copy of the database must not begin them anew.
    audit.record(session, "letter.sent", actor=by, about="letter", id=frozen.letter_id, lasting=True)
    session.flush()
    if way is Way.EMAIL:
        queue(session, kind="delivery", about=delivery.id, now=now)
    return delivery


def _recipient(session: Session, frozen: Edition, recipient_id: UUID) -> Recipient:
    recipient = session.get(Recipient, recipient_id)
    if recipient is None or recipient.letter_id != frozen.letter_id:
        raise OtherOffice
    return recipient


def _done(session: Session, edition_id: UUID, recipient: Recipient, way: Way) -> Delivery | None:
    before = [one for one in deliveries(session, edition_id) if one.recipient_id == recipient.id]
    same = [one for one in before if (one.way, one.address) == (way, _address(recipient, way))]
    # A mail that no server would take is no delivery: another way, or a mended address, is open.
    standing = [one for one in before if not _stopped(session, one)]
    return next(iter([*same, *standing]), None)


def _stopped(session: Session, delivery: Delivery) -> bool:
    ended = delivery_stage(session, delivery) in (MessageStage.FAILED, MessageStage.DROPPED)
    return ended and not may_have_left(session, delivery)


def _refuse_what_cannot_leave(
    session: Session, frozen: Edition, recipient: Recipient, way: Way, now: datetime
) -> None:
    if office_mark(recipient) not in frozen.offices.split():
        raise OtherOffice
    if is_void(session, frozen, now):
        raise EditionVoid
    if way is Way.EMAIL and not recipient.email:
        raise NoAddress


def destroy_void(session: Session, letter_id: UUID, now: datetime) -> int:
    """Destroy the files of editions that never left and no longer hold; their hashes stay."""
    session.get(Letter, letter_id, with_for_update=True)
    destroyed = 0
    for frozen in editions(session, letter_id):
        if frozen.pdf is None or left(session, frozen.id) or not is_void(session, frozen, now):
            continue
        destroyed += destroy_pdf(session, frozen.id, now)
    return destroyed


def destroy_pdf(session: Session, edition_id: UUID, now: datetime) -> bool:
    """Destroy one edition's file for good, key and bytes; whether it went. Counsel's hold puts that off."""
    frozen = edition(session, edition_id)
    if frozen is None or frozen.pdf is None:
        return False
    if (held := legal_hold(session, edition_id, now)) is not None:
        put_off(session, held, now)
        return False
    vault.destroy(session, frozen.id)
    frozen.pdf, frozen.destroyed_on = None, now.date()
    audit.record(session, "edition.destroy", actor=None, about="edition", id=frozen.id)
    session.flush()
    return True

"""A newer copy in place of one that shows somebody who took her name off: only if she asks, and never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.editions.models import CorrectionWish, Delivery, Edition
from advocacy.editions.queries import editions, left, shows
from advocacy.signons.models import SignOn
from advocacy.signons.visits import Visit, sign_on_of


@dataclass(frozen=True)
class Copy:
    """One office that has a copy with her line: whether she asked for a newer one, and when that one left."""

    recipient_id: UUID
    office: str
    is_asked: bool
    replaced_at: datetime | None


@dataclass(frozen=True)
class Correction:
    """An office that is to be asked to use a newer copy in place of the one it was sent last."""

    office: str
    sent_on: date


_Out = Sequence[tuple[Edition, Delivery]]


def copies_out(session: Session, sign_on: SignOn) -> tuple[Copy, ...]:
    """Each office that has a copy with this person's line, once her name is off."""
    if sign_on.withdrawn_on is None:
        return ()
    out = _out(session, sign_on.letter_id)
    newest = {copy.recipient_id: frozen.n for frozen, copy in out if shows(session, frozen, sign_on.id)}
    offices = {copy.recipient_id: copy.office for _, copy in out}
    asked = _asked(session, sign_on)
    return tuple(
        Copy(office, offices[office], office in asked, _replaced_at(out, office, n))
        for office, n in newest.items()
    )


def _out(session: Session, letter_id: UUID) -> _Out:
    """Every copy that left, edition by edition."""
    oldest_first = reversed(editions(session, letter_id))
    return [(frozen, copy) for frozen in oldest_first for copy in left(session, frozen.id)]


def _replaced_at(out: _Out, recipient_id: UUID, n: int) -> datetime | None:
    later = [copy for frozen, copy in out if frozen.n > n and copy.recipient_id == recipient_id]
    return min((copy.delivered_at for copy in later), default=None)


def _asked(session: Session, sign_on: SignOn) -> frozenset[UUID]:
    # What she asked about an earlier withdrawal, since taken back, is not asked any more.
    standing = select(CorrectionWish.recipient_id).where(CorrectionWish.sign_on_id == sign_on.id)
    return frozenset(session.scalars(standing.where(CorrectionWish.asked_on >= sign_on.withdrawn_on)))


def answer_correction(session: Session, visit: Visit, *, ask: bool, zone: str, now: datetime) -> None:
    """Ask each office that has a copy with her line to use a newer one, or draw no attention to it."""
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is None:
        return
    for copy in copies_out(session, sign_on):
        wish = _wish(session, sign_on.id, copy.recipient_id)
        if wish is not None and not (ask and copy.is_asked):
            session.delete(wish)
            session.flush()
        if ask and not copy.is_asked:
            session.add(_new_wish(sign_on, copy, day_in(zone, now)))
    session.flush()


def _wish(session: Session, sign_on_id: UUID, recipient_id: UUID) -> CorrectionWish | None:
    mine = select(CorrectionWish).where(CorrectionWish.sign_on_id == sign_on_id)
    return session.scalars(mine.where(CorrectionWish.recipient_id == recipient_id)).first()


def _new_wish(sign_on: SignOn, copy: Copy, today: date) -> CorrectionWish:
    return CorrectionWish(id=uuid4(), sign_on_id=sign_on.id, recipient_id=copy.recipient_id, asked_on=today)


def corrections(session: Session, letter_id: UUID, zone: str) -> tuple[Correction, ...]:
    """The offices of a letter that are still to be asked. Each once: not who wants it, nor how many."""
    wished = select(SignOn).join(CorrectionWish, CorrectionWish.sign_on_id == SignOn.id)
    signed = session.scalars(wished.where(SignOn.letter_id == letter_id).distinct()).all()
    open_ones = {
        copy.recipient_id
        for sign_on in signed
        for copy in copies_out(session, sign_on)
        if copy.is_asked and copy.replaced_at is None
    }
    sent = {copy.recipient_id: copy for _, copy in _out(session, letter_id)}
    found = [Correction(sent[id].office, day_in(zone, sent[id].delivered_at)) for id in open_ones]
    return tuple(sorted(found, key=lambda one: (one.office, one.sent_on)))

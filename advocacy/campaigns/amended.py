"""A bill that got a new text under a letter people sign: does the letter still say what is true?

Whether the question stands is worked out at every reading, from the words and the texts of the bill. What is
kept is only what somebody answered, for these words and this text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.models import TextVersion
from advocacy.bills.queries import bill_by_id, facts
from advocacy.campaigns.models import BillCheck, CampaignBill, CampaignLetter
from advocacy.editions.queries import editions, left
from advocacy.letters.actions import open_for_signons
from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import current_opening, recipients, texts_akin, texts_meant, versions


class BillMovedOn(Exception):
    """The bill has changed again, or somebody has opened other words. Please look at the letter once more."""


class MustChange(Exception):
    """Somebody said that this letter must change, because its bill did. Write the next version first."""


class Answer(StrEnum):
    """Whether a letter still holds after its bill changed."""

    WAITING = "waiting"
    HOLDS = "holds"
    MUST_CHANGE = "must_change"


@dataclass(frozen=True)
class Amended:
    """A bill with a newer text than the words people are asked to sign, and what was said of these words."""

    letter_id: UUID
    version_id: UUID
    letter_title: str
    bill_id: UUID
    identifier: str
    text_id: UUID
    kind: str
    on: date | None
    seen_at: datetime
    answer: Answer
    said_by: UUID | None
    said_at: datetime | None


def amended(session: Session, letter_id: UUID) -> tuple[Amended, ...]:
    """Each bill of an opened letter that changed since its words were written, until every office has it."""
    opening = current_opening(session, letter_id)
    if opening is None or (bills := _bills_of(session, letter_id)) == []:
        return ()
    version = session.get_one(LetterVersion, opening.version_id)
    if _has_arrived(session, version):
        return ()
    return tuple(found for bill_id in bills if (found := _amended(session, version, bill_id)) is not None)


def unsettled(session: Session, letter_ids: Iterable[UUID]) -> tuple[Amended, ...]:
    """What nobody has answered yet, or what must change and has not, over these letters."""
    found = (one for letter_id in letter_ids for one in amended(session, letter_id))
    return tuple(one for one in found if one.answer is not Answer.HOLDS)


def must_change(session: Session, version: LetterVersion) -> bool:
    """Whether somebody said of just these words, with or without their typos, that they must change."""
    akin = texts_akin(session, version)
    return any(
        one.answer is Answer.MUST_CHANGE and session.get_one(LetterVersion, one.version_id).sha256 in akin
        for one in amended(session, version.letter_id)
    )


def answer(
    session: Session, letter_id: UUID, text_id: UUID, said: Answer, *, by: UUID, now: datetime
) -> None:
    """Say whether the letter still holds under this text of its bill; the same again is nothing.

    "The letter must change" closes it at once: nobody is invited to words that must change, and nobody signs
    them. What was signed is not touched, and the other answer can still be given.
    """
    session.get_one(Letter, letter_id, with_for_update=True)
    asked = next((one for one in amended(session, letter_id) if one.text_id == text_id), None)
    if asked is None:
        raise BillMovedOn
    if asked.answer is not said:
        _keep(session, asked, said, by, now)
    if said is Answer.MUST_CHANGE:
        _close(session, letter_id, by, now)


def _bills_of(session: Session, letter_id: UUID) -> Sequence[UUID]:
    asked = (
        select(CampaignBill.bill_id)
        .join(CampaignLetter, CampaignLetter.campaign_id == CampaignBill.campaign_id)
        .where(CampaignLetter.letter_id == letter_id)
        .order_by(CampaignBill.bill_id)
    )
    return session.scalars(asked).all()


def _has_arrived(session: Session, version: LetterVersion) -> bool:
    texts = texts_akin(session, version)
    same = {one.id for one in versions(session, version.letter_id) if one.sha256 in texts}
    ours = (one for one in editions(session, version.letter_id) if one.version_id in same)
    reached = {copy.recipient_id for one in ours for copy in left(session, one.id)}
    return {office.id for office in recipients(session, version.letter_id)} <= reached


def _amended(session: Session, version: LetterVersion, bill_id: UUID) -> Amended | None:
    texts = texts_meant(session, version)
    same = [one for one in versions(session, version.letter_id) if one.sha256 in texts]
    newest = _newer_text(session, bill_id, min(one.written_at for one in same))
    if newest is None:
        return None
    said = _said(session, [one.id for one in same], newest)
    return Amended(
        letter_id=version.letter_id,
        version_id=version.id,
        letter_title=version.title,
        bill_id=bill_id,
        identifier=bill_by_id(session, bill_id).identifier,
        text_id=newest.id,
        kind=newest.kind,
        on=newest.on,
        seen_at=newest.seen_at,
        answer=Answer.WAITING if said is None else Answer.HOLDS if said.holds else Answer.MUST_CHANGE,
        said_by=said.said_by if said else None,
        said_at=said.said_at if said else None,
    )


def _newer_text(session: Session, bill_id: UUID, written_at: datetime) -> TextVersion | None:
    """The newest text of a bill, where whoever wrote cannot have known it."""
    known = sorted(facts(session, TextVersion, bill_id), key=lambda row: (row.on or date.max, row.place))
    # The first text is the bill as it came: to learn of it late is no amendment.
    live = [row for row in known[1:] if row.gone_at is None]
    newest = live[-1] if live else None
    return newest if newest is not None and _is_news(newest, written_at) else None


def _is_news(text: TextVersion, written_at: datetime) -> bool:
    # A source that prints a text of the same name again moves its day and nothing else.
    return text.seen_at > written_at or (text.on is not None and text.on > written_at.date())


def _said(session: Session, version_ids: Sequence[UUID], text: TextVersion) -> BillCheck | None:
    asked = select(BillCheck).where(BillCheck.version_id.in_(version_ids), BillCheck.bill_id == text.bill_id)
    given = session.scalars(asked.order_by(BillCheck.said_at, BillCheck.n)).all()
    return next(
        (one for one in reversed(given) if (one.text_kind, one.text_on) == (text.kind, text.on)), None
    )


def _keep(session: Session, asked: Amended, said: Answer, by: UUID, now: datetime) -> None:
    same = select(BillCheck).where(
        BillCheck.version_id == asked.version_id, BillCheck.bill_id == asked.bill_id
    )
    check = BillCheck(
        id=uuid4(),
        version_id=asked.version_id,
        bill_id=asked.bill_id,
        n=len(session.scalars(same).all()) + 1,
        text_kind=asked.kind,
        text_on=asked.on,
        holds=said is Answer.HOLDS,
        said_by=by,
        said_at=now,
    )
    session.add(check)
    audit.record(session, f"letter.bill.{said}", actor=by, about="letter_version", id=asked.version_id)
    session.flush()


def _close(session: Session, letter_id: UUID, by: UUID, now: datetime) -> None:
    opening = current_opening(session, letter_id)
    if opening is not None and now < opening.closes_at:
        open_for_signons(session, opening.version_id, closes_at=now, by=by, now=now)

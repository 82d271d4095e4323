"""What the pages about campaigns show: what is done, and what comes next. Worked out at every reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.queries import bill_by_id
from advocacy.campaigns import queries
from advocacy.campaigns.models import Campaign
from advocacy.editions.queries import current_editions, deliveries, delivery_stage, editions, is_void
from advocacy.letters.models import Letter, LetterKind, LetterVersion, Opening
from advocacy.letters.queries import approval, current_opening, latest_version, recipients
from advocacy.mail.models import MessageStage
from advocacy.positions.pages import PositionPage, position_page
from advocacy.positions.stances import Stance
from advocacy.signons.queries import Progress, progress


class Milestone(StrEnum):
    """What a campaign passes on its way, in this order."""

    BILL = "bill"
    POSITION = "position"
    LETTER = "letter"
    SIGN_ON = "sign_on"
    EDITION = "edition"
    DELIVERY = "delivery"

    @property
    def label(self) -> str:
        """The milestone in a word or two."""
        return _MILESTONES[self][0]

    @property
    def to_do(self) -> str:
        """What somebody does to pass it."""
        return _MILESTONES[self][1]


_MILESTONES = {
    Milestone.BILL: ("Bill", "Follow the bill."),
    Milestone.POSITION: ("Position", "Decide on the position together."),
    Milestone.LETTER: ("Letter", "Have somebody else read and approve the letter."),
    Milestone.SIGN_ON: ("Sign-ons", "Open the letter and invite people."),
    Milestone.EDITION: ("Edition", "Print the letter with its signers."),
    Milestone.DELIVERY: ("Delivery", "Hand it to each office, two people together."),
}


@dataclass(frozen=True)
class BillLine:
    """A bill as one line of a campaign."""

    id: UUID
    identifier: str
    title: str


@dataclass(frozen=True)
class LetterLine:
    """How far one letter has come. It shows numbers, never a name."""

    id: UUID
    kind: LetterKind
    title: str
    stance: Stance | None
    version_n: int
    is_approved: bool
    opened_at: datetime | None
    closes_at: datetime | None
    closes_zone: str | None
    is_open: bool
    progress: Progress
    edition_id: UUID | None
    edition_n: int | None
    edition_is_void: bool
    offices: int
    delivered_to: int

    @property
    def passed(self) -> frozenset[Milestone]:
        """The milestones this letter has passed."""
        passed = {
            Milestone.LETTER: self.is_approved,
            Milestone.SIGN_ON: self._is_signed,
            Milestone.EDITION: self.edition_n is not None
            and (not self.edition_is_void or self.delivered_to > 0),
            Milestone.DELIVERY: 0 < self.offices <= self.delivered_to,
        }
        return frozenset(milestone for milestone, reached in passed.items() if reached)

    @property
    def _is_signed(self) -> bool:
        # Whether the first few signed is not for the office to watch: it shows from five up, or at the end.
        if self.kind is LetterKind.TESTIMONY:
            return self.progress.signed > 0
        is_closed = self.closes_at is not None and not self.is_open
        return is_closed or self.progress.has_many or self.progress.organisations > 0


@dataclass(frozen=True)
class CampaignPage:
    """A campaign with everything it joins."""

    id: UUID
    title: str
    summary: str
    zone: str
    soft_at: datetime
    hard_at: datetime
    begun_at: datetime
    bills: tuple[BillLine, ...]
    positions: tuple[PositionPage, ...]
    letters: tuple[LetterLine, ...]
    note_languages: tuple[str, ...]

    @property
    def letter(self) -> LetterLine | None:
        """The letter people are asked to sign."""
        return next((line for line in self.letters if line.kind is LetterKind.SIGN_ON), None)

    @property
    def path(self) -> tuple[tuple[Milestone, bool], ...]:
        """Every milestone in order, and whether it is passed."""
        passed = set(self.letter.passed) if self.letter else set()
        if self.bills:
            passed.add(Milestone.BILL)
        if self.positions and all(page.is_approved for page in self.positions):
            passed.add(Milestone.POSITION)
        return tuple((milestone, milestone in passed) for milestone in Milestone if self._needs(milestone))

    @property
    def next(self) -> Milestone | None:
        """The first milestone not passed; nothing when all is done."""
        return next((milestone for milestone, passed in self.path if not passed), None)

    def _needs(self, milestone: Milestone) -> bool:
        # A request to an agency has no bill, and does not wait for one.
        return milestone is not Milestone.BILL or bool(self.bills) or self._speaks_of_a_bill

    @property
    def _speaks_of_a_bill(self) -> bool:
        return self.letter is not None and self.letter.stance not in (None, Stance.ADMINISTRATIVE)


@dataclass(frozen=True)
class CampaignLine:
    """A campaign as one line of a list."""

    id: UUID
    title: str
    soft_at: datetime
    hard_at: datetime
    zone: str
    path: tuple[tuple[Milestone, bool], ...]
    next: Milestone | None


def campaign_page(session: Session, campaign_id: UUID, now: datetime) -> CampaignPage | None:
    """All that the page of a campaign shows, or nothing when there is no such campaign."""
    known = queries.campaign(session, campaign_id)
    return _page(session, known, now) if known else None


def all_campaigns(session: Session, now: datetime) -> tuple[CampaignLine, ...]:
    """Every campaign with what comes next in it, the newest first."""
    return tuple(_line(session, known, now) for known in queries.campaigns(session))


def _page(session: Session, known: Campaign, now: datetime) -> CampaignPage:
    rests_on = queries.positions_of(session, known.id)
    pages = (position_page(session, position_id, now) for position_id in rests_on)
    return CampaignPage(
        id=known.id,
        title=known.title,
        summary=known.summary,
        zone=known.zone,
        soft_at=known.soft_at,
        hard_at=known.hard_at,
        begun_at=known.begun_at,
        bills=tuple(_bills(session, queries.bills_of(session, known.id))),
        positions=tuple(page for page in pages if page is not None),
        letters=tuple(_letters(session, queries.letters_of(session, known.id), now)),
        note_languages=tuple(queries.note_languages(session, known.id)),
    )


def _line(session: Session, known: Campaign, now: datetime) -> CampaignLine:
    page = _page(session, known, now)
    return CampaignLine(page.id, page.title, page.soft_at, page.hard_at, page.zone, page.path, page.next)


def _bills(session: Session, ids: Sequence[UUID]) -> Iterator[BillLine]:
    for bill in (bill_by_id(session, id) for id in ids):
        yield BillLine(bill.id, bill.identifier, bill.title)


def _letters(session: Session, ids: Sequence[UUID], now: datetime) -> Iterator[LetterLine]:
    for letter in (session.get_one(Letter, id) for id in ids):
        newest = latest_version(session, letter.id)
        if newest is not None:
            yield letter_line(session, letter, newest, now)


def letter_line(session: Session, letter: Letter, newest: LetterVersion, now: datetime) -> LetterLine:
    """How far one letter has come."""
    opening = current_opening(session, letter.id)
    frozen = editions(session, letter.id)
    goes_to = {office.id for office in recipients(session, letter.id)}
    handed = {
        delivery.recipient_id
        for one in frozen
        for delivery in deliveries(session, one.id)
        if delivery_stage(session, delivery) is not MessageStage.DROPPED
    }
    return LetterLine(
        id=letter.id,
        kind=LetterKind(letter.kind),
        title=newest.title,
        stance=Stance(letter.stance) if letter.stance else None,
        version_n=newest.n,
        is_approved=approval(session, newest.id) is not None,
        opened_at=opening.opened_at if opening else None,
        closes_at=opening.closes_at if opening else None,
        closes_zone=opening.closes_zone if opening else None,
        is_open=_is_open(opening, now),
        progress=progress(session, letter.id, opening.version_id if opening else None),
        edition_id=frozen[0].id if frozen else None,
        edition_n=frozen[0].n if frozen else None,
        edition_is_void=any(is_void(session, one, now) for one in current_editions(session, letter.id)),
        offices=len(goes_to),
        delivered_to=len(goes_to & handed),
    )


def _is_open(opening: Opening | None, now: datetime) -> bool:
    return opening is not None and opening.opened_at <= now < opening.closes_at

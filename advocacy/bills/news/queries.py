"""Reads news: of the bills somebody watches, or of all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from advocacy.bills.changes import ChangeKind
from advocacy.bills.desk.models import BillTag, BillWork
from advocacy.bills.models import Bill, Hearing
from advocacy.bills.news.models import BillNews, BillReader, BillWatch, TagWatch
from advocacy.bills.news.telling import TROUBLE

WORDS: dict[str, str] = {
    ChangeKind.TITLE: "New title",
    ChangeKind.STAGE: "Now",
    ChangeKind.LAW: "Law",
    ChangeKind.STEP: "Step",
    ChangeKind.CORRECTION: "Taken back by its source",
    ChangeKind.SPONSOR: "Joined",
    ChangeKind.SPONSOR_LEFT: "Left",
    ChangeKind.COMMITTEE: "With",
    ChangeKind.COMMITTEE_LEFT: "No longer with",
    ChangeKind.TEXT: "New text",
    ChangeKind.TEXT_GONE: "Text taken back",
    ChangeKind.HEARING: "Hearing",
    ChangeKind.HEARING_MOVED: "Hearing moved",
    ChangeKind.HEARING_OFF: "Hearing called off",
    ChangeKind.COMPANION: "Companion",
    ChangeKind.COMPANION_LEFT: "No longer a companion",
    TROUBLE: "Trouble with a source",
}
"""Each kind of news in the words people read."""


_HEARINGS = {ChangeKind.HEARING, ChangeKind.HEARING_MOVED, ChangeKind.HEARING_OFF}


@dataclass(frozen=True)
class Headline:
    """One piece of news with the bill it is about; trouble with a source is about none."""

    id: UUID
    bill_id: UUID | None
    identifier: str
    title: str
    kind: str
    on: date | None
    before: str
    after: str
    told_at: datetime

    @property
    def label(self) -> str:
        """The kind, as people say it."""
        return WORDS[self.kind]

    def words(self, zone: tzinfo) -> str:
        """What it says now, or what it said until now; a hearing's hour by the clocks of `zone`."""
        if self.kind not in _HEARINGS:
            return self.after or self.before
        before, after = _by_the_clock(self.before, zone), _by_the_clock(self.after, zone)
        return f"{before}. Now: {after}" if before and after else after or before


def _by_the_clock(words: str, zone: tzinfo) -> str:
    when, dot, rest = words.partition(" · ")
    if not when:
        return words
    at = datetime.fromisoformat(when) if "T" in when else None
    shown = f"{at.astimezone(zone):%-d %B %Y, %H:%M %Z}" if at else f"{date.fromisoformat(when):%-d %B %Y}"
    return f"{shown}{dot}{rest}"


def watched(person_id: UUID) -> Select[UUID]:
    """The bills somebody is told of: those she chose, those with a tag she chose, those she looks after."""
    chosen = select(BillWatch.bill_id).where(BillWatch.person_id == person_id)
    tagged = select(BillTag.bill_id).join(TagWatch, TagWatch.tag == BillTag.tag)
    owned = select(BillWork.bill_id).where(BillWork.owner_id == person_id)
    every = chosen.union(tagged.where(TagWatch.person_id == person_id), owned).subquery()
    return select(every.c.bill_id)


def headlines(
    session: Session,
    *,
    of: UUID | None = None,
    bill_id: UUID | None = None,
    after: datetime | None = None,
    until: datetime | None = None,
    most: int = 200,
) -> tuple[Headline, ...]:
    """News, the newest first: of all bills, of those somebody watches, or of one. Trouble is everybody's."""
    asked = select(BillNews, Bill).join(Bill, Bill.id == BillNews.bill_id, isouter=True)
    if of is not None:
        asked = asked.where(or_(BillNews.bill_id.in_(watched(of)), BillNews.bill_id.is_(None)))
    if bill_id is not None:
        asked = asked.where(BillNews.bill_id == bill_id)
    if after is not None:
        asked = asked.where(BillNews.told_at > after)
    if until is not None:
        asked = asked.where(BillNews.told_at <= until)
    asked = asked.order_by(BillNews.told_at.desc(), Bill.identifier, BillNews.place).limit(most)
    return tuple(_headline(news, bill) for news, bill in session.execute(asked))


def _headline(news: BillNews, bill: Bill | None) -> Headline:
    return Headline(
        id=news.id,
        bill_id=news.bill_id,
        identifier=bill.identifier if bill else news.before,
        title=bill.title if bill else "",
        kind=news.kind,
        on=news.on,
        before=news.before,
        after=news.after,
        told_at=news.told_at,
    )


def has_news(session: Session, person_id: UUID, after: datetime, until: datetime) -> bool:
    """Whether anything happened that somebody would be told of."""
    return bool(headlines(session, of=person_id, after=after, until=until, most=1))


def reader(session: Session, person_id: UUID) -> BillReader | None:
    """How somebody is told, when she ever said anything about it."""
    return session.get(BillReader, person_id)


def reader_of_feed(session: Session, key_hash: bytes) -> BillReader | None:
    """Whose feed this is."""
    return session.scalars(select(BillReader).where(BillReader.feed_hash == key_hash)).first()


def mail_readers(session: Session) -> Iterable[BillReader]:
    """Whoever wants the daily mail."""
    asked = select(BillReader).where(BillReader.mail_since.is_not(None))
    return session.scalars(asked.order_by(BillReader.person_id)).all()


def is_watching(session: Session, person_id: UUID, bill_id: UUID) -> bool:
    """Whether somebody chose this very bill."""
    return session.get(BillWatch, (person_id, bill_id)) is not None


def tags_watched(session: Session, person_id: UUID) -> Collection[str]:
    """The tags somebody chose."""
    return session.scalars(
        select(TagWatch.tag).where(TagWatch.person_id == person_id).order_by(TagWatch.tag)
    ).all()


def how_many_watched(session: Session, person_id: UUID) -> int:
    """How many bills somebody is told of."""
    return session.scalar(select(func.count()).select_from(watched(person_id).subquery())) or 0


def hearings_watched(session: Session, person_id: UUID, since: date) -> tuple[tuple[Bill, Hearing], ...]:
    """The hearings of the bills somebody watches from a day on, those called off included."""
    asked = select(Bill, Hearing).join(Hearing, Hearing.bill_id == Bill.id)
    asked = asked.where(Bill.id.in_(watched(person_id)), Hearing.on >= since)
    return tuple(session.execute(asked.order_by(Hearing.on, Hearing.at, Hearing.id)))

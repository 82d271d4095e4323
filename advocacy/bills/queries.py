"""Reads bills one at a time. Where one stands is worked out from its steps; lists read what was kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.bills.identifiers import BadReference, BillKey, make_key
from advocacy.bills.kept_facts import hearing_fact, referral_fact, related_fact, sponsor_fact, step_fact
from advocacy.bills.models import (
    Bill,
    Hearing,
    Referral,
    Related,
    SourceReading,
    Sponsorship,
    StatusOverride,
    Step,
    TextVersion,
)
from advocacy.bills.page import (
    BillName,
    BillPage,
    HearingLine,
    News,
    OverrideLine,
    RelatedLine,
    StepLine,
    VersionLine,
)
from advocacy.bills.snapshot import Snapshot, TextFact
from advocacy.bills.status import Stage, Standing, died, is_final, standing

Row = TypeVar("Row", Step, Sponsorship, Referral, TextVersion, Hearing, Related)


class NoSuchBill(Exception):
    """We do not follow this bill. It may have been typed differently, or never added."""


def find(session: Session, key: BillKey) -> Bill | None:
    """The bill with this key, if we follow it."""
    wanted = select(Bill).where(
        Bill.jurisdiction == key.jurisdiction,
        Bill.session == key.session,
        Bill.prefix == key.prefix,
        Bill.number == key.number,
        Bill.suffix == key.suffix,
    )
    return session.scalars(wanted).one_or_none()


def bill_by_id(session: Session, bill_id: UUID) -> Bill:
    """The bill with this id, or `NoSuchBill`."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NoSuchBill(NoSuchBill.__doc__)
    return bill


def key_of(bill: Bill) -> BillKey:
    """The one name of this bill."""
    return BillKey(bill.jurisdiction, bill.session, bill.prefix, bill.number, bill.suffix)


def bill_page(session: Session, bill_id: UUID, now: datetime) -> BillPage:
    """Everything known about a bill at `now`, or `NoSuchBill`."""
    bill = bill_by_id(session, bill_id)
    steps = steps_of(session, bill.id)
    found, override = stands(session, bill, steps, now.date())
    live = [step for step in steps if step.gone_at is None]
    sponsors = [sponsor_fact(row) for row in _live(session, Sponsorship, bill.id)]
    joined = [sponsor for sponsor in sponsors if not sponsor.leads]
    return BillPage(
        id=bill.id,
        key=key_of(bill),
        identifier=bill.identifier,
        title=bill.title,
        stage=found.stage,
        rule=found.rule,
        because=found.sentence,
        override=override,
        last_action=live[-1].text if live else "",
        last_action_on=live[-1].on if live else None,
        introduced_on=bill.introduced_on,
        laws=tuple(bill.laws),
        sponsors=tuple(sponsor for sponsor in sponsors if sponsor.leads),
        cosponsors=tuple(sponsor for sponsor in joined if sponsor.withdrawn_on is None),
        former_cosponsors=tuple(sponsor for sponsor in joined if sponsor.withdrawn_on),
        committees=tuple(referral_fact(row) for row in _live(session, Referral, bill.id)),
        versions=_versions(_live(session, TextVersion, bill.id)),
        steps=tuple(StepLine(s.on, s.at, s.text, s.source, s.gone_at) for s in reversed(steps)),
        hearings=_hearings(_live(session, Hearing, bill.id)),
        related=_related(session, _live(session, Related, bill.id)),
        summary=bill.summary,
        subjects=tuple(bill.subjects),
        source=bill.source,
        source_url=bill.source_url,
        fetched_at=bill.fetched_at,
        unread=bill.unread,
        seen_at=now,
    )


def bill_names(session: Session) -> tuple[BillName, ...]:
    """Every bill we follow, to choose one of: the one that moved last first."""
    newest = Bill.last_action_on.desc().nulls_last()
    asked = select(Bill.id, Bill.identifier, Bill.title).order_by(newest, Bill.identifier)
    return tuple(BillName(id, identifier, title) for id, identifier, title in session.execute(asked))


def text_names(session: Session) -> tuple[str, ...]:
    """The name of every kind of text that a bill of ours has, in order."""
    asked = select(TextVersion.kind).where(TextVersion.gone_at.is_(None)).distinct()
    return tuple(sorted(session.scalars(asked)))


def news_since(session: Session, since: datetime) -> tuple[News, ...]:
    """What was seen to happen to each bill since a moment, the newest first; not what we began with."""
    began = select(SourceReading.bill_id, func.min(SourceReading.fetched_at).label("at"))
    first = began.group_by(SourceReading.bill_id).subquery()
    asked = select(Step, Bill).join(Bill, Bill.id == Step.bill_id).join(first, first.c.bill_id == Bill.id)
    asked = asked.where(Step.seen_at >= since, Step.seen_at > first.c.at, Step.gone_at.is_(None))
    newest: dict[UUID, News] = {}
    for step, bill in session.execute(asked.order_by(Step.on.desc(), Step.place.desc())):
        newest.setdefault(bill.id, News(bill.id, bill.identifier, step.on, step.text, step.seen_at))
    return tuple(newest.values())


def hearings_between(session: Session, first: date, last: date) -> tuple[tuple[Bill, Hearing], ...]:
    """The hearings of our bills on these days, the earliest first."""
    asked = select(Bill, Hearing).join(Hearing, Hearing.bill_id == Bill.id)
    asked = asked.where(Hearing.on >= first, Hearing.on <= last, Hearing.gone_at.is_(None))
    asked = asked.where(Hearing.cancelled.is_(False)).order_by(Hearing.on, Hearing.at)
    return tuple((bill, hearing) for bill, hearing in session.execute(asked))


def keys_followed(session: Session) -> tuple[BillKey, ...]:
    """The key of every bill we follow, in order."""
    return tuple(sorted(key_of(bill) for bill in session.scalars(select(Bill))))


def facts(session: Session, table: type[Row], bill_id: UUID) -> list[Row]:
    """All facts of one kind about a bill, in their source's order, those gone included."""
    return list(
        session.scalars(select(table).where(table.bill_id == bill_id).order_by(table.place, table.seen_at))
    )


def steps_of(session: Session, bill_id: UUID) -> list[Step]:
    """All steps of a bill, oldest first, those gone included."""
    wanted = select(Step).where(Step.bill_id == bill_id).order_by(Step.on, Step.place, Step.seen_at)
    return list(session.scalars(wanted))


def snapshot_of(session: Session, bill: Bill) -> Snapshot:
    """What we now hold about a bill, in the same form as a source tells it."""
    return Snapshot(
        key=key_of(bill),
        title=bill.title,
        source=bill.source,
        introduced_on=bill.introduced_on,
        laws=tuple(bill.laws),
        steps=tuple(step_fact(row) for row in steps_of(session, bill.id) if row.gone_at is None),
        sponsors=tuple(sponsor_fact(row) for row in _live(session, Sponsorship, bill.id)),
        referrals=tuple(referral_fact(row) for row in _live(session, Referral, bill.id)),
        texts=tuple(TextFact(row.kind, row.on) for row in _live(session, TextVersion, bill.id)),
        hearings=tuple(hearing_fact(row) for row in _live(session, Hearing, bill.id)),
        related=tuple(related_fact(row) for row in _live(session, Related, bill.id)),
        summary=bill.summary,
        subjects=tuple(bill.subjects),
    )


def _live(session: Session, table: type[Row], bill_id: UUID) -> list[Row]:
    return [row for row in facts(session, table, bill_id) if row.gone_at is None]


def stands(
    session: Session, bill: Bill, steps: Sequence[Step], today: date
) -> tuple[Standing, OverrideLine | None]:
    """Where a bill stands on a day by these steps, and a person's word where that counts more."""
    key = key_of(bill)
    found = standing(
        key,
        title=bill.title,
        steps=[step_fact(step) for step in steps if step.gone_at is None],
        laws=bill.laws,
        introduced_on=bill.introduced_on,
        today=today,
        session_ends_on=bill.session_ends_on,
    )
    said = _override(session, bill.id, steps)
    if said is None or died(key, Stage(said.stage), today, bill.session_ends_on):
        return found, None
    line = OverrideLine(said.reason, said.by_id, said.made_at, found.stage)
    return Standing(Stage(said.stage), "said-by-a-person", said.reason, found.step), line


def _override(session: Session, bill_id: UUID, steps: Iterable[Step]) -> StatusOverride | None:
    newest = (
        select(StatusOverride)
        .where(StatusOverride.bill_id == bill_id, StatusOverride.lifted_at.is_(None))
        .order_by(StatusOverride.made_at.desc())
        .limit(1)
    )
    said = session.scalars(newest).one_or_none()
    if said is None or any(_ends(step, said) for step in steps):
        return None
    return said


def _ends(step: Step, said: StatusOverride) -> bool:
    # Old news that arrives late does not count: a person knew more than that when they decided.
    newer = step.seen_at > said.made_at and step.on >= (said.newest_step_on or date.min)
    return newer and step.gone_at is None and is_final(step_fact(step))


def _versions(rows: Iterable[TextVersion]) -> tuple[VersionLine, ...]:
    told = sorted(rows, key=lambda row: (row.on or date.max, row.place))
    return tuple(VersionLine(r.id, r.kind, r.on, tuple((kind, url) for kind, url in r.links)) for r in told)


def _hearings(rows: Iterable[Hearing]) -> tuple[HearingLine, ...]:
    told = sorted(rows, key=lambda row: row.on)
    return tuple(HearingLine(r.id, r.committee, r.on, r.at, r.location, r.cancelled, r.source) for r in told)


def _related(session: Session, rows: Sequence[Related]) -> tuple[RelatedLine, ...]:
    ours = {}
    for row in rows:
        try:
            found = find(session, make_key(row.jurisdiction, row.session, row.identifier))
        except BadReference:
            continue
        if found is not None:
            ours[row.id] = found.id
    return tuple(RelatedLine(related_fact(row), row.source, ours.get(row.id)) for row in rows)

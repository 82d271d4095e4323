"""What differs between two looks at a bill. A step that vanished is a correction, not an event."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from advocacy.bills.repeats import same_words
from advocacy.bills.snapshot import (
    HearingFact,
    ReferralFact,
    RelatedFact,
    Snapshot,
    SponsorFact,
    StepFact,
    TextFact,
)
from advocacy.bills.status import Standing, standing

Fact = TypeVar("Fact")


class ChangeKind(StrEnum):
    """What kind of news a difference is."""

    TITLE = "title"
    STAGE = "stage"
    LAW = "law"
    STEP = "step"
    CORRECTION = "correction"
    SPONSOR = "sponsor"
    SPONSOR_LEFT = "sponsor left"
    COMMITTEE = "committee"
    COMMITTEE_LEFT = "committee left"
    TEXT = "text"
    TEXT_GONE = "text gone"
    HEARING = "hearing"
    HEARING_MOVED = "hearing moved"
    HEARING_OFF = "hearing cancelled"
    COMPANION = "companion"
    COMPANION_LEFT = "companion left"


@dataclass(frozen=True)
class Change:
    """One difference: what kind, what it was, what it is. `on` is the day the source gives it.

    `nth` tells one of several equal facts from the others: the second of two equal steps is 2.
    """

    kind: ChangeKind
    before: str
    after: str
    on: date | None = None
    nth: int = 1

    def __str__(self) -> str:
        if self.before and self.after:
            return f"{self.kind}: {self.before} → {self.after}"
        return f"{self.kind}: {self.after or self.before}"


def between(old: Snapshot, new: Snapshot, *, today: date) -> tuple[Change, ...]:
    """Every difference from `old` to `new`; parts that either was not told are left out."""
    return tuple(
        chain(
            _heads(old, new, today),
            _steps(old, new),
            _hearings(old, new, today),
            _sponsors(old, new),
            _others(old, new),
            _tied(old, new),
        )
    )


def _heads(old: Snapshot, new: Snapshot, today: date) -> Iterable[Change]:
    if old.title != new.title:
        yield Change(ChangeKind.TITLE, old.title, new.title)
    before, after = _stage(old, today), _stage(new, today)
    if before.stage is not after.stage:
        # A stage rests on a step: coming to it a second time is other news.
        on = after.step.on if after.step else None
        yield Change(ChangeKind.STAGE, before.stage, after.stage, on)
    for law in new.laws:
        if law not in old.laws:
            yield Change(ChangeKind.LAW, "", law)


def _stage(seen: Snapshot, today: date) -> Standing:
    return standing(
        seen.key,
        title=seen.title,
        steps=seen.steps or (),
        laws=seen.laws,
        introduced_on=seen.introduced_on,
        today=today,
    )


def _steps(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def same(step: StepFact) -> Hashable:
        return step.on, same_words(step.text)

    for step, nth in _more(new.steps, old.steps, same):
        yield Change(ChangeKind.STEP, "", step.text, step.on, nth)
    for step, nth in _more(old.steps, new.steps, same):
        yield Change(ChangeKind.CORRECTION, step.text, "", step.on, nth)


def _hearings(old: Snapshot, new: Snapshot, today: date) -> Iterable[Change]:
    """What became of the hearings that are still to come: set, moved, off."""
    if old.hearings is None or new.hearings is None:
        return
    before, after = _by_name(old.hearings), _by_name(new.hearings)
    for name in dict.fromkeys((*after, *before)):
        found = hearing_change(before.get(name), after.get(name))
        if found is not None and found.on is not None and found.on >= today:
            yield found


def hearing_change(was: HearingFact | None, now: HearingFact | None) -> Change | None:
    """What became of one hearing. One no longer told, or cancelled, is off; `on` is the later of its days."""
    before, after = _when(was), _when(now)
    day = max((one.on for one in (was, now) if one is not None), default=None)
    if before == after:
        return None
    if not after:
        return Change(ChangeKind.HEARING_OFF, before, "", day)
    return Change(ChangeKind.HEARING_MOVED if before else ChangeKind.HEARING, before, after, day)


def _by_name(hearings: Iterable[HearingFact]) -> dict[Hashable, HearingFact]:
    return {one.event_code or (one.committee.casefold(), one.on): one for one in hearings}


def _when(one: HearingFact | None) -> str:
    """The words a person needs of it; none of one that will not be held."""
    if one is None or one.cancelled:
        return ""
    at = one.at.isoformat(timespec="minutes") if one.at else one.on.isoformat()
    return " · ".join(filter(None, (at, one.committee, one.location)))


def _sponsors(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def same(sponsor: SponsorFact) -> Hashable:
        return sponsor.leads, sponsor.person_code or sponsor.name.casefold()

    before, after = _standing_sponsors(old), _standing_sponsors(new)
    for sponsor, nth in _more(after, before, same):
        yield Change(ChangeKind.SPONSOR, "", sponsor.name, sponsor.joined_on, nth)
    left = {same(sponsor): sponsor.withdrawn_on for sponsor in new.sponsors or ()}
    for sponsor, nth in _more(before, after, same):
        yield Change(ChangeKind.SPONSOR_LEFT, sponsor.name, "", left.get(same(sponsor)), nth)


def _standing_sponsors(seen: Snapshot) -> tuple[SponsorFact, ...] | None:
    if seen.sponsors is None:
        return None
    return tuple(sponsor for sponsor in seen.sponsors if sponsor.withdrawn_on is None)


def _others(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def committee(referral: ReferralFact) -> Hashable:
        return referral.code or (referral.chamber, referral.name.casefold())

    def print_of(text: TextFact) -> Hashable:
        return text.kind

    for referral, nth in _more(new.referrals, old.referrals, committee):
        yield Change(ChangeKind.COMMITTEE, "", referral.name, nth=nth)
    for referral, nth in _more(old.referrals, new.referrals, committee):
        yield Change(ChangeKind.COMMITTEE_LEFT, referral.name, "", nth=nth)
    for text, nth in _more(new.texts, old.texts, print_of):
        yield Change(ChangeKind.TEXT, "", text.kind, text.on, nth)
    for text, nth in _more(old.texts, new.texts, print_of):
        yield Change(ChangeKind.TEXT_GONE, text.kind, "", text.on, nth)


def _tied(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    for bill, nth in _more(_companions(new), _companions(old), _named):
        yield Change(ChangeKind.COMPANION, "", _named(bill), nth=nth)
    for bill, nth in _more(_companions(old), _companions(new), _named):
        yield Change(ChangeKind.COMPANION_LEFT, _named(bill), "", nth=nth)


def _companions(seen: Snapshot) -> tuple[RelatedFact, ...] | None:
    if seen.related is None:
        return None
    # The same bill is often named twice, by two who say so.
    found = {_named(one): one for one in seen.related if one.is_companion}
    return tuple(found.values())


def _named(bill: RelatedFact) -> str:
    return f"{bill.jurisdiction} {bill.session} {bill.identifier}"


def _more(
    these: Iterable[Fact] | None, those: Iterable[Fact] | None, same: Callable[[Fact], Hashable]
) -> Iterable[tuple[Fact, int]]:
    # Two equal rows are two: one of them vanishing is a difference as well.
    if these is None or those is None:
        return
    known, seen = Counter(same(fact) for fact in those), Counter[Hashable]()
    for fact in these:
        seen[same(fact)] += 1
        if seen[same(fact)] > known[same(fact)]:
            yield fact, seen[same(fact)]

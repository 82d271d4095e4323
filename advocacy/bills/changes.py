"""What differs between two looks at a bill. A step that vanished is a correction, not an event."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from advocacy.bills.repeats import same_words
from advocacy.bills.snapshot import ReferralFact, Snapshot, SponsorFact, StepFact, TextFact
from advocacy.bills.status import Stage, standing

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


@dataclass(frozen=True)
class Change:
    """One difference: what kind, what it was, what it is. `on` is the day the source gives it."""

    kind: ChangeKind
    before: str
    after: str
    on: date | None = None

    def __str__(self) -> str:
        if self.before and self.after:
            return f"{self.kind}: {self.before} → {self.after}"
        return f"{self.kind}: {self.after or self.before}"


def between(old: Snapshot, new: Snapshot, *, today: date) -> tuple[Change, ...]:
    """Every difference from `old` to `new`; parts that either was not told are left out."""
    return tuple(chain(_heads(old, new, today), _steps(old, new), _sponsors(old, new), _others(old, new)))


def _heads(old: Snapshot, new: Snapshot, today: date) -> Iterable[Change]:
    if old.title != new.title:
        yield Change(ChangeKind.TITLE, old.title, new.title)
    before, after = _stage(old, today), _stage(new, today)
    if before is not after:
        yield Change(ChangeKind.STAGE, before, after)
    for law in new.laws:
        if law not in old.laws:
            yield Change(ChangeKind.LAW, "", law)


def _stage(seen: Snapshot, today: date) -> Stage:
    found = standing(
        seen.key,
        title=seen.title,
        steps=seen.steps or (),
        laws=seen.laws,
        introduced_on=seen.introduced_on,
        today=today,
    )
    return found.stage


def _steps(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def same(step: StepFact) -> Hashable:
        return step.on, same_words(step.text)

    for step in _more(new.steps, old.steps, same):
        yield Change(ChangeKind.STEP, "", step.text, step.on)
    for step in _more(old.steps, new.steps, same):
        yield Change(ChangeKind.CORRECTION, step.text, "", step.on)


def _sponsors(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def same(sponsor: SponsorFact) -> Hashable:
        return sponsor.leads, sponsor.person_code or sponsor.name.casefold()

    before, after = _standing_sponsors(old), _standing_sponsors(new)
    for sponsor in _more(after, before, same):
        yield Change(ChangeKind.SPONSOR, "", sponsor.name, sponsor.joined_on)
    left = {same(sponsor): sponsor.withdrawn_on for sponsor in new.sponsors or ()}
    for sponsor in _more(before, after, same):
        yield Change(ChangeKind.SPONSOR_LEFT, sponsor.name, "", left.get(same(sponsor)))


def _standing_sponsors(seen: Snapshot) -> tuple[SponsorFact, ...] | None:
    if seen.sponsors is None:
        return None
    return tuple(sponsor for sponsor in seen.sponsors if sponsor.withdrawn_on is None)


def _others(old: Snapshot, new: Snapshot) -> Iterable[Change]:
    def committee(referral: ReferralFact) -> Hashable:
        return referral.code or (referral.chamber, referral.name.casefold())

    def print_of(text: TextFact) -> Hashable:
        return text.kind

    for referral in _more(new.referrals, old.referrals, committee):
        yield Change(ChangeKind.COMMITTEE, "", referral.name)
    for referral in _more(old.referrals, new.referrals, committee):
        yield Change(ChangeKind.COMMITTEE_LEFT, referral.name, "")
    for text in _more(new.texts, old.texts, print_of):
        yield Change(ChangeKind.TEXT, "", text.kind, text.on)
    for text in _more(old.texts, new.texts, print_of):
        yield Change(ChangeKind.TEXT_GONE, text.kind, "", text.on)


def _more(
    these: Iterable[Fact] | None, those: Iterable[Fact] | None, same: Callable[[Fact], Hashable]
) -> Iterable[Fact]:
    # Two equal rows are two: one of them vanishing is a difference as well.
    if these is None or those is None:
        return
    known = Counter(same(fact) for fact in those)
    for fact in these:
        if known[same(fact)]:
            known[same(fact)] -= 1
        else:
            yield fact

"""Everything a page, a letter or a command may say about a bill, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import ReferralFact, RelatedFact, SponsorFact
from advocacy.bills.status import Stage


@dataclass(frozen=True)
class StepLine:
    """Something that happened, in its source's words. `gone_at`: its source no longer says so."""

    on: date
    at: datetime | None
    text: str
    source: str
    gone_at: datetime | None


@dataclass(frozen=True)
class VersionLine:
    """One printed text, and where it can be read: pairs of a format and a web address."""

    id: UUID
    kind: str
    on: date | None
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HearingLine:
    """A date with a place."""

    id: UUID
    committee: str
    on: date
    at: datetime | None
    location: str
    cancelled: bool
    source: str


@dataclass(frozen=True)
class RelatedLine:
    """Another bill tied to this one, by whom it is told, and its id where we follow it too."""

    fact: RelatedFact
    source: str
    bill_id: UUID | None


@dataclass(frozen=True)
class OverrideLine:
    """A person's word on where the bill stands, why, and what the steps alone would say."""

    reason: str
    by_id: UUID
    made_at: datetime
    otherwise: Stage


@dataclass(frozen=True)
class BillPage:
    """A bill as it is known at `seen_at`. Whoever left the bill is in `former_cosponsors` only."""

    id: UUID
    key: BillKey
    identifier: str
    title: str
    stage: Stage
    rule: str
    because: str
    override: OverrideLine | None
    last_action: str
    last_action_on: date | None
    introduced_on: date | None
    laws: tuple[str, ...]
    sponsors: tuple[SponsorFact, ...]
    cosponsors: tuple[SponsorFact, ...]
    former_cosponsors: tuple[SponsorFact, ...]
    committees: tuple[ReferralFact, ...]
    versions: tuple[VersionLine, ...]
    steps: tuple[StepLine, ...]
    hearings: tuple[HearingLine, ...]
    related: tuple[RelatedLine, ...]
    summary: str
    subjects: tuple[str, ...]
    source: str
    source_url: str
    fetched_at: datetime
    unread: int
    seen_at: datetime

    def text_since(self, kind: str) -> str:
        """The newest text, where it was printed after the one of this name; else, or if unknown, nothing."""
        kinds = [text.kind for text in self.versions]
        return kinds[-1] if kind in kinds and kinds[-1] != kind else ""


@dataclass(frozen=True)
class BillName:
    """A bill to choose from a list."""

    id: UUID
    identifier: str
    title: str


@dataclass(frozen=True)
class News:
    """Something that happened to a bill we follow, and when we saw it."""

    bill_id: UUID
    identifier: str
    on: date
    text: str
    seen_at: datetime


def committee_name(referral: ReferralFact) -> str:
    """A committee with its chamber, as people say it: "House Foreign Affairs Committee"."""
    named = not referral.chamber or referral.name.startswith(referral.chamber)
    return referral.name if named else f"{referral.chamber} {referral.name}"


def as_json(page: BillPage) -> dict[str, object]:
    """The page as plain values for `json.dumps`: names as text, days as ISO."""
    return {
        "reference": page.key.reference,
        "jurisdiction": page.key.jurisdiction,
        "session": page.key.session,
        "identifier": page.identifier,
        "title": page.title,
        "stage": str(page.stage),
        "rule": page.rule,
        "because": page.because,
        "overridden": None if page.override is None else page.override.reason,
        "introduced_on": _iso(page.introduced_on),
        "last_action": page.last_action,
        "last_action_on": _iso(page.last_action_on),
        "laws": list(page.laws),
        "sponsors": [sponsor.name for sponsor in page.sponsors],
        "cosponsors": [sponsor.name for sponsor in page.cosponsors],
        "former_cosponsors": [sponsor.name for sponsor in page.former_cosponsors],
        "committees": [committee_name(referral) for referral in page.committees],
        "versions": [_version(version) for version in page.versions],
        "hearings": [
            {"committee": h.committee, "on": _iso(h.on), "location": h.location} for h in page.hearings
        ],
        "related": [_tied(line) for line in page.related],
        "summary": page.summary,
        "subjects": list(page.subjects),
        "source": page.source,
        "source_url": page.source_url,
        "fetched_at": page.fetched_at.isoformat(),
        "unread": page.unread,
    }


def _version(version: VersionLine) -> dict[str, object]:
    links = [{"type": kind, "url": url} for kind, url in version.links]
    return {"type": version.kind, "on": _iso(version.on), "links": links}


def _tied(line: RelatedLine) -> dict[str, object]:
    tied = line.fact
    reference = f"{tied.jurisdiction} {tied.session} {tied.identifier}"
    return {"kind": tied.kind, "reference": reference, "title": tied.title, "told_by": tied.told_by}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

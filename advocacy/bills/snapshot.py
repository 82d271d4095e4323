"""What a source said about a bill at one moment, as values that cannot change.

Every source, and a person typing, ends in the same `Snapshot`, so that nothing behind it needs to know who
spoke. A part that is None was not told this time: what is known about it stays as it is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from advocacy.bills.identifiers import BillKey


@dataclass(frozen=True)
class StepFact:
    """One thing that happened. `text` is the source's own words; `codes` and `kinds` are its structure."""

    on: date
    text: str
    at: datetime | None = None
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()


@dataclass(frozen=True)
class SponsorFact:
    """Somebody who put their name to the bill, as the source writes it."""

    name: str
    leads: bool = False
    person_code: str = ""
    party: str = ""
    state: str = ""
    district: str = ""
    joined_on: date | None = None
    original: bool = False
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class ReferralFact:
    """A committee that has, or had, the bill. `parent` is the full committee of a subcommittee."""

    name: str
    chamber: str = ""
    code: str = ""
    kind: str = ""
    parent: str = ""
    activities: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True)
class TextFact:
    """One printed text of the bill; the source may not have dated it yet."""

    kind: str
    on: date | None = None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class HearingFact:
    """A date with a place. `event_code` is the source's own name for it: it stays when the hearing moves."""

    committee: str
    on: date
    at: datetime | None = None
    location: str = ""
    event_code: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class RelatedFact:
    """Another bill that the source ties to this one, and how: "Identical bill", "Companion"."""

    kind: str
    jurisdiction: str
    session: str
    identifier: str
    title: str = ""
    told_by: str = ""

    @property
    def is_companion(self) -> bool:
        """Whether it is the same text in the other chamber."""
        return any(word in self.kind.casefold() for word in ("identical", "companion", "same as"))


@dataclass(frozen=True)
class Snapshot:
    """All that one source said about one bill."""

    key: BillKey
    title: str
    source: str
    source_url: str = ""
    introduced_on: date | None = None
    laws: tuple[str, ...] = ()
    steps: tuple[StepFact, ...] | None = None
    sponsors: tuple[SponsorFact, ...] | None = None
    referrals: tuple[ReferralFact, ...] | None = None
    texts: tuple[TextFact, ...] | None = None
    hearings: tuple[HearingFact, ...] | None = None
    related: tuple[RelatedFact, ...] | None = None
    summary: str | None = None
    subjects: tuple[str, ...] | None = None
    unread: int = 0
    as_of: datetime | None = None
    payload: bytes = b""

    @property
    def hash(self) -> bytes:
        """The fingerprint of what was received: the same answer always has the same one."""
        return sha256(self.payload).digest()

"""A bill typed in by a person: on a page, or as a short record in a file of a campaign's folder.

A record is facts, one file for one bill, in TOML. Only `reference` and `title` are needed.

    reference = "us 119 H.R. 1144"     any spelling, with its place
    title = "..."                      source = "Congress.gov"      who was read; without it, entered by hand
    as_of = 2026-06-04                 the day it was read           source_url, introduced, laws = ["..."]
    sponsors = [{name = "..."}]        also code, party, state, district, on, original, withdrawn
    cosponsors = [...]                 the same
    committees = [{name = "...", chamber = "House", code = "hsfa00", activities = [{what = "...", on = ...}]}]
    steps = [{on = 2025-02-07, text = "...", codes = ["1000"]}]                 oldest first
    versions = [{type = "Introduced in House", on = 2025-02-07, url = "https://..."}]
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from advocacy.bills.identifiers import BadReference, BillKey, parse_reference
from advocacy.bills.plain import plain, web_address
from advocacy.bills.snapshot import ReferralFact, Snapshot, SponsorFact, StepFact, TextFact
from advocacy.bills.status import Stage

BY_HAND = "entered by hand"

_RECORD_KEYS = (
    "reference title source source_url as_of introduced laws sponsors cosponsors committees steps versions"
)

Fields = Mapping[str, object]


class TitleMissing(Exception):
    """A bill needs its title, as it is printed on the bill."""


class BadRecord(Exception):
    """A bill's record in a campaign folder says something that cannot be used."""


@dataclass(frozen=True)
class HandEntry:
    """What a person typed. Steps are pairs of a day and the legislature's words."""

    key: BillKey
    title: str
    introduced_on: date | None = None
    steps: tuple[tuple[date, str], ...] = ()
    sponsors: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    source_url: str = ""
    stage: Stage | None = None


def entry_snapshot(entry: HandEntry) -> Snapshot:
    """What was typed, in the form every source has. An empty part is not told, so it removes nothing."""
    if not plain(entry.title):
        raise TitleMissing(TitleMissing.__doc__)
    steps = tuple(StepFact(on=on, text=plain(text)) for on, text in sorted(entry.steps) if plain(text))
    sponsors = tuple(
        SponsorFact(plain(name), leads=True, original=True) for name in entry.sponsors if plain(name)
    )
    return Snapshot(
        key=entry.key,
        title=plain(entry.title),
        source=BY_HAND,
        source_url=web_address(entry.source_url),
        introduced_on=entry.introduced_on,
        steps=steps or None,
        sponsors=sponsors or None,
        referrals=tuple(ReferralFact(plain(name)) for name in entry.committees if plain(name)) or None,
        payload=repr(entry).encode("utf-8", "replace"),
    )


def read_record(path: Path) -> Snapshot:
    """The bill a record file describes, or `BadRecord` naming the file and the key that is wrong."""
    try:
        raw = path.read_bytes()
        record = tomllib.loads(raw.decode("utf-8"))
    except OSError as fault:
        raise BadRecord(f"{path}: cannot be read ({fault.strerror}).") from fault
    except ValueError as fault:
        raise BadRecord(f"{path}: {fault}") from fault
    return _Record(path, record).snapshot(json.dumps(record, default=str, sort_keys=True).encode())


@dataclass(frozen=True)
class _Record:
    """Takes a record's fields one by one and says which one is wrong."""

    path: Path
    fields: Fields
    where: str = ""

    def snapshot(self, payload: bytes) -> Snapshot:
        as_of = self.day("as_of")
        read_at = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC) if as_of else None
        leads = [row.sponsor(leads=True) for row in self.rows("sponsors")]
        found = Snapshot(
            key=self.key(),
            title=self.needed("title"),
            source=self.text("source") or BY_HAND,
            source_url=self.address("source_url"),
            introduced_on=self.day("introduced"),
            laws=self.texts("laws"),
            steps=tuple(row.step() for row in self.rows("steps")),
            sponsors=tuple(leads + [row.sponsor(leads=False) for row in self.rows("cosponsors")]),
            referrals=tuple(row.referral() for row in self.rows("committees")),
            texts=tuple(row.version() for row in self.rows("versions")),
            as_of=read_at,
            payload=payload,
        )
        self.known(_RECORD_KEYS)
        return found

    def key(self) -> BillKey:
        try:
            return parse_reference(self.needed("reference"))
        except BadReference as fault:
            raise self.wrong("reference", str(fault)) from fault

    def sponsor(self, *, leads: bool) -> SponsorFact:
        self.known("name code party state district on original withdrawn")
        return SponsorFact(
            name=self.needed("name"),
            leads=leads,
            person_code=self.text("code"),
            party=self.text("party"),
            state=self.text("state"),
            district=self.text("district"),
            joined_on=self.day("on"),
            original=leads or self.fields.get("original") is True,
            withdrawn_on=self.day("withdrawn"),
        )

    def referral(self) -> ReferralFact:
        self.known("name chamber code kind activities")
        acts = tuple((row.needed("what"), row.day("on")) for row in self.rows("activities"))
        return ReferralFact(
            self.needed("name"), self.text("chamber"), self.text("code"), self.text("kind"), activities=acts
        )

    def step(self) -> StepFact:
        self.known("on text codes kinds")
        on = self.day("on")
        if on is None:
            raise self.wrong("on", "a step needs its day, as in on = 2025-02-07")
        return StepFact(on, self.needed("text"), codes=self.texts("codes"), kinds=self.texts("kinds"))

    def version(self) -> TextFact:
        self.known("type on format url")
        url = self.address("url")
        return TextFact(
            self.needed("type"), self.day("on"), ((self.text("format") or "Text", url),) if url else ()
        )

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.wrong(name, "must be text in quotes")
        return plain(str(value))

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found:
            raise self.wrong(name, "is missing")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, 'must be a list of texts, as in ["a", "b"]')
        return tuple(plain(item) for item in value)

    def day(self, name: str) -> date | None:
        value = self.fields.get(name)
        if value is not None and type(value) is not date:
            raise self.wrong(name, "must be a day without quotes, as in 2025-02-07")
        return value

    def address(self, name: str) -> str:
        found = self.text(name)
        if found and not web_address(found):
            raise self.wrong(name, "must be a web address that begins with https://")
        return found

    def rows(self, name: str) -> "list[_Record]":
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.wrong(name, "must be a list of records in braces")
        return [_Record(self.path, row, f"{self.where}{name}[{n}].") for n, row in enumerate(value, 1)]

    def known(self, names: str) -> None:
        for name in self.fields:
            if name not in names.split():
                raise self.wrong(name, "is not a key we know")

    def wrong(self, name: str, why: str) -> BadRecord:
        return BadRecord(f"{self.path}: {self.where}{name}: {why}")

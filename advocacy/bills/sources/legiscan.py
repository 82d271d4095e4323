"""LegiScan, version 1 of its interface: the states, for whoever has a key there and none for Open States.

It names bills by numbers of its own, so a bill is found in its session's list first. That list is kept for an
hour: asked for sooner it is the same, and counted against us all the same. The key can only travel in the
address, so that no log of an address may be written.
"""

import json
import logging
import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from requests import Session

from advocacy.bills.identifiers import BadReference, BillKey, make_key
from advocacy.bills.snapshot import (
    HearingFact,
    ReferralFact,
    RelatedFact,
    Snapshot,
    SponsorFact,
    StepFact,
    TextFact,
)
from advocacy.bills.sources.asking import PATIENT, Asked, JsonService, Patience
from advocacy.bills.sources.loose import Row, day, link, part, rows, words
from advocacy.bills.sources.source import (
    OPEN,
    BillUnknown,
    Gate,
    SourceAnsweredNonsense,
    SourceFault,
    SourceRefusedKey,
    SourceUnreachable,
)

NAME = "LegiScan"
_KEPT_FOR = 3600.0
_lists: dict[tuple[str, str], tuple[float, Row]] = {}
_marks: dict[tuple[str, BillKey], str] = {}

# What LegiScan calls a bill's progress, as a kind of step. It tells its day, and not which line of that day.
_PROGRESS = {
    "1": "introduction",
    "2": "passage",
    "3": "passage",
    "5": "executive-veto",
    "6": "failure",
    "8": "became-law",
    "9": "referral-committee",
    "10": "committee-passage",
}
_SASTS = {
    "1": "Same as",
    "2": "Similar to",
    "3": "Replaced by",
    "4": "Replaces",
    "5": "Cross-filed",
    "8": "Related",
    "9": "Carried over",
}
_CHAMBERS = {"H": "lower", "A": "lower", "S": "upper"}
_OTHER = {"lower": "upper", "upper": "lower"}
_HOUSES = {"H": "House", "A": "House", "S": "Senate"}


class _NoAddresses(logging.Filter):
    """Keeps the address, and so the key, out of the log of the library that asks."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "key=" not in record.getMessage()


for _name in ("urllib3.connectionpool", "urllib3.util.retry"):
    logging.getLogger(_name).addFilter(_NoAddresses())


@dataclass(frozen=True)
class LegiScanSource:
    """LegiScan behind the interface every source has."""

    service: JsonService

    @property
    def name(self) -> str:
        """How pages name this service."""
        return NAME

    def fetch(self, key: BillKey) -> Snapshot:
        """All LegiScan says about this bill now."""
        with self.service.opened() as session:
            row = self._masterlist(session, key).get(key)
            if row is None:
                raise BillUnknown(
                    f"{NAME} has no {key.identifier} in the session {key.session} of its place."
                )
            body = self._ask(session, op="getBill", id=words(row, "bill_id"))
        item = part(body, "bill")
        if words(item, "bill_id") != words(row, "bill_id"):
            raise SourceAnsweredNonsense(f"{NAME} was asked for {key.identifier} and sent another bill.")
        _marks[self.service.address, key] = words(item, "change_hash")
        return snapshot(key, item, json.dumps(item, sort_keys=True, ensure_ascii=False).encode())

    def changed(self, keys: Collection[BillKey], since: datetime) -> Collection[BillKey]:
        """Those whose mark in its list is another than when this process read them; after a start, all."""
        with self.service.opened() as session:
            listed = self._masterlist(session, next(iter(keys)))
        known = {key: _marks.get((self.service.address, key), "") for key in keys}
        return [key for key in keys if key not in listed or words(listed[key], "change_hash") != known[key]]

    def _masterlist(self, session: Session, key: BillKey) -> dict[BillKey, Row]:
        state = key.jurisdiction.upper()
        told = self._kept(session, f"sessions {state}", op="getSessionList", state=state)
        found = next((row for row in rows(told, "sessions") if key.session in names_of(row)), None)
        if found is None:
            raise BillUnknown(f"{NAME} has no session {key.session} of {state}.")
        id = words(found, "session_id")
        listed = part(self._kept(session, f"list {id}", op="getMasterListRaw", id=id), "masterlist")
        return dict(_keyed(key, listed))

    def _kept(self, session: Session, what: str, **query: Asked) -> Row:
        name = (self.service.address, what)
        at, kept = _lists.get(name, (0.0, {}))
        if not kept or time.monotonic() - at > _KEPT_FOR:
            kept = self._ask(session, **query)
            _lists[name] = (time.monotonic(), kept)
        return kept

    def _ask(self, session: Session, **query: Asked) -> Row:
        key = self.service.key or ""
        answer = self.service.ask(session, "/", key=key, **query)
        if answer.body.get("status") == "OK":
            return answer.body
        raise _fault(words(part(answer.body, "alert"), "message"))


def legiscan(
    address: str, key: str | None, patience: Patience = PATIENT, gate: Gate = OPEN
) -> LegiScanSource:
    """LegiScan at this address with this key."""
    how = {"patience": patience, "gate": gate}
    return LegiScanSource(JsonService(NAME, address, "X-Api-Key", "LEGISCAN_API_KEY", key, **how))  # type: ignore[arg-type]


def _fault(message: str) -> SourceFault:
    if "key" in message.casefold() or "access" in message.casefold():
        return SourceRefusedKey(f"{NAME} refuses the key in LEGISCAN_API_KEY.")
    if "limit" in message.casefold() or "quer" in message.casefold():
        return SourceUnreachable(f"{NAME} says that we have asked as often as we may this month.")
    return SourceUnreachable(f"{NAME} could not answer. Try again later.")


def names_of(session: Row) -> set[str]:
    """Every way in which people name a session: its name, its number, its years."""
    first, last = words(session, "year_start"), words(session, "year_end")
    called = {words(session, "session_name"), words(session, "session_title"), f"{first}-{last}"}
    if first == last:
        called.add(first)
    numbers = {hit[1] for name in called if (hit := re.match(r"(\d+)(?:st|nd|rd|th)\b", name))}
    # A special session has the number of the regular one it stands beside.
    return called - {""} | (set() if words(session, "special") == "1" else numbers)


def _keyed(key: BillKey, listed: Row) -> Iterator[tuple[BillKey, Row]]:
    # An object keyed "0", "1", and so on, with the session among them.
    for name, row in listed.items():
        if name.isdigit() and isinstance(row, dict):
            try:
                yield make_key(key.jurisdiction, key.session, words(row, "number")), row
            except BadReference:
                continue


def snapshot(key: BillKey, item: Row, payload: bytes = b"") -> Snapshot:
    """Its record of a bill as one snapshot. A row without a day or words is counted as unread."""
    history = rows(item, "history")
    steps = [_step(row) for row in history]
    sponsors = rows(item, "sponsors")
    has_leads = any(words(row, "sponsor_type_id") == "1" for row in sponsors)
    return Snapshot(
        key=key,
        title=words(item, "title") or key.identifier,
        source=NAME,
        source_url=link(item, "url"),
        introduced_on=min((step.on for step in steps if step), default=None),
        steps=tuple(_with_progress([step for step in steps if step], item, history)),
        sponsors=tuple(_sponsor(row, has_leads) for row in sponsors if words(row, "name")),
        referrals=tuple(_referrals(item)),
        texts=tuple(_text(row) for row in rows(item, "texts") if words(row, "type")),
        hearings=tuple(_hearings(item)),
        related=tuple(_related(key, item)),
        summary=words(item, "description"),
        subjects=tuple(filter(None, (words(row, "subject_name") for row in rows(item, "subjects")))),
        unread=steps.count(None),
        payload=payload,
    )


def _step(row: Row) -> StepFact | None:
    on, text = day(row, "date"), words(row, "action")
    chamber = _CHAMBERS.get(words(row, "chamber"), "")
    return StepFact(on, text, systems=(chamber,) if chamber else ()) if on and text else None


def _with_progress(steps: list[StepFact], item: Row, history: list[Row]) -> Iterable[StepFact]:
    """The steps, with what LegiScan says of each day beside the weightiest line of that day."""
    weighty = {(day(row, "date"), words(row, "action")) for row in history if words(row, "importance") == "1"}
    kinds: dict[date, list[str]] = {}
    passed_by: dict[date, str] = {}
    began = _CHAMBERS.get(words(item, "body"), "")
    for row in rows(item, "progress"):
        on, event = day(row, "date"), words(row, "event")
        if on and event in _PROGRESS:
            kinds.setdefault(on, []).append(_PROGRESS[event])
            # Engrossed by the chamber it began in; enrolled once the other agreed.
            passed_by[on] = {"2": began, "3": _OTHER.get(began, "")}.get(event, passed_by.get(on, ""))
    for step in steps:
        is_weighty = (step.on, step.text) in weighty or not any(on == step.on for on, _ in weighty)
        found = tuple(kinds.pop(step.on, ())) if is_weighty else ()
        by = passed_by.get(step.on, "") if "passage" in found else ""
        yield StepFact(step.on, step.text, step.at, step.codes, found, (by,) if by else step.systems)


def _sponsor(row: Row, has_leads: bool) -> SponsorFact:
    leads = words(row, "sponsor_type_id") == "1" if has_leads else words(row, "sponsor_type_id") != "2"
    return SponsorFact(
        name=words(row, "name"),
        leads=leads,
        party=words(row, "party"),
        district=words(row, "district"),
        original=leads,
    )


def _referrals(item: Row) -> Iterator[ReferralFact]:
    # Without a committee there is an empty list where the record would be.
    seen: set[str] = set()
    for row in (*rows(item, "referrals"), part(item, "committee")):
        name = words(row, "name")
        if name and name not in seen:
            seen.add(name)
            yield ReferralFact(name, _HOUSES.get(words(row, "chamber"), ""))


def _text(row: Row) -> TextFact:
    kind = words(row, "mime").rpartition("/")[2].upper() or "Text"
    address = link(row, "state_link") or link(row, "url")
    return TextFact(words(row, "type"), day(row, "date"), ((kind, address),) if address else ())


def _hearings(item: Row) -> Iterator[HearingFact]:
    for row in rows(item, "calendar"):
        on = day(row, "date")
        if on is not None:
            # Its clock has no zone, and a state may have two: the hour stands with the place, as it was said.
            place = ", ".join(filter(None, (words(row, "time"), words(row, "location"))))
            what = words(row, "description") or words(row, "type")
            yield HearingFact(what, on, None, place, words(row, "event_hash"))


def _related(key: BillKey, item: Row) -> Iterator[RelatedFact]:
    for row in rows(item, "sasts"):
        number = words(row, "sast_bill_number")
        if number:
            kind = _SASTS.get(words(row, "type_id"), words(row, "type")) or "Related"
            try:
                identifier = make_key(key.jurisdiction, key.session, number).identifier
            except BadReference:
                identifier = number
            yield RelatedFact(kind, key.jurisdiction, key.session, identifier, told_by=NAME)

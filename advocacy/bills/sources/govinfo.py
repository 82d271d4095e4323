"""GovInfo, which publishes the status of every federal bill as one XML file, without a key, some hours later.

Three shapes of the file are about (no version, 1.0.0 and 3.0.0). All become the rows that Congress.gov sends,
so that one reading of a federal bill serves both.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.asking import PATIENT, Patience, Service
from advocacy.bills.sources.congress_rows import snapshot
from advocacy.bills.sources.loose import Row, part, rows, words
from advocacy.bills.sources.source import OPEN, BillUnknown, Gate, SourceAnsweredNonsense, SourceUnreachable

NAME = "GovInfo"
_DEEPEST = 40
_OVERLAP = timedelta(hours=1)
_EVER = datetime.max.replace(tzinfo=UTC)
_FILE = re.compile(r"BILLSTATUS-[0-9]+[a-z]+([0-9]{1,9})\.xml")


@dataclass(frozen=True)
class GovInfoSource:
    """GovInfo behind the interface every source has."""

    service: Service

    @property
    def name(self) -> str:
        """How pages name this service."""
        return NAME

    def fetch(self, key: BillKey) -> Snapshot:
        """All that GovInfo's file says about this bill now."""
        name = f"{key.session}{key.prefix.lower()}{key.number}"
        path = f"/bulkdata/BILLSTATUS/{key.session}/{key.prefix.lower()}/BILLSTATUS-{name}.xml"
        with self.service.opened() as session:
            status, text = self.service.fetch(session, path)
        if status == 404:
            raise BillUnknown(f"{NAME} has no {key.identifier} in Congress {key.session}, or not yet.")
        if status != 200:
            raise SourceUnreachable(f"{NAME} is down (it answered {status}). Try again later.")
        return read(key, text)

    def changed(self, keys: Collection[BillKey], since: datetime) -> Collection[BillKey]:
        """Those whose file is newer in its map of files than an hour before, and those not in it."""
        found: set[BillKey] = set()
        with self.service.opened() as session:
            for prefix in sorted({key.prefix for key in keys}):
                these = {key for key in keys if key.prefix == prefix}
                name = f"{next(iter(these)).session}{prefix.lower()}"
                status, text = self.service.fetch(session, f"/sitemap/bulkdata/BILLSTATUS/{name}/sitemap.xml")
                if status != 200:
                    raise SourceUnreachable(f"{NAME} could not tell what changed (it answered {status}).")
                touched = _touched(text)
                found |= {key for key in these if touched.get(key.number, _EVER) >= since - _OVERLAP}
        return found


def govinfo(address: str, patience: Patience = PATIENT, gate: Gate = OPEN) -> GovInfoSource:
    """GovInfo at this address. It takes no key."""
    return GovInfoSource(Service(NAME, address, patience=patience, gate=gate))


def _touched(text: str) -> dict[int, datetime]:
    """When each bill's file was last written, by its number."""
    try:
        root: Element = fromstring(text.encode("utf-8", "replace"), forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise SourceAnsweredNonsense(f"{NAME} sent a map of its files that nobody can read.") from None
    found: dict[int, datetime] = {}
    for entry in root.iter():
        parts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in entry}
        number = _FILE.search(parts.get("loc", ""))
        if number and (at := _moment(parts.get("lastmod", ""))) is not None:
            found[int(number[1])] = at
    return found


def read(key: BillKey, text: str) -> Snapshot:
    """One file as one snapshot, or `SourceAnsweredNonsense`."""
    item = _bill(text)
    told = (words(item, "congress"), _either(item, "type", "billType").upper())
    number = _either(item, "number", "billNumber")
    if (*told, number) != (key.session, key.prefix, str(key.number)):
        raise SourceAnsweredNonsense(f"{NAME} was asked for {key.identifier} and sent another bill.")
    lists = {
        "actions": [_action(row) for row in _listed(item, "actions")],
        "cosponsors": _listed(item, "cosponsors"),
        "committees": [_committee(row) for row in _committees(item)],
        "textVersions": [_text(row) for row in _listed(item, "textVersions")],
        "relatedBills": [_tied(row) for row in _listed(item, "relatedBills")],
        "summaries": _within(item, "summaries", "billSummaries", "summary"),
        "subjects": _within(item, "subjects", "billSubjects", "legislativeSubjects"),
    }
    whole = {**item, **{name: _listed(item, name) for name in ("sponsors", "laws")}}
    return snapshot(key, whole, lists, text.encode("utf-8", "replace"), source=NAME)


def _moment(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _bill(text: str) -> Row:
    if "<html" in text[:400].casefold():
        raise SourceUnreachable(f"{NAME} answers with a web page instead of data. It is probably down.")
    try:
        root: Element = fromstring(text.encode("utf-8", "replace"), forbid_dtd=True)
        found = root.find("bill")
        bill = _as_row(found, _DEEPEST) if found is not None else None
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        bill = None
    if not isinstance(bill, dict):
        raise SourceAnsweredNonsense(f"{NAME} sent a file that breaks off or is not a bill's status.")
    return bill


def _as_row(element: Element, deep: int) -> object:
    """An element as its words, a list of its items, or a record of its parts; what repeats is a list."""
    if not deep:
        raise ValueError("nested deeper than any bill is")
    parts = list(element)
    if not parts:
        return (element.text or "").strip()
    if any(one.tag == "item" for one in parts):
        return [_as_row(one, deep - 1) for one in parts if one.tag == "item"]
    record: dict[str, object] = {}
    for one in parts:
        value = _as_row(one, deep - 1)
        before = record.get(one.tag)
        record[one.tag] = value if before is None else [*_several(before), value]
    return record


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _listed(row: Row, name: str) -> list[Row]:
    """The records under a name: as items, as one record where there is a single one, or none."""
    return rows(row, name) or [one for one in (part(row, name),) if one]


def _either(row: Row, name: str, older: str) -> str:
    return words(row, name) or words(row, older)


def _action(row: Row) -> Row:
    # The older files name one committee beside the action, the newer ones list them.
    return {**row, "committees": _listed(row, "committees") or _listed(row, "committee")}


def _committees(item: Row) -> list[Row]:
    return (
        _listed(item, "committees")
        if rows(item, "committees")
        else _listed(part(item, "committees"), "billCommittees")
    )


def _committee(row: Row) -> Row:
    below = [{**one, "activities": _listed(one, "activities")} for one in _listed(row, "subcommittees")]
    return {**row, "activities": _listed(row, "activities"), "subcommittees": below}


def _tied(row: Row) -> Row:
    return {**row, "relationshipDetails": _listed(row, "relationshipDetails")}


def _within(item: Row, name: str, older: str, inner: str) -> list[Row]:
    """The records of a container that is nested in one shape of the file, or in another, or not at all."""
    outer = part(item, name)
    return (
        _listed(outer, inner)
        or _listed(part(outer, older), inner)
        or _listed(outer, older)
        or rows(item, name)
    )


def _text(row: Row) -> Row:
    return {**row, "formats": list(_formats(_listed(row, "formats")))}


def _formats(found: Iterable[Row]) -> Iterable[Mapping[str, object]]:
    for one in found:
        kind = "Formatted XML" if words(one, "url").endswith(".xml") else "File"
        yield {"type": words(one, "type") or kind, "url": words(one, "url")}

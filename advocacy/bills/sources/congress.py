"""Congress.gov, version 3 of its interface: one bill is its item and the lists that hang on it.

A list the item does not mention is empty, and is not asked for. A list the service cannot give (some reserved
numbers break it) is "not told", so that nothing we knew is taken for removed.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from requests import Session

from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.asking import PATIENT, Answer, JsonService, Patience, said
from advocacy.bills.sources.congress_rows import NAME, snapshot
from advocacy.bills.sources.loose import Row, part, rows, words
from advocacy.bills.sources.source import OPEN, BillUnknown, Gate, SourceAnsweredNonsense, SourceUnreachable

_PAGE = 250
_MOST_PAGES = 40
_OVERLAP = timedelta(hours=2)
_LISTS = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "textVersions": "text",
    "relatedBills": "relatedbills",
    "summaries": "summaries",
    "subjects": "subjects",
}
"""The container on the item, and the path below it. The list in the answer has the container's name."""


@dataclass(frozen=True)
class CongressSource:
    """Congress.gov behind the interface every source has."""

    service: JsonService

    @property
    def name(self) -> str:
        """How pages name this service."""
        return NAME

    def fetch(self, key: BillKey) -> Snapshot:
        """All Congress.gov says about this bill now."""
        path = f"/bill/{key.session}/{key.prefix.lower()}/{key.number}"
        lists: dict[str, list[Row] | None] = {}
        with self.service.opened() as session:
            item = _item(key, self.service.ask(session, path, format="json"))
            for container, below in _LISTS.items():
                told = isinstance(item.get(container), Mapping)
                lists[container] = self._list(session, f"{path}/{below}", container) if told else []
        payload = json.dumps({"bill": item, **lists}, sort_keys=True, ensure_ascii=False)
        return snapshot(key, item, lists, payload.encode("utf-8", "replace"))

    def changed(self, keys: Collection[BillKey], since: datetime) -> Collection[BillKey]:
        """Those in its list of what was touched since two hours before, which is newest first and moves."""
        wanted = {(key.prefix, str(key.number)): key for key in keys}
        path = f"/bill/{next(iter(keys)).session}"
        begin = f"{(since - _OVERLAP).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        found: set[BillKey] = set()
        offset: int | None = 0
        with self.service.opened() as session:
            for _ in range(_MOST_PAGES):
                asked = {"format": "json", "fromDateTime": begin, "sort": "updateDate desc"}
                answer = self.service.ask(session, path, **asked, limit=_PAGE, offset=offset or 0)
                if answer.status != 200:
                    why = said(json.dumps(answer.body))
                    raise SourceUnreachable(f"{NAME} could not tell what changed{why}.")
                page = rows(answer.body, "bills")
                names = ((words(row, "type").upper(), words(row, "number")) for row in page)
                found |= {wanted[name] for name in names if name in wanted}
                following = _next_offset(answer.body, (offset or 0) + len(page))
                if following is None or following <= (offset or 0) or not page:
                    return found
                offset = following
        # Everything was touched at once, as happens when the service is rebuilt.
        return keys

    def _list(self, session: Session, path: str, container: str) -> list[Row] | None:
        # The count beside a list is wrong where cosponsors left or laws were added; `next` and the rows are
        # not.
        found: dict[str, Row] = {}
        offset = 0
        for _ in range(_MOST_PAGES):
            answer = self.service.ask(session, path, format="json", limit=_PAGE, offset=offset)
            if answer.status != 200 or "error" in answer.body:
                return None
            page = _page(answer.body, container)
            found |= {json.dumps(row, sort_keys=True): row for row in page}
            following = _next_offset(answer.body, offset + len(page))
            # The first slot of the subjects is the policy area, so that their first page may be empty.
            ended = not page and container != "subjects"
            if following is None or following <= offset or ended:
                return list(found.values())
            offset = following
        raise SourceAnsweredNonsense(f"{NAME} does not come to an end of its {container}.")


def congress(
    address: str, key: str | None, patience: Patience = PATIENT, gate: Gate = OPEN
) -> CongressSource:
    """Congress.gov at this address with this key."""
    how = {"patience": patience, "gate": gate}
    return CongressSource(JsonService(NAME, address, "X-Api-Key", "CONGRESS_API_KEY", key, **how))  # type: ignore[arg-type]


def _item(key: BillKey, answer: Answer) -> Row:
    item = part(answer.body, "bill")
    if answer.status == 404:
        raise BillUnknown(f"{NAME} has no {key.identifier} in Congress {key.session}.")
    if answer.status != 200 or not item:
        fault = SourceUnreachable if answer.status == 500 else SourceAnsweredNonsense
        raise fault(f"{NAME} could not give {key.identifier}{said(json.dumps(answer.body))}.")
    told = (words(item, "congress"), words(item, "type").upper(), words(item, "number"))
    if told != (key.session, key.prefix, str(key.number)):
        raise SourceAnsweredNonsense(f"{NAME} was asked for {key.identifier} and sent another bill.")
    return item


def _page(body: Row, container: str) -> list[Row]:
    found = part(body, container) if container == "subjects" else body
    return rows(found, "legislativeSubjects" if container == "subjects" else container)


def _next_offset(body: Row, otherwise: int) -> int | None:
    # Only the number is taken from `next`: which host we ask is a setting of ours, never the answer's choice.
    following = words(part(body, "pagination"), "next")
    if not following:
        return None
    offset = parse_qs(urlsplit(following).query).get("offset", [""])[0]
    return int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 9 else otherwise

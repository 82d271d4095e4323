"""Reads recorded bills into snapshots, without a network."""

import json
from pathlib import Path
from typing import Any

from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.congress_rows import snapshot

_FILES = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "textVersions": "text",
    "relatedBills": "relatedbills",
    "summaries": "summaries",
    "subjects": "subjects",
}


def read(folder: Path) -> Snapshot:
    """The bill in this folder; a list without a file was not told."""
    item = json.loads((folder / "bill.json").read_text())["bill"]
    key = make_key("us", str(item["congress"]), item["type"] + item["number"])
    lists = {container: _rows(folder / f"{stem}.json", container) for container, stem in _FILES.items()}
    return snapshot(key, item, lists, json.dumps([item, lists]).encode())


def _rows(file: Path, container: str) -> list[dict[str, object]] | None:
    if not file.exists():
        return None
    rows: list[dict[str, object]] | dict[str, Any] = json.loads(file.read_text()).get(container, [])
    return rows["legislativeSubjects"] if isinstance(rows, dict) else rows

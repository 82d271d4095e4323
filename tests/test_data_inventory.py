"""The inventory lists every column, once, in a class and under a rule that the code knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import LargeBinary

from advocacy.migrations.tables import METADATA
from advocacy.retention import OF_ROOMS, RULES, WITHOUT_A_CLOCK

WORDS = (Path(__file__).resolve().parents[1] / "docs" / "data-inventory.md").read_text(encoding="utf-8")
OPAQUE = {"sealed", "fingerprint", "hash", "key", "file"}
KNOWN = {*RULES, *OF_ROOMS, *WITHOUT_A_CLOCK}


@dataclass(frozen=True)
class Row:
    column: str
    kind: str
    why: str
    rule: str
    who: str


def rows() -> Iterator[Row]:
    for part in re.split(r"^### ", WORDS, flags=re.MULTILINE)[1:]:
        table, _, body = part.partition("\n")
        for line in re.findall(r"^\| (`.*) \|$", body, flags=re.MULTILINE):
            columns, kind, why, rule, who = (cell.strip() for cell in line.split(" | "))
            for column in re.findall(r"`(\w+)`", columns):
                yield Row(f"{table}.{column}", kind.strip("`"), why, rule.strip("`"), who)


def defined(heading: str) -> set[str]:
    part = WORDS.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w-]+)` \|", part, flags=re.MULTILINE))


ROWS = list(rows())
COLUMNS = {
    f"{table.name}.{column.name}": column for table in METADATA.tables.values() for column in table.columns
}


def test_every_column_stands_in_it_and_none_that_is_gone() -> None:
    listed = {row.column for row in ROWS}

    assert sorted(COLUMNS.keys() - listed) == [], "write a row for these in docs/data-inventory.md"
    assert sorted(listed - COLUMNS.keys()) == [], "these are gone from the tables"


def test_every_column_stands_in_it_once() -> None:
    names = [row.column for row in ROWS]

    assert len(names) == len(set(names))


def test_every_class_is_a_defined_one() -> None:
    assert {row.kind for row in ROWS} == defined("The classes")


def test_bytes_are_sealed_or_a_mark_or_a_file() -> None:
    wrong = [row for row in ROWS if isinstance(COLUMNS[row.column].type, LargeBinary)]

    assert [row.column for row in wrong if row.kind not in OPAQUE] == []


def test_every_row_says_why_and_who() -> None:
    assert [row.column for row in ROWS if not row.why or not row.who] == []


def test_the_rules_of_the_page_are_those_of_the_code() -> None:
    assert defined("The rules") == KNOWN
    assert {row.rule for row in ROWS} == KNOWN

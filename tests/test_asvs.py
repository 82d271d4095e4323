"""Each of the fifty-eight statements is proved by tests that are there, or says why it is not kept."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORDS = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in WORDS.splitlines() if re.match(r"\|\s*\d+\s*\|", line)]
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
DEVIATION = re.compile(r"\*Deviation:\* (\S+ ){5,}")


@cache
def written_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_all_of_them_are_there_in_their_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 59))
    assert {len(row) for row in ROWS} == {4}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_each_names_tests_that_are_there(row: list[str]) -> None:
    named = PROOF.findall(row[3])

    assert named
    assert row[3].count("`") == 2 * len(named)
    assert [f"{file}::{name}" for file, name in named if name not in written_in(file)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_a_deviation_gives_its_reason(row: list[str]) -> None:
    assert row[2].count("*Deviation") == len(DEVIATION.findall(row[2] + " "))

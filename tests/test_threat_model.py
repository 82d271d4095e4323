"""The page about who might do harm points at things that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORDS = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
PROOFS = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", WORDS)
PLACES = re.findall(r"`(advocacy/[\w/.]+)`", WORDS)
PARTS = re.split(r"^## ", WORDS, flags=re.MULTILINE)[2:-1]


@pytest.mark.parametrize(("file", "name"), sorted(set(PROOFS)))
def test_every_proof_it_names_is_a_test(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))

    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("place", sorted(set(PLACES)))
def test_every_answer_it_names_is_in_the_code(place: str) -> None:
    assert (ROOT / place).is_file()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.splitlines()[0])
def test_every_danger_has_an_answer_with_its_proof_and_what_stays(part: str) -> None:
    answers = re.split(r"^- ", part.partition("*What stays:*")[0], flags=re.MULTILINE)[1:]

    assert answers
    assert all("::test_" in answer or "(above)" in answer for answer in answers)
    assert "*What stays:*" in part

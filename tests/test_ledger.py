"""The list of erasures: it survives a power cut, holds nothing readable, and passes over no bad line."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from advocacy.ledger import Ledger, LedgerRefused

TODAY = date(2026, 11, 25)
ONE, TWO = "aa" * 32, "bb" * 32


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "deep" / "erasures.jsonl")


def test_without_a_file_nobody_was_erased(ledger: Ledger) -> None:
    assert ledger.marks() == frozenset()


def test_a_mark_is_kept_once_for_its_owner_alone(ledger: Ledger) -> None:
    for mark in (ONE, TWO, ONE):
        ledger.add(mark, TODAY)

    assert ledger.marks() == {ONE, TWO}
    assert ledger.path.read_text().count("\n") == 2
    assert ledger.path.stat().st_mode & 0o777 == 0o600


def test_a_line_cut_off_by_a_crash_is_no_erasure_and_spoils_no_other(ledger: Ledger) -> None:
    ledger.add(ONE, TODAY)
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + whole[:30])

    assert ledger.marks() == {ONE}
    ledger.add(TWO, TODAY)
    assert ledger.marks() == {ONE, TWO}


@pytest.mark.parametrize(
    "line",
    [b"x", b"{}", b"[]", b'{"erased": 1, "on": "2026-11-25"}', b'{"erased": "zz", "on": "2026-11-25"}'],
)
def test_a_line_that_cannot_be_read_is_named(ledger: Ledger, line: bytes) -> None:
    ledger.add(ONE, TODAY)
    with ledger.path.open("ab") as file:
        file.write(line + b"\n")

    with pytest.raises(LedgerRefused, match="Line 2 of the list of erasures"):
        ledger.marks()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(LedgerRefused, match="cannot be written, so nobody was erased"):
        Ledger(tmp_path / "file" / "erasures.jsonl").add(ONE, TODAY)


def test_many_at_once_are_all_kept(ledger: Ledger) -> None:
    marks = {f"{n:064x}" for n in range(40)}
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda mark: ledger.add(mark, TODAY), marks))

    assert ledger.marks() == marks

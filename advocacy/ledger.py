"""The list of erasures, kept outside the database, so that a backup put back brings nobody back.

A line is a keyed mark and a day. Without the keys nobody can tell who that was, not even with the database.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advocacy.lasting import LastingLines


class LedgerRefused(Exception):
    """The list of erasures cannot be used, so nothing is opened and nobody is erased."""


@dataclass(frozen=True)
class Ledger:
    """The file that remembers who asked to be forgotten."""

    path: Path

    def marks(self) -> frozenset[str]:
        """Every mark in it, or `LedgerRefused` saying which line is wrong. Without a file there is none."""
        try:
            held = LastingLines(self.path).read()
        except OSError as fault:
            raise LedgerRefused(f"The list of erasures {self.path} cannot be read.") from fault
        return self._marks(held)

    def _marks(self, lines: Sequence[bytes]) -> frozenset[str]:
        return frozenset(self._mark(n, line) for n, line in enumerate(lines, start=1))

    def _mark(self, n: int, line: bytes) -> str:
        try:
            told = json.loads(line)
            date.fromisoformat(told["on"])
            return bytes.fromhex(told["erased"]).hex()
        except (ValueError, KeyError, TypeError) as fault:
            says = f"Line {n} of the list of erasures {self.path} cannot be read. Put back its newest copy."
            raise LedgerRefused(says) from fault

    def add(self, mark: str, on: date) -> None:
        """Write a mark down so that it survives a power cut; the same mark twice is one line."""
        line = json.dumps({"erased": mark, "on": on.isoformat()})
        try:
            LastingLines(self.path).add(lambda held: () if mark in self._marks(held) else (line,))
        except OSError as fault:
            says = f"The list of erasures {self.path} cannot be written, so nobody was erased."
            raise LedgerRefused(says) from fault

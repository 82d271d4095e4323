"""The list of erasures, kept outside the database, so that a backup put back brings nobody back.

A line is a keyed mark and a day. Without the keys nobody can tell who that was, not even with the database.
"""

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO


class LedgerRefused(Exception):
    """The list of erasures cannot be used, so nothing is opened and nobody is erased."""


@dataclass(frozen=True)
class Ledger:
    """The file that remembers who asked to be forgotten."""

    path: Path

    def marks(self) -> frozenset[str]:
        """Every mark in it, or `LedgerRefused` saying which line is wrong. Without a file there is none."""
        try:
            held = self.path.read_bytes()
        except FileNotFoundError:
            return frozenset()
        except OSError as fault:
            raise LedgerRefused(f"The list of erasures {self.path} cannot be read.") from fault
        lines = _whole_lines(held).splitlines()
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
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                # Two processes may erase at once; the second waits here and sees the first one's line.
                fcntl.flock(file, fcntl.LOCK_EX)
                if mark not in self.marks():
                    _append(file, json.dumps({"erased": mark, "on": on.isoformat()}))
            _settle(self.path.parent)
        except OSError as fault:
            says = f"The list of erasures {self.path} cannot be written, so nobody was erased."
            raise LedgerRefused(says) from fault


def _whole_lines(held: bytes) -> bytes:
    # A line without its end was cut off by a crash, before anything of that erasure was done.
    return held[: held.rfind(b"\n") + 1]


def _append(file: BinaryIO, line: str) -> None:
    file.truncate(len(_whole_lines(file.read())))
    file.seek(0, os.SEEK_END)
    file.write(f"{line}\n".encode())
    file.flush()
    os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make sure that the file's own name is on the disk as well."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)

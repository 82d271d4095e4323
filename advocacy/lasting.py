"""Lines in a file beside the database that survive a power cut, and a database put back from a backup."""

import fcntl
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class LastingLines:
    """A file that only grows, one whole line at a time. Faults of the disk are raised as `OSError`."""

    path: Path

    def read(self) -> Sequence[bytes]:
        """Every whole line; none where there is no file yet."""
        try:
            return _whole(self.path.read_bytes()).splitlines()
        except FileNotFoundError:
            return ()

    def add(self, make: Callable[[Sequence[bytes]], Sequence[str]]) -> None:
        """Add the lines that `make` gives for those already there, durably, one process after another."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            # Two processes may add at once; the second waits here and sees the first one's lines.
            fcntl.flock(file, fcntl.LOCK_EX)
            held = _whole(file.read())
            if lines := make(held.splitlines()):
                _append(file, len(held), "".join(f"{line}\n" for line in lines))
        _settle(self.path.parent)


def _whole(held: bytes) -> bytes:
    # A line without its end was cut off by a crash, before anything it speaks of was done.
    return held[: held.rfind(b"\n") + 1]


def _append(file: BinaryIO, at: int, lines: str) -> None:
    file.truncate(at)
    file.seek(0, os.SEEK_END)
    file.write(lines.encode())
    file.flush()
    os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make sure that the file's own name is on the disk as well."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)

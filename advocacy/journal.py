"""What people took back, written down a second time beside the database.

A backup that is put back knows nothing of what was taken back since it was made, and would show again who
had left. So each act that shows less is written here before it is committed, with the hash of its entry in
the audit log: a line whose entry is missing there says that an older database stands in its place. No line
holds a name.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from advocacy.lasting import LastingLines


class JournalRefused(Exception):
    """The journal of what people took back cannot be used, so nothing is opened."""


class CannotWriteDown(Exception):
    """The journal of what people took back cannot be written, so nothing was done. Please try again later."""


@dataclass(frozen=True)
class TakenBack:
    """One act that showed less: its entry in the log, what was done, and to what."""

    n: int
    hash: str
    act: str
    about: str
    id: str


@dataclass(frozen=True)
class Journal:
    """The file that remembers what was taken back."""

    path: Path

    def add(self, acts: Iterable[TakenBack]) -> None:
        """Write these acts down so that they survive a power cut."""
        self._add([json.dumps(asdict(act)) for act in acts])

    def not_in(self, knows: Callable[[TakenBack], bool]) -> Sequence[TakenBack]:
        """What was taken back since the last act that a database knows; nothing where it knows the newest.

        Raises `JournalRefused` when a line cannot be read.
        """
        told = [self._read(number, line) for number, line in enumerate(self._lines(), start=1)]
        missing: list[TakenBack] = []
        for act in reversed(told):
            if knows(act):
                break
            missing.append(act)
        return tuple(reversed(missing))

    def _add(self, lines: Sequence[str]) -> None:
        try:
            LastingLines(self.path).add(lambda _held: lines)
        except OSError as fault:
            raise CannotWriteDown from fault

    def _lines(self) -> Sequence[bytes]:
        try:
            return LastingLines(self.path).read()
        except OSError as fault:
            raise JournalRefused(f"The journal {self.path} cannot be read.") from fault

    def _read(self, number: int, line: bytes) -> TakenBack:
        try:
            told = json.loads(line)
            act = TakenBack(**{**told, "n": int(told["n"])})
            bytes.fromhex(act.hash), act.id and UUID(act.id)
        except (ValueError, KeyError, TypeError) as fault:
            says = f"Line {number} of the journal {self.path} cannot be read. Put back its newest copy."
            raise JournalRefused(says) from fault
        return act

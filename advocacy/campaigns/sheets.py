"""Reading `campaign.toml` so that every fault knows its line. Pure but for the one file it reads.

A value that is missing or wrong is noted, and something harmless is given back, so that reading goes on and
all faults are found in one go.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

from advocacy.campaigns.faults import Notebook

Read = TypeVar("Read")

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+)")


def open_sheet(path: Path, notebook: Notebook) -> "Sheet | None":
    """The first table of a TOML file, or nothing and a fault when it cannot be read."""
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        notebook.note(path.name, 1, "This file is missing.")
    except UnicodeDecodeError:
        notebook.note(path.name, 1, "This file is not written in UTF-8. Save it again as UTF-8.")
    except tomllib.TOMLDecodeError as fault:
        found = _AT_LINE.search(str(fault))
        notebook.note(path.name, int(found[1]) if found else 1, f"{_AT_LINE.split(str(fault))[0].strip()}.")
    else:
        return Sheet(path.name, values, dict(_lines_of(text)), notebook, "")
    return None


def _lines_of(text: str) -> Iterator[tuple[str, int]]:
    """Where each table and key stands: `letter.recipients.0.venue` is on line 31."""
    table, counts, inside = "", dict[str, int](), False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside and (header := _HEADER.match(line)):
            table = header[2]
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
            yield table, number
        elif not inside and (key := _KEY.match(line)):
            yield f"{table}.{key[1]}".lstrip("."), number
        if line.count('"""') % 2 == 1:
            inside = not inside


class Sheet:
    """One table of the file. What nobody asked it for by `leave` is a fault too: often a slip."""

    def __init__(
        self, file: str, values: Mapping[str, Any], lines: Mapping[str, int], notebook: Notebook, place: str
    ) -> None:
        self._file, self._values, self._lines = file, values, lines
        self._notebook, self._place = notebook, place
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the table says anything about this."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """Words that are not empty; a default makes them optional."""
        if default is not None and not self.has(key):
            return default
        found = self._value(key, str, "words in quotation marks")
        if found is not None and not found.strip():
            self.fault(key, f"“{key}” is empty.")
        return (found or "").strip()

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of a list of words."""
        found = self.text(key, default)
        if found and found not in allowed:
            self.fault(key, f"“{found}” is not known here. Write one of: {', '.join(sorted(allowed))}.")
        return found

    def flag(self, key: str) -> bool:
        """Yes or no; it must be said."""
        return bool(self._value(key, bool, "true or false"))

    def days(self, key: str, default: int | None = None) -> int:
        """A number of days from the start."""
        if default is not None and not self.has(key):
            return default
        found = self._value(key, int, "a whole number of days")
        if found is not None and not 0 <= found <= 3650:
            self.fault(key, f"“{key}” must lie between 0 and 3650 days.")
            return 0
        return found or 0

    def clock(self, key: str) -> time:
        """A time of day, written as "17:00"."""
        found = self.text(key)
        try:
            return datetime.strptime(found or "00:00", "%H:%M").time()  # noqa: DTZ007 - a clock, not an instant
        except ValueError:
            self.fault(key, f"“{found}” is not a time of day. Write it as 17:00.")
            return time()

    def read(self, key: str, reading: Callable[[str], Read], wrong: type[Exception]) -> Read | None:
        """Words put through somebody else's reading; what that refuses is a fault in its own words."""
        found = self.text(key)
        try:
            return reading(found) if found else None
        except wrong as fault:
            self.fault(key, str(fault) or (fault.__doc__ or ""))
            return None

    def table(self, key: str) -> "Sheet":
        """A table inside this one; a missing one is a fault and reads as empty."""
        found = self._value(key, dict, f"a part headed [{self._path(key)}]")
        if found is None:
            # One fault is enough: what is below a missing table is missing as well, and goes unnoted.
            return Sheet(self._file, {}, {}, Notebook(""), "")
        return self._below(key, found)

    def tables(self, key: str) -> list["Sheet"]:
        """The tables of a list, at least one."""
        found = self._value(key, list, f"parts headed [[{self._path(key)}]]")
        if found == [] or not all(isinstance(one, dict) for one in found or ()):
            self.fault(key, f"There must be parts headed [[{self._path(key)}]].")
            return []
        return [self._below(f"{key}.{n}", one) for n, one in enumerate(found or ())]

    def leave(self) -> None:
        """Say that everything this table may hold was asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, f"A playbook does not know “{key}”. Is it spelt right?")

    def fault(self, key: str, says: str) -> None:
        """Note a fault on the line of a key, or of its table where the key is missing."""
        line = self._lines.get(self._path(key)) or self._lines.get(self._place) or 1
        self._notebook.note(self._file, line, says)

    def _value(self, key: str, kind: type, wanted: str) -> Any:
        self._asked.add(key)
        found = self._values.get(key)
        if found is None:
            self.fault(key, f"“{self._path(key)}” is missing: {wanted}.")
        elif not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.fault(key, f"“{key}” must be {wanted}.")
        else:
            return found
        return None

    def _below(self, key: str, values: Mapping[str, Any]) -> "Sheet":
        return Sheet(self._file, values, self._lines, self._notebook, self._path(key))

    def _path(self, key: str) -> str:
        return f"{self._place}.{key}".lstrip(".")

"""A roster file as lines of cells. Pure: bytes in, lines out, or what is wrong with the file itself.

A fault names the line and the column and never repeats what stood there: the file is full of names.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advocacy.people.names import BadName, LongName, clean_line

MOST_BYTES = 5_000_000


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong on one line of the file, in one sentence."""

    line: int
    says: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.says}"


class RosterFaults(Exception):
    """The file has faults, so nothing of it was taken in."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(repr=False)
class Line:
    """One line being read: its cells and the faults found so far."""

    number: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, says: str) -> None:
        """Note what is wrong on this line."""
        self.faults.append(Fault(self.number, says))

    def text(self, column: str) -> str:
        """One cell, tidied; empty where it cannot be read, with the reason noted."""
        try:
            return clean_line(_unguarded(self.cells.get(column, "")))
        except (BadName, LongName) as fault:
            self.wrong(f"{column}: {fault.__doc__}")
            return ""

    def needed(self, column: str) -> str:
        """One cell that must not be empty."""
        if not self.cells.get(column, "").strip():
            self.wrong(f"{column} is empty.")
        return self.text(column)


_FORMULA = ("=", "+", "-", "@")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula. Reading a roster file takes the guard off again."""
    return f"'{cell}" if cell.lstrip(" '").startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise RosterFaults((Fault(1, "the file is larger than 5 MB; split it."),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise RosterFaults((Fault(line, "this is not UTF-8 text; save the file as “CSV UTF-8”."),)) from fault
    if "\0" in text:
        raise RosterFaults((Fault(1, "this is not a CSV file; save it as “CSV UTF-8”."),))
    return text


def lines(content: bytes, columns: Sequence[str], needed: Sequence[str]) -> Iterator[Line]:
    """Every line that is not empty, by the headings of the file; raises `RosterFaults`."""
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark_between_cells(text), strict=True)
    try:
        header = [heading(cell) for cell in next(reader, [])]
        _check_header(header, columns, needed)
        number = reader.line_num + 1
        for cells in reader:
            line = Line(number, dict(zip(header, cells, strict=False)))
            number = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                line.wrong("there are more cells than columns; is a comma missing its quotes?")
            yield line
    except csv.Error as fault:
        unclosed = Fault(reader.line_num, "the quotes do not match, so the line ends nowhere.")
        raise RosterFaults((unclosed,)) from fault


def _mark_between_cells(text: str) -> str:
    # Where the comma is for decimals, spreadsheets write semicolons. Our headings hold none of these marks.
    return max(",;\t", key="".join(text.splitlines()[:1]).count)


def heading(cell: str) -> str:
    """A heading, or a word a column takes, however it was typed."""
    return "_".join(cell.strip().lower().replace("-", " ").split())


def _check_header(header: list[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    faults = [Fault(1, f"the column “{name}” is missing.") for name in needed if name not in header]
    faults += [
        Fault(1, f"the column “{name}” stands there twice.") for name in columns if header.count(name) > 1
    ]
    unknown = [position + 1 for position, name in enumerate(header) if name not in columns]
    faults += [Fault(1, f"column {n} has a heading nobody knows; use {', '.join(columns)}.") for n in unknown]
    if faults:
        raise RosterFaults(tuple(faults))

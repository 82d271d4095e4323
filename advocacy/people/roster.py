"""Reading a roster file. Pure: text in, rows out, or every fault of the file by line.

A fault names the line and the column and never repeats what stood there: the file is full of names.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from email_validator import EmailNotValidError, validate_email

from advocacy.people.limits import Audience, Facts, Limits, Preset, UnknownLimit, read_facts
from advocacy.people.models import Language, MailMode
from advocacy.people.names import BadName, LongName, clean_line
from advocacy.people.places import read_state

NEEDED = ("name", "email")
COLUMNS = (
    *NEEDED,
    "chosen_name",
    "state",
    "language",
    "naming_limit",
    "limit_recipient",
    "limit_web",
    "limit_press",
    "mail_mode",
    "recognition_word",
    "credential",
    "affiliation",
    "groups",
)
MOST_BYTES = 5_000_000
_PRESETS = ", ".join(Preset)
_read_email = partial(validate_email, allow_smtputf8=False, check_deliverability=False, test_environment=True)
_LANGUAGES = {"en": "en", "english": "en", "es": "es", "spanish": "es", "español": "es"}


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


@dataclass(frozen=True, repr=False)
class RosterRow:
    """One person as the file tells of her."""

    line: int
    name: str
    email: str
    chosen_name: str
    state: str
    language: Language
    mail_mode: MailMode
    recognition_word: str
    credential: str
    affiliation: str
    limits: Limits
    groups: tuple[str, ...]


@dataclass(repr=False)
class _Line:
    """One line being read: its cells and the faults found so far."""

    number: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, says: str) -> None:
        self.faults.append(Fault(self.number, says))

    def text(self, column: str) -> str:
        try:
            return clean_line(self.cells.get(column, ""))
        except (BadName, LongName) as fault:
            self.wrong(f"{column}: {fault.__doc__}")
            return ""

    def needed(self, column: str) -> str:
        if not self.cells.get(column, "").strip():
            self.wrong(f"{column} is empty.")
        return self.text(column)


def read_roster(content: bytes) -> tuple[RosterRow, ...]:
    """Read the whole file, or raise `RosterFaults` naming every line that is wrong."""
    faults: list[Fault] = []
    rows: list[RosterRow] = []
    for line in _lines(_decode(content)):
        row = _row(line)
        faults.extend(line.faults)
        rows.append(row)
    faults.extend(_twice(rows))
    if not rows and not faults:
        faults.append(Fault(2, "the file has no people in it."))
    if faults:
        raise RosterFaults(tuple(sorted(faults)))
    return tuple(rows)


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


def _lines(text: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark_between_cells(text), strict=True)
    try:
        header = [_column(cell) for cell in next(reader, [])]
        _check_header(header)
        number = reader.line_num + 1
        for cells in reader:
            line = _Line(number, dict(zip(header, cells, strict=False)))
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


def _column(cell: str) -> str:
    return "_".join(cell.strip().lower().replace("-", " ").split())


def _check_header(header: list[str]) -> None:
    faults = [Fault(1, f"the column “{name}” is missing.") for name in NEEDED if name not in header]
    faults += [
        Fault(1, f"the column “{name}” stands there twice.") for name in COLUMNS if header.count(name) > 1
    ]
    unknown = [position + 1 for position, name in enumerate(header) if name not in COLUMNS]
    faults += [Fault(1, f"column {n} has a heading nobody knows; use {', '.join(COLUMNS)}.") for n in unknown]
    if faults:
        raise RosterFaults(tuple(faults))


def _row(line: _Line) -> RosterRow:
    return RosterRow(
        line=line.number,
        name=line.needed("name"),
        email=_email(line),
        chosen_name=line.text("chosen_name"),
        state=_state(line),
        language=_language(line),
        mail_mode=_mail_mode(line),
        recognition_word=line.text("recognition_word"),
        credential=line.text("credential"),
        affiliation=line.text("affiliation"),
        limits=_limits(line),
        groups=tuple(dict.fromkeys(filter(None, (part.strip() for part in line.text("groups").split(";"))))),
    )


def _email(line: _Line) -> str:
    text = line.needed("email")
    if not text:
        return ""
    try:
        return _read_email(text).normalized
    except EmailNotValidError:
        line.wrong("email is not an address mail can be sent to.")
        return ""


def _state(line: _Line) -> str:
    text = line.text("state")
    state = read_state(text) if text else ""
    if state is None:
        line.wrong("state is not a U.S. state or territory; use two letters, such as OH.")
    return state or ""


def _language(line: _Line) -> Language:
    text = line.text("language").lower() or "en"
    if text not in _LANGUAGES:
        line.wrong("language must be en or es.")
    return Language(_LANGUAGES.get(text, "en"))


def _mail_mode(line: _Line) -> MailMode:
    text = line.text("mail_mode").lower() or MailMode.FULL
    if text not in tuple(MailMode):
        line.wrong(f"mail_mode must be one of {', '.join(MailMode)}.")
        return MailMode.NONE
    return MailMode(text)


def _limits(line: _Line) -> Limits:
    text = _column(line.text("naming_limit")) or Preset.COUNT_ME_ONLY
    if text not in tuple(Preset):
        line.wrong(f"naming_limit must be one of {_PRESETS}, or empty.")
        return Preset.COUNT_ME_ONLY.limits()
    limits = dict(Preset(text).limits())
    for audience in (Audience.RECIPIENT, Audience.WEB, Audience.PRESS):
        own = line.text(f"limit_{audience}")
        if own:
            limits[audience] = _facts(line, audience, own, limits)
    return limits


def _facts(line: _Line, audience: Audience, text: str, limits: Limits) -> Facts:
    try:
        return read_facts(text)
    except UnknownLimit:
        line.wrong(f"limit_{audience} has a word nobody knows; write for example chosen_name+survivor.")
        return limits[audience]


def _twice(rows: list[RosterRow]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.name.casefold(), row.email.casefold())
        if not all(key):
            continue
        if key in seen:
            yield Fault(row.line, f"the same person stands on line {seen[key]}.")
        seen.setdefault(key, row.line)

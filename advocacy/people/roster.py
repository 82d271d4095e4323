"""Reading a roster file. Pure: bytes in, rows out, or every fault of the file by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from email_validator import EmailNotValidError, validate_email

from advocacy.clock import read_zone
from advocacy.people.limits import Audience, Facts, Limits, Preset, UnknownLimit, read_facts
from advocacy.people.models import Language, MailMode
from advocacy.people.places import read_state
from advocacy.people.roster_file import Fault, Line, RosterFaults, heading, lines

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
    "time_zone",
    "recognition_word",
    "credential",
    "affiliation",
    "handles",
    "phone",
    "groups",
)
_PRESETS = ", ".join(Preset)
_read_email = partial(validate_email, allow_smtputf8=False, check_deliverability=False, test_environment=True)
_LANGUAGES = {"en": "en", "english": "en", "es": "es", "spanish": "es", "español": "es"}


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
    time_zone: str = ""
    handles: str = ""
    phone: str = ""


def read_roster(content: bytes) -> tuple[RosterRow, ...]:
    """Read the whole file, or raise `RosterFaults` naming every line that is wrong."""
    faults: list[Fault] = []
    rows: list[RosterRow] = []
    for line in lines(content, COLUMNS, NEEDED):
        row = _row(line)
        faults.extend(line.faults)
        rows.append(row)
    faults.extend(_twice(rows))
    if not rows and not faults:
        faults.append(Fault(2, "the file has no people in it."))
    if faults:
        raise RosterFaults(tuple(sorted(faults)))
    return tuple(rows)


def _row(line: Line) -> RosterRow:
    mode = _mail_mode(line)
    return RosterRow(
        line=line.number,
        name=line.needed("name"),
        email=_email(line, mode),
        chosen_name=line.text("chosen_name"),
        state=_state(line),
        language=_language(line),
        mail_mode=mode,
        recognition_word=line.text("recognition_word"),
        credential=line.text("credential"),
        affiliation=line.text("affiliation"),
        limits=_limits(line),
        groups=tuple(dict.fromkeys(filter(None, (part.strip() for part in line.text("groups").split(";"))))),
        time_zone=_time_zone(line),
        handles=line.text("handles"),
        phone=line.text("phone"),
    )


def _email(line: Line, mode: MailMode) -> str:
    """Her address; only whom we never write to may have none."""
    text = line.text("email") if mode is MailMode.NONE else line.needed("email")
    if not text:
        return ""
    address = read_address(text)
    if address is None:
        line.wrong("email is not an address mail can be sent to.")
    return address or ""


def read_address(text: str) -> str | None:
    """A mail address as we keep it, or None for what is none."""
    try:
        return _read_email(text).normalized
    except EmailNotValidError:
        return None


def _state(line: Line) -> str:
    text = line.text("state")
    state = read_state(text) if text else ""
    if state is None:
        line.wrong("state is not a U.S. state or territory; use two letters, such as OH.")
    return state or ""


def _language(line: Line) -> Language:
    text = line.text("language").lower() or "en"
    if text not in _LANGUAGES:
        line.wrong("language must be en or es.")
    return Language(_LANGUAGES.get(text, "en"))


def _mail_mode(line: Line) -> MailMode:
    text = line.text("mail_mode").lower() or MailMode.FULL
    if text not in tuple(MailMode):
        line.wrong(f"mail_mode must be one of {', '.join(MailMode)}.")
        return MailMode.NONE
    return MailMode(text)


def _time_zone(line: Line) -> str:
    text = line.text("time_zone")
    zone = read_zone(text) if text else ""
    if zone is None:
        line.wrong("time_zone is not a zone we know; write for example America/Chicago.")
    return zone or ""


def _limits(line: Line) -> Limits:
    text = heading(line.text("naming_limit")) or Preset.COUNT_ME_ONLY
    if text not in tuple(Preset):
        line.wrong(f"naming_limit must be one of {_PRESETS}, or empty.")
        return Preset.COUNT_ME_ONLY.limits()
    limits = dict(Preset(text).limits())
    for audience in (Audience.RECIPIENT, Audience.WEB, Audience.PRESS):
        own = line.text(f"limit_{audience}")
        if own:
            limits[audience] = _facts(line, audience, own, limits)
    return limits


def _facts(line: Line, audience: Audience, text: str, limits: Limits) -> Facts:
    try:
        return read_facts(text)
    except UnknownLimit:
        line.wrong(f"limit_{audience} has a word nobody knows; write for example chosen_name+survivor.")
        return limits[audience]


def _twice(rows: list[RosterRow]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.name.casefold(), row.email.casefold())
        if not row.name:
            continue
        if key in seen:
            yield Fault(row.line, f"the same person stands on line {seen[key]}.")
        seen.setdefault(key, row.line)

"""What the forms for organisations hold when they come back, and what is wrong with them. No database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from email_validator import EmailNotValidError, validate_email

from advocacy.letters.fonts import unprintable
from advocacy.organisations.answering import Yes
from advocacy.organisations.asking import Authoriser, Described
from advocacy.organisations.names import Level
from advocacy.organisations.queries import written_line
from advocacy.people.names import BadName, LongName, clean_line
from advocacy.people.places import STATES

FIELDS = ("public_name", "level", "state", "authoriser", "title", "email", "approval", "board_on")
_LONGEST_WAIT = timedelta(days=366)
# Our mail repeats these words to whoever is named; nobody is to lead her elsewhere with it.
_ADDRESS = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_OF_A_PLACE = (Level.STATE, Level.LOCAL)


@dataclass(frozen=True, repr=False)
class Filled:
    """A form as somebody filled it in, and for each field that needs another look a fault by its key."""

    values: Mapping[str, str]
    faults: Mapping[str, str]

    @property
    def board_on(self) -> date | None:
        """The day the board decides, where it has to."""
        return _date(self.values["board_on"]) if self.values["approval"] == "board" else None

    @property
    def described(self) -> Described:
        """The organisation, as it describes itself."""
        told = self.values
        return Described(told["public_name"], told["level"], told["state"] or None, self.board_on)

    @property
    def yes(self) -> Yes:
        """The yes of its authoriser."""
        return Yes(self.described, self.values["authoriser"], self.values["title"])

    @property
    def who(self) -> Authoriser:
        """Whoever may speak for it, and her address."""
        return Authoriser(self.values["authoriser"], self.values["title"], self.values["email"])

    @property
    def line(self) -> str:
        """The line exactly as it is printed."""
        return written_line(self.values["public_name"], self.values["state"] or None)


def read(fields: Mapping[str, str], asked: tuple[str, ...], today: date) -> Filled:
    """Take the named fields as they will be stored, or say what is wrong with each."""
    values, faults = dict.fromkeys(FIELDS, ""), {}
    for name in asked:
        values[name], fault = _one(name, fields.get(name, "").strip())
        if fault:
            faults[name] = fault
    if "level" in asked and "level" not in faults and values["level"] in _OF_A_PLACE and not values["state"]:
        faults["state"] = "fault.state"
    if values["approval"] == "board" and not _is_to_come(_date(values["board_on"]), today):
        faults["board_on"] = "fault.board_on"
    if "public_name" in asked and unprintable(Filled(values, {}).line):
        faults["public_name"] = "fault.cannot_print"
    return Filled(values, faults)


def _one(name: str, text: str) -> tuple[str, str]:
    if name == "board_on":
        return text[:10], ""
    if name in ("level", "state", "approval"):
        known = {"level": (*Level,), "state": ("", *STATES), "approval": ("all", "board")}[name]
        return (text, "") if text in known else ("", f"fault.{name}")
    try:
        line = clean_line(text)
    except BadName:
        return text[:200], "fault.hidden"
    except LongName:
        return text[:200], "fault.long"
    if not line:
        return "", f"fault.{name}"
    if name != "email" and _ADDRESS.search(line):
        return line, "fault.no_address"
    return line, "fault.email" if name == "email" and not _is_address(line) else ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text, allow_smtputf8=False, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_to_come(day: date | None, today: date) -> bool:
    return day is not None and today <= day <= today + _LONGEST_WAIT

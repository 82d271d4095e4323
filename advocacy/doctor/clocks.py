"""Whether this machine knows what time it is: days decide when a name is no longer shown."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from advocacy.doctor.finding import Finding, look, ok, wrong

_MOST_SECONDS = 60
_PATIENCE = 5.0
_UNKNOWN = "Nobody could say whether the clock is right."
_TURN_ON = "Run: timedatectl set-ntp true"


def check_clock(source: str, now: datetime, asked: Callable[[], str] | None = None) -> Finding:
    """Compare the clock with the date a web server answers with, or else ask the machine itself."""
    told = _told_by(source)
    if told is None:
        return _by_itself(asked or _timedatectl)
    off = abs((now - told).total_seconds())
    if off > _MOST_SECONDS:
        says = f"The clock of this machine is off by about {round(off / 60) or 1} minutes."
        return wrong("clock", says, _TURN_ON)
    return ok("clock", "The clock agrees with another one to within a minute.")


def _told_by(source: str) -> datetime | None:
    try:
        answer = requests.head(source, timeout=_PATIENCE, allow_redirects=False)
        told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (requests.RequestException, ValueError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _by_itself(asked: Callable[[], str]) -> Finding:
    said = asked()
    if said == "yes":
        return ok("clock", "The machine says that its clock is set by others.")
    if said == "no":
        return wrong("clock", "The machine says that nobody sets its clock.", _TURN_ON)
    return look("clock", _UNKNOWN, "Compare it with another clock by eye.")


def _timedatectl() -> str:
    program = shutil.which("timedatectl")
    if program is None:
        return ""
    words = [program, "show", "--property=NTPSynchronized", "--value"]
    try:
        return subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE).stdout.strip()  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return ""

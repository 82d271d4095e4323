"""The programs and libraries this stands on."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version

from weasyprint.text.ffi import pango

from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.letters import fonts
from advocacy.letters.faults import MissingFont

_AT_LEAST = {"Python": (3, 11), "WeasyPrint": (70, 0), "SQLite": (3, 40), "Pango": (1, 50)}


def check_versions() -> Iterator[Finding]:
    """Whether each is there and new enough."""
    yield new_enough("Python", platform.python_version())
    yield new_enough("WeasyPrint", version("weasyprint"))
    yield new_enough("SQLite", sqlite3.sqlite_version)
    yield new_enough("Pango", _pango())
    yield _fonts()
    yield _reader()


def new_enough(what: str, found: str) -> Finding:
    """Whether a version is at least the one we proved this with."""
    least = _AT_LEAST[what]
    if _numbers(found) < least:
        needed = ".".join(map(str, least))
        return wrong(what, f"{what} is {found}; at least {needed} is needed.", f"Install a newer {what}.")
    return ok(what, f"{what} {found} is new enough.")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())


def _pango() -> str:
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _fonts() -> Finding:
    missing = " ".join(fonts.missing_packages())
    try:
        fonts.refuse_missing_text_fonts()
    except MissingFont:
        return wrong("fonts", "The letter's own typeface is missing; nothing prints.", f"Install {missing}.")
    if missing:
        return look("fonts", "Names in some scripts cannot be printed.", f"Install {missing}.")
    return ok("fonts", "The fonts of our paper are there.")


def _reader() -> Finding:
    if shutil.which("pdftotext") is None:
        says = "A finished letter cannot be read back before it leaves, so none can be printed."
        return wrong("pdftotext", says, "Install poppler-utils.")
    return ok("pdftotext", "A finished letter can be read back before it leaves.")

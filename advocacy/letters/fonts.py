"""The fonts of our paper: which ones, where they are, and whether they hold every character of a text."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from advocacy.letters.faults import MissingFont, MissingGlyph, UnsafeCharacter

# Hidden joiners that Persian, Hindi and other scripts need to be written rightly.
_JOINERS = {"\u200c", "\u200d"}
_WHITE = {" ", "\n", "\t", "\r", "\u00a0"}


@dataclass(frozen=True)
class Face:
    """One family: its file, which is looked for by name, and the Debian package that brings it."""

    family: str
    file: str
    package: str = "fonts-noto-core"


# The order is the order of choice: `letters/fonts.css` names the same families in the same order.
FACES = (
    Face("Noto Serif", "NotoSerif-Regular.ttf"),
    Face("Noto Naskh Arabic", "NotoNaskhArabic-Regular.ttf"),
    Face("Noto Serif Hebrew", "NotoSerifHebrew-Regular.ttf"),
    Face("Noto Serif Devanagari", "NotoSerifDevanagari-Regular.ttf"),
    Face("Noto Serif Bengali", "NotoSerifBengali-Regular.ttf"),
    Face("Noto Serif Gujarati", "NotoSerifGujarati-Regular.ttf"),
    Face("Noto Serif Gurmukhi", "NotoSerifGurmukhi-Regular.ttf"),
    Face("Noto Serif Tamil", "NotoSerifTamil-Regular.ttf"),
    Face("Noto Serif Telugu", "NotoSerifTelugu-Regular.ttf"),
    Face("Noto Serif Kannada", "NotoSerifKannada-Regular.ttf"),
    Face("Noto Serif Malayalam", "NotoSerifMalayalam-Regular.ttf"),
    Face("Noto Serif Sinhala", "NotoSerifSinhala-Regular.ttf"),
    Face("Noto Serif Thai", "NotoSerifThai-Regular.ttf"),
    Face("Noto Serif Lao", "NotoSerifLao-Regular.ttf"),
    Face("Noto Serif Khmer", "NotoSerifKhmer-Regular.ttf"),
    Face("Noto Serif Myanmar", "NotoSerifMyanmar-Regular.ttf"),
    Face("Noto Serif Ethiopic", "NotoSerifEthiopic-Regular.ttf"),
    Face("Noto Serif Georgian", "NotoSerifGeorgian-Regular.ttf"),
    Face("Noto Serif Armenian", "NotoSerifArmenian-Regular.ttf"),
    Face("Noto Serif Tibetan", "NotoSerifTibetan-Regular.ttf"),
    Face("Noto Sans Cherokee", "NotoSansCherokee-Regular.ttf"),
    Face("Noto Sans Canadian Aboriginal", "NotoSansCanadianAboriginal-Regular.ttf"),
    Face("Noto Serif CJK SC", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
)

FAMILIES = tuple(face.family for face in FACES)

# The letter itself is set in these; without one of them nothing is printed.
TEXT_FILES = tuple(f"NotoSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))


def folders(home: Path) -> tuple[Path, ...]:
    """Where Debian and macOS keep fonts, and where a person may have put her own."""
    standing = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/opt/homebrew/share/fonts")
    own = (home / ".fonts", home / ".local/share/fonts", home / "Library/Fonts")
    return tuple(Path(folder) for folder in standing) + own


@cache
def _installed() -> dict[str, Path]:
    wanted = {face.file for face in FACES} | set(TEXT_FILES)
    found: dict[str, Path] = {}
    for folder in folders(Path.home()):
        for here, _, names in os.walk(folder):
            for name in wanted.intersection(names):
                found.setdefault(name, Path(here) / name)
    return found


def missing_packages() -> tuple[str, ...]:
    """The Debian packages whose fonts are not on this machine."""
    absent = {face.package for face in FACES if face.file not in _installed()}
    absent |= {"fonts-noto-core" for file in TEXT_FILES if file not in _installed()}
    return tuple(sorted(absent))


def refuse_unprintable(text: str) -> None:
    """Raise if a character of this text would print as a box, as nothing, or would turn the text around."""
    refuse_hidden(text)
    for character in unprintable(text):
        if packages := missing_packages():
            code = f"U+{ord(character):04X}"
            raise MissingFont(f"A font for “{character}” ({code}) is missing. Install: {' '.join(packages)}.")
        raise MissingGlyph(character)


def refuse_hidden(text: str) -> None:
    """Raise at the first hidden, unassigned or private character of this text."""
    for character in text:
        if character in _WHITE or character in _JOINERS:
            continue
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise UnsafeCharacter(character)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of this text that none of our fonts holds, each once, in order."""
    left = {ord(c): c for c in text if c not in _WHITE and c not in _JOINERS}
    for coverage in _coverages():
        if not left:
            break
        left = {code: c for code, c in left.items() if code not in coverage}
    return tuple(left.values())


def _coverages() -> Iterator[frozenset[int]]:
    for face in FACES:
        if path := _installed().get(face.file):
            yield _code_points(path)


@cache
def _code_points(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def refuse_missing_text_fonts() -> None:
    """Raise before any printing if the letter's own typeface is not installed."""
    if absent := [file for file in TEXT_FILES if file not in _installed()]:
        raise MissingFont(
            f"The letter's typeface is missing ({', '.join(absent)}). Install: fonts-noto-core."
        )

"""What each body does with what it gets: its words, its limits, and what becomes public there.

The rules are facts about the world and change without asking us, so they stand in `letters/venues/*.toml`,
each with its source and the day somebody last looked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from advocacy.paths import LETTERS
from advocacy.positions.stances import Stance

_PRINTED = tuple(stance for stance in Stance if stance.may_be_printed)
_NEEDED: Mapping[str, type] = {
    "name": str,
    "paper": str,
    "file_name": str,
    "posts_on_web": bool,
    "public_record": bool,
    "source": str,
    "last_checked": date,
}
_TABLES = ("what_becomes_public", "stances")
_OPTIONAL: Mapping[str, type] = {"page_limit": int, "measure_digits": int, "note": str}
_PLACES = {"network", "document", "measure", "stance", "date", "language", "version"}
_PAPERS = {"letter", "a4"}


class BadVenues(Exception):
    """Some venue files cannot be used; each fault names its file and its key."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class StanceWord:
    """A body's own word for a stance, and what is lost in saying it so."""

    word: str
    short: str
    warning: str = ""

    @property
    def loses_meaning(self) -> bool:
        """Whether this body cannot say what we mean."""
        return bool(self.warning)


@dataclass(frozen=True)
class Venue:
    """One body whose rules apply to what we send."""

    key: str
    name: str
    paper: str
    file_name: str
    posts_on_web: bool
    public_record: bool
    what_becomes_public: Mapping[str, str]
    stances: Mapping[str, StanceWord]
    source: str
    last_checked: date
    page_limit: int | None = None
    measure_digits: int = 0
    note: str = ""

    @property
    def is_public(self) -> bool:
        """Whether anybody can read what it gets: it posts it, or keeps it as a public record."""
        return self.posts_on_web or self.public_record

    def becomes_public(self, language: str) -> str:
        """What a signer is told before she signs, in her language."""
        return self.what_becomes_public.get(language.split("-")[0], self.what_becomes_public["en"])

    def pages_over(self, pages: int) -> int:
        """By how many pages a document is too long here; it is never shrunk or cut to fit."""
        return max(0, pages - self.page_limit) if self.page_limit else 0


def load(folder: Path) -> dict[str, Venue]:
    """Every venue in a folder, by key. Raises `BadVenues` with every fault of every file."""
    found: dict[str, Venue] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            faults.append(f"{path.name}: {fault}.")
            continue
        here = [f"{path.name}, {fault}" for fault in _faults(data)]
        faults += here
        if not here:
            found[path.stem] = _venue(path.stem, data)
    if faults:
        raise BadVenues(faults)
    return found


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    for key, kind in {**_NEEDED, **_OPTIONAL}.items():
        if key not in data:
            if key in _NEEDED:
                yield f"{key}: is missing."
        elif type(data[key]) is not kind or data[key] == "":
            yield f"{key}: must be {_WANTED[kind]}."
    for key in sorted(set(data) - set(_NEEDED) - set(_OPTIONAL) - set(_TABLES)):
        yield f"{key}: is not a known key."
    if data.get("paper") not in _PAPERS and "paper" in data:
        yield "paper: must be letter or a4."
    if isinstance(data.get("file_name"), str):
        yield from _pattern_faults(data["file_name"])
    yield from _public_faults(data.get("what_becomes_public"))
    yield from _stance_faults(data.get("stances"))


_WANTED = {str: "some words", bool: "true or false", date: "a date such as 2026-11-23", int: "a whole number"}


def _pattern_faults(pattern: str) -> Iterator[str]:
    try:
        places = {place for _, place, _, _ in Formatter().parse(pattern) if place is not None}
    except ValueError:
        yield "file_name: its brackets do not match."
        return
    for place in sorted(places - _PLACES):
        yield f"file_name: {{{place}}} cannot be filled in."
    if not re.fullmatch(r"[A-Za-z0-9_{}-]+", pattern):
        yield "file_name: may hold letters, digits, - and _ only."


def _public_faults(words: Any) -> Iterator[str]:
    for language in ("en", "es"):
        if not isinstance(words, dict) or not isinstance(words.get(language), str) or not words[language]:
            yield f"what_becomes_public.{language}: is missing."


def _stance_faults(words: Any) -> Iterator[str]:
    given = words if isinstance(words, dict) else {}
    for stance in _PRINTED:
        said = given.get(stance.value)
        if not isinstance(said, dict) or not said.get("word") or not said.get("short"):
            yield f"stances.{stance.value}: needs a word and a short."
        elif set(said) - {"word", "short", "warning"}:
            yield f"stances.{stance.value}: has a key that is not known."
    for key in sorted(set(given) - {stance.value for stance in _PRINTED}):
        yield f"stances.{key}: is no stance that may be printed."


def _venue(key: str, data: Mapping[str, Any]) -> Venue:
    stances = {stance: StanceWord(**said) for stance, said in data["stances"].items()}
    return Venue(**{**data, "key": key, "stances": stances})


@cache
def known() -> Mapping[str, Venue]:
    """The venues this installation knows, read once."""
    return load(LETTERS / "venues")


def becomes_public(key: str, language: str) -> str:
    """What a signer is told of this venue in her language; empty of one we do not know."""
    return known()[key].becomes_public(language) if key in known() else ""


def is_public(key: str) -> bool:
    """Whether what this venue gets becomes public; of one we do not know, we assume it does."""
    return key not in known() or known()[key].is_public


def stance_word(key: str, stance: str) -> str:
    """How a stance is printed for this venue; plainly, where the venue is not known."""
    venue = known().get(key)
    return venue.stances[stance].word if venue and stance in venue.stances else Stance(stance).label

"""Looks for names that must not be in a file, however they are written or hidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

# Shorter than this, a run of letters turns up in packed bytes by chance.
_SHORTEST_IN_BYTES = 5


@dataclass(frozen=True)
class Forbidden:
    """A name that must not be printed; a whole name is looked for everywhere, a single word outside the text.

    A name that another signer chose to print is not forbidden: whoever makes the list leaves it out.
    """

    text: str
    whole_name: bool


def forbidden(names: Iterable[str]) -> tuple[Forbidden, ...]:
    """Names as things to look for: addresses, and names of several words or without spaces, are whole."""
    kept = sorted(name for name in set(names) if _folded(name))
    return tuple(Forbidden(name, whole_name=len(_words(name)) > 1 or _unspaced(name)) for name in kept)


class NameSearch:
    """All forbidden names of one letter, ready to be looked for."""

    def __init__(self, forbidden: Sequence[Forbidden]) -> None:
        self._forbidden = tuple(name for name in forbidden if _folded(name.text))

    @cached_property
    def _whole(self) -> dict[tuple[str, ...], str]:
        return {tuple(_words(name.text)): name.text for name in self._forbidden if name.whole_name}

    @cached_property
    def _lengths(self) -> set[int]:
        return {len(name) for name in self._whole}

    @cached_property
    def _run_together(self) -> dict[str, str]:
        return {_folded(name): name for name in self._whole.values() if _unspaced(name)}

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {_folded(name.text): name.text for name in self._forbidden}

    def whole_names_in(self, text: str) -> Iterator[str]:
        """Full names that stand in this approved text as words of their own."""
        words, folded = _words(text), _folded(text)
        runs = (tuple(words[i : i + n]) for n in self._lengths for i in range(len(words) - n + 1))
        yield from (self._whole[run] for run in runs if run in self._whole)
        yield from (name for key, name in self._run_together.items() if key in folded)

    def names_in_line(self, line: str) -> Iterator[str]:
        """Full names inside a signature line, and any name that is the whole line."""
        yield from self.whole_names_in(line)
        if (name := self._loose.get(_folded(line))) and tuple(_words(name)) not in self._whole:
            yield name

    def loosely_in(self, text: str) -> Iterator[str]:
        """Any name inside text that nobody approved, across spaces, hyphens and accents."""
        folded = _folded(text)
        yield from (name for key, name in self._loose.items() if key in folded)

    def in_bytes(self, data: bytes) -> Iterator[str]:
        """Full names written plainly in the file's bytes."""
        for name in self._forbidden:
            if name.whole_name and any(spelling in data for spelling in _spellings(name.text)):
                yield name.text


def _words(text: str) -> list[str]:
    return [folded for word in re.split(r"[\s\-–—/,;:()\[\]@]+", text) if (folded := _folded(word))]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())


def _unspaced(name: str) -> bool:
    """Chinese, Japanese and Thai are written without spaces: there a name is no word of its own."""
    return any(unicodedata.category(c) == "Lo" and unicodedata.bidirectional(c) == "L" for c in name)


def _spellings(name: str) -> set[bytes]:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD") for text in (name, name.lower())}
    plain = {form.encode(encoding) for form in forms for encoding in ("utf-8", "utf-16-be", "utf-16-le")}
    long = {written for written in plain if len(written) >= _SHORTEST_IN_BYTES}
    return (
        long
        | {written.hex().encode() for written in long}
        | {written.hex().upper().encode() for written in long}
    )

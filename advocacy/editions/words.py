"""Compares what readers read with what was approved: stretch by stretch, and what is left over.

Readers wrap lines, turn right-to-left letters around, and give joined scripts back only nearly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Scripts that join several letters into one picture, of which a file can name only one: Hebrew with points,
# the Indian scripts, Thai, Lao, Tibetan, Burmese, Khmer. Readers lose or repeat letters there, and loose
# accents everywhere.
_JOINED = re.compile("[\u0591-\u05f4\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


@dataclass(frozen=True)
class Difference:
    """An approved stretch that is missing, or words that nobody approved."""

    missing: bool
    text: str


def differences(text: str, blocks: Sequence[str]) -> Iterator[Difference]:
    """Walk the approved stretches along the squeezed text; what lies between them was approved by nobody."""
    at = 0
    for block, following in pairwise([*blocks, ""]):
        start, end = _find(text, block, at, following)
        if start < 0:
            yield Difference(missing=True, text=block)
            continue
        if start > at:
            yield Difference(missing=False, text=text[at:start])
        at = end
    if text[at:]:
        yield Difference(missing=False, text=text[at:])


def squeeze(text: str) -> str:
    """Text as its characters alone: one form for each, no white space, nothing invisible."""
    apart = unicodedata.normalize("NFKC", text)
    return "".join(c for c in apart if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})


def same_text(one: str, other: str) -> bool:
    """Whether two squeezed stretches say the same; right-to-left letters may come in any order."""
    return one == other or (turns(one) and sorted(one) == sorted(other))


def alike(read: str, meant: str) -> bool:
    """Whether a reader's words are these, with room for what readers lose in joined scripts and accents."""
    if same_text(read, meant):
        return True
    (letters, marks), (wanted, accents) = _parted(read), _parted(meant)
    joined, expected = _JOINED.findall(letters), _JOINED.findall(wanted)
    near = len(expected) / 2 <= len(joined) <= len(expected) * 4 / 3 and len(marks) <= len(accents) * 2
    known = set(joined) <= set(expected) and set(marks) <= set(accents)
    return near and known and same_text(_JOINED.sub("", letters), _JOINED.sub("", wanted))


def joins(text: str) -> bool:
    """Whether any of this is in a script, or under an accent, that readers get only nearly right."""
    letters, marks = _parted(text)
    return bool(marks) or _JOINED.search(letters) is not None


def _parted(text: str) -> tuple[str, str]:
    marks = "".join(c for c in text if unicodedata.category(c).startswith("M"))
    return "".join(c for c in text if not unicodedata.category(c).startswith("M")), marks


def turns(text: str) -> bool:
    """Whether any of this is written from right to left."""
    return any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def _find(text: str, block: str, at: int, following: str) -> tuple[int, int]:
    """Where a block stands from here on, or -1."""
    size = len(block)
    if same_text(text[at : at + size], block):
        return at, at + size
    if joins(block):
        return _find_nearly(text, block, at, following)
    start = text.find(block, at)
    if turns(block):
        places = range(at, len(text) - size + 1)
        start = next((place for place in places if same_text(text[place : place + size], block)), -1)
    return start, start + size


def _find_nearly(text: str, block: str, at: int, following: str) -> tuple[int, int]:
    """The stretch right here that is this block but for lost marks, best with the next block behind it."""
    ends = sorted(range(at + 1, at + 2 * len(block) + 4), key=lambda end: abs(end - at - len(block)))
    near = [end for end in ends if alike(text[at:end], block)]
    best = [end for end in near if _follows(text, following, end)]
    end = next(iter(best or near), -1)
    return (at, end) if end > 0 else (-1, -1)


def _follows(text: str, following: str, at: int) -> bool:
    if not following:
        return at == len(text)
    return text.startswith(following[:1] if joins(following) or turns(following) else following, at)

"""What changed between two texts, word by word: to show, and to read aloud. Pure.

Whole words are compared, because half a word struck out helps nobody. Other rooms use this for letters too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from diff_match_patch import diff_match_patch

_WORD = re.compile(r"\s+|\w+(?:[’'.,\-]\w+)*|[^\w\s]")
_PLACE_WORDS = 5
# Past this many seconds the comparison stays true and stops looking for the shortest way to say it.
_PATIENCE = 1.0
_FIRST_SURROGATE, _SURROGATES = 0xD800, 0x800


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Segment:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """One change a person would tell another about; `after` is the handful of words it follows."""

    removed: str
    added: str
    after: str

    @property
    def sentence(self) -> str:
        """The change as one sentence."""
        return f"{self._act()}{self._place()}."

    def _act(self) -> str:
        if self.removed and self.added:
            return f"Changed “{self.removed}” to “{self.added}”"
        if self.removed:
            return f"Removed: “{self.removed}”"
        if self.added:
            return f"Added: “{self.added}”"
        return "Moved a paragraph break"

    def _place(self) -> str:
        return f", after “{self.after}”" if self.after else ", at the beginning"


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """Every piece in order: same and removed ones make `before`, same and added ones make `after`."""
    return tuple(_joined(_compared(before, after)))


def passages(pieces: Iterable[Segment], between: str = "\n\n") -> tuple[tuple[Segment, ...], ...]:
    """The paragraphs in which something changed, each whole: what to read when the rest stayed as it was."""
    paragraphs: list[list[Segment]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(between)
        paragraphs[-1].append(Segment(piece.kind, first))
        paragraphs += [[Segment(piece.kind, part)] for part in others]
    filled = (tuple(piece for piece in part if piece.text) for part in paragraphs)
    return tuple(part for part in filled if any(piece.kind is not Kind.SAME for piece in part))


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The changes as a list to read aloud. Spaces alone are no change; a moved paragraph break is one."""
    found: list[Change] = []
    read = ""
    for same, run in groupby(segments(before, after), lambda segment: segment.kind is Kind.SAME):
        pieces = list(run)
        if same:
            read += "".join(piece.text for piece in pieces)
            continue
        removed, added = _text(pieces, Kind.REMOVED), _text(pieces, Kind.ADDED)
        if _flat(removed) != _flat(added):
            found.append(Change(_flat(removed), _flat(added), _last_words(read)))
        elif removed.count("\n\n") != added.count("\n\n"):
            found.append(Change("", "", _last_words(read)))
        read += added
    return tuple(found)


def sentences(before: str, after: str) -> tuple[str, ...]:
    """The same list as plain sentences."""
    return tuple(change.sentence for change in changes(before, after))


def _compared(before: str, after: str) -> Iterator[Segment]:
    alphabet: dict[str, str] = {}
    one, two = (_encoded(text, alphabet) for text in (before, after))
    words = {mark: word for word, mark in alphabet.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = _PATIENCE
    kinds = {-1: Kind.REMOVED, 0: Kind.SAME, 1: Kind.ADDED}
    for sign, marks in engine.diff_main(one, two, False):
        yield Segment(kinds[sign], "".join(words[mark] for mark in marks))


def _encoded(text: str, alphabet: dict[str, str]) -> str:
    return "".join(alphabet.setdefault(word, _mark(len(alphabet))) for word in _WORD.findall(text))


def _mark(number: int) -> str:
    # One character stands for one word. Surrogates are no characters, so they are stepped over.
    return chr(number + 1 if number + 1 < _FIRST_SURROGATE else number + 1 + _SURROGATES)


def _joined(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Let changes that only a space divides be one change: three new words in a row are one thing to say."""
    removed = added = space = ""
    for piece in pieces:
        if piece.kind is Kind.SAME and (removed or added) and _is_plain_space(piece.text):
            space += piece.text
        elif piece.kind is Kind.SAME:
            yield from _edits(removed, added, space)
            yield piece
            removed = added = space = ""
        else:
            removed, added, space = removed + space, added + space, ""
            removed += piece.text if piece.kind is Kind.REMOVED else ""
            added += piece.text if piece.kind is Kind.ADDED else ""
    yield from _edits(removed, added, space)


def _edits(removed: str, added: str, space: str) -> Iterator[Segment]:
    for kind, text in ((Kind.REMOVED, removed), (Kind.ADDED, added), (Kind.SAME, space)):
        if text:
            yield Segment(kind, text)


def _is_plain_space(text: str) -> bool:
    return text.isspace() and "\n" not in text


def _text(pieces: Sequence[Segment], kind: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind is kind)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _last_words(text: str) -> str:
    return " ".join(text.split()[-_PLACE_WORDS:])

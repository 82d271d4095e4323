"""Whether a change to a letter can be "only a typo". Pure; in doubt it cannot.

A typo is a slip of the pen: a letter or two in a word, a doubled word, a small word too many or too few, a
comma. Whatever carries meaning is not (`letters/weighty.toml` lists such words), and neither is one word in
the place of another: the people who signed are asked again. Whether what is left really is a typo, a second
person says.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from advocacy.differences import Change, changes
from advocacy.paths import LETTERS

MOST_WORDS = 15
_ALWAYS_ALLOWED = 3
_WORD = re.compile(r"\w+(?:[’'.,\-]\w+)*", re.UNICODE)
_SIGNS = re.compile(r"[$€£%§°<>=+/&@#?~|]")
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\]\([^)]*\)")
_AMOUNT = re.compile(r"[-–−+]?[$€£]?\d[\d.,:/]*\d*\s?%?")
_SMALL_ROMAN = re.compile(r"x{0,3}(ix|iv|v?i{0,3})")
_APART = re.compile(r"[\s’'.\-]+")


class Reason(StrEnum):
    """Why a change is more than a typo, as the sentence an editor reads."""

    TITLE = "The title is different."
    NUMBER = "A number is different."
    DATE = "A date, or a word for time, is different."
    BILL = "The bill, or a part of it, is named differently."
    NAME = "A name, or a word with a capital letter, is different."
    NOT = "A “not”, or a word like it, came or went."
    SELVES = "A word for those who sign is different, such as “we” or “survivors”."
    LIMIT = "A word that sets how far something goes is different, such as “must”, “all” or “or”."
    LINK = "A link or an address is different."
    SIGN = "A sign that carries meaning is different, such as % or $."
    WORD = "A word was put in, taken out, or put in another's place."
    LENGTH = "More words are different than a typo explains."


def forced_material(before_title: str, before: str, after_title: str, after: str) -> tuple[Reason, ...]:
    """Every reason why this change cannot be called a typo, each once; none when it may be."""
    before, after = (unicodedata.normalize("NFC", text) for text in (before, after))
    found = set(_in_whole(before, after))
    if before_title != after_title:
        found.add(Reason.TITLE)
    made = changes(before, after)
    for change in made:
        found.update(_in_change(change))
    if _counted(made) > _most(before):
        found.add(Reason.LENGTH)
    return tuple(reason for reason in Reason if reason in found)


def _in_whole(before: str, after: str) -> Iterator[Reason]:
    # Read in the whole text, where a sign and its number, or an address, are still in one piece.
    for pattern, reason in ((_AMOUNT, Reason.NUMBER), (_LINK, Reason.LINK), (_SIGNS, Reason.SIGN)):
        if pattern.findall(before) != pattern.findall(after):
            yield reason


def _in_change(change: Change) -> Iterator[Reason]:
    gone, come = _WORD.findall(change.removed), _WORD.findall(change.added)
    for word in (*gone, *come):
        yield from (reason for reason, holds in _WEIGHTY.items() if holds(word))
    if not _is_a_slip(gone, come, change.after):
        yield Reason.WORD


@cache
def _known() -> Mapping[str, frozenset[str]]:
    lists = tomllib.loads((LETTERS / "weighty.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


def _is_one_of(name: str) -> Callable[[str], bool]:
    def holds(word: str) -> bool:
        low = word.casefold()
        return low in _known()[name] or not _known()[name].isdisjoint(_APART.split(low))

    return holds


def _is_number(word: str) -> bool:
    counts = any(sign.isnumeric() for sign in word) or bool(_SMALL_ROMAN.fullmatch(word))
    return counts or _is_one_of("numbers")(word)


def _is_not(word: str) -> bool:
    return word.casefold().replace("’", "'").endswith("n't") or _is_one_of("nots")(word)


def _is_name(word: str) -> bool:
    return any(sign.isupper() for sign in word) and word not in _known()["openers"]


_WEIGHTY: Mapping[Reason, Callable[[str], bool]] = {
    Reason.NUMBER: _is_number,
    Reason.DATE: _is_one_of("dates"),
    Reason.BILL: _is_one_of("bills"),
    Reason.NAME: _is_name,
    Reason.NOT: _is_not,
    Reason.SELVES: _is_one_of("selves"),
    Reason.LIMIT: _is_one_of("limits"),
}


def _is_a_slip(gone: list[str], come: list[str], after: str) -> bool:
    low_gone, low_come = ([word.casefold() for word in words] for words in (gone, come))
    if "".join(low_gone) == "".join(low_come):
        return True
    if len(gone) == len(come):
        return all(is_near(one, other) for one, other in zip(low_gone, low_come, strict=True))
    longer, shorter = sorted((low_gone, low_come), key=len, reverse=True)
    spare = [word for word in longer if word not in shorter]
    last = _WORD.findall(after.casefold())[-1:]
    doubled = longer == low_gone and not shorter and longer == last
    return doubled or (len(longer) - len(shorter) <= 2 and set(spare) <= _known()["small"])


def is_near(one: str, other: str) -> bool:
    """Whether two words are one word misspelt: a letter or two apart, in a word long enough for it."""
    allowed = 1 if min(len(one), len(other)) < 6 else 2
    return _steps(one, other) <= allowed


def _steps(one: str, other: str) -> int:
    """How many letters were put in, left out, mistaken or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, sign in enumerate(one, 1):
        row = [i]
        for j, there in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (sign != there))
            if i > 1 and j > 1 and (sign, there) == (other[j - 2], one[i - 2]):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _counted(made: Iterable[Change]) -> int:
    return sum(max(len(_WORD.findall(change.removed)), len(_WORD.findall(change.added))) for change in made)


def _most(before: str) -> int:
    # One per cent of a short letter is no word at all, and it may still hold three slips.
    return min(MOST_WORDS, max(_ALWAYS_ALLOWED, len(_WORD.findall(before)) // 100))

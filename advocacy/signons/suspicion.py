"""What makes a printed line worth a look before it prints. Pure, and never about who somebody is.

A name may be written in any script, with any accent, apostrophe or hyphen. What is looked at is only what no
name has: marks of a program, the beginning of a spreadsheet formula, two scripts in one word, and a line that
looks like another on the same letter but is written with other characters.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Reason(StrEnum):
    """Why somebody should look."""

    SCRIPT = "script"
    FORMULA = "formula"
    MIXED = "mixed"
    LOOK_ALIKE = "look_alike"
    BURST = "burst"


_SCRIPT = re.compile(r"[<>{}`\\]|&#|\]\(|\b(?:javascript|data|https?)\s*:|\bwww\.|\bon\w+\s*=", re.IGNORECASE)
_FORMULA = re.compile(r"(?:^|,\s*)[=+@\t\r]|(?:^|,\s*)-\s*[\w(]")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")

# Letters of other scripts that are drawn like Latin ones; capitals come after folding. From the shapes
# themselves: only those nobody can tell apart in our type.
_DRAWN_ALIKE = str.maketrans(
    {
        **dict(zip("аеорсухіјѕһԁԛԝѵ", "aeopcyxijshdqwv", strict=True)),
        **dict(zip("вкмнт", "BKMHT".casefold(), strict=True)),
        **dict(zip("αορνυικτχη", "aopvuiktxn", strict=True)),
        **dict(zip("օսոցհ", "ouugh", strict=True)),
        "ı": "i",
        "ɑ": "a",
        "ɡ": "g",
    }
)
_SAME_STROKE = str.maketrans(
    {"I": "l", "1": "l", "|": "l", "0": "o", "m": "rn", "’": "'", "‘": "'", "ʼ": "'"}
)


def reasons_in(line: str) -> frozenset[Reason]:
    """What in one printed line asks for a look; nothing in almost every line there is."""
    found = set()
    if _SCRIPT.search(line):
        found.add(Reason.SCRIPT)
    if _FORMULA.search(line):
        found.add(Reason.FORMULA)
    if any(len(_scripts_of(word)) > 1 for word in re.findall(r"\w+", line)):
        found.add(Reason.MIXED)
    return frozenset(found)


def _scripts_of(word: str) -> frozenset[str]:
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha())
    return frozenset(name for name in names if name in _SCRIPTS)


def look_of(line: str) -> str:
    """How a line looks on paper, whatever characters draw it: two of the same look cannot be told apart."""
    plain = " ".join(unicodedata.normalize("NFKC", line).translate(_SAME_STROKE).casefold().split())
    return unicodedata.normalize("NFKC", plain.translate(_DRAWN_ALIKE))


def is_look_alike(line: str, others: Iterable[str]) -> bool:
    """Whether a line looks like another but is written differently. The same words twice are two people."""
    return any(look_of(line) == look_of(other) and _written(line) != _written(other) for other in others)


def _written(line: str) -> str:
    # An apostrophe is typed in several ways, and capitals as one likes.
    return " ".join(
        unicodedata.normalize("NFKC", line).replace("’", "'").replace("ʼ", "'").casefold().split()
    )

"""What people may type as a name or a short word. Pure.

A name prints as its person writes it. Refused is what cannot be seen: characters that hide, reverse or
break a line.
"""

import re
import unicodedata

MOST_CHARACTERS = 200

# Zero-width joiners shape Persian, Indic and emoji text; they are kept between two visible characters only.
_JOINERS = "\u200c\u200d"
# Letters and marks that print as nothing at all: two names that differ by them look the same.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SPACES = re.compile(r"[ \u00a0\u2002-\u200a\u202f\u205f\u3000]+")


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class BadName(Exception):
    """This has a hidden character in it. Please type it again by hand."""


class LongName(Exception):
    """This is longer than 200 characters. Please shorten it."""


def clean_line(text: str) -> str:
    """One visible line in composed form, or `BadName`/`LongName`."""
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if len(line) > MOST_CHARACTERS:
        raise LongName
    for place, character in enumerate(line):
        if _hides(line, place, character):
            raise BadName
    return line


def _hides(line: str, place: int, character: str) -> bool:
    if character in _JOINERS:
        between = 0 < place < len(line) - 1
        return not (between and line[place - 1].isprintable() and ord(line[place - 1]) > 0x5FF)
    category = unicodedata.category(character)
    begins_with_mark = place == 0 and category.startswith("M")
    return character in _BLANK or begins_with_mark or category in _UNSEEN


def words_of(name: str) -> tuple[str, ...]:
    """The parts of a name, split where people put spaces."""
    return tuple(name.split())

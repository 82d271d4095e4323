"""How much two titles say the same, and which of two sessions is the later. Pure."""

import re

_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")
_IN_EVERY_TITLE = frozenset(
    {"act", "and", "bill", "for", "other", "purposes", "relating", "resolution", "the", "with"}
)

ALIKE = 0.6
"""From here on two titles are worth a person's look."""


def likeness(one: str, other: str) -> float:
    """The share of telling words that two titles have in common, from 0 to 1. The year does not count."""
    these, those = _words(one), _words(other)
    return len(these & those) / len(these | those) if these and those else 0.0


def is_later(session: str, than: str) -> bool:
    """Whether a session comes after another of the same place, as far as its name tells."""
    return _order(session) > _order(than)


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.casefold())) - _IN_EVERY_TITLE


def _order(session: str) -> tuple[int, str]:
    # "2025-2026" and "2025rs" go by their year, a Congress by its number.
    found = _YEAR.search(session) or _NUMBER.search(session)
    return int(found[0]) if found else 0, session

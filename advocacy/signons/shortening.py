"""Names made short: initials, or a first name with one initial; never so short that all is told. Pure."""

import unicodedata


def initials(parts: tuple[str, ...]) -> str | None:
    """Every part by its first letter, or None where that would tell the whole name."""
    named = _that_can_be_short(parts)
    # One sign of a script without capitals is often a whole name: its initial would tell all of it.
    if any(_is_told_by_initial(part) and not _is_cased(part) for part in named):
        return None
    return " ".join(f"{_initial(part)}." for part in named) or None


def first_name_and_initial(parts: tuple[str, ...]) -> str | None:
    """The first name and the initial of the last, or None where that would tell the whole name."""
    named = _that_can_be_short(parts)
    return f"{named[0]} {_initial(named[-1])}." if named else None


def _that_can_be_short(parts: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(part for part in parts if _initial(part))
    # With one word only, or a last name of one letter, either short form would print the whole name.
    return () if len(named) < 2 or _is_told_by_initial(named[-1]) else named


def _initial(part: str) -> str:
    """The first letter of a name, with the marks that belong to it."""
    start = next((place for place, sign in enumerate(part) if sign.isalpha()), len(part))
    end = start + 1
    while end < len(part) and unicodedata.category(part[end]).startswith("M"):
        end += 1
    return part[start:end]


def _is_told_by_initial(part: str) -> bool:
    return "".join(sign for sign in part if sign.isalnum() or not sign.isascii()) == _initial(part)


def _is_cased(part: str) -> bool:
    return part.lower() != part.upper()

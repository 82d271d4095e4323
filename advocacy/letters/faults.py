"""Why a page could not be printed, each as the sentence the person at the desk deserves."""

from __future__ import annotations

import unicodedata


class CannotPrint(Exception):
    """This letter cannot be printed as it stands."""


class DesignFault(CannotPrint):
    """Something this design asks for is missing or not allowed."""


class MissingFont(CannotPrint):
    """A font this letter needs is not installed on this machine."""


class MissingGlyph(CannotPrint):
    """A character has no picture in any of our fonts, so it would print as an empty box."""

    def __init__(self, character: str) -> None:
        super().__init__(f"{_named(character)} cannot be printed: none of our fonts holds it.")
        self.character = character


class UnsafeCharacter(CannotPrint):
    """A hidden character would change what a reader sees."""

    def __init__(self, character: str) -> None:
        super().__init__(
            f"{_named(character)} cannot be printed: it is hidden and can change what a reader sees."
        )
        self.character = character


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "no name")
    shown = f"“{character}” " if character.isprintable() else ""
    return f"The character {shown}({code}, {name.lower()})"

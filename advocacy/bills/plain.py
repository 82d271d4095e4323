"""Text that any database takes and any page can show, whoever sent it."""

import re

_LONGEST = 20_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]{1,2000}")


def plain(text: str) -> str:
    """The text without control characters and halves of characters, and no longer than a summary can be."""
    return _UNPRINTABLE.sub("", text[:_LONGEST]).strip()


def web_address(text: str) -> str:
    """The text where it is a web address; empty for anything a browser should not be sent to."""
    return text if _ADDRESS.fullmatch(text) else ""

"""What a text of ours may hold, and its fingerprint. Pure.

Pasted text is full of marks nobody can see. Those that could hide or reverse words are taken out before the
text is saved, so that what people agree to is what they read.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LONGEST_TITLE = 300
LONGEST_TEXT = 100_000

_HIDING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class EmptyText(Exception):
    """A position needs a title and a text."""


class TextTooLong(Exception):
    """This is longer than a person can be asked to read: 300 characters for a title, 100,000 for a text."""


def clean_title(text: str) -> str:
    """One visible line, or `EmptyText`/`TextTooLong`."""
    title = " ".join(clean_text(text, LONGEST_TEXT).split())
    if len(title) > LONGEST_TITLE:
        raise TextTooLong
    return title


def clean_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """Markdown with one kind of line end and nothing hidden in it, or `EmptyText`/`TextTooLong`."""
    one_end = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    clean = unicodedata.normalize("NFC", _HIDING.sub("", one_end)).strip()
    if not clean:
        raise EmptyText
    if len(clean) > longest:
        raise TextTooLong
    return clean


def text_hash(title: str, body: str, stances: Iterable[str]) -> str:
    """The SHA-256 of all that a decision agrees to: title, text, and the stance on each bill."""
    return sha256("\0".join([title, body, *sorted(stances)]).encode()).hexdigest()

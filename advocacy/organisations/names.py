"""Names of organisations as people mix them up, and addresses as they tell who is behind them. Pure."""

import re
import unicodedata
from enum import StrEnum

_SAID_BESIDE = re.compile(r"\bd\.?/?b\.?/?a\b\.?|[()|]", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_IDLE_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "co", "company", "corp", "corporation", "for", "in", "inc", "incorporated"),
        *("limited", "llc", "llp", "ltd", "nonprofit", "of", "the"),
        *("ac", "asociacion", "de", "del", "e", "el", "en", "la", "las", "los", "para", "sc", "y"),
    )
)
_SPELLINGS = {"centre": "center", "organisation": "organization", "centers": "center", "centres": "center"}

FREE_MAIL = frozenset(
    (
        *("aol.com", "att.net", "comcast.net", "fastmail.com", "gmail.com", "gmx.com", "gmx.net"),
        *("googlemail.com", "hey.com", "hotmail.com", "hotmail.es", "hushmail.com", "icloud.com", "live.com"),
        *("mac.com", "mail.com", "me.com", "msn.com", "outlook.com", "outlook.es", "pm.me", "proton.me"),
        *("protonmail.com", "riseup.net", "rocketmail.com", "sbcglobal.net", "tuta.com", "tutanota.com"),
        *("verizon.net", "yahoo.com", "yahoo.es", "ymail.com", "zoho.com"),
    )
)
"""Where anybody can have an address."""


class Level(StrEnum):
    """How far an organisation reaches."""

    NATIONAL = "national"
    STATE = "state"
    LOCAL = "local"
    TRIBAL = "tribal"
    INTERNATIONAL = "international"

    @property
    def label(self) -> str:
        """The level as the office reads it."""
        return self.value.capitalize()


def plain_names(name: str) -> frozenset[str]:
    """What a name comes down to once accents, points, small words and legal endings are gone.

    A name that says another beside it ("Inc. d/b/a Shore Aid") comes down to both.
    """
    found = (_plain(part) for part in (name, *_SAID_BESIDE.split(name)))
    return frozenset(part for part in found if part)


def alike(one: str, other: str) -> bool:
    """Whether two names may well mean the same organisation."""
    return not plain_names(one).isdisjoint(plain_names(other))


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = [_SPELLINGS.get(word, word) for word in re.findall(r"\w+", bare)]
    return "".join([word for word in words if word not in _IDLE_WORDS] or words)


def domain_of(email: str) -> str:
    """What stands behind the @ of an address."""
    return email.rpartition("@")[2].strip().casefold().rstrip(".")


def is_free_mail(email: str) -> bool:
    """Whether anybody can have an address there, so that it tells nothing about an organisation."""
    return domain_of(email) in FREE_MAIL

"""Emailed keys: made, hashed, one purpose each, with an end. Pure but for the randomness."""

import secrets
from enum import StrEnum


class Purpose(StrEnum):
    """What a key is for; it opens nothing else."""

    SIGN = "sign"
    STOP_MAIL = "stop_mail"
    OWN = "own"


def make_key() -> str:
    """A fresh key: 32 random bytes, safe in an address."""
    return secrets.token_urlsafe(32)

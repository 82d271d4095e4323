"""Emailed keys: made, hashed, one purpose each, with an end. Pure but for the randomness."""

import secrets
from enum import StrEnum

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u00a0": None})


class Purpose(StrEnum):
    """What a key is for; it opens nothing else."""

    SIGN = "sign"
    STOP_MAIL = "stop_mail"
    OWN = "own"


def make_key() -> str:
    """A fresh key: 32 random bytes, safe in an address."""
    return secrets.token_urlsafe(32)


def make_code() -> str:
    """A fresh typed code of ten characters that cannot be mistaken for one another."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def spell(code: str) -> str:
    """A code as it is written in a mail: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def read_code(typed: str) -> str | None:
    """The code somebody typed, however she typed it; None when it cannot be one."""
    code = typed.strip().upper().translate(_LOOK_ALIKES)
    if len(code) != CODE_LENGTH or any(character not in CROCKFORD for character in code):
        return None
    return code

"""Codes a person types, which cannot be mistaken for one another. Pure but for the randomness."""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u00a0": None})


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

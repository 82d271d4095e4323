"""Whether a chosen name leads to the other names a person goes by. Pure. Never a reason to refuse one."""

import re
import unicodedata

# Shorter pieces stand in nearly every name and would warn of nothing.
_SHORTEST = 3


def leads_to(chosen: str, *others: str) -> bool:
    """Whether a piece of one of the others stands in the chosen name, or a piece of it in one of them."""
    mine, theirs = _pieces(chosen), [piece for other in others for piece in _pieces(other)]
    run, runs = _run(chosen), [_run(other) for other in others]
    return any(piece in run for piece in theirs) or any(piece in other for piece in mine for other in runs)


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.findall(r"[^\W\d_]+", _folded(text)) if len(piece) >= _SHORTEST]


def _run(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]+", _folded(text)))


def _folded(text: str) -> str:
    # An accent makes no other name: whoever searches for one finds the other.
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

"""What is asked twice in one look is answered once: a reading sees one moment from beginning to end.

In a transaction every question is asked anew, for what was just written may be the answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

LOOKED = "looked"
"""The name under which a reading keeps its answers, in `session.info`."""


def looked_up_once(
    ask: Callable[Concatenate[Session, _Asked], _Answer],
) -> Callable[Concatenate[Session, _Asked], _Answer]:
    """Let a reading ask this once for the same ids. Whoever gets the answer leaves it as it is."""

    @wraps(ask)
    def answered(session: Session, /, *asked: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        known: dict[object, _Answer] | None = session.info.get(LOOKED)
        if known is None:
            return ask(session, *asked, **named)
        name = ask, asked, tuple(named.items())
        if name not in known:
            known[name] = ask(session, *asked, **named)
        return known[name]

    return answered

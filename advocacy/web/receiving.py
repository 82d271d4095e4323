"""Takes a request in whole before any work begins, so that whoever sends slowly holds up nobody.

A request that is still arriving costs one idle thread of many. Only a few at a time are worked on.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_PIECE = 65_536


class Received:
    """Hands a request on when all of it is here; one that is too large goes on unread, to be refused."""

    def __init__(self, app: Wsgi, *, most_bytes: int, at_work: int) -> None:
        self._app, self._most = app, most_bytes
        self._work = BoundedSemaphore(at_work)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Take it in, wait for a free hand, hand it on."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and 0 < int(length) <= self._most:
            environ["wsgi.input"] = BytesIO(_taken(environ["wsgi.input"], int(length)))
        with self._work:
            return self._app(environ, start_response)


def _taken(body: Any, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length and (piece := body.read(min(_PIECE, length - len(pieces)))):
        pieces += piece
    return bytes(pieces)

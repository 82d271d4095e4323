"""One line of the log for each request: which page, how it went, how long it took, an id. Not whose."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from time import perf_counter
from typing import Any

from advocacy.logs import Event, tell, tell_fault

ID, ENDPOINT = "advocacy.id", "advocacy.endpoint"
Environ = dict[str, Any]
Start = Callable[..., Any]
_SORRY = b"Something went wrong on our side.\n"


class Told:
    """Tells of every request what may be told, and answers where all else failed."""

    def __init__(self, app: Callable[[Environ, Start], Iterable[bytes]], headers: Mapping[str, str]) -> None:
        self._app = app
        self._last_words = [("Content-Type", "text/plain"), ("Cache-Control", "no-store"), *headers.items()]

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Hand the request on, and write its line when the answer is known."""
        id, began, status = secrets.token_hex(4), perf_counter(), "500"
        environ[ID] = id

        def start(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, *rest)

        try:
            return self._app(environ, start)
        except Exception as fault:  # noqa: BLE001
            # Whatever fell out of the application: the server would print its words.
            tell_fault(fault, id=id, endpoint=environ.get(ENDPOINT))
            start("500 INTERNAL SERVER ERROR", self._last_words)
            return [_SORRY]
        finally:
            ms = round((perf_counter() - began) * 1000)
            tell(Event.REQUEST, endpoint=environ.get(ENDPOINT) or "none", status=status, ms=ms, id=id)

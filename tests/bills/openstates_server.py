"""Open States as a small server on this machine: one answer for each address, or the way it fails."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

KEY = "0p3nk3y-plainly-made-up"


@dataclass
class OpenStatesServer:
    """Serves `told` by path: a status and a body. `asked` is each path, query and key."""

    told: dict[str, tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]], str]] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, query: dict[str, list[str]], key: str) -> tuple[int, Any]:
        self.asked.append((path, query, key))
        if key != KEY:
            return (401 if key else 403), {"detail": "Invalid API Key. Login and visit a page."}
        return self.told.get(path, (404, {"detail": "No such Bill."}))

    @contextmanager
    def running(self) -> Iterator["OpenStatesServer"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(far: OpenStatesServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            key = self.headers.get("X-API-KEY", "")
            status, body = far.answer(unquote(parts.path), parse_qs(parts.query), key)
            sent = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_told: object) -> None:
            pass

    return Handler

"""A town to walk in: the real application on this machine, its mail, and a clock that moves."""

import mailbox
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.worker import postman

_ELSEWHERE = "/elsewhere"
_ELSEWHERE_PAGE = (
    b"<!doctype html><html lang=en><link rel=icon href=data:,><title>Weather</title><h1>Mild</h1>"
)

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Quiet(WSGIRequestHandler):
    """A server that writes nothing down: the address of a request may hold a key."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Town:
    """One installation that answers, and everything that left it by mail."""

    config: Config
    database: Database
    now: datetime
    mails: list[EmailMessage] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of the office and of the public site."""
        return self.config.base_url

    def forward(self, **much: int) -> None:
        """Let time go by."""
        self.now += timedelta(**much)

    def send_mail(self) -> list[EmailMessage]:
        """Let the real postman go his round; what left just now."""
        postman(self.config, self.database, lambda: self.now).round()
        box = mailbox.Maildir(self.config.var / "mail", create=True)
        left = []
        for name in sorted(box.keys()):
            left.append(message_from_bytes(box.get_bytes(name), policy=policy.default))
            box.discard(name)
        self.mails += left
        return left

    def mail_to(self, who: str) -> str:
        """The words of the newest mail to somebody."""
        found = [mail for mail in self.mails if str(mail["To"]).partition("@")[0] == who]
        assert found, f"no mail to {who}"
        body = found[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())


@contextmanager
def town_of(
    config: Config,
    database: Database,
    now: datetime,
    signers_host: str = "127.0.0.1",
    host: str = "127.0.0.1",
) -> Iterator[Town]:
    """The town is open while this lasts; the office and the signer's door may each have a host's name."""
    server = make_server("127.0.0.1", 0, _elsewhere, threaded=True, request_handler=Quiet)
    port = server.server_port
    here = replace(
        config,
        port=port,
        base_url=f"http://{host}:{port}",
        signer_url=f"http://{signers_host}:{port}",
        exit_url=f"http://127.0.0.1:{port}{_ELSEWHERE}",
    )
    town = Town(here, database, now)
    server.app = _with_elsewhere(create_app(here, database, clock=lambda: town.now))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _elsewhere(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [_ELSEWHERE_PAGE]


def _with_elsewhere(app: Wsgi) -> Wsgi:
    """The application, and beside it the page that somebody who leaves in a hurry comes to."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        leaves = environ.get("PATH_INFO") == _ELSEWHERE
        return (_elsewhere if leaves else app)(environ, start_response)

    return answer

"""The wire: real SMTP, or a Maildir where no server is set. Says exactly how far a message got."""

import mailbox
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from advocacy.config import Config, is_loopback

_SECONDS = 60


class Refused(Exception):
    """The mail server will not take this message, now or later."""


class NotYet(Exception):
    """The mail server cannot be reached or cannot take this message now; nothing was handed over."""


class MaybeSent(Exception):
    """The line went dead after the message was handed over; it may or may not have left."""


class Transport(Protocol):
    """Hands one message over, or raises `Refused`, `NotYet` or `MaybeSent`."""

    def send(self, wire: EmailMessage) -> None:
        """Hand the message over."""


def transport_for(config: Config) -> Transport:
    """SMTP where a server is set, otherwise the Maildir under `var/mail`."""
    return SmtpTransport(config.smtp_url) if config.smtp_url else MaildirTransport(config.var / "mail")


class MaildirTransport:
    """Writes each message as one file, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, wire: EmailMessage) -> None:
        """Put the message in the box."""
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            mailbox.Maildir(self._folder, create=True).add(wire)
        except OSError as fault:
            raise NotYet(f"the mail folder cannot be written: {fault.strerror}") from fault


class SmtpTransport:
    """Speaks SMTP, one connection a message: few messages, and no state to lose."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._user = parts.hostname or "", unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._at_once = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._at_once else 587)

    def send(self, wire: EmailMessage) -> None:
        """Hand the message over; what is raised says whether it can have left."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise NotYet(_kind(fault)) from fault
        try:
            self._envelope(server, wire)
            self._data(server, wire)
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._at_once:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_SECONDS)
            # Names and addresses never cross a network in the clear; this machine's own server needs no TLS.
            if not is_loopback(self._host):
                server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if self._user:
            server.login(self._user, self._password)
        return server

    def _envelope(self, server: smtplib.SMTP, wire: EmailMessage) -> None:
        try:
            _expect(server.mail(wire["From"].addresses[0].addr_spec))
            for address in wire["To"].addresses:
                _expect(server.rcpt(address.addr_spec))
        except (OSError, smtplib.SMTPException) as fault:
            raise NotYet(_kind(fault)) from fault

    def _data(self, server: smtplib.SMTP, wire: EmailMessage) -> None:
        try:
            answer = server.data(wire.as_bytes())
        except smtplib.SMTPDataError as fault:
            raise _refusal(fault.smtp_code) from fault
        except (OSError, smtplib.SMTPException) as fault:
            raise MaybeSent(_kind(fault)) from fault
        _expect(answer)


def _expect(answer: tuple[int, bytes]) -> None:
    if not 200 <= answer[0] < 300:
        raise _refusal(answer[0])


def _refusal(code: int) -> Exception:
    # The server's own words often repeat the address, so only its number is kept.
    return Refused(f"answer {code}") if code >= 500 else NotYet(f"answer {code}")


def _kind(fault: BaseException) -> str:
    return type(fault).__name__

"""The wire: real SMTP, or a Maildir where no server is set. Says exactly how far a message got."""

import mailbox
import re
import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from advocacy.config import Config, is_loopback

_NO_LINE = (OSError, smtplib.SMTPException)


class Refused(Exception):
    """The mail server will not take this message, now or later."""


class NotYet(Exception):
    """The mail server cannot be reached or cannot take this message now; nothing was handed over."""


class Unreachable(NotYet):
    """The mail server takes no message at all just now, whoever it is for."""


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
    """Speaks SMTP, one connection a message: few messages, and no state to lose.

    Waits `seconds` for each answer and `patience` for the last one, which a server may give only after it has
    looked the message through. All of it together is less than a claim lasts.
    """

    def __init__(self, url: str, seconds: float = 30, patience: float = 300) -> None:
        parts = urlsplit(url)
        self._host, self._user = parts.hostname or "", unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._at_once = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._at_once else 587)
        self._seconds, self._patience = seconds, patience

    def send(self, wire: EmailMessage) -> None:
        """Hand the message over; what is raised says whether it can have left."""
        sender, reader = wire["From"].addresses[0], wire["To"].addresses[0]
        with closing(self._connect(sender.domain)) as server:
            _envelope(server, sender.addr_spec, reader.addr_spec)
            self._data(server, wire.as_bytes())

    def knock(self, name: str) -> float | None:
        """Come in as for a message, from the domain `name`, and leave without one.

        Gives when its certificate ends, as seconds since 1970, where there is one. Raises `Unreachable`.
        """
        with closing(self._connect(name)) as server:
            sealed = server.sock
            ends = sealed.getpeercert() if isinstance(sealed, ssl.SSLSocket) else None
            with suppress(*_NO_LINE):
                server.quit()
            return ssl.cert_time_to_seconds(str(ends["notAfter"])) if ends else None

    def _connect(self, name: str) -> smtplib.SMTP:
        try:
            server = self._dial(name)
        except (*_NO_LINE, ValueError) as fault:
            raise Unreachable(_kind(fault)) from fault
        try:
            self._introduce(server)
        except (*_NO_LINE, ValueError) as fault:
            server.close()
            raise Unreachable(_kind(fault)) from fault
        return server

    def _dial(self, name: str) -> smtplib.SMTP:
        # The name we greet with is that of our address: the machine's own may tell more than a mail should.
        if not self._at_once:
            return smtplib.SMTP(self._host, self._port, local_hostname=name, timeout=self._seconds)
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(
            self._host, self._port, local_hostname=name, timeout=self._seconds, context=context
        )

    def _introduce(self, server: smtplib.SMTP) -> None:
        # Names and addresses never cross a network in the clear; this machine's own server needs no TLS.
        if not self._at_once and not is_loopback(self._host):
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self._user:
            server.login(self._user, self._password)

    def _data(self, server: smtplib.SMTP, content: bytes) -> None:
        try:
            code, _ = server.docmd("DATA")
        except _NO_LINE as fault:
            raise NotYet(_kind(fault)) from fault
        if code != 354:
            raise _refusal(code)
        try:
            server.send(_dotted(content))
            if server.sock is not None:
                server.sock.settimeout(self._patience)
            code, _ = server.getreply()
        except _NO_LINE as fault:
            raise MaybeSent(_kind(fault)) from fault
        if 400 <= code < 600:
            raise _refusal(code)
        if not 200 <= code < 300:
            raise MaybeSent("an answer that cannot be read")


def _envelope(server: smtplib.SMTP, sender: str, reader: str) -> None:
    try:
        code, _ = server.mail(sender)
        if code != 250:
            # It is our own address that is not wanted: the same for every other message.
            raise Unreachable(f"answer {code} to our own address")
        code, _ = server.rcpt(reader)
    except _NO_LINE as fault:
        raise NotYet(_kind(fault)) from fault
    if not 200 <= code < 300:
        raise _refusal(code)


def _dotted(content: bytes) -> bytes:
    # A line with a lone dot ends a message, so a dot that begins a line is doubled.
    return re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _refusal(code: int) -> Exception:
    # The server's own words often repeat the address, so only its number is kept.
    if code == 421:
        return Unreachable("answer 421")
    return Refused(f"answer {code}") if 500 <= code < 600 else NotYet(f"answer {code}")


def _kind(fault: BaseException) -> str:
    return type(fault).__name__

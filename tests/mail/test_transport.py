"""The wire itself: never in the clear off this machine, and the Maildir where no server is set."""

import mailbox
import smtplib
import ssl
from pathlib import Path
from uuid import uuid4

import pytest

from advocacy.config import Config
from advocacy.mail.envelopes import to_wire
from advocacy.mail.transport import MaildirTransport, NotYet, SmtpTransport, Unreachable, transport_for
from tests.conftest import NOW
from tests.mail.servers import Inbox
from tests.mail.trades import envelope

WIRE = to_wire(envelope(), uuid4(), NOW)


class Far(smtplib.SMTP):
    """A server on another machine, as far as anybody can tell from its name."""

    said: list[str] = []
    offers = ["starttls"]

    def __init__(self, host: str, port: int, **_options: object) -> None:
        Far.said = []
        self.offered = list(self.offers)
        self.does_esmtp = True

    def ehlo_or_helo_if_needed(self) -> None:
        self.said.append("EHLO")

    def has_extn(self, name: str) -> bool:
        return name in self.offered

    def docmd(self, command: str, arguments: str = "") -> tuple[int, bytes]:
        self.said.append(command)
        return (454, b"not now")

    def close(self) -> None:
        self.said.append("closed")


def test_a_server_elsewhere_hears_no_name_before_the_line_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Far)

    with pytest.raises(Unreachable):
        SmtpTransport("smtp://user:password@mail.example").send(WIRE)

    assert Far.said == ["EHLO", "STARTTLS", "closed"]


def test_a_server_elsewhere_that_cannot_seal_the_line_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Far)
    monkeypatch.setattr(Far, "offers", [])

    with pytest.raises(Unreachable, match="SMTPNotSupportedError"):
        SmtpTransport("smtp://mail.example").send(WIRE)

    assert Far.said == ["EHLO", "closed"]


def test_a_line_sealed_from_the_start_checks_who_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, ssl.SSLContext] = {}

    def dial(host: str, port: int, *, context: ssl.SSLContext, **_options: object) -> smtplib.SMTP:
        seen[f"{host}:{port}"] = context
        raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP_SSL", dial)

    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        SmtpTransport("smtps://mail.example").send(WIRE)

    context = seen["mail.example:465"]
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_a_password_no_server_understands_puts_the_message_back(inbox: Inbox) -> None:
    with pytest.raises(NotYet):
        SmtpTransport(inbox.url.replace("//", "//user:contraseña@")).send(WIRE)

    assert inbox.taken == []


def test_a_line_that_begins_with_a_dot_arrives_whole(inbox: Inbox) -> None:
    body = ".\n..two\n.three\nlast\n.\n"

    SmtpTransport(inbox.url).send(to_wire(envelope(body=body), uuid4(), NOW))

    assert inbox.messages[0].get_payload().replace("\r\n", "\n") == body


def test_without_a_server_mail_goes_into_a_folder_of_its_own(config: Config) -> None:
    transport_for(config).send(WIRE)

    (message,) = mailbox.Maildir(config.var / "mail", create=False)
    assert message["To"] == "wren@members.example"
    assert message.get_payload() == "Hello.\n"
    assert (config.var / "mail").stat().st_mode & 0o077 == 0


def test_with_a_server_it_is_spoken_to(tmp_path: Path) -> None:
    config = Config.from_environment({"VAR": str(tmp_path), "SMTP_URL": "smtp://127.0.0.1:2525"})

    assert isinstance(transport_for(config), SmtpTransport)


def test_a_folder_that_cannot_be_written_puts_the_message_back(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")

    with pytest.raises(NotYet):
        MaildirTransport(tmp_path / "mail").send(WIRE)

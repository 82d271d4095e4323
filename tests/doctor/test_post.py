"""The mail server is knocked at; each way it can fail is made, and said."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from advocacy.config import Config
from advocacy.doctor.finding import Finding, State
from advocacy.doctor.post import check_post
from tests.doctor.servers import certificate
from tests.mail.servers import Inbox, Scripted
from tests.programs import free_port

TODAY = datetime.now(UTC)


def found(url: str) -> Finding:
    config = Config.from_environment({"SMTP_URL": url, "MAIL_FROM": "updates@quiet.example"})
    return check_post(config, TODAY)


@contextmanager
def sealed(context: ssl.SSLContext) -> Iterator[str]:
    """A mail server that seals the line from the start."""
    server = Controller(Inbox(), hostname="127.0.0.1", port=free_port(), ssl_context=context)
    server.start()
    try:
        yield f"smtps://127.0.0.1:{server.port}"
    finally:
        server.stop()


def test_a_server_that_lets_us_in_gets_no_message() -> None:
    with Inbox() as inbox:
        finding = found(inbox.url)

    assert finding.state is State.OK
    assert inbox.greeted_as == ["quiet.example"]
    assert inbox.taken == []


def test_without_a_server_no_mail_leaves() -> None:
    assert found("").state is State.WRONG


def test_a_port_where_nobody_answers_is_said() -> None:
    finding = found(f"smtp://127.0.0.1:{free_port()}")

    assert (finding.state, "nobody answers" in finding.says) == (State.WRONG, True)


def test_a_wrong_password_is_said_and_not_repeated() -> None:
    server = Scripted({"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"})
    try:
        finding = found(server.url.replace("//", "//desk:plainly-fictional@"))
    finally:
        server.close()

    assert (finding.state, "password" in finding.says) == (State.WRONG, True)
    assert "plainly-fictional" not in finding.line


def test_a_certificate_that_nobody_vouches_for_is_said(tmp_path: Path) -> None:
    _, context = certificate(tmp_path, days=90)
    with sealed(context) as url:
        finding = found(url)

    assert (finding.state, "certificate" in finding.says) == (State.WRONG, True)


@pytest.mark.parametrize(("days", "state"), [(90, State.OK), (5, State.LOOK)])
def test_a_certificate_that_ends_soon_is_said_beforehand(
    tmp_path: Path, days: int, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, context = certificate(tmp_path, days=days)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with sealed(context) as url:
        assert found(url).state is state

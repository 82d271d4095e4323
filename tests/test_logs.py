"""The log is lines of JSON from a list, and nothing in it says whose they were."""

import json
import logging
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from advocacy.clock import now
from advocacy.config import Config
from advocacy.logs import SHAPES, Event, OneLine, tell, tell_fault
from tests.programs import answer_of, environment, eventually, free_port, run, started

NAME, ADDRESS, TOKEN, NETWORK = "Wren Sample", "wren@members.example", "tokentokentoken-5JQ", "203.0.113.77"
AGENT, QUERY = "WrensOwnBrowser/7", "Wren+Sample"
SECRETS = ("wren", "members.example", TOKEN.lower(), NETWORK, "browser", "letters/12345", "127.0.0.1")


@dataclass(frozen=True)
class Served:
    port: int
    says: Path
    config: Config

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> int:
        calling = HTTPConnection("127.0.0.1", self.port, timeout=20)
        told = {"User-Agent": AGENT, "X-Forwarded-For": NETWORK, "Cookie": f"advocacy={TOKEN}", **headers}
        calling.request(method, path, body or None, told)
        status = calling.getresponse().status
        calling.close()
        return status

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.says.read_text().splitlines()]

    def told_of(self, event: str) -> list[dict[str, object]]:
        return [line for line in self.lines() if line["event"] == event]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    port, says = free_port(), tmp_path / "words.txt"
    settings = {
        "VAR": str(tmp_path / "var"),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "BEHIND_PROXY": "1",
        # Nobody listens there, so that each round of the postman fails.
        "SMTP_URL": f"smtp://wren:{TOKEN}@127.0.0.1:{free_port()}",
    }
    run("advocacy", "db", "upgrade", cwd=tmp_path, **settings)
    run("advocacy", "admin", "invite", ADDRESS, cwd=tmp_path, **settings)
    with started("advocacy", "serve", "--port", str(port), cwd=tmp_path, says=says, **settings):
        eventually(lambda: answer_of(f"http://127.0.0.1:{port}/healthz"), otherwise=says.read_text)
        yield Served(port, says, Config.from_environment(settings))


def break_the_tables(config: Config) -> None:
    """Takes away what the pages stand on, so that the database complains with all it was given."""
    with sqlite3.connect(config.database_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE person RENAME TO person_gone")


def test_a_real_server_and_its_worker_log_nothing_of_anybody(served: Served) -> None:
    form = urlencode({"email": ADDRESS, "name": NAME}).encode()
    as_form = {"Content-Type": "application/x-www-form-urlencoded"}
    served.ask("POST", "/office/sign-in", form, **as_form)
    for path in (
        f"/letters/12345?{QUERY}",
        f"/s/{TOKEN}",
        f"/static/house.css?{QUERY}",
        f"/office/people?q={QUERY}",
    ):
        served.ask("GET", path)
    assert served.ask("GET", "/", Host=f"{ADDRESS.partition('@')[2]}") == 400
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(f"{NAME} / {TOKEN}\r\n\r\n".encode())
        line.recv(999)
    eventually(lambda: served.told_of("mail.waits") or None, otherwise=served.says.read_text)
    break_the_tables(served.config)
    assert served.ask("POST", "/office/sign-in", form, **as_form) == 500
    eventually(lambda: served.told_of("fault") or None, otherwise=served.says.read_text)

    text = served.says.read_text().lower()
    assert [secret for secret in SECRETS if secret in text] == []
    for line in served.lines():
        assert set(line) <= {"time", "level", *SHAPES}, line
    asked = served.told_of("request")
    assert {"site.alive", "none", "static"} <= {str(line["endpoint"]) for line in asked}
    assert {"id", "endpoint", "status", "ms"} <= set(asked[-1])
    assert str(served.told_of("fault")[0]["kind"]) in ("OperationalError", "ProgrammingError")


@pytest.mark.parametrize(
    "hostile", ["Wren Sample", "wren@members.example", "203.0.113.9", "a\nb", '{"x": 1}', "/s/key", "été"]
)
@pytest.mark.parametrize("field", sorted(set(SHAPES) - {"event"}))
def test_no_field_takes_what_is_not_of_its_shape(
    caplog: pytest.LogCaptureFixture, field: str, hostile: str
) -> None:
    caplog.set_level(logging.INFO, "advocacy")

    tell(Event.REQUEST, **{field: hostile})

    assert hostile not in OneLine().format(caplog.records[-1]) + caplog.text
    assert json.loads(OneLine().format(caplog.records[-1]))["event"] == "request"


def test_a_field_nobody_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        tell(Event.REQUEST, path="/s/key")


def test_a_fault_is_told_by_its_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(NAME)
    except ValueError as fault:
        tell_fault(fault, id="0a1b2c3d")

    line = json.loads(OneLine().format(caplog.records[-1]))
    assert (line["kind"], line["id"]) == ("ValueError", "0a1b2c3d")
    assert line["place"].startswith("test_logs.py:")
    assert NAME not in str(line)


def test_what_other_programs_say_is_told_by_their_name_alone() -> None:
    record = logging.LogRecord("sqlalchemy.engine", 30, "x", 1, "INSERT %s", (NAME,), None)

    line = json.loads(OneLine().format(record))

    assert (line["event"], line["kind"], line["level"]) == ("others", "sqlalchemy", "warning")
    assert datetime.fromisoformat(line["time"]) <= now().replace(year=now().year + 1)
    assert NAME not in str(line)
    assert set(line) == {"time", "level", "event", "kind"}


def test_a_command_that_falls_down_says_where_and_no_words(tmp_path: Path) -> None:
    program = f"from advocacy.logs import speak_up\nspeak_up()\nraise ValueError('{NAME}')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )

    assert done.returncode == 1
    assert json.loads(done.stderr)["kind"] == "ValueError"
    assert NAME not in done.stderr

"""The bell wakes the worker: from any process, after the fact, and never at the cost of what was done."""

import logging
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import psycopg
import pytest

from advocacy.db import Database
from advocacy.people.models import Group
from advocacy.wake import Bell, Bells, ring
from tests.postgres import Server
from tests.programs import environment, eventually

ROOT = Path(__file__).resolve().parents[1]
SECRET = "Wren Sample"

WORKER = """
import sys, time
from pathlib import Path
from advocacy.logs import speak_up
from advocacy.wake import Bell, Bells
speak_up()
heard, bells = Path(sys.argv[2]), Bells(sys.argv[1])
def answer():
    heard.write_text("heard")
    for _ in range(int(sys.argv[3]) * 20):
        if bells.is_stopping():
            heard.write_text("paused")
            time.sleep(0.3)
            heard.write_text("finished what was in hand")
            return
        time.sleep(0.05)
def fail():
    raise ValueError("about Wren Sample")
bells.answer(Bell.MAIL, answer)
bells.answer(Bell.FORGET, fail)
bells.listen()
"""


def queue_urls(folder: Path) -> str:
    return f"sqlite:///{folder / 'queue' / 'queue.db'}"


class Listening:
    """A worker in a process of its own, and what it heard and said."""

    def __init__(self, url: str, folder: Path, seconds: int = 0) -> None:
        self.heard, self.says = folder / "heard", folder / "says"
        self._words = self.says.open("wb")
        command = [sys.executable, "-c", WORKER, url, str(self.heard), str(seconds)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=self._words, stderr=subprocess.STDOUT
        )

    def hears(self, what: str) -> None:
        eventually(
            lambda: True if self.heard.is_file() and self.heard.read_text() == what else None,
            otherwise=self.says.read_text,
        )

    def says_soon(self, what: str) -> None:
        eventually(lambda: True if what in self.says.read_text() else None, otherwise=self.says.read_text)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self._words.close()
        return code


def test_a_bell_is_heard_in_another_process(tmp_path: Path) -> None:
    url = queue_urls(tmp_path)
    worker = Listening(url, tmp_path)

    Bells(url).ring(Bell.MAIL)

    worker.hears("heard")
    assert worker.end() == 0


@pytest.mark.postgres
def test_a_bell_is_heard_through_postgresql(postgres_server: Server, tmp_path: Path) -> None:
    name = postgres_server.make()
    worker = Listening(postgres_server.url(name), tmp_path)
    bells = Bells(postgres_server.url(name))

    bells.ring(Bell.MAIL)

    worker.hears("heard")
    assert worker.end() == 0
    bells.close()
    postgres_server.drop(name)


def test_a_bell_rung_before_anybody_listens_is_heard_later(tmp_path: Path) -> None:
    url = queue_urls(tmp_path)
    Bells(url).ring(Bell.MAIL)

    worker = Listening(url, tmp_path)

    worker.hears("heard")
    worker.end()


def test_a_worker_told_to_stop_finishes_what_is_in_hand(tmp_path: Path) -> None:
    url = queue_urls(tmp_path)
    worker = Listening(url, tmp_path, seconds=20)
    Bells(url).ring(Bell.MAIL)
    worker.hears("heard")

    assert worker.end() == 0

    assert worker.heard.read_text() == "finished what was in hand"


def test_the_words_of_a_fault_are_not_logged_but_its_kind_and_place(tmp_path: Path) -> None:
    url = queue_urls(tmp_path)
    worker = Listening(url, tmp_path)

    Bells(url).ring(Bell.FORGET)

    worker.says_soon('"kind": "ValueError", "place": "<string>:')
    worker.end()
    assert SECRET not in worker.says.read_text()


def test_the_queue_is_its_owners_alone(tmp_path: Path) -> None:
    Bells(queue_urls(tmp_path)).ring(Bell.MAIL)

    files = [tmp_path / "queue", *(tmp_path / "queue").iterdir()]
    assert [oct(file.stat().st_mode & 0o077) for file in files] == ["0o0"] * len(files)


@pytest.mark.parametrize(
    "fault", [sqlite3.OperationalError("locked"), psycopg.OperationalError(), OSError(28, "full")]
)
def test_a_queue_that_fails_does_not_undo_what_was_done(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    bells = Bells(queue_urls(tmp_path))

    def fail() -> NoReturn:
        raise fault

    monkeypatch.setitem(bells._rings, Bell.MAIL, fail)
    with caplog.at_level(logging.WARNING), database.transaction() as session:
        session.info["bells"] = bells
        session.add(Group(id=uuid4(), name="Policy"))
        ring(session, Bell.MAIL)

    with database.reading() as session:
        assert session.query(Group).count() == 1
    assert f"event=bell.unheard kind={type(fault).__name__}" in caplog.text


def test_where_nobody_answers_nothing_is_rung(database: Database) -> None:
    with database.transaction() as session:
        ring(session, Bell.MAIL)

"""The queue's bell. It only wakes the worker: what there is to do stands in rows.

A lost ring costs a minute, because every bell that a worker answers also rings by itself each minute.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from logging import WARNING
from pathlib import Path
from typing import Any

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from advocacy.db import after_commit
from advocacy.logs import Event, tell

_PATIENCE = 25.0


class Bell(StrEnum):
    """The kinds of background work."""

    MAIL = "mail"
    BILLS = "bills"
    FORGET = "forget"
    REMIND = "remind"


class Bells:
    """Rings for the worker from any process, and lets the worker answer."""

    def __init__(self, queue_url: str) -> None:
        self._queue = _queue(queue_url)
        self._answers: dict[Bell, Callable[[], None]] = {}
        self._rings = {bell: self._task(bell) for bell in Bell}
        self._stopping: Callable[[], bool] = bool

    def _task(self, bell: Bell) -> Any:
        def answer() -> None:
            if bell in self._answers:
                self._answers[bell]()

        return self._queue.task(name=f"ring_{bell}")(answer)

    def ring(self, bell: Bell) -> None:
        """Wake whoever answers this bell. It cannot fail: what it would wake somebody for is written down."""
        try:
            self._rings[bell]()
        except (sqlite3.Error, psycopg.Error, OSError) as fault:
            tell(Event.BELL_UNHEARD, level=WARNING, kind=type(fault).__name__)

    def answer(self, bell: Bell, work: Callable[[], None], minutes: str = "*") -> None:
        """Do `work` whenever the bell rings, and by itself at those minutes of the hour (as cron says it)."""
        self._answers[bell] = work
        self._queue.periodic_task(crontab(minute=minutes), name=f"tick_{bell}")(work)

    def listen(self) -> None:
        """Answer bells until this process is told to stop; what is in hand is finished first."""
        consumer = self._queue.create_consumer(
            workers=1,
            max_delay=2.0,
            check_worker_health=False,
            graceful_signal="TERM",
            shutdown_timeout=_PATIENCE,
        )
        self._stopping = consumer.stop_flag.is_set
        consumer.run()

    def close(self) -> None:
        """Let go of the queue; the next ring takes hold of it again."""
        self._queue.storage.close()

    def is_stopping(self) -> bool:
        """Whether this process has been told to stop, so that long work may pause at a good place."""
        return self._stopping()


def _queue(url: str) -> Huey:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "queue.db")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
        return SqliteHuey("advocacy", filename=str(path), results=False)
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey("advocacy", dsn=plain, results=False)


@dataclass(frozen=True)
class _Ring:
    """One ring to come. Five hundred rows written together ring once."""

    bells: Bells
    bell: Bell

    def __call__(self) -> None:
        self.bells.ring(self.bell)


def ring(session: Session, bell: Bell) -> None:
    """Ring once this transaction is durable."""
    bells = session.info.get("bells")
    if isinstance(bells, Bells):
        after_commit(session, _Ring(bells, bell))

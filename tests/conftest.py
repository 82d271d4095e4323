"""What every test stands on: a fresh real database, keys, one fixed moment, and no network but loopback."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy.config import Config, is_loopback
from advocacy.db import Database, sweep_traces
from advocacy.key_file import Keys
from advocacy.migrations.tables import METADATA

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

pytest_plugins = ["tests.postgres", "tests.cast", "tests.compiled"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_databases` runs on SQLite and on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both_databases") and "database_url" in metafunc.fixturenames:
        both = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
        metafunc.parametrize("database_url", both, indirect=True)


@pytest.fixture
def now() -> datetime:
    """The Monday on which every story here begins."""
    return NOW


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys.make(tmp_path_factory.mktemp("keys") / "keys.json")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table once; each test gets a copy of the file, which is quicker than making them again."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    made = Database(f"sqlite:///{path}")
    METADATA.create_all(made.engine)
    sweep_traces(made)
    made.close()
    return path


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database with every table; TEST_DATABASE=postgresql puts the whole suite on PostgreSQL."""
    usual = (
        "sqlite" if request.node.get_closest_marker("sqlite") else os.environ.get("TEST_DATABASE", "sqlite")
    )
    if getattr(request, "param", usual) == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    path = tmp_path / "advocacy.db"
    path.write_bytes(request.getfixturevalue("empty_database").read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str, keys: Keys) -> Iterator[Database]:
    opened = Database(database_url, keys=keys)
    yield opened
    opened.close()


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config.from_environment({"VAR": str(tmp_path / "var"), "DATABASE_URL": database_url, "DEMO": "1"})


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded bills, when it is there."""
    default = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("ADVOCACY_DATA", default))
    if not folder.is_dir():
        pytest.skip("the recorded bills are not on this machine; set ADVOCACY_DATA to their folder")
    return folder


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the building."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)

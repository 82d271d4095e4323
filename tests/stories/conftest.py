"""What the stories share: the world in which everything has happened once."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from advocacy.config import Config
from advocacy.db import Database, sweep_traces
from advocacy.key_file import Keys
from tests.conftest import NOW
from tests.stories.world import World, walked


@pytest.fixture(scope="session")
def walked_once(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, keys: Keys) -> World:
    """The whole path, walked once for all stories of this process: printing and sealing take their time."""
    folder = tmp_path_factory.mktemp("world")
    file = folder / "walked.db"
    file.write_bytes(empty_database.read_bytes())
    settings = {"VAR": str(folder / "var"), "DATABASE_URL": f"sqlite:///{file}", "DEMO": "1"}
    config = Config.from_environment(settings)
    made = walked(config, Database(config.database_url, keys=keys), NOW)
    sweep_traces(made.database)
    made.database.close()
    return made


@pytest.fixture
def world(request: pytest.FixtureRequest, config: Config, database: Database, now: datetime) -> World:
    """Asked, signed, printed, delivered; two members wait, and somebody in the office asked for a link."""
    if database.engine.dialect.name != "sqlite":
        return walked(config, database, now)
    ready: World = request.getfixturevalue("walked_once")
    with (
        closing(sqlite3.connect(str(ready.database.engine.url.database))) as here,
        closing(sqlite3.connect(str(database.engine.url.database))) as there,
    ):
        here.backup(there)
    shutil.copytree(ready.config.var / "mail", config.var / "mail")
    return replace(ready, config=config, database=database)

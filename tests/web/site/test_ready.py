"""Two pages that a machine asks: whether we are alive, and whether we are ready."""

import os
from pathlib import Path

import pytest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.key_file import Keys
from advocacy.paths import MIGRATIONS
from advocacy.people.roles import Role
from tests.page import Reviewed
from tests.web.conftest import Clock, Hire


def test_a_machine_can_ask_whether_we_are_alive(client: Reviewed) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.fixture
def newest(database: Database) -> None:
    """The tables say that they are the newest."""
    with database.engine.begin() as connection:
        MigrationContext.configure(connection).stamp(ScriptDirectory(str(MIGRATIONS)), "head")


@pytest.mark.usefixtures("newest")
def test_ready_means_that_the_keys_open_the_database(client: Reviewed, hire: Hire) -> None:
    hire(Role.MANAGER)

    assert client.get("/readyz").status_code == 200


@pytest.mark.usefixtures("newest")
def test_without_its_tables_it_is_alive_but_not_ready(client: Reviewed, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE data_key")

    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: database\n")
    assert client.get("/healthz").status_code == 200


@pytest.mark.usefixtures("newest")
def test_older_tables_are_not_ready(client: Reviewed, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    assert client.get("/readyz").text == "not ready: migrations\n"


@pytest.mark.usefixtures("newest")
def test_what_else_is_not_ready_is_named_and_no_more_is_said(
    config: Config, database: Database, clock: Clock, hire: Hire, tmp_path: Path
) -> None:
    hire(Role.MANAGER)
    other = Database(config.database_url, keys=Keys.make(tmp_path / "other.json"))
    app = create_app(config, other, clock)
    config.var.mkdir(exist_ok=True)
    config.worker_seen.touch()
    hour_ago = clock.at.timestamp() - 3600
    os.utime(config.worker_seen, (hour_ago, hour_ago))

    answer = app.test_client().get("/readyz")

    other.close()
    assert (answer.status_code, answer.text) == (503, "not ready: keys, worker\n")

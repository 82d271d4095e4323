"""The public pages."""

from advocacy.db import Database
from advocacy.people.roles import Role
from tests.page import Reader, Reviewed
from tests.web.conftest import Hire


def test_the_first_page_says_when_there_is_nothing_yet(reader: Reader) -> None:
    assert "There are no public letters yet." in reader.get("/").words


def test_a_machine_can_ask_whether_we_are_alive(client: Reviewed) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_ready_means_that_the_keys_open_the_database(client: Reviewed, hire: Hire) -> None:
    hire(Role.MANAGER)

    assert client.get("/readyz").status_code == 200


def test_without_its_tables_it_is_alive_but_not_ready(client: Reviewed, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE data_key")

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_nothing_public_asks_to_be_found(client: Reviewed) -> None:
    assert "noindex" in client.get("/").headers["X-Robots-Tag"]

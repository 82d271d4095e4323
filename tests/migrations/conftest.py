"""A database with nothing in it, for the steps to begin on."""

from collections.abc import Iterator

import pytest

from advocacy.db import Database


@pytest.fixture
def blank(blank_url: str) -> Iterator[Database]:
    database = Database(blank_url)
    yield database
    database.close()

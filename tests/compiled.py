"""Statements are compiled once a test process, as in one that serves, not once for every test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from advocacy import db

_ROOM_FOR = 5_000


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """A compiled statement belongs to a dialect: all engines of one kind of database get the same."""
    make, known = db._engine, dict[str, Engine]()

    def shared(url: str) -> Engine:
        made = make(url)
        first = known.setdefault(made.dialect.name, made)
        if first.dialect.server_version_info is None:
            # It never reached its database, so its dialect does not know that database yet.
            known[made.dialect.name] = first = made
        if first is made:
            made._compiled_cache = LRUCache(_ROOM_FOR)
        made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_engine", shared)
        yield

"""Every row of every table, so that a test can see that nothing at all was written."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import select

from advocacy.db import Database
from advocacy.migrations.tables import METADATA


def row_hashes(database: Database) -> Mapping[str, tuple[str, ...]]:
    """A hash of each row, table by table."""
    with database.reading() as session:
        return {
            table.name: tuple(
                sorted(
                    sha256(repr(tuple(row)).encode()).hexdigest() for row in session.execute(select(table))
                )
            )
            for table in METADATA.sorted_tables
        }

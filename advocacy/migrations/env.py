"""What Alembic runs: every step in one transaction, and the guards put back at its end."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator

from advocacy.db import Database, restore_guards
from advocacy.migrations.tables import METADATA, is_ours


def spelled(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """How a new step writes a column's type: as the database knows it, so that old steps need none of us."""
    if kind == "type" and isinstance(thing, TypeDecorator) and isinstance(thing.impl, DateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(url: str) -> None:
    """Run what was asked for on the database at `url`."""
    database = Database(url)
    try:
        with database.reshaping() as connection:
            context.configure(
                connection=connection,
                target_metadata=METADATA,
                render_as_batch=True,
                render_item=spelled,
                compare_server_default=True,
                include_object=is_ours,
            )
            context.run_migrations()
            restore_guards(connection, METADATA.tables.values())
    finally:
        database.close()


run(context.config.attributes["database_url"])

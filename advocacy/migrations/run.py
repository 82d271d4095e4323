"""Bring a database to the present shape, or back, and write the next step."""

from alembic import command
from alembic.config import Config

from advocacy.paths import MIGRATIONS


def plan(database_url: str) -> Config:
    """What Alembic needs to know of us."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, to: str = "head") -> None:
    """Take every step up to `to`, all of them or none. Twice is once."""
    command.upgrade(plan(database_url), to)


def downgrade(database_url: str, to: str = "base") -> None:
    """Take the steps back, down to `to`."""
    command.downgrade(plan(database_url), to)


def write_step(database_url: str, number: str, words: str) -> None:
    """Write the step from the tables at `database_url` to those in the code; a person reads and mends it."""
    command.revision(plan(database_url), words, autogenerate=True, rev_id=number)

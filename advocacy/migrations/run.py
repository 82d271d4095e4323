"""Bring a database to the present shape, or back, and write the next step."""

from contextlib import closing

from alembic import command
from alembic.config import Config

from advocacy.bills.standings import fill_standings
from advocacy.bills.words import fill_words
from advocacy.db import Database
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
    if to == "head":
        _fill(database_url)


def _fill(database_url: str) -> None:
    # What is worked out by the code of today cannot be written by a step, which must stay as it was.
    with closing(Database(database_url)) as database, database.transaction() as session:
        fill_standings(session)
        fill_words(session)


def downgrade(database_url: str, to: str = "base") -> None:
    """Take the steps back, down to `to`."""
    command.downgrade(plan(database_url), to)


def write_step(database_url: str, number: str, words: str) -> None:
    """Write the step from the tables at `database_url` to those in the code; a person reads and mends it."""
    command.revision(plan(database_url), words, autogenerate=True, rev_id=number)

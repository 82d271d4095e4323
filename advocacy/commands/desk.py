"""What every command needs: the settings, the open database, and one plain line when something is wrong."""

import os
import sys
from typing import Any, NoReturn

import click
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from advocacy.bills.identifiers import BadReference
from advocacy.bills.legislators.opening import CannotRead
from advocacy.bills.queries import NoSuchBill
from advocacy.bills.sources.source import SourceFault
from advocacy.clock import now
from advocacy.config import BadSetting, Config
from advocacy.db import Database
from advocacy.journal import Journal, JournalRefused
from advocacy.key_file import KeysRefused
from advocacy.ledger import LedgerRefused
from advocacy.letters.faults import CannotPrint
from advocacy.people.custody import CopyRefused, NoCustodian
from advocacy.people.roster_file import RosterFaults
from advocacy.restoring import catch_up
from advocacy.rotating import CopiesAreOld, StillInUse
from advocacy.vault import open_database
from advocacy.wake import Bells


class NotSetUp(Exception):
    """The database has no tables yet. Run: advocacy db upgrade"""


_SAID_AS_THEY_ARE = (
    LedgerRefused,
    JournalRefused,
    BadReference,
    NoSuchBill,
    CannotRead,
    SourceFault,
    CannotPrint,
    RosterFaults,
    NotSetUp,
    StillInUse,
    CopiesAreOld,
    NoCustodian,
)


class PlainGroup(click.Group):
    """A group of commands whose known faults are one plain line and never a trace.

    The status is 2 for a setting, the key file or a copy of it, and 1 for everything else.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and say in words what went wrong."""
        try:
            return super().invoke(ctx)
        except (BadSetting, KeysRefused, CopyRefused) as fault:
            stop(str(fault) or str(type(fault).__doc__), status=2)
        except _SAID_AS_THEY_ARE as fault:
            stop(str(fault) or str(type(fault).__doc__))
        except OperationalError as fault:
            # The driver's own words can hold the address of the database with its password.
            stop(f"The database cannot be reached ({type(fault.orig).__name__}). Check DATABASE_URL.")
        except OSError as fault:
            if not fault.filename:
                raise
            stop(f"{fault.filename} cannot be read or written: {fault.strerror}.")


def stop(says: str, status: int = 1) -> NoReturn:
    """End with one message and this status."""
    click.echo(says, err=True)
    sys.exit(status)


def settings() -> Config:
    """The settings of this installation."""
    return Config.from_environment(os.environ)


def opened(config: Config) -> Database:
    """The database, with everybody erased who ever asked for it, or the sentence that says what is wrong."""
    database = opened_as_it_is(config)
    catch_up(database, config, now())
    return database


def opened_as_it_is(config: Config) -> Database:
    """The database with its keys and its bells, or the sentence that says what is missing."""
    shared = {"bells": Bells(config.queue_url), "journal": Journal(config.journal_file)}
    database = open_database(config.database_url, config.keys_file, **shared)
    if not inspect(database.engine).has_table("person"):
        raise NotSetUp(NotSetUp.__doc__)
    return database

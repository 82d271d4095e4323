"""Erasing somebody from the terminal, for whoever asked by voice or on paper."""

from uuid import UUID

import click

from advocacy.clock import now
from advocacy.commands.desk import opened, opened_as_it_is, settings, stop
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.queries import legal_hold
from advocacy.erasure import erase, papers_with, rebuild
from advocacy.ledger import Ledger
from advocacy.people.queries import people_at, person
from advocacy.retention import forget_due

_SURE = "erase"


@click.command()
@click.argument("email", required=False)
@click.option("--id", "person_id", type=click.UUID, help="The person's id, where several read one mailbox.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.option("--rebuild-list", is_flag=True, help="Begin a lost list of erasures anew from the database.")
@click.option("--due", is_flag=True, help="Erase nobody: forget what is over, as the worker does by itself.")
def forget(email: str | None, person_id: UUID | None, yes: bool, rebuild_list: bool, due: bool) -> None:
    """Erase the person who reads EMAIL, for good; or, with --due, forget what was kept for long enough."""
    config = settings()
    if due:
        return _forget_due(config)
    if rebuild_list:
        listed = rebuild(opened_as_it_is(config), Ledger(config.erasures_file))
        click.echo(f"The list of erasures holds the {listed} that this database knows of.")
        return
    database = opened(config)
    found = _the_one(database, email, person_id)
    if not yes:
        _ask(database, found)
    erase(database, Ledger(config.erasures_file), found, by=None, zone=config.time_zone, now=now())
    click.echo(_told(config))


def _forget_due(config: Config) -> None:
    forgotten = forget_due(opened(config), zone=config.time_zone, now=now())
    for rule, rows in sorted(forgotten.items()):
        click.echo(f"{rule}: {rows}")


def _the_one(database: Database, email: str | None, person_id: UUID | None) -> UUID:
    with database.reading() as session:
        if person_id is not None:
            found = [person_id] if person(session, person_id) else []
        else:
            found = [known.id for known in people_at(session, email or "")]
    if not found:
        stop("Nobody on the roster is known by that.")
    if len(found) > 1:
        listed = " ".join(map(str, found))
        stop(f"Several people read this mailbox. Say which one with --id: {listed}")
    return found[0]


def _ask(database: Database, person_id: UUID) -> None:
    with database.reading() as session:
        found = papers_with(session, person_id)
        held = [hold for one in found if (hold := legal_hold(session, one.id, now()))]
    papers = len(found) - len(held)
    click.echo(f"This destroys all that is known of this person, and {papers} PDF files that show her.")
    for hold in held:
        click.echo(f"Counsel holds one more file until {hold.until_at:%Y-%m-%d}; it is destroyed after that.")
    click.echo("Nobody can undo it, and nobody can prove any more what she agreed to.")
    if click.prompt(f"Type {_SURE} to go on", default="", show_default=False) != _SURE:
        stop("Nobody was erased.")


def _told(config: Config) -> str:
    return f"Erased. Keep a copy of {config.erasures_file} apart from the backups of the database."

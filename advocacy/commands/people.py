"""The roster and the first account, from the terminal."""

from datetime import timedelta
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email

from advocacy.clock import day_in, now
from advocacy.commands.desk import opened, settings, stop
from advocacy.people.actions import add_person, give_term, import_roster
from advocacy.people.queries import people_at
from advocacy.people.roles import Role
from advocacy.people.roster import read_roster
from advocacy.people.sign_in import make_key, new_link

_FIRST_TERM = timedelta(days=365)


@click.group()
def roster() -> None:
    """The people of the network."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def import_command(file: Path) -> None:
    """Take in a CSV FILE, the whole of it or nothing."""
    if not file.is_file():
        stop(f"There is no file {file}.")
    rows = read_roster(file.read_bytes())
    with opened(settings()).transaction() as session:
        intake = import_roster(session, rows, by=None, now=now())
    click.echo(f"{intake.added} people added, {intake.known} already known.")


@click.group()
def admin() -> None:
    """The first account."""


@admin.command()
@click.argument("email")
def invite(email: str) -> None:
    """Print a link that lets EMAIL into the office as manager, once, within an hour."""
    try:
        address = validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        stop("That is not an address mail can be sent to.")
        return
    config, moment = settings(), now()
    today = day_in(config.time_zone, moment)
    with opened(config).transaction() as session:
        known = people_at(session, address)
        if not known:
            row = read_roster(f"name,email\nManager,{address}\n".encode())[0]
            known = [add_person(session, row, by=None, now=moment)]
        give_term(session, known[0].id, Role.MANAGER, begins_on=today, ends_on=today + _FIRST_TERM, by=None)
        key = make_key(session, new_link(session, known[0].id, now=moment).id)
    click.echo(f"{config.base_url}/office/enter#{key}")

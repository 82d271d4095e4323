"""The roster and the first account, from the terminal."""

from datetime import date, timedelta
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email

from advocacy.clock import day_in, now
from advocacy.commands.desk import opened, settings, stop
from advocacy.config import Config
from advocacy.people.actions import add_person, give_term, import_roster
from advocacy.people.enrolling import begin_anew
from advocacy.people.queries import people_at, roles_on
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
    """The first accounts, and the last way in."""


@admin.command()
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([Role.MANAGER.value, Role.STEERING.value, Role.CUSTODIAN.value]),
    default=Role.MANAGER.value,
    show_default=True,
    help="Roles change by two people, so the first two come in from here.",
)
def invite(email: str, role: str) -> None:
    """Print a link that lets EMAIL into the office, once, within an hour, with a role for a year."""
    address = _address(email)
    config, moment = settings(), now()
    today = day_in(config.time_zone, moment)
    with opened(config).transaction() as session:
        known = people_at(session, address)
        if not known:
            row = read_roster(f"name,email\n{Role(role).label},{address}\n".encode())[0]
            known = [add_person(session, row, by=None, now=moment)]
        person_id = known[0].id
        if Role(role) not in roles_on(session, person_id, today):
            ends_on = today + _FIRST_TERM
            give_term(session, person_id, Role(role), begins_on=today, ends_on=ends_on, by=None)
        key = make_key(session, new_link(session, person_id, now=moment).id)
    click.echo(f"{config.base_url}/office/enter#{key}")


@admin.command("begin-anew")
@click.argument("email")
@click.option("--why", required=True, help="Goes on record. Name nobody.")
def begin_anew_command(email: str, why: str) -> None:
    """Forget the devices and codes of EMAIL, where nobody in the office is left who could."""
    address, config = _address(email), settings()
    with opened(config).transaction() as session:
        known = [
            found for found in people_at(session, address) if roles_on(session, found.id, _today(config))
        ]
        if len(known) != 1:
            stop("Nobody, or more than one person, with a role has this address.")
        begin_anew(session, known[0].id, by=None, why=why, now=now())
    click.echo("Done. The sign-in page sends her a link, and the link lets her set up a new way in.")


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        stop("That is not an address mail can be sent to.")


def _today(config: Config) -> date:
    return day_in(config.time_zone, now())

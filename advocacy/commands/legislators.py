"""Legislators and committees from the terminal."""

import click

from advocacy.bills.legislators.actions import take_in
from advocacy.bills.legislators.reading import read_files
from advocacy.clock import day_in, now
from advocacy.commands.desk import opened, settings

_SHOWN = 20


@click.group()
def legislators() -> None:
    """Those who decide on bills, and their committees."""


@legislators.command("import")
@click.argument("origin", metavar="PATH_OR_URL")
@click.option(
    "--place", "places", multiple=True, help='Only this place, such as "de" or "us"; may be repeated.'
)
def import_command(origin: str, places: tuple[str, ...]) -> None:
    """Take in the files of congress-legislators or of Open States people: a folder, a file, an archive."""
    config = settings()
    at = now()
    today = day_in(config.time_zone, at)
    database = opened(config)
    for told in read_files(origin, today, tuple(place.casefold() for place in places)):
        with database.transaction() as session:
            report = take_in(session, told, origin=origin, today=today, now=at)
        click.echo(
            f"{report.family}: {report.added} added, {report.changed} changed, {report.ended} ended, "
            f"{len(report.unmatched)} unmatched, {len(report.faults)} not read."
        )
        for line in [*report.faults, *(f"Unmatched: {name}." for name in report.unmatched)][:_SHOWN]:
            click.echo(f"  {line}")

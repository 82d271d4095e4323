"""Bills from the terminal."""

import json

import click

from advocacy.bills.identifiers import parse_reference
from advocacy.bills.page import as_json
from advocacy.bills.queries import NoSuchBill, bill_page, find
from advocacy.bills.refreshing.turns import ask_for_all
from advocacy.bills.standings import renew_standings
from advocacy.bills.tracking import round_of, track_reference
from advocacy.bills.words import renew_words
from advocacy.clock import now
from advocacy.commands.desk import opened, settings


@click.group()
def bills() -> None:
    """Follow bills, and look at them."""


@bills.command()
@click.argument("reference")
def track(reference: str) -> None:
    """Follow the bill REFERENCE, for example "us 119 H.R. 1144"."""
    config = settings()
    database = opened(config)
    bill_id = track_reference(database, config, reference, now())
    with database.reading() as session:
        page = bill_page(session, bill_id, now())
    click.echo(f"{page.identifier}: {page.title}\n{page.last_action_on}: {page.last_action}")


@bills.command("refresh")
@click.option(
    "--changed", "only_changed", is_flag=True, help="Only those that their service lists as changed."
)
def refresh_command(only_changed: bool) -> None:
    """Look again at every bill that is followed."""
    config = settings()
    database = opened(config)
    if not only_changed:
        with database.transaction() as session:
            ask_for_all(session, now())
    for seen in round_of(database, config, now).go():
        changed = "; ".join(str(change) for change in seen.changes) or "no change"
        click.echo(f"{seen.key}: {seen.fault or changed}")


@bills.command()
@click.argument("reference")
@click.option("--json", "as_data", is_flag=True, help="Print everything known as JSON.")
def show(reference: str, as_data: bool) -> None:
    """Show the bill REFERENCE as it is known here."""
    key = parse_reference(reference)
    with opened(settings()).reading() as session:
        bill = find(session, key)
        if bill is None:
            raise NoSuchBill(f"{reference} is not followed here. Run: advocacy bills track {reference!r}")
        page = bill_page(session, bill.id, now())
    if as_data:
        click.echo(json.dumps(as_json(page), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"{page.identifier}: {page.title}\n{page.stage}: {page.last_action} ({page.last_action_on})"
        )


@bills.command()
def renew() -> None:
    """Work out anew where every bill stands, and which words of it a search finds."""
    with opened(settings()).transaction() as session:
        mended, found = renew_standings(session), renew_words(session)
    click.echo(f"Where {mended} bills stand was mended." if mended else "Every bill stood where it should.")
    click.echo(f"The words of {found} bills are searched anew." if found else "A search finds every bill.")

"""The way in from the terminal: `advocacy` and its commands."""

import click

from advocacy import serving, worker
from advocacy.commands.bills import bills
from advocacy.commands.demo import demo
from advocacy.commands.desk import PlainGroup, opened, settings
from advocacy.commands.doctor import doctor
from advocacy.commands.erasing import forget
from advocacy.commands.keys import keys
from advocacy.commands.legislators import legislators
from advocacy.commands.papers import audit_group, edition, letters
from advocacy.commands.people import admin, roster
from advocacy.config import BadSetting, is_loopback
from advocacy.logs import speak_up
from advocacy.migrations import run


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The campaign desk of a survivor-led network."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Default: PORT, or 5000.")
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True)
@click.option("--alone", is_flag=True, help="Without a worker beside: one runs by itself.")
def serve(host: str, port: int | None, workers: int, alone: bool) -> None:
    """Answer requests, with a worker beside."""
    speak_up()
    config = settings()
    if config.demo and not is_loopback(host):
        raise BadSetting("DEMO=1 has no passwords, so --host must stay on 127.0.0.1.")
    opened(config).close()
    serving.serve(config, host=host, port=port or config.port, workers=workers, alone=alone)


@main.command("worker")
def worker_command() -> None:
    """Send mail and do what else waits, until stopped."""
    speak_up()
    config = settings()
    worker.work(config, opened(config))


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to what this version needs."""
    config = settings()
    config.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    run.upgrade(config.database_url)
    click.echo("The database is up to date.")


for group in (
    bills,
    roster,
    admin,
    letters,
    edition,
    audit_group,
    demo,
    doctor,
    forget,
    keys,
    legislators,
):
    main.add_command(group)

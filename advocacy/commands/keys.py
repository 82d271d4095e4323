"""The keys: what may be said of them, another one in place of the old, and the custodians' copies."""

from datetime import date

import click

from advocacy.clock import day_in, now
from advocacy.commands.desk import opened, settings
from advocacy.config import Config
from advocacy.people.custody import NEEDED
from advocacy.rotating import KeyState, retire, rotate, state


@click.group()
def keys() -> None:
    """The keys that open names. Nothing here prints one."""


@keys.command("status")
def status_command() -> None:
    """Which keys there are, which is in use, how much each one wraps, and whose copies are proved."""
    config = settings()
    with opened(config).reading() as session:
        for line in _told(state(session, _today(config))):
            click.echo(line)


@keys.command("rotate")
def rotate_command() -> None:
    """Use another wrapping key from now on, while everything runs. Broken off, it can be run again."""
    key_id = rotate(opened(settings()))
    click.echo(f"Every data key is wrapped with {key_id} now. The old key is still in the key file.")
    click.echo(
        "Make a backup now. Then make and prove new copies (keys copy, keys prove), and run: keys retire"
    )


@keys.command("retire")
def retire_command() -> None:
    """Take out of the key file what wraps nothing any more, once two copies of the new key are proved."""
    config = settings()
    gone = retire(opened(config), _today(config))
    click.echo(f"Taken out of the key file: {' '.join(gone)}." if gone else "There is nothing to take out.")


def _told(found: KeyState) -> list[str]:
    since = f", since {found.since}" if found.since else ""
    lines = [f"In use: {found.active}{since}"]
    lines += [f"{name}: wraps {wrapped} data keys" for name, wrapped in found.wrapped.items()]
    for one in found.custodians:
        said = f"proved {one.key_id} on {one.proved_on}" if one.key_id else "has proved no copy"
        lines.append(f"custodian {one.person_id}: {said}")
    lines.append(f"Proved copies that count: {found.counting} of {NEEDED}")
    return lines


def _today(config: Config) -> date:
    return day_in(config.time_zone, now())

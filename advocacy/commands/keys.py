"""The keys: what may be said of them, another one in place of the old, and the custodians' copies."""

from datetime import date
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session

from advocacy.clock import day_in, now
from advocacy.commands.desk import opened, settings, stop
from advocacy.config import Config
from advocacy.key_file import Keys
from advocacy.people.custody import NEEDED, Proved, Stands, copies, copy_keys, prove
from advocacy.people.queries import people_at, roles_on
from advocacy.people.roles import Role
from advocacy.rotating import KeyState, retire, rotate, state

_BACKUPS = Path("/var/lib/advocacy-backup")
"""Where the recipe of `docs/install.md` keeps them: outside VAR, and copied away every day."""


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


@keys.command("copy")
@click.argument("path", type=click.Path(path_type=Path))
def copy_command(path: Path) -> None:
    """Write a custodian's copy of the key file to PATH, a new file away from this machine's own folders."""
    config = settings()
    _check_place(path, config)
    with opened(config).transaction() as session:
        copy_keys(session, path)
    click.echo(f"Written: {path}. Give it to a custodian, and leave none on this machine.")
    click.echo(f"She proves it from where she keeps it: advocacy keys prove {path} --person HER-ADDRESS")


@keys.command("prove")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--person", "who", required=True, help="The custodian: her mail address, or her id in keys status."
)
def prove_command(path: Path, who: str) -> None:
    """Open what is stored about a custodian with her copy at PATH alone. No name is shown."""
    config = settings()
    today, database = _today(config), opened(config)
    copy = Keys.read_copy(path)
    if path.samefile(config.keys_file):
        stop(f"{path} is the key file itself. Prove a copy that was kept elsewhere.", status=2)
    with database.transaction() as session:
        prove(session, copy, _custodian(session, who, today), today)
        proved = copies(session, today).counting
    click.echo("Proved: with this copy alone, what is stored about her was opened.")
    click.echo(f"Proved copies that count: {proved} of {NEEDED}. Leave none on this machine.")


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


def _check_place(path: Path, config: Config) -> None:
    if str(path) == "-":
        stop("A key is never printed. Give the path of a file that is not there yet.", status=2)
    for folder in (config.var.resolve(), _BACKUPS):
        if path.parent.resolve().is_relative_to(folder):
            stop(f"{folder} is backed up, and no backup may hold a key. Give a place outside it.", status=2)


def _custodian(session: Session, who: str, today: date) -> UUID:
    known = [_id(who)] if _id(who) else [found.id for found in people_at(session, who)]
    found = [one for one in known if one and Role.CUSTODIAN in roles_on(session, one, today)]
    if len(found) != 1:
        stop("Not one custodian in office has this address. Her id is told by: advocacy keys status")
    return found[0]


def _id(who: str) -> UUID | None:
    try:
        return UUID(who)
    except ValueError:
        return None


def _told(found: KeyState) -> list[str]:
    since = f", since {found.since}" if found.since else ""
    lines = [f"In use: {found.active}{since}"]
    lines += [f"{name}: wraps {wrapped} data keys" for name, wrapped in found.wrapped.items()]
    lines += [f"custodian {one.person_id}: {_stands(one)}" for one in found.copies.proved]
    lines.append(f"Proved copies that count: {found.copies.counting} of {NEEDED}")
    return lines


def _stands(one: Proved) -> str:
    told = f"proved {one.key_id} on {one.proved_on}"
    return {
        Stands.NEVER: "has proved no copy",
        Stands.GOOD: told,
        Stands.FOR_NOW: f"{told}, counts until {one.until}",
        Stands.OLD: f"{told}, counts no more",
    }[one.stands]


def _today(config: Config) -> date:
    return day_in(config.time_zone, now())

"""Letters, editions and the audit log, from the terminal."""

from hashlib import sha256
from pathlib import Path

import click

from advocacy import audit
from advocacy.commands.desk import opened, settings, stop
from advocacy.editions.queries import deliveries, edition_with_hash
from advocacy.letters import render

_ASK = "Keep this database as it is and ask for help."


@click.group()
def letters() -> None:
    """How letters look."""


@letters.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
def proof(out: Path) -> None:
    """Print every design with its sample, into the folder OUT."""
    out.mkdir(parents=True, exist_ok=True)
    for design in render.names():
        (out / f"{design}.pdf").write_bytes(render.proof(design))
        click.echo(out / f"{design}.pdf")


@click.group()
def edition() -> None:
    """Frozen letters."""


@edition.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def verify(file: Path) -> None:
    """Say whether FILE is an edition of this network, byte for byte."""
    if not file.is_file():
        stop(f"There is no file {file}.")
    with opened(settings()).reading() as session:
        found = edition_with_hash(session, sha256(file.read_bytes()).hexdigest())
        if found is None:
            stop("This file is no edition of ours, or it was changed.")
        went = len(deliveries(session, found.id))
    click.echo(f"Edition {found.n}, frozen {found.frozen_at:%Y-%m-%d}, delivered to {went} offices.")


@click.group("audit")
def audit_group() -> None:
    """The log nobody can quietly change."""


@audit_group.command("head")
def head() -> None:
    """Print the number and the hash at the end of the log, to be kept elsewhere: on paper, in a letter."""
    with opened(settings()).reading() as session:
        click.echo(str(audit.head(session)))


@audit_group.command("verify")
@click.option(
    "--against", metavar="'NUMBER HASH'", help="What `advocacy audit head` printed on an earlier day."
)
def verify_chain(against: str | None) -> None:
    """Read the whole log and say whether it holds."""
    kept = None if against is None else audit.Kept.read(against)
    if against is not None and kept is None:
        stop("What you kept is a number, a space and 64 hexadecimal digits. Put it in quotes.")
    with opened(settings()).reading() as session:
        verdict = audit.verify(session)
        kept_holds = kept is None or audit.still_holds(session, kept)
    if not verdict.holds:
        stop(f"The log is broken at entry {verdict.broken_at}. {_ASK}")
    if not kept_holds:
        stop(f"The log holds in itself, but it is not the one you kept the end of: it was rewritten. {_ASK}")
    click.echo(f"{verdict.entries} entries hold. The last one is {verdict.head.hex()}")
    if kept:
        click.echo(f"Entry {kept.n} is the one you kept.")

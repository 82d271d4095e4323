"""The demo, from the terminal."""

from pathlib import Path

import click

from advocacy.clock import now
from advocacy.commands.desk import opened, settings, stop
from advocacy.demo.loading import load as load_demo
from advocacy.demo.playing import play
from advocacy.demo.telling import Broken


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Play the whole path into OUT.")
@click.option("--load", is_flag=True, help="Fill this empty installation with the demo.")
def demo(out: Path | None, load: bool) -> None:
    """Show the whole main path on made-up people. Status 1 if a promise did not hold."""
    if load:
        _load()
    elif out is None:
        stop("Say where to: advocacy demo --out DIR")
    else:
        _play(out)


def _load() -> None:
    config = settings()
    if not config.demo:
        stop("This would mix made-up people with real ones. It needs DEMO=1 and an installation of its own.")
    loaded = load_demo(config, opened(config), now())
    click.echo("The demo is ready." if loaded else "Somebody is here already, so nothing was loaded.")


def _play(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        stop(f"{out} is not empty. Choose a new folder.")
    try:
        told = play(out, now())
    except Broken as fault:
        stop(f"A promise did not hold: {fault}")
    click.echo(told)

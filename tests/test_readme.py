"""What the first page promises a newcomer is there."""

import re
from pathlib import Path

import click
import pytest

from advocacy.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

PLACES = re.findall(r"`((?:advocacy|templates|letters|campaigns|docs|requirements|tests)/[\w./-]*)`", README)
PICTURES = re.findall(r"\]\(([\w./-]+\.(?:png|svg))\)", README)
COMMANDS = re.findall(r"^advocacy ([a-z]+)(?: ([a-z]+))?", README, re.MULTILINE)


@pytest.mark.parametrize("place", sorted({*PLACES, *PICTURES, "CONTRIBUTING.md", "LICENSE"}))
def test_every_place_it_names_is_there(place: str) -> None:
    assert (ROOT / place).exists()


@pytest.mark.parametrize(("group", "name"), sorted(set(COMMANDS)))
def test_every_command_it_shows_can_be_typed(group: str, name: str) -> None:
    command = main.commands[group]

    assert not isinstance(command, click.Group) or name in command.commands


def test_both_commands_can_be_started() -> None:
    for program in ("bin/run", "bin/test", ".ci/run"):
        assert (ROOT / program).stat().st_mode & 0o111, program


def test_every_lock_is_explained() -> None:
    locks = {lock.name for lock in (ROOT / "requirements").glob("*.txt")}

    assert locks == set(re.findall(r"-o requirements/(\w+\.txt)", CONTRIBUTING))

"""Plays the whole main path into a folder, through the doors people use, and proves the promises there."""

from datetime import datetime
from pathlib import Path


class Broken(Exception):
    """Something in the folder is not as promised."""


def play(out: Path, now: datetime) -> str:
    """Play everything; the last words for the terminal."""
    raise Broken("not written yet")

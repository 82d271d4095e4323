"""The files beside the database: keys, the list of erasures, the journal, and room on the disk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from advocacy.config import Config
from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.journal import Journal, JournalRefused
from advocacy.key_file import Keys, KeysRefused
from advocacy.ledger import Ledger, LedgerRefused

_TIGHT, _FULL = 2 * 1024**3, 512 * 1024**2


def check_files(config: Config) -> Iterator[Finding]:
    """Whether each file is there, readable by those who need it, and by nobody else."""
    yield from check_keys_file(config)
    yield _erasures(config.erasures_file)
    yield _journal(config.journal_file)
    yield room_left(_nearest(config.var))


def check_keys_file(config: Config) -> Iterator[Finding]:
    """Whether the key file is whole, its owner's alone, and away from the data."""
    yield _keys(config.keys_file)
    yield _apart(config)


def room_left(folder: Path) -> Finding:
    """How much room there is on the disk of a folder."""
    free = shutil.disk_usage(folder).free
    says = f"The disk has {free / 1024**3:.1f} GB of room."
    if free < _FULL:
        return wrong("disk", says, "Make room now: what cannot be written is refused.")
    if free < _TIGHT:
        return look("disk", says, "Make room before it is full.")
    return ok("disk", says)


def _keys(path: Path) -> Finding:
    if not path.exists():
        mend = "It is made at the first start; if names are stored already, put back a custodian's copy."
        return wrong("KEYS_FILE", "There is no key file yet.", mend)
    try:
        Keys.read(path)
    except KeysRefused as fault:
        return wrong("KEYS_FILE", str(fault), "Nothing opens before that is mended.")
    return ok("KEYS_FILE", "The key file is whole, and its owner alone may read it.")


def _apart(config: Config) -> Finding:
    if config.keys_file.parent.resolve() == config.var.resolve():
        says = "The keys stand in one folder with the data, so a copy of that folder opens every name."
        return look("keys.apart", says, "Set KEYS_FILE to a place that no backup of VAR reaches.")
    return ok("keys.apart", "The keys stand apart from the data.")


def _erasures(path: Path) -> Finding:
    try:
        Ledger(path).marks()
    except LedgerRefused as fault:
        return wrong("ERASURES_FILE", str(fault), "Nothing opens before that is mended.")
    return _writable("ERASURES_FILE", path, "The list of erasures can be read and added to.")


def _journal(path: Path) -> Finding:
    try:
        Journal(path).not_in(lambda _act: False)
    except JournalRefused as fault:
        return wrong("JOURNAL_FILE", str(fault), "Nothing opens before that is mended.")
    return _writable("JOURNAL_FILE", path, "The journal of what was taken back can be read and added to.")


def _writable(setting: str, path: Path, fine: str) -> Finding:
    place = path if path.exists() else _nearest(path.parent)
    if not os.access(place, os.W_OK):
        says = f"The file of {setting} cannot be written, so nobody could be taken off or erased."
        return wrong(setting, says, "Give it to the user that runs this.")
    return ok(setting, fine)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there already."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())

"""The key file: the wrapping keys by id, and two keys for fingerprints. It is in no backup.

A file is only ever replaced whole, so nobody reads half of one and no crash leaves one.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

FIRST_ID = "k1"
_MODE = 0o400
_PUT_BACK = "Put back a custodian's copy."
_COPY_AGAIN = "Make a new one with: advocacy keys copy"


class KeysRefused(Exception):
    """The key file is missing, unreadable or wrong, so nothing is opened."""


@dataclass(frozen=True, repr=False)
class Keys:
    """What the key file holds: the wrapping keys by id, which one is the newest, and two for hashing."""

    active: str
    wrapping: Mapping[str, bytes]
    index: bytes
    codes: bytes

    @classmethod
    def read(cls, path: Path) -> "Keys":
        """Read the key file, or raise `KeysRefused` saying what is wrong with it and how to mend it."""
        return cls._read(path, "key file", _PUT_BACK)

    @classmethod
    def read_copy(cls, path: Path) -> "Keys":
        """Read a custodian's copy, under the same rules as the key file; or raise `KeysRefused`."""
        return cls._read(path, "copy", _COPY_AGAIN)

    @classmethod
    def _read(cls, path: Path, what: str, mend: str) -> "Keys":
        try:
            with path.open(encoding="ascii") as file:
                _check_owner(path, os.fstat(file.fileno()), what)
                text = file.read()
        except FileNotFoundError as fault:
            raise KeysRefused(f"The {what} {path} is missing. {mend}") from fault
        except PermissionError as fault:
            raise KeysRefused(_not_ours(path, what)) from fault
        except (OSError, ValueError) as fault:
            raise KeysRefused(f"The {what} {path} cannot be read. {mend}") from fault
        try:
            return cls.parse(text)
        except ValueError as fault:
            raise KeysRefused(f"The {what} {path} {fault}. {mend}") from fault

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """The keys a file's text holds, or a `ValueError` that says what is amiss without any of it."""
        try:
            stored = json.loads(text)
            keys = cls(
                active=str(stored["active"]),
                wrapping={name: _key(value) for name, value in stored["wrapping"].items()},
                index=_key(stored["index"]),
                codes=_key(stored["codes"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError("cannot be read") from None
        if keys.active not in keys.wrapping:
            raise ValueError("names an active key it does not hold")
        return keys

    @classmethod
    def make(cls, path: Path) -> "Keys":
        """Make a fresh key file, readable by its owner alone; never over an existing one."""
        fresh = cls(FIRST_ID, {FIRST_ID: _fresh()}, index=_fresh(), codes=_fresh())
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = _draft(path, fresh.text)
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
        return cls.read(path)

    def copy_to(self, path: Path) -> None:
        """Write a custodian's copy into a new file and read it back; `KeysRefused` where none can be kept."""
        try:
            _write(path, self.text)
        except FileExistsError as fault:
            says = f"There is something at {path} already. Give the path of a file that is not there yet."
            raise KeysRefused(says) from fault
        try:
            whole = Keys.read_copy(path) == self
        except KeysRefused:
            whole = False
        if not whole:
            path.unlink()
            raise KeysRefused(f"No file of mode 0400 can be kept at {path}. Give another place.")

    @property
    def text(self) -> str:
        """The text of a file with these keys."""
        wrapping = {name: _spelled(key) for name, key in self.wrapping.items()}
        rest = {"index": _spelled(self.index), "codes": _spelled(self.codes)}
        return json.dumps({"active": self.active, "wrapping": wrapping, **rest}, indent=1)

    def with_another(self) -> "Keys":
        """The same with one more wrapping key, which is the newest. Its id was never used before."""
        newest = max(int(name[1:]) for name in self.wrapping if name[1:].isdecimal()) + 1
        name = f"k{newest}"
        return replace(self, active=name, wrapping={**self.wrapping, name: _fresh()})

    def only(self, name: str) -> "Keys":
        """The same without every other wrapping key."""
        return replace(self, active=name, wrapping={name: self.wrapping[name]})


class KeyRing:
    """The keys of a process that runs: read once, and again when it meets the id of a key made since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys = Keys.read(path)

    def look_again(self) -> Keys:
        """The keys as the file has them now."""
        self.keys = Keys.read(self.path)
        return self.keys

    def replace(self, keys: Keys) -> None:
        """Put these keys where the old ones stood, in one step, on the disk before this returns."""
        draft = _draft(self.path, keys.text)
        draft.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self.look_again()


def _check_owner(path: Path, about: os.stat_result, what: str) -> None:
    if about.st_mode & 0o7777 != _MODE:
        raise KeysRefused(f"The {what} must be its owner's alone, to read only. Run: chmod 0400 {path}")
    if about.st_uid != os.geteuid():
        raise KeysRefused(_not_ours(path, what))


def _not_ours(path: Path, what: str) -> str:
    return f"The {what} must belong to the user that runs this. Run: chown USER {path}"


def _draft(path: Path, text: str) -> Path:
    # It gets its name once it is whole and on the disk: nobody sees half a key file, no crash leaves one.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write(draft, text)
    return draft


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def _spelled(key: bytes) -> str:
    return b64encode(key).decode("ascii")


def _fresh() -> bytes:
    return secrets.token_bytes(32)

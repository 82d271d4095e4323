"""Names at rest: one data key for each holder, wrapped by a key that is not in the database.

A holder is a person, or an edition whose PDF is kept sealed. Destroying a holder's data key makes everything
sealed for it unreadable for ever. A sealed value opens only in the table, column and row it was made for.
"""

import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.clock import now
from advocacy.db import Base, Database

_VERSION = b"\x01"
_NONCE = 12


class KeysRefused(Exception):
    """The key file is missing, unreadable or wrong, so nothing is opened."""


class CannotOpen(Exception):
    """A sealed value does not belong here, or its key is gone."""


class DataKey(Base):
    """A holder's key, wrapped. Backed up apart from everything else, newest copy only."""

    __tablename__ = "data_key"

    holder_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str]
    wrapped: Mapped[bytes]
    made_on: Mapped[date]


@dataclass(frozen=True, repr=False)
class Keys:
    """What the key file holds: the wrapping keys by id, which one is for new rows, and two for hashing."""

    active: str
    wrapping: Mapping[str, bytes]
    index: bytes
    codes: bytes

    @classmethod
    def read(cls, path: Path) -> "Keys":
        """Read the key file, or raise `KeysRefused` saying what is wrong with it."""
        try:
            mode = path.stat().st_mode & 0o777
            stored = json.loads(path.read_text("ascii"))
            keys = cls(
                active=str(stored["active"]),
                wrapping={name: _key(value) for name, value in stored["wrapping"].items()},
                index=_key(stored["index"]),
                codes=_key(stored["codes"]),
            )
        except FileNotFoundError as fault:
            raise KeysRefused(f"The key file {path} is missing. Put back a custodian's copy.") from fault
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise KeysRefused(f"The key file {path} cannot be read. Put back a custodian's copy.") from fault
        if mode & 0o077:
            raise KeysRefused(f"Others on this machine may read {path}. Run: chmod 0400 {path}")
        if keys.active not in keys.wrapping:
            raise KeysRefused(f"The key file {path} names an active key it does not hold.")
        return keys

    @classmethod
    def make(cls, path: Path) -> "Keys":
        """Make a fresh key file, readable by its owner alone; never over an existing one."""
        stored = {"active": "k1", "wrapping": {"k1": _fresh()}, "index": _fresh(), "codes": _fresh()}
        _write_once(path, json.dumps(stored, indent=1))
        return cls.read(path)


def _write_once(path: Path, text: str) -> None:
    # It gets its name once it is whole and on the disk: nobody sees half a key file, no crash leaves one.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def _fresh() -> str:
    return b64encode(secrets.token_bytes(32)).decode("ascii")


def keys_of(session: Session) -> Keys:
    """The keys this database was opened with."""
    keys = session.info.get("keys")
    if not isinstance(keys, Keys):
        raise KeysRefused("This database was opened without its keys.")
    return keys


def check_keys(session: Session) -> None:
    """Refuse to go on when the key file does not open what is stored (one key of each id is tried)."""
    for key_id in session.scalars(select(DataKey.key_id).distinct()).all():
        one = select(DataKey).where(DataKey.key_id == key_id).limit(1)
        try:
            _unwrap(keys_of(session), session.scalars(one).one())
        except CannotOpen as fault:
            says = "The key file does not open the names in this database. Put back the right one."
            raise KeysRefused(says) from fault


def open_database(url: str, keys_file: Path, **shared: object) -> Database:
    """Open a database with its keys, made at first start only, or raise `KeysRefused`."""
    with closing(Database(url)) as locked:
        if not (holds_names := _holds_keys(locked)) and not keys_file.exists():
            with suppress(FileExistsError):  # another process of the same first start was quicker
                Keys.make(keys_file)
        keys = Keys.read(keys_file)
        if holds_names:
            with locked.reading() as session:
                session.info["keys"] = keys
                check_keys(session)
    return Database(url, keys=keys, **shared)


def _holds_keys(database: Database) -> bool:
    with database.reading() as session:
        there = inspect(session.connection()).has_table(DataKey.__tablename__)
        return there and session.scalar(select(DataKey.holder_id).limit(1)) is not None


def new_holder(session: Session, holder: UUID) -> None:
    """Make a data key for a new holder; one that has a key keeps it."""
    if session.get(DataKey, holder) is not None:
        return
    keys = keys_of(session)
    secret = secrets.token_bytes(32)
    wrapped = _encrypt(keys.wrapping[keys.active], secret, _holder_context(holder))
    session.add(DataKey(holder_id=holder, key_id=keys.active, wrapped=wrapped, made_on=now().date()))
    session.flush()
    _opened(session)[holder] = secret


def destroy(session: Session, holder: UUID) -> None:
    """Destroy a holder's key: nothing sealed for it can ever be read again."""
    row = session.get(DataKey, holder)
    if row is not None:
        session.delete(row)
        session.flush()
    _opened(session).pop(holder, None)


def seal(session: Session, holder: UUID, table: str, column: str, id: UUID, value: str) -> bytes:
    """Seal a text for one holder, to be opened in that table, column and row only."""
    return seal_bytes(session, holder, table, column, id, value.encode())


def unseal(session: Session, holder: UUID, table: str, column: str, id: UUID, sealed: bytes) -> str:
    """Open a text sealed for that holder, table, column and row, or raise `CannotOpen`."""
    return unseal_bytes(session, holder, table, column, id, sealed).decode()


def seal_bytes(session: Session, holder: UUID, table: str, column: str, id: UUID, value: bytes) -> bytes:
    """Seal bytes (a finished PDF) as `seal` does a text."""
    return _encrypt(_data_key(session, holder), value, _context(table, column, id))


def unseal_bytes(session: Session, holder: UUID, table: str, column: str, id: UUID, sealed: bytes) -> bytes:
    """Open bytes as `unseal` does a text."""
    return _decrypt(_data_key(session, holder), sealed, _context(table, column, id))


def index(session: Session, purpose: str, value: str) -> bytes:
    """A keyed fingerprint to look a sealed value up by; the same value always gives the same one."""
    return hmac.digest(keys_of(session).index, f"{purpose}\0{value}".encode(), sha256)


def hash_code(session: Session, code: str) -> bytes:
    """A keyed fingerprint of a short typed code, which a bare hash would not protect."""
    return hmac.digest(keys_of(session).codes, code.encode(), sha256)


def hash_key(key: str) -> bytes:
    """The fingerprint under which a long random key is stored."""
    return sha256(key.encode()).digest()


def _data_key(session: Session, holder: UUID) -> bytes:
    opened = _opened(session)
    if holder not in opened:
        row = session.get(DataKey, holder)
        if row is None:
            raise CannotOpen("The key for this has been destroyed.")
        opened[holder] = _unwrap(keys_of(session), row)
    return opened[holder]


def _opened(session: Session) -> dict[UUID, bytes]:
    return cast(dict[UUID, bytes], session.info.setdefault("opened_keys", {}))


def _unwrap(keys: Keys, row: DataKey) -> bytes:
    if row.key_id not in keys.wrapping:
        raise CannotOpen("The key file no longer holds the key this was wrapped with.")
    return _decrypt(keys.wrapping[row.key_id], row.wrapped, _holder_context(row.holder_id))


def _encrypt(key: bytes, value: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, value, context)


def _decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    if sealed[:1] != _VERSION or len(sealed) <= _NONCE:
        raise CannotOpen("This was not sealed here.")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context)
    except InvalidTag as fault:
        raise CannotOpen("This does not open here.") from fault


def _context(table: str, column: str, id: UUID) -> bytes:
    return f"{table}|{column}|{id}".encode()


def _holder_context(holder: UUID) -> bytes:
    return f"data_key|wrapped|{holder}".encode()

"""Names at rest: one data key for each holder, wrapped by a key that is not in the database.

A holder is a person, or an edition whose PDF is kept sealed. Destroying a holder's data key makes everything
sealed for it unreadable for ever. A sealed value opens only in the table, column and row it was made for.
"""

import hmac
import secrets
from contextlib import closing, suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Table, event, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.clock import now
from advocacy.db import Base, Database
from advocacy.key_file import FIRST_ID, KeyRing, Keys, KeysRefused

_VERSION = b"\x01"
_NONCE = 12


class CannotOpen(Exception):
    """A sealed value does not belong here, or its key is gone."""


class DataKey(Base):
    """A holder's key, wrapped. Backed up apart from everything else, newest copy only."""

    __tablename__ = "data_key"

    holder_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str]
    wrapped: Mapped[bytes]
    made_on: Mapped[date]


class ActiveKey(Base):
    """Which wrapping key new data keys are wrapped with, since when, and which one it was before: one row."""

    __tablename__ = "active_key"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key_id: Mapped[str]
    before: Mapped[str | None]
    since: Mapped[date | None]


FIRST_ACTIVE = {"id": 1, "key_id": FIRST_ID}
"""The key of the first key file. The row is there from the beginning, so that everybody can wait on it."""


@event.listens_for(cast(Table, ActiveKey.__table__), "after_create")
def _first_active(table: Table, connection: Connection, **_rest: object) -> None:
    connection.execute(table.insert().values(FIRST_ACTIVE))


def keys_of(session: Session) -> Keys:
    """The keys this database was opened with."""
    held = session.info.get("keys")
    if isinstance(held, KeyRing):
        return held.keys
    if not isinstance(held, Keys):
        raise KeysRefused("This database was opened without its keys.")
    return held


def check_keys(session: Session) -> None:
    """Refuse to go on when the key file does not open what is stored (one key of each id is tried)."""
    for key_id in session.scalars(select(DataKey.key_id).distinct()).all():
        one = select(DataKey).where(DataKey.key_id == key_id).limit(1)
        try:
            unwrapped(session, session.scalars(one).one())
        except CannotOpen as fault:
            says = "The key file does not open the names in this database. Put back the right one."
            raise KeysRefused(says) from fault


def open_database(url: str, keys_file: Path, **shared: object) -> Database:
    """Open a database with its keys, made at first start only, or raise `KeysRefused`."""
    with closing(Database(url)) as locked:
        if not (holds_names := _holds_keys(locked)) and not keys_file.exists():
            with suppress(FileExistsError):  # another process of the same first start was quicker
                Keys.make(keys_file)
        ring = KeyRing(keys_file)
        if holds_names:
            with locked.reading() as session:
                session.info["keys"] = ring
                check_keys(session)
        _follow_file(locked, ring.keys)
    return Database(url, keys=ring, **shared)


def active_key(session: Session, *, alone: bool = False) -> ActiveKey:
    """Which wrapping key is in use, held until this transaction ends; `alone` is for who changes it."""
    held = {"read": not alone}
    return session.get_one(ActiveKey, 1, with_for_update=held, populate_existing=True)


def make_active(active: ActiveKey, key_id: str) -> None:
    """From now on new data keys are wrapped with another wrapping key."""
    active.before, active.key_id, active.since = active.key_id, key_id, now().date()


def _follow_file(database: Database, keys: Keys) -> None:
    """After a rotation that broke off, or with an older database put back, the newest key is used again."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table(ActiveKey.__tablename__):
            return
        if session.get_one(ActiveKey, 1).key_id == keys.active:
            return
    with database.transaction() as session:
        if (active := active_key(session, alone=True)).key_id != keys.active:
            make_active(active, keys.active)


def _holds_keys(database: Database) -> bool:
    with database.reading() as session:
        there = inspect(session.connection()).has_table(DataKey.__tablename__)
        return there and session.scalar(select(DataKey.holder_id).limit(1)) is not None


def new_holder(session: Session, holder: UUID) -> None:
    """Make a data key for a new holder; one that has a key keeps it."""
    if session.get(DataKey, holder) is not None:
        return
    secret, key_id = secrets.token_bytes(32), active_key(session).key_id
    wrapped = _encrypt(_wrapping(session, key_id), secret, _holder_context(holder))
    session.add(DataKey(holder_id=holder, key_id=key_id, wrapped=wrapped, made_on=now().date()))
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
        opened[holder] = unwrapped(session, row)
    return opened[holder]


def _opened(session: Session) -> dict[UUID, bytes]:
    return cast(dict[UUID, bytes], session.info.setdefault("opened_keys", {}))


def unwrapped(session: Session, row: DataKey) -> bytes:
    """The data key a row holds, or `CannotOpen`."""
    return unwrap_with(_keys_with(session, row.key_id), row)


def unwrap_with(keys: Keys, row: DataKey) -> bytes:
    """The data key a row holds, by these keys alone, or `CannotOpen`."""
    if row.key_id not in keys.wrapping:
        raise CannotOpen("The key file does not hold the key this was wrapped with.")
    return _decrypt(keys.wrapping[row.key_id], row.wrapped, _holder_context(row.holder_id))


def open_with(keys: Keys, row: DataKey, table: str, column: str, id: UUID, sealed: bytes) -> bytes:
    """Open one sealed value by these keys alone, as somebody would who puts them back; or `CannotOpen`."""
    return _decrypt(unwrap_with(keys, row), sealed, _context(table, column, id))


def wrap_again(session: Session, row: DataKey, key_id: str) -> None:
    """Wrap the same data key with another wrapping key: what it seals stays as it is."""
    secret = unwrapped(session, row)
    row.wrapped = _encrypt(_wrapping(session, key_id), secret, _holder_context(row.holder_id))
    row.key_id = key_id


def _wrapping(session: Session, key_id: str) -> bytes:
    keys = _keys_with(session, key_id)
    if key_id not in keys.wrapping:
        raise CannotOpen("The key file does not hold the newest key.")
    return keys.wrapping[key_id]


def _keys_with(session: Session, key_id: str) -> Keys:
    keys, held = keys_of(session), session.info["keys"]
    if key_id not in keys.wrapping and isinstance(held, KeyRing):
        return held.look_again()  # it was made while this process ran
    return keys


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

"""Another wrapping key in place of the old one, while people go on signing.

Only the data keys are wrapped anew; what they seal is not touched. Every step may be killed and begun again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import sleep

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.db import Database
from advocacy.key_file import KeyRing, KeysRefused
from advocacy.people.custody import NEEDED, Copies, copies
from advocacy.vault import ActiveKey, DataKey, active_key, make_active

_AT_ONCE = 50
_BREATH = 0.02


class StillInUse(Exception):
    """The old key still wraps something. Run: advocacy keys rotate"""


class CopiesAreOld(Exception):
    """Two custodians have to prove copies with the new key before the old one goes: advocacy keys prove"""


@dataclass(frozen=True)
class KeyState:
    """Which wrapping keys there are, the one in use, how many data keys each wraps, and the copies."""

    active: str
    since: date | None
    wrapped: Mapping[str, int]
    copies: Copies


def state(session: Session, today: date) -> KeyState:
    """All that may be said of the keys: ids, days and numbers."""
    held = session.get_one(ActiveKey, 1)
    per_key = select(DataKey.key_id, func.count()).group_by(DataKey.key_id)
    wrapped = dict.fromkeys(vault.keys_of(session).wrapping, 0) | {
        id: n for id, n in session.execute(per_key)
    }
    return KeyState(
        active=held.key_id,
        since=held.since,
        wrapped=dict(sorted(wrapped.items())),
        copies=copies(session, today),
    )


def rotate(database: Database) -> str:
    """Wrap every data key with a new wrapping key, or finish a rotation that broke off; the id of that key.

    The old key stays in the file until `retire`, for processes and copies that still hold it alone.
    """
    with database.transaction() as session:
        key_id = _begin(session)
    while _wrap_some(database):
        sleep(_BREATH)  # whoever waits to sign goes first
    return key_id


def retire(database: Database, today: date) -> tuple[str, ...]:
    """Take every wrapping key out of the file that wraps nothing any more; their ids.

    Raises `StillInUse`, or `CopiesAreOld` while two custodians have not proved the key in use.
    """
    with database.transaction() as session:
        active = active_key(session, alone=True)
        ring = _ring(session)
        old = tuple(name for name in ring.look_again().wrapping if name != active.key_id)
        if _under_others(session, active.key_id):
            raise StillInUse
        if not old:
            return ()
        if copies(session, today).lasting < NEEDED:
            raise CopiesAreOld
        ring.replace(ring.keys.only(active.key_id))
        audit.record(session, "keys.retire", actor=None, about="keys", why=" ".join(old))
    return old


def _begin(session: Session) -> str:
    # Who makes a data key meanwhile holds this row as well, so after this commit nobody uses the old key.
    active, ring = active_key(session, alone=True), _ring(session)
    newest = ring.look_again()
    if _under_others(session, active.key_id):
        return active.key_id
    if newest.active == active.key_id:
        ring.replace(newest.with_another())
    make_active(active, ring.keys.active)
    audit.record(session, "keys.rotate", actor=None, about="keys", why=active.key_id)
    session.flush()
    return active.key_id


def _wrap_some(database: Database) -> bool:
    """Wrap a few anew; whether any is left. A row somebody holds is passed over, and looked at again."""
    with database.transaction() as session:
        key_id = active_key(session).key_id
        under_others = select(DataKey).where(DataKey.key_id != key_id).order_by(DataKey.holder_id)
        for row in session.scalars(under_others.limit(_AT_ONCE).with_for_update(skip_locked=True)).all():
            vault.wrap_again(session, row, key_id)
        session.flush()
        return _under_others(session, key_id)


def _under_others(session: Session, key_id: str) -> bool:
    found = select(DataKey.holder_id).where(DataKey.key_id != key_id).limit(1)
    return session.scalar(found) is not None


def _ring(session: Session) -> KeyRing:
    held = session.info.get("keys")
    if not isinstance(held, KeyRing):
        raise KeysRefused("This database was opened without its key file.")
    return held

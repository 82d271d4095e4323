"""The log nobody can quietly change: every entry carries the hash of the one before it.

Entries hold ids, acts and reasons, never a name or an address, and a day, never a time.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Table, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.clock import now
from advocacy.db import Base, append_only, before_commit
from advocacy.journal import Journal, TakenBack

_START = bytes(32)
_MOST = 2**31 - 1  # PostgreSQL counts no further in this column, and refuses to compare with more


class AuditEntry(Base):
    """One act that happened."""

    __tablename__ = "audit_entry"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    actor_id: Mapped[UUID | None]
    act: Mapped[str]
    about: Mapped[str]
    about_id: Mapped[UUID | None]
    why: Mapped[str]
    previous: Mapped[bytes]
    hash: Mapped[bytes]


class AuditHead(Base):
    """The end of the chain: one row, locked by whoever adds to it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]
    hash: Mapped[bytes]


append_only(cast(Table, AuditEntry.__table__))
FIRST_HEAD = {"id": 1, "n": 0, "hash": _START}
"""The head of an empty chain. It is there from the beginning, so that the first two acts queue up as well."""


@event.listens_for(cast(Table, AuditHead.__table__), "after_create")
def _begin_chain(table: Table, connection: Connection, **_rest: object) -> None:
    connection.execute(table.insert().values(FIRST_HEAD))


@dataclass(frozen=True)
class Act:
    """Something worth recording, before it has its place in the chain."""

    act: str
    actor_id: UUID | None
    about: str
    about_id: UUID | None
    why: str
    lasting: bool = False


@dataclass(frozen=True)
class Kept:
    """What the end of the log was once, as somebody wrote it down elsewhere."""

    n: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.n} {self.hash.hex()}"

    @classmethod
    def read(cls, text: str) -> "Kept | None":
        """What was written down, or None where it is no number and hash of ours."""
        n, _, hash = text.strip().partition(" ")
        try:
            kept = cls(int(n), bytes.fromhex(hash))
        except ValueError:
            return None
        return kept if kept.n >= 0 and len(kept.hash) == len(_START) else None


@dataclass(frozen=True)
class Verdict:
    """What a reading of the whole chain found; `broken_at` is the first entry that does not fit."""

    entries: int
    head: bytes
    broken_at: int | None

    @property
    def holds(self) -> bool:
        """Whether no entry was changed, removed or slipped in."""
        return self.broken_at is None


def record(
    session: Session,
    act: str,
    *,
    actor: UUID | None,
    about: str,
    id: UUID | None = None,
    why: str = "",
    lasting: bool = False,
) -> None:
    """Put an act on record; it joins the chain as the last step of the transaction, or not at all.

    What is `lasting` shows less of somebody, and holds even when an older backup is put back.
    """
    session.info.setdefault("acts", []).append(Act(act, actor, about, id, why, lasting))
    before_commit(session, _append)


def _append(session: Session) -> None:
    # Last and under one lock, so that no transaction waits for the chain while holding rows others want.
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    lasting = []
    for act in session.info.pop("acts", []):
        entry = _entry(head, act)
        session.add(entry)
        head.n, head.hash = entry.n, entry.hash
        if act.lasting:
            lasting.append(_taken_back(entry))
    session.flush()
    _write_beside(session, lasting)


def _taken_back(entry: AuditEntry) -> TakenBack:
    return TakenBack(entry.n, entry.hash.hex(), entry.act, entry.about, str(entry.about_id or ""))


def knows(session: Session, act: TakenBack) -> bool:
    """Whether the log holds exactly the entry of this act."""
    entry = session.get(AuditEntry, act.n)
    return entry is not None and entry.hash.hex() == act.hash


def hold_chain(session: Session) -> None:
    """Let nobody add to the chain until this transaction ends."""
    session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)


def _write_beside(session: Session, lasting: Sequence[TakenBack]) -> None:
    # Before the commit: what is written and not done is only done again, what is done is never unwritten.
    journal = session.info.get("journal")
    if lasting and isinstance(journal, Journal):
        journal.add(lasting)


def _entry(head: AuditHead, act: Act) -> AuditEntry:
    entry = AuditEntry(
        n=head.n + 1,
        day=now().date(),
        actor_id=act.actor_id,
        act=act.act,
        about=act.about,
        about_id=act.about_id,
        why=act.why,
        previous=head.hash,
    )
    entry.hash = _hash(entry)
    return entry


def _hash(entry: AuditEntry) -> bytes:
    told = [entry.n, entry.day, entry.actor_id, entry.act, entry.about, entry.about_id, entry.why]
    text = json.dumps([None if part is None else str(part) for part in told], ensure_ascii=True)
    return sha256(entry.previous + text.encode("ascii")).digest()


def latest(session: Session, *, before: int | None = None, most: int) -> Sequence[AuditEntry]:
    """So many entries, the newest first, or those before a number."""
    asked = select(AuditEntry).order_by(AuditEntry.n.desc()).limit(most)
    if before is not None:
        asked = asked.where(AuditEntry.n < min(max(before, 0), _MOST))
    return session.scalars(asked).all()


def about(session: Session, ids: Iterable[UUID], *, most: int) -> Sequence[AuditEntry]:
    """What was done about any of these, the newest first: for a person to read what concerns her."""
    asked = select(AuditEntry).where(AuditEntry.about_id.in_(list(ids)))
    return session.scalars(asked.order_by(AuditEntry.n.desc()).limit(most)).all()


def acts_since(session: Session, act: str, since: date) -> Sequence[AuditEntry]:
    """Every time one act was done, from a day on."""
    asked = select(AuditEntry).where(AuditEntry.act == act, AuditEntry.day >= since)
    return session.scalars(asked.order_by(AuditEntry.n)).all()


def head(session: Session) -> Kept:
    """The end of the log as it stands, to be kept where nobody who can change the log can change it."""
    end = session.get_one(AuditHead, 1)
    return Kept(end.n, end.hash)


def still_holds(session: Session, kept: Kept) -> bool:
    """Whether what was the end of the log on the day it was kept is in the log today, unchanged."""
    if kept.n == 0:
        return kept.hash == _START
    entry = session.get(AuditEntry, kept.n) if kept.n <= _MOST else None
    return entry is not None and entry.hash == kept.hash


def verify(session: Session) -> Verdict:
    """Read the whole chain and say whether it holds, or where it breaks first."""
    head = session.get(AuditHead, 1)
    n, last = 0, _START
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.n)):
        if entry.n != n + 1 or entry.previous != last or entry.hash != _hash(entry):
            return Verdict(n, last, n + 1)
        n, last = entry.n, entry.hash
    known, end = (head.n, head.hash) if head else (-1, _START)
    return Verdict(n, last, None if (n, last) == (known, end) else min(n, max(known, 0)) + 1)

"""Prints that did not pass the check: kept back, with what was found sealed, until a better one is made."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.editions.check import Finding
from advocacy.editions.models import HeldPrint
from advocacy.editions.queries import held_print


def hold(
    session: Session, version_id: UUID, findings: Sequence[Finding], *, by: UUID, now: datetime
) -> HeldPrint:
    """Keep back a print that did not pass, with what was found, sealed."""
    told = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
    waiting = held_print(session, version_id)
    if waiting is not None and told_of(session, waiting) == told:
        # Nothing new: what custodians looked at meanwhile, and agreed to, still is the same.
        return waiting
    clear_held(session, version_id, now)
    id = uuid4()
    vault.new_holder(session, id)
    held = HeldPrint(
        id=id,
        version_id=version_id,
        findings=vault.seal(session, id, "held_print", "findings", id, told),
        held_at=now,
    )
    session.add(held)
    audit.record(session, "edition.hold", actor=by, about="held_print", id=id)
    session.flush()
    return held


def told_of(session: Session, held: HeldPrint) -> str:
    """What was found, as it is sealed: names may be in it."""
    return vault.unseal(session, held.id, "held_print", "findings", held.id, held.findings)


def clear_held(session: Session, version_id: UUID, now: datetime) -> None:
    """Nothing of this version waits for a custodian any more."""
    held = held_print(session, version_id)
    if held is not None:
        # What was found may repeat names; once it is settled nobody needs them.
        vault.destroy(session, held.id)
        held.cleared_at, held.findings = now, b""
        session.flush()

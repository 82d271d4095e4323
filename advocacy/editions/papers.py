"""The papers with one person's line that left for an office and are still here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.editions.models import Edition
from advocacy.editions.queries import editions, left, pdf_of
from advocacy.signons.models import Consent
from advocacy.signons.visits import Visit, sign_on_of


@dataclass(frozen=True, repr=False)
class Paper:
    """One edition that carries her line: where copies went, the line, and the file."""

    n: int
    went: tuple[tuple[str, datetime], ...]
    line: str
    alone: bool
    pdf: bytes


def papers_with(session: Session, visit: Visit) -> list[Paper]:
    """Every paper with her line that is out, the newest first, while both the file and the line are held."""
    sign_on = sign_on_of(session, visit)
    if sign_on is None:
        return []
    return list(_papers(session, visit, sign_on.id))


def _papers(session: Session, visit: Visit, sign_on_id: UUID) -> Iterator[Paper]:
    for frozen in editions(session, visit.letter_id):
        went = tuple((one.office, one.delivered_at) for one in left(session, frozen.id))
        line = _line(session, visit, sign_on_id, frozen)
        data = pdf_of(session, frozen) if went and line else None
        if data is not None and line is not None:
            yield Paper(frozen.n, went, line, len(_printed(frozen)) == 1, data)


def _printed(frozen: Edition) -> set[str]:
    return set(json.loads(frozen.manifest)["printed"])


def _line(session: Session, visit: Visit, sign_on_id: UUID, frozen: Edition) -> str | None:
    """Her line as it was printed there, while it is kept: it goes when she shows less or takes it off."""
    printed = _printed(frozen)
    for consent in session.scalars(select(Consent).where(Consent.sign_on_id == sign_on_id)):
        if str(consent.id) in printed and consent.line is not None:
            return vault.unseal(session, visit.person_id, "consent", "line", consent.id, consent.line)
    return None

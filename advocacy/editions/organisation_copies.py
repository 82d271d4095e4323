"""The final copy for each organisation that stands in a delivered edition: the text and the organisations.

Nobody who signed for herself is in it. She agreed to be shown to the offices; a signing organisation is not
one of them. It is made ahead and outside any transaction, checked like every paper, and mailed once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.clock import day_in
from advocacy.db import Database
from advocacy.editions.check import check, expected
from advocacy.editions.contents import Letterhead, content_for
from advocacy.editions.models import Delivery, Edition, OrganisationCopy
from advocacy.editions.names import forbidden
from advocacy.editions.queries import left
from advocacy.letters import render
from advocacy.letters.models import LetterVersion
from advocacy.mail.actions import queue
from advocacy.mail.models import MessageStage
from advocacy.mail.queries import messages_about
from advocacy.organisations.life import Stage, stage_of
from advocacy.organisations.models import OrganisationSignOn
from advocacy.organisations.queries import Standing, standing_on
from advocacy.signons.queries import Signer, Signers, names_not_in

FINAL_COPY = "organisation_copy"


@dataclass(frozen=True)
class _Due:
    """An edition that left, and the organisations in it that have not had their copy."""

    edition_id: UUID
    sign_on_ids: tuple[UUID, ...]


def send_final_copies(database: Database, letterhead: Letterhead, now: datetime) -> int:
    """Make the copies that are due and ask for the mails that carry them; how many mails. Twice is once."""
    with database.reading() as session:
        due = _due(session)
    return sum(_make(database, one, letterhead, now) for one in due)


def _due(session: Session) -> Sequence[_Due]:
    asked = select(Edition).join(Delivery, Delivery.edition_id == Edition.id).distinct()
    waiting = (
        (frozen, _without_copy(session, frozen))
        for frozen in session.scalars(asked)
        if left(session, frozen.id)
    )
    return [_Due(frozen.id, ids) for frozen, ids in waiting if ids and not _was_held(session, frozen)]


def _without_copy(session: Session, frozen: Edition) -> tuple[UUID, ...]:
    printed = [UUID(id) for id in json.loads(frozen.manifest)["printed"]]
    asked = select(OrganisationSignOn).where(
        OrganisationSignOn.id.in_(printed), OrganisationSignOn.email.is_not(None)
    )
    return tuple(
        signed.id
        for signed in session.scalars(asked)
        if stage_of(signed) is Stage.STANDS and not _has_mail(session, signed.id)
    )


def _has_mail(session: Session, sign_on_id: UUID) -> bool:
    mails = messages_about(session, FINAL_COPY, sign_on_id)
    return any(mail.stage is not MessageStage.DROPPED for mail in mails)


def _was_held(session: Session, frozen: Edition) -> bool:
    copy = copy_of(session, frozen.id)
    return copy is not None and copy.pdf is None and copy.lines == lines_now(session, frozen)


def _make(database: Database, due: _Due, letterhead: Letterhead, now: datetime) -> int:
    with database.transaction() as session:
        frozen = session.get_one(Edition, due.edition_id)
        version = session.get_one(LetterVersion, frozen.version_id)
        standing = standing_on(session, version)
        lines = _ids_of(standing)
        alone = Signers(tuple(Signer(one.line, one.sign_on_id) for one in standing), (), 0)
        day = day_in(letterhead.zone, frozen.frozen_at)
        content = content_for(session, version, alone, letterhead, day)
        names = forbidden(names_not_in(session, version.id, now, by=frozen.frozen_by))
    pdf = render.pdf(content)
    wanted = expected(content, render.said(content), content.manifest, names)
    passed = check(pdf, wanted).passed
    with database.transaction() as session:
        _keep(session, due.edition_id, lines, pdf if passed else None, now)
        return _ask_for_mails(session, due.sign_on_ids, now) if passed else 0


def _keep(session: Session, edition_id: UUID, lines: str, pdf: bytes | None, now: datetime) -> None:
    if (old := copy_of(session, edition_id)) is not None:
        vault.destroy(session, old.id)
        session.delete(old)
        session.flush()
    copy = OrganisationCopy(id=uuid4(), edition_id=edition_id, lines=lines, made_on=now.date())
    if pdf is not None:
        vault.new_holder(session, copy.id)
        copy.pdf = vault.seal_bytes(session, copy.id, "organisation_copy", "pdf", copy.id, pdf)
    session.add(copy)
    session.flush()


def _ask_for_mails(session: Session, sign_on_ids: Sequence[UUID], now: datetime) -> int:
    for id in sign_on_ids:
        turn = len(messages_about(session, FINAL_COPY, id)) + 1
        queue(session, kind=FINAL_COPY, about=id, turn=turn, now=now)
    return len(sign_on_ids)


def copy_of(session: Session, edition_id: UUID) -> OrganisationCopy | None:
    """The copy that was made of an edition for its organisations."""
    asked = select(OrganisationCopy).where(OrganisationCopy.edition_id == edition_id)
    return session.scalars(asked).first()


def lines_now(session: Session, frozen: Edition) -> str:
    """The organisations' yeses a copy made now would rest on, as ids."""
    version = session.get_one(LetterVersion, frozen.version_id)
    return _ids_of(standing_on(session, version))


def _ids_of(standing: Sequence[Standing]) -> str:
    return " ".join(sorted(str(one.sign_on_id) for one in standing))


def newest_copy_for(session: Session, sign_on_id: UUID) -> tuple[Edition, OrganisationCopy] | None:
    """The latest edition with this organisation in it of which a copy can be sent, and that copy."""
    # Of its own letter alone: each row carries two files.
    its_letter = (
        select(LetterVersion.letter_id)
        .join(OrganisationSignOn, OrganisationSignOn.version_id == LetterVersion.id)
        .where(OrganisationSignOn.id == sign_on_id)
    )
    asked = (
        select(Edition, OrganisationCopy)
        .join(OrganisationCopy, OrganisationCopy.edition_id == Edition.id)
        .where(OrganisationCopy.pdf.is_not(None), Edition.letter_id.in_(its_letter))
        .order_by(Edition.frozen_at.desc())
    )
    rows = session.execute(asked)
    found = ((one, copy) for one, copy in rows if str(sign_on_id) in json.loads(one.manifest)["printed"])
    return next(found, None)

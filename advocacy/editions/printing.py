"""From a version to a checked, frozen PDF: gather, render, check, freeze.

Rendering and checking take seconds and happen in no transaction; the freeze looks at the signers once more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID

import pikepdf
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.db import Database
from advocacy.editions import actions
from advocacy.editions.check import Expected, Finding, Report, check, expected
from advocacy.editions.contents import Letterhead, content_for
from advocacy.editions.grouping import groups
from advocacy.editions.holding import hold
from advocacy.editions.names import Forbidden, forbidden
from advocacy.editions.overriding import let_through, spend
from advocacy.editions.queries import first_sent_at, manifest_of
from advocacy.letters import render
from advocacy.letters.content import Content, in_printed_order
from advocacy.letters.file_names import edition_file_name
from advocacy.letters.models import Letter, LetterVersion, Recipient
from advocacy.letters.queries import office_marks, recipients
from advocacy.people.limits import Audience
from advocacy.signons.queries import Signers, is_current, names_not_in, signers_for


class OtherText(Exception):
    """This is not the text people were last asked to sign. Print that one."""


@dataclass(frozen=True, repr=False)
class Gathered:
    """Everything one print needs, taken from the database in one look."""

    version_id: UUID
    letter_id: UUID
    content: Content
    signers: Signers
    offices: str
    forbidden: tuple[Forbidden, ...]
    file_name: Callable[[int], str]

    @property
    def lines(self) -> tuple[str, ...]:
        """The manifest's lines in the order of the page, apart from what the content says."""
        named = in_printed_order(signer.line for signer in self.signers.individuals)
        return in_printed_order(signer.line for signer in self.signers.organisations) + named


@dataclass(frozen=True)
class Print:
    """What came of printing: a frozen edition, or a report that it is under review."""

    edition_id: UUID | None
    report: Report


@dataclass(frozen=True, repr=False)
class _Pressed:
    """A print as it came from the press, and what reading it back found."""

    gathered: Gathered
    pdf: bytes
    report: Report


def print_edition(
    database: Database, version_id: UUID, letterhead: Letterhead, *, by: UUID, now: datetime
) -> Print:
    """Print one file for all the offices, check it, and freeze it, or hold it back.

    It shows nobody whom one of the offices may not see; `print_editions` prints more where that is less.
    """
    with database.transaction() as session:
        gathered = gather(session, version_id, letterhead, by=by, now=now)
    return _press(database, version_id, [gathered], by=by, now=now)[0]


def print_editions(
    database: Database, version_id: UUID, letterhead: Letterhead, *, by: UUID, now: datetime
) -> tuple[Print, ...]:
    """Print one file for all the offices, or one for each group of them that may see the same people."""
    with database.transaction() as session:
        version = session.get_one(LetterVersion, version_id)
        gathered = [
            gather(session, version_id, letterhead, by=by, now=now, offices=group.offices)
            for group in groups(session, version, now)
        ]
    return _press(database, version_id, gathered, by=by, now=now)


def _press(
    database: Database, version_id: UUID, gathered: Iterable[Gathered], *, by: UUID, now: datetime
) -> tuple[Print, ...]:
    pressed = [_pressed(one) for one in gathered]
    with database.transaction() as session:
        allowed = let_through(session, version_id, now)
        found = [finding for one in pressed for finding in one.report.findings]
        if found and allowed.issuperset(found):
            spend(session, version_id, by=by, now=now)
        else:
            allowed = frozenset()
        # Freezing settles what was held before; what is held now comes after it, all together.
        done = tuple(_freeze(session, one, allowed, by=by, now=now) for one in pressed)
        if found and not allowed:
            hold(session, version_id, found, by=by, now=now)
    return done


def _pressed(gathered: Gathered) -> _Pressed:
    pdf = render.pdf(gathered.content)
    return _Pressed(gathered, pdf, check(pdf, _expected(gathered)))


def _freeze(
    session: Session, pressed: _Pressed, allowed: frozenset[Finding], *, by: UUID, now: datetime
) -> Print:
    gathered = pressed.gathered
    if not allowed.issuperset(pressed.report.findings):
        return Print(None, pressed.report)
    frozen = actions.freeze(
        session,
        letter_id=gathered.letter_id,
        version_id=gathered.version_id,
        offices=gathered.offices,
        manifest=manifest_of(gathered.signers),
        signers=gathered.signers.total,
        pages=_pages(pressed.pdf),
        pdf=pressed.pdf,
        file_name=gathered.file_name,
        by=by,
        now=now,
    )
    return Print(frozen.id, pressed.report)


def gather(
    session: Session,
    version_id: UUID,
    letterhead: Letterhead,
    *,
    by: UUID,
    now: datetime,
    offices: Sequence[Recipient] | None = None,
) -> Gathered:
    """Take everything a print needs in one consistent look: for these offices, or all of the letter's.

    Raises `OtherText` when another text is open.
    """
    version = session.get_one(LetterVersion, version_id)
    if not is_current(session, version):
        raise OtherText
    letter = session.get_one(Letter, version.letter_id)
    goes_to = recipients(session, letter.id) if offices is None else offices
    marks, sent_at = office_marks(goes_to), first_sent_at(session, version_id)
    signers = signers_for(session, version_id, Audience.RECIPIENT, now, offices=marks, sent_at=sent_at)
    today = day_in(letterhead.zone, now)
    content = content_for(session, version, signers, letterhead, today, goes_to)
    names = names_not_in(session, version_id, now, by=by, offices=marks)
    return Gathered(
        version_id=version_id,
        letter_id=letter.id,
        content=content,
        signers=signers,
        offices=" ".join(marks),
        forbidden=forbidden(names),
        file_name=partial(edition_file_name, goes_to[0].venue if goes_to else "", content, today),
    )


def _expected(gathered: Gathered) -> Expected:
    content = gathered.content
    return expected(content, render.said(content), gathered.lines, gathered.forbidden)


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)

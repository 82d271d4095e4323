"""Erasing a person: everything that could tell who she was, across all subjects, in one file.

What stays is nameless: ids, days, numbers, hashes. What was sent to others cannot be called back, and no page
says otherwise. First comes the list outside the database, then one transaction, then the bytes on the disk.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy import audit, vault
from advocacy.bills.desk.work import forget as forget_her_bills
from advocacy.bills.news.watching import forget as forget_her_news
from advocacy.clock import day_in
from advocacy.db import Database, sweep_traces
from advocacy.editions.actions import destroy_pdf
from advocacy.editions.holding import clear_held
from advocacy.editions.models import Edition, HeldPrint
from advocacy.editions.queries import editions, shows
from advocacy.ledger import Ledger, LedgerRefused
from advocacy.letters.models import Letter
from advocacy.mail.actions import drop
from advocacy.mail.queries import waiting_for
from advocacy.people.custody import KeyProof
from advocacy.people.models import (
    Authenticator,
    Challenge,
    GroupMember,
    Language,
    LimitRaise,
    MailMode,
    NamingLimit,
    OfficeSession,
    Passkey,
    Person,
    RecoveryCode,
    RoleChange,
    SignInLink,
    Term,
)
from advocacy.people.queries import SEALED
from advocacy.positions.actions import forget as forget_what_she_said
from advocacy.signons.giving import tell
from advocacy.signons.lost import forget_links_of
from advocacy.signons.models import (
    AskAgain,
    Asking,
    AssistedSignOn,
    Consent,
    Hold,
    Invitation,
    KeptChoices,
    LineLook,
    Link,
    Reveal,
    SignOn,
    Undo,
)
from advocacy.signons.withdrawing import hold_all, take_off
from advocacy.wake import Bell, ring

_Columns = tuple[InstrumentedAttribute[Any], ...]

HERS: _Columns = (
    GroupMember.person_id,
    LimitRaise.person_id,
    NamingLimit.person_id,
    OfficeSession.person_id,
    SignInLink.person_id,
    Passkey.person_id,
    Authenticator.person_id,
    RecoveryCode.person_id,
    Challenge.person_id,
    KeyProof.person_id,
)
OF_HER_INVITATIONS: _Columns = (
    Link.invitation_id,
    KeptChoices.invitation_id,
    AskAgain.invitation_id,
    Asking.invitation_id,
    AssistedSignOn.invitation_id,
)
OF_HER_SIGN_ONS: _Columns = (Undo.sign_on_id, Hold.sign_on_id, LineLook.sign_on_id, Reveal.sign_on_id)
"""Rows that are about nobody but her, by the column that says so; they go whole."""


def erase(
    database: Database, ledger: Ledger, person_id: UUID, *, by: UUID | None, zone: str, now: datetime
) -> None:
    """Erase a person for good. A crash on the way is made up for at the next start; twice is once."""
    with database.reading() as session:
        mark = mark_of(session, person_id)
    ledger.add(mark, day_in(zone, now))
    with database.transaction() as session:
        forget(session, person_id, by=by, zone=zone, now=now)
    sweep_traces(database)


def mark_of(session: Session, person_id: UUID) -> str:
    """How the list of erasures calls a person: only whoever holds the keys can tell who that was."""
    return vault.index(session, "erasure.person", str(person_id)).hex()


def replay(database: Database, ledger: Ledger, *, zone: str, now: datetime) -> int:
    """Erase again whoever a backup brought back, and whoever a crash left half erased; how many these were.

    Raises `LedgerRefused` when the list cannot be read, or is not the newest: then nothing may be opened.
    """
    marks = ledger.marks()
    with database.reading() as session:
        if not inspect(session.connection()).has_table(Person.__tablename__):
            return 0
        known = {id: day for id, day in session.execute(select(Person.id, Person.erased_on))}
        erased = {id for id, day in known.items() if day is not None}
        if not marks and not erased:
            return 0
        listed = {id for id in known if mark_of(session, id) in marks}
    if not erased <= listed:
        raise LedgerRefused(
            f"The list of erasures {ledger.path} lacks people who were erased. Put back its newest copy, or, "
            "if it is lost for ever, run: advocacy forget --rebuild-list"
        )
    for person_id in sorted(listed - erased):
        erase(database, ledger, person_id, by=None, zone=zone, now=now)
    return len(listed - erased)


def rebuild(database: Database, ledger: Ledger) -> int:
    """Begin the list anew from those the database knows to be erased; how many these are."""
    with database.reading() as session:
        asked = select(Person).where(Person.erased_on.is_not(None))
        erased = [(mark_of(session, one.id), one.erased_on) for one in session.scalars(asked)]
    for mark, day in erased:
        ledger.add(mark, day or date.min)
    return len(erased)


def forget(session: Session, person_id: UUID, *, by: UUID | None, zone: str, now: datetime) -> None:
    """Destroy everything of one person in this transaction; what is left tells nobody who she was."""
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or person.erased_on is not None:
        return
    today = day_in(zone, now)
    _hold_letters(session, person_id)
    # Her sign-ons go last: until then they say which papers show her.
    for paper in papers_with(session, person_id):
        destroy_pdf(session, paper.id, now)
    _clear_what_was_found(session, now)
    _take_off_all(session, person_id, today, now)
    _leave_the_office(session, person_id, today)
    for message in waiting_for(session, person_id):
        drop(message, now, "its person was erased")
    _delete_rows(session, person_id)
    _empty(person, today)
    vault.destroy(session, person_id)
    audit.record(session, "person.erase", actor=by, about="person", id=person_id)
    session.flush()
    # A reader may have kept the write-ahead log from being emptied; the next round empties it.
    ring(session, Bell.FORGET)


def papers_with(session: Session, person_id: UUID) -> Sequence[Edition]:
    """The editions whose files show her: an erasure destroys them at once, or when counsel's hold ends."""
    signed = session.scalars(select(SignOn).where(SignOn.person_id == person_id).order_by(SignOn.letter_id))
    return [
        frozen
        for sign_on in signed.all()
        for frozen in editions(session, sign_on.letter_id)
        if frozen.pdf is not None and shows(session, frozen, sign_on.id)
    ]


def _hold_letters(session: Session, person_id: UUID) -> None:
    # Whole from the beginning, and in one order: two who leave at once must not wait for each other.
    invited = select(Invitation.letter_id).where(Invitation.person_id == person_id)
    signed = select(SignOn.letter_id).where(SignOn.person_id == person_id)
    hers = select(Letter).where(Letter.id.in_(invited) | Letter.id.in_(signed))
    session.scalars(hers.order_by(Letter.id).with_for_update()).all()


def _clear_what_was_found(session: Session, now: datetime) -> None:
    # What a check found may be her name, on a letter she was never asked about.
    waiting = select(HeldPrint.version_id).where(HeldPrint.cleared_at.is_(None)).distinct()
    for version_id in session.scalars(waiting).all():
        clear_held(session, version_id, now)


def _take_off_all(session: Session, person_id: UUID, today: date, now: datetime) -> None:
    for sign_on in hold_all(session, person_id):
        if sign_on.withdrawn_on is None:
            take_off(session, sign_on, today, now)
        tell(session, sign_on, "erased", today)
        session.execute(
            update(Consent).where(Consent.sign_on_id == sign_on.id).values(line=None, raise_id=None)
        )
    session.flush()


def _leave_the_office(session: Session, person_id: UUID, today: date) -> None:
    session.execute(update(RoleChange).where(RoleChange.person_id == person_id).values(term_id=None, why=""))
    for term in session.scalars(select(Term).where(Term.person_id == person_id, Term.ends_on >= today)).all():
        if term.begins_on >= today:
            session.delete(term)
        else:
            # A term holds to the end of its last day, and she holds none from this moment on.
            term.ends_on = today - timedelta(days=1)


def _delete_rows(session: Session, person_id: UUID) -> None:
    invited = select(Invitation.id).where(Invitation.person_id == person_id)
    signed = select(SignOn.id).where(SignOn.person_id == person_id)
    session.flush()
    forget_links_of(session, session.get_one(Person, person_id))
    forget_what_she_said(session, person_id)
    forget_her_bills(session, person_id)
    forget_her_news(session, person_id)
    for column in HERS:
        session.execute(delete(column.class_).where(column == person_id))
    for column in OF_HER_INVITATIONS:
        session.execute(delete(column.class_).where(column.in_(invited)))
    for column in OF_HER_SIGN_ONS:
        session.execute(delete(column.class_).where(column.in_(signed)))


def _empty(person: Person, today: date) -> None:
    for column in SEALED:
        setattr(person, column, None)
    person.email_index, person.state_index, person.time_zone = None, None, None
    person.language, person.mail_mode = Language.ENGLISH, MailMode.NONE
    person.mail_stopped_on, person.erased_on = today, today

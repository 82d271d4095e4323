"""Holding to what people took back, when an older copy of the database stands where the newest one stood.

Who left since that copy was made is in it as if she had stayed. Nobody can tell from the copy what she wanted
instead, so what was taken back since then falls to nothing: names come off, limits to the count, mail stops.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from advocacy import audit, erasure
from advocacy.clock import day_in
from advocacy.config import Config
from advocacy.db import Database
from advocacy.journal import Journal, TakenBack
from advocacy.ledger import Ledger
from advocacy.organisations.models import OrganisationSignOn
from advocacy.organisations.recording import revoke_organisation
from advocacy.people.actions import set_limits, stop_mail
from advocacy.people.limiting import take_back_raises
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience
from advocacy.people.queries import person
from advocacy.signons.models import SignOn
from advocacy.signons.withdrawing import fall_to_count, take_off_for_good, withdraw_all

_CAUGHT_UP = "journal.caught_up"
_Again = Callable[[Session, UUID, str, datetime], None]


def catch_up(database: Database, config: Config, now: datetime) -> None:
    """What every start does before anything answers: erase again, and take back again.

    Raises `LedgerRefused` or `JournalRefused` when that cannot be known.
    """
    erasure.replay(database, Ledger(config.erasures_file), zone=config.time_zone, now=now)
    hold_to(database, Journal(config.journal_file), zone=config.time_zone, now=now)


def hold_to(database: Database, journal: Journal, *, zone: str, now: datetime) -> int:
    """Take back once more whatever this database does not know was taken back; how many acts these were.

    Raises `JournalRefused` when the journal cannot be read: then nothing may be opened.
    """
    if not _has_log(database):
        return 0
    with database.transaction() as session:
        # Another process may be between its line and its commit: wait for it before looking.
        audit.hold_chain(session)
        missing = journal.not_in(lambda act: audit.knows(session, act))
        if missing:
            # First, and under a name of its own: from here on no hash is that of another copy's log, and the
            # newest line of the journal is known to this database.
            audit.record(session, _CAUGHT_UP, actor=None, about="journal", id=uuid4(), lasting=True)
        for act in missing:
            _again(session, act, zone, now)
    return len(missing)


def _has_log(database: Database) -> bool:
    with database.reading() as session:
        return inspect(session.connection()).has_table(audit.AuditHead.__tablename__)


def _again(session: Session, act: TakenBack, zone: str, now: datetime) -> None:
    if act.act != _CAUGHT_UP:
        _AGAIN[act.act](session, UUID(act.id), zone, now)


def _off_one_letter(session: Session, sign_on_id: UUID, zone: str, now: datetime) -> None:
    sign_on = session.get(SignOn, sign_on_id, with_for_update=True)
    if sign_on is not None:
        take_off_for_good(session, sign_on, day_in(zone, now), now)


def _off_every_letter(session: Session, person_id: UUID, zone: str, now: datetime) -> None:
    if person(session, person_id) is not None:
        withdraw_all(session, person_id, by=None, zone=zone, now=now)


def _only_counted(session: Session, person_id: UUID, zone: str, now: datetime) -> None:
    if person(session, person_id) is not None:
        counted = dict.fromkeys(Audience, NOTHING_BUT_COUNT)
        set_limits(session, person_id, counted, by=None, in_force_at=now)
        _no_more_than_now(session, person_id, zone, now)


def _no_more_than_now(session: Session, person_id: UUID, _zone: str, now: datetime) -> None:
    for audience in Audience:
        take_back_raises(session, person_id, audience, NOTHING_BUT_COUNT, now)


def _no_mail(session: Session, person_id: UUID, _zone: str, now: datetime) -> None:
    if person(session, person_id) is not None:
        stop_mail(session, person_id, now)


def _off_for_an_organisation(session: Session, sign_on_id: UUID, _zone: str, now: datetime) -> None:
    if (signed := session.get(OrganisationSignOn, sign_on_id)) is not None:
        revoke_organisation(session, signed.id, by=None, now=now)


def _sent_before(session: Session, letter_id: UUID, zone: str, now: datetime) -> None:
    """When it was sent is not known any more, so nobody knows how many days of it are left."""
    fall_to_count(session, letter_id, Audience.RECIPIENT, day_in(zone, now))


_AGAIN: Mapping[str, _Again] = {
    "sign_on.withdraw": _off_one_letter,
    "sign_on.change": _off_one_letter,
    "person.withdraw_all": _off_every_letter,
    "limits.lower": _only_counted,
    "limits.refuse": _no_more_than_now,
    "mail.stop": _no_mail,
    "letter.sent": _sent_before,
    "organisation.revoke": _off_for_an_organisation,
}
"""What each lasting act comes to when nobody knows any more what she wanted instead."""

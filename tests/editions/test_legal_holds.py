"""Counsel may hold one edition's file: by two, with an end, told beforehand, and then it goes by itself."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy import audit
from advocacy.clock import day_in, end_of_day
from advocacy.db import Database
from advocacy.editions.legal_holds import (
    NeedsAnEnd,
    NothingToHold,
    Order,
    agree_to_hold,
    ask_for_hold,
)
from advocacy.editions.models import Edition, LegalHold
from advocacy.editions.queries import pdf_of
from advocacy.erasure import erase
from advocacy.ledger import Ledger
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import ProposalEnded, SamePerson
from advocacy.people.models import Person
from advocacy.retention import forget_due
from tests import make
from tests.make import FULL, ZONE, Cast


def order(now: datetime, days: int = 30) -> Order:
    last = day_in(ZONE, now) + timedelta(days=days)
    return Order("Sample & Sample, counsel", "Order 12 of the Sample court", last)


def asked(database: Database, edition: Edition, cast: Cast, now: datetime) -> UUID:
    with database.transaction() as session:
        return ask_for_hold(session, edition.id, order(now), by=cast.amara, zone=ZONE, now=now).id


def held(database: Database, edition: Edition, cast: Cast, now: datetime) -> None:
    id = asked(database, edition, cast, now)
    with database.transaction() as session:
        agree_to_hold(session, id, by=cast.jo, now=now)


def is_there(database: Database, edition: Edition) -> bool:
    with database.reading() as session:
        return session.get_one(Edition, edition.id).pdf is not None


@pytest.fixture
def two(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> list[Edition]:
    """Two editions that show Wren."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        first = make.frozen(session, letter, cast, now, pdf=b"%PDF-1.7 one")
        return [first, make.frozen(session, letter, cast, now, pdf=b"%PDF-1.7 two")]


@pytest.mark.both_databases
def test_an_erasure_leaves_the_held_file_and_only_that_and_it_goes_when_the_hold_ends(
    database: Database, two: list[Edition], cast: Cast, now: datetime, tmp_path: Path
) -> None:
    kept, other = two
    held(database, kept, cast, now)
    erase(database, Ledger(tmp_path / "list.jsonl"), cast.wren, by=None, zone=ZONE, now=now)

    assert (is_there(database, kept), is_there(database, other)) == (True, False)
    with database.reading() as session:
        person = session.get_one(Person, cast.wren)
        assert person.erased_on is not None and person.name is None
        assert pdf_of(session, session.get_one(Edition, kept.id)) is None

    end = end_of_day(ZONE, order(now).last_day)
    forget_due(database, zone=ZONE, now=end - timedelta(microseconds=1))
    assert is_there(database, kept)
    assert forget_due(database, zone=ZONE, now=end)["legal-hold"] == 1
    assert not is_there(database, kept)
    assert forget_due(database, zone=ZONE, now=end)["legal-hold"] == 0


def test_a_hold_that_nobody_seconded_holds_nothing(
    database: Database, two: list[Edition], cast: Cast, now: datetime, tmp_path: Path
) -> None:
    asked(database, two[0], cast, now)
    erase(database, Ledger(tmp_path / "list.jsonl"), cast.wren, by=None, zone=ZONE, now=now)

    assert not is_there(database, two[0])


def test_it_takes_two(database: Database, two: list[Edition], cast: Cast, now: datetime) -> None:
    id = asked(database, two[0], cast, now)

    with pytest.raises(SamePerson), database.transaction() as session:
        agree_to_hold(session, id, by=cast.amara, now=now)
    with pytest.raises(ProposalEnded), database.transaction() as session:
        agree_to_hold(session, id, by=cast.jo, now=now + timedelta(hours=49))


@pytest.mark.parametrize("days", [0, -1, 367])
def test_it_always_has_an_end_within_a_year(
    database: Database, two: list[Edition], cast: Cast, now: datetime, days: int
) -> None:
    with pytest.raises(NeedsAnEnd), database.transaction() as session:
        ask_for_hold(session, two[0].id, order(now, days), by=cast.amara, zone=ZONE, now=now)


def test_a_file_that_is_gone_cannot_be_held(
    database: Database, two: list[Edition], cast: Cast, now: datetime, tmp_path: Path
) -> None:
    id = asked(database, two[0], cast, now)
    erase(database, Ledger(tmp_path / "list.jsonl"), cast.wren, by=None, zone=ZONE, now=now)

    with pytest.raises(NothingToHold), database.transaction() as session:
        agree_to_hold(session, id, by=cast.jo, now=now)


def test_nothing_is_destroyed_at_its_end_that_should_not_be(
    database: Database, two: list[Edition], cast: Cast, now: datetime
) -> None:
    held(database, two[1], cast, now)

    assert forget_due(database, zone=ZONE, now=end_of_day(ZONE, order(now).last_day))["legal-hold"] == 0


def test_who_why_and_until_when_are_on_record(
    database: Database, two: list[Edition], cast: Cast, now: datetime
) -> None:
    held(database, two[0], cast, now)

    with database.reading() as session:
        entry = session.scalars(
            select(audit.AuditEntry).where(audit.AuditEntry.act == "edition.legal_hold")
        ).one()
        row = session.scalars(select(LegalHold)).one()
    assert "Order 12 of the Sample court" in entry.why and "until 2026" in entry.why
    assert (row.asked_by, row.agreed_by) == (cast.amara, cast.jo)

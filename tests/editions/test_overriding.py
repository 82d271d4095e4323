"""What the check stopped is printed only when two custodians saw it, and only that."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.editions.check import IN_A_LINE, IN_THE_TEXT, Finding
from advocacy.editions.holding import hold
from advocacy.editions.models import HeldPrint
from advocacy.editions.overriding import (
    NotToOverride,
    SettledMeanwhile,
    Stopped,
    agree_to_let_through,
    ask_to_let_through,
    look,
    may_let_through,
    stopped_for,
    stopped_prints,
)
from advocacy.letters import render
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import SamePerson
from advocacy.people.models import SecondedAct
from tests import make
from tests.make import Cast

BODY = "Homes matter.\n\nSenator Rivka Samplewater said so in 1998.\n\nWages matter."
WHY = "A senator of that name is meant."
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def told(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """A letter that speaks of a senator who is called like a member."""
    with database.transaction() as session:
        return make.letter(session, cast, now=now, body=BODY)


@pytest.fixture
def held(database: Database, told: LetterVersion, cast: Cast, now: datetime) -> LetterVersion:
    """Its first print was stopped."""
    assert make.printed(database, told, cast, now).edition_id is None
    return told


def stopped(session: Session, version: LetterVersion, now: datetime) -> Stopped:
    found = stopped_for(session, version.id, now)
    assert found is not None
    return found


def let_through(database: Database, version: LetterVersion, cast: Cast, now: datetime) -> None:
    act = asked(database, version, cast, now)
    with database.transaction() as session:
        agree_to_let_through(session, session.get_one(SecondedAct, act), by=cast.lee, now=now)


def asked(database: Database, version: LetterVersion, cast: Cast, now: datetime) -> UUID:
    with database.transaction() as session:
        return ask_to_let_through(session, stopped(session, version, now), WHY, by=cast.sam, now=now).id


def test_a_custodian_sees_the_name_and_the_passage_and_that_she_looked_is_on_record(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        (found,) = look(session, stopped(session, held, now), by=cast.sam)

    assert (found.finding.kind, found.finding.where) == ("name", IN_THE_TEXT)
    assert found.passages == ("Senator Rivka Samplewater said so in 1998.",)
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "edition.hold.look")).one()
        assert entry.actor_id == cast.sam


def test_after_two_agreed_it_prints_once_and_the_reason_is_on_record(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    let_through(database, held, cast, now)
    assert make.printed(database, held, cast, now).edition_id is not None

    with database.reading() as session:
        assert stopped_prints(session, now) == []
        assert session.scalars(select(HeldPrint.findings)).one() == b""
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "edition.override")).one()
        assert entry.why == WHY
    with database.transaction() as session:
        make.sign(session, held.letter_id, cast.wren, now, make.FULL)
    assert make.printed(database, held, cast, now + AN_HOUR).edition_id is None


def test_one_custodian_alone_lets_nothing_through(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    act = asked(database, held, cast, now)

    with database.transaction() as session, pytest.raises(SamePerson):
        agree_to_let_through(session, session.get_one(SecondedAct, act), by=cast.sam, now=now)
    assert make.printed(database, held, cast, now).edition_id is None


def test_printing_again_meanwhile_does_not_send_the_custodians_back_to_the_start(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    let_through(database, held, cast, now - AN_HOUR)
    with database.transaction() as session:
        before = stopped(session, held, now).held.id
        again = hold(
            session, held.id, [Finding("name", IN_THE_TEXT, "Rivka Samplewater")], by=cast.amara, now=now
        )
    assert again.id == before


def test_it_ends_after_a_day(database: Database, held: LetterVersion, cast: Cast, now: datetime) -> None:
    let_through(database, held, cast, now)

    assert make.printed(database, held, cast, now + timedelta(hours=24)).edition_id is None


def test_another_finding_is_not_covered_and_takes_both_back_to_the_custodians(
    database: Database, held: LetterVersion, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_through(database, held, cast, now)
    with monkeypatch.context() as patched:
        patched.setattr(render, "pdf", make.leaking("Delia Placeholder"))
        assert make.printed(database, held, cast, now).edition_id is None
    assert make.printed(database, held, cast, now).edition_id is None
    with database.reading() as session:
        assert stopped(session, held, now).act is None


@pytest.mark.parametrize(
    ("findings", "may"),
    [
        ([("name", IN_THE_TEXT, "Ann Lee")], True),
        ([("name", IN_A_LINE, "Ann Lee")], True),
        ([("name", IN_THE_TEXT, "Ann Lee"), ("name", "the file's own bytes", "Ann Lee")], True),
        ([("name", "the file's own bytes", "Ann Lee")], False),
        ([("name", IN_THE_TEXT, "Ann Lee"), ("name", "the file's bookkeeping", "Bo Lee")], False),
        ([("name", IN_THE_TEXT, "Ann Lee"), ("missing text", "as pypdf reads it", "Homes")], False),
        ([("hidden text", "an annotation", "Ann Lee")], False),
    ],
)
def test_only_names_that_people_approved_in_place_may_be_let_through(
    findings: list[tuple[str, str, str]], may: bool
) -> None:
    assert may_let_through([Finding(*one) for one in findings]) is may


def test_a_leak_cannot_even_be_proposed(
    database: Database, told: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        hold(session, told.id, [Finding("hidden text", "a note", "Rivka")], by=cast.amara, now=now)
        with pytest.raises(NotToOverride):
            ask_to_let_through(session, stopped(session, told, now), WHY, by=cast.sam, now=now)


def test_what_was_settled_meanwhile_cannot_be_agreed_to(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    act = asked(database, held, cast, now)
    with database.transaction() as session:
        hold(session, held.id, [Finding("name", IN_THE_TEXT, "Ann Lee")], by=cast.amara, now=now)
        with pytest.raises(SettledMeanwhile):
            agree_to_let_through(session, session.get_one(SecondedAct, act), by=cast.lee, now=now)


def test_the_stored_mark_is_no_bare_hash_of_the_names(
    database: Database, held: LetterVersion, cast: Cast, now: datetime
) -> None:
    """Whoever has a copy of the database cannot try names until one fits."""
    from_here = asked(database, held, cast, now)
    with database.transaction() as session:
        mark = session.get_one(SecondedAct, from_here).hash
        session.info["keys"] = replace(session.info["keys"], index=b"\1" * 32)
        assert stopped(session, held, now).act is None
    assert len(mark) == 64

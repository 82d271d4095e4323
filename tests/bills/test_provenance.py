"""Every fact of a bill leads to who said it, when, and the answer it stood in."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from advocacy.bills.actions import track
from advocacy.bills.entering import enter_hearing
from advocacy.bills.identifiers import make_key
from advocacy.bills.provenance import NoSuchReading, Said, Sources, raw_of, sources_of
from advocacy.bills.queries import NoSuchBill
from advocacy.db import Database
from tests.bills import made

pytestmark = pytest.mark.both_databases

PAYLOAD = json.dumps({"title": "Sample Safe Harbour Act", "n": 1}).encode()


@pytest.fixture
def bill(database: Database, now: datetime) -> UUID:
    with database.transaction() as session:
        return track(
            session, replace(made.snapshot(laws=("Public Law 119-1",)), payload=PAYLOAD), now
        ).bill_id


def sources(database: Database, bill: UUID) -> Sources:
    with database.reading() as session:
        return sources_of(session, bill)


def facts(found: Sources) -> list[Said]:
    return [one for _, told in found.groups for one in told]


def test_every_fact_names_its_source_its_moment_and_its_answer(
    database: Database, bill: UUID, now: datetime
) -> None:
    found = sources(database, bill)

    names = [name for name, _ in found.groups]
    assert names == ["The bill itself", "What happened", "Sponsors", "Committees", "Texts"]
    for one in facts(found):
        assert one.source == "Congress.gov"
        assert one.seen_at == now
        assert one.reading is not None
        assert one.verbatim in one.words or one.on is None


def test_a_hearing_typed_in_says_that_a_person_told_it(database: Database, bill: UUID, now: datetime) -> None:
    with database.transaction() as session:
        enter_hearing(
            session, bill, committee="Samples", on=now.date(), location="Room 1", by=uuid4(), now=now
        )
    (hearing,) = dict(sources(database, bill).groups)["Hearings"]
    assert (hearing.words, hearing.source) == ("Samples, Room 1", "entered by hand")


def test_an_answer_is_kept_byte_by_byte(database: Database, bill: UUID) -> None:
    reading = sources(database, bill).readings[0]
    with database.reading() as session:
        raw = raw_of(session, bill, reading.id)
    assert raw.received == PAYLOAD
    assert json.loads(raw.text) == json.loads(PAYLOAD)


def test_what_is_told_no_longer_stays_with_the_answer_that_told_it(
    database: Database, bill: UUID, now: datetime
) -> None:
    later = now + timedelta(days=1)
    with database.transaction() as session:
        track(session, replace(made.snapshot(), steps=(), payload=b"{}"), later)
    found = sources(database, bill)
    steps = dict(found.groups)["What happened"]
    first = next(one for one in found.readings if one.fetched_at == now)
    assert {(step.gone_at, step.reading) for step in steps} == {(later, first)}
    assert len(found.readings) == 2


def test_an_answer_about_another_bill_is_not_here(database: Database, bill: UUID, now: datetime) -> None:
    with database.transaction() as session:
        other = track(session, made.snapshot(make_key("us", "119", "HR9002")), now).bill_id
    reading = sources(database, bill).readings[0]
    with database.reading() as session:
        with pytest.raises(NoSuchReading):
            raw_of(session, other, reading.id)
        with pytest.raises(NoSuchReading):
            raw_of(session, bill, uuid4())
        with pytest.raises(NoSuchBill):
            sources_of(session, uuid4())

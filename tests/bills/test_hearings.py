"""Hearings that a source tells: one identity while they move, are called off, or drop off a calendar."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from advocacy.bills.actions import track
from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.entering import enter_hearing
from advocacy.bills.identifiers import make_key
from advocacy.bills.models import Hearing
from advocacy.bills.queries import bill_page, facts
from advocacy.bills.snapshot import HearingFact, StepFact
from advocacy.bills.sources.meetings import hearings_in
from advocacy.bills.sources.openstates import snapshot as from_open_states
from advocacy.db import Database
from tests.bills import made

FIRST = HearingFact("Samples", date(2026, 12, 3), event_code="e-1")


def tell(database: Database, now: datetime, *told: HearingFact) -> UUID:
    with database.transaction() as session:
        heard = replace(made.snapshot(), hearings=told, payload=repr(told).encode())
        return track(session, heard, now).bill_id


def kept(database: Database, bill: UUID) -> list[Hearing]:
    with database.reading() as session:
        rows = facts(session, Hearing, bill)
        session.expunge_all()
        return rows


@pytest.mark.both_databases
def test_a_hearing_that_moves_stays_the_same_hearing(database: Database, now: datetime) -> None:
    bill = tell(database, now, FIRST)
    (before,) = kept(database, bill)
    moved = replace(FIRST, on=date(2026, 12, 1), at=datetime(2026, 12, 1, 15, tzinfo=UTC), location="Room 2")

    for _ in range(2):
        tell(database, now, moved)

    (after,) = kept(database, bill)
    assert (after.id, after.on, after.at, after.location) == (before.id, moved.on, moved.at, "Room 2")
    assert (before.moves, after.moves) == (0, 1)


@pytest.mark.both_databases
def test_one_called_off_counts_as_a_move_and_so_does_its_coming_back(
    database: Database, now: datetime
) -> None:
    bill = tell(database, now, FIRST)
    tell(database, now, replace(FIRST, cancelled=True))
    tell(database, now, FIRST)
    (hearing,) = kept(database, bill)
    assert (hearing.cancelled, hearing.moves) == (False, 2)


@pytest.mark.both_databases
def test_one_no_longer_told_went_and_one_that_was_held_stays(database: Database, now: datetime) -> None:
    held = replace(FIRST, on=now.date() - timedelta(days=2), event_code="e-0")
    bill = tell(database, now, held, FIRST)
    tell(database, now)
    assert {row.event_code: (row.gone_at, row.moves) for row in kept(database, bill)} == {
        "e-0": (None, 0),
        "e-1": (now, 1),
    }
    with database.reading() as session:
        assert [one.on for one in bill_page(session, bill, now).hearings] == [held.on]


@pytest.mark.both_databases
def test_one_typed_in_is_taken_over_by_the_source_that_tells_it(database: Database, now: datetime) -> None:
    bill = tell(database, now)
    with database.transaction() as session:
        typed = enter_hearing(
            session, bill, committee="samples", on=FIRST.on, location="Room 1", by=uuid4(), now=now
        )
    assert [row.source for row in kept(database, bill)] == [BY_HAND]
    tell(database, now, FIRST)
    (hearing,) = kept(database, bill)
    assert (hearing.id, hearing.source, hearing.committee) == (typed, "Congress.gov", "Samples")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            (
                "Introduced, referred to House Judiciary",
                "03/07/2025 Scheduled for hearing and/or consideration (03/11/2025)",
            ),
            [("House Judiciary", date(2025, 3, 11), False)],
        ),
        (
            ("Scheduled for consideration (05/22/2025)", "05/22/2025 Meeting postponed  (05/22/2025)"),
            [("The committee that has it", date(2025, 5, 22), True)],
        ),
        (("Meeting postponed (05/22/2025)", "05/22/2025 Meeting postponed (05/22/2025)"), []),
        (("POSTPONED PROCEEDINGS - At the conclusion of debate (02/02/2025)",), []),
        (("Scheduled for consideration",), []),
        (("Scheduled for consideration (13/45/2025)",), []),
    ],
)
def test_hearings_stand_among_the_steps_of_some_legislatures(
    texts: tuple[str, ...], found: list[tuple[str, date, bool]]
) -> None:
    told = hearings_in(StepFact(date(2025, 3, 1), text) for text in texts)
    assert [(one.committee, one.on, one.cancelled) for one in told] == found


@pytest.mark.parametrize(
    ("bill", "held"),
    [
        ("HB5156", ["2025-03-04 House Corporations", "2025-05-29 House Corporations"]),
        (
            "HB5017",
            ["2025-02-25 House Corporations", "2025-03-13 House Corporations", "2025-06-17 Senate Commerce"],
        ),
    ],
)
def test_rhode_island_announces_among_its_steps(recordings: Path, bill: str, held: list[str]) -> None:
    told = json.loads((recordings / "openstates-v3-served" / f"bill_ri_2025_{bill}.json").read_text())
    found = from_open_states(make_key("ri", "2025", bill), told).hearings or ()
    assert [f"{one.on} {one.committee}" for one in found] == held
    assert not any(one.cancelled for one in found)

"""The public page of a bill we take a stance on: where it stands, as of when, and no name of anybody."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.entering import enter_hearing
from advocacy.bills.overrides import override_status
from advocacy.bills.snapshot import StepFact
from advocacy.bills.status import Stage
from advocacy.db import Database
from advocacy.positions import rounds
from advocacy.positions.actions import StanceOn, begin_position
from advocacy.positions.decisions import Voice
from advocacy.positions.stances import Stance
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.conftest import Clock

NAMED = StepFact(date(2026, 3, 9), "Reported by Senator Mẫu with an amendment.", codes=("14000",))


@pytest.fixture
def bill(database: Database, clock: Clock) -> UUID:
    told = replace(
        made.snapshot(steps=(made.INTRODUCED, NAMED)),
        source_url="https://www.congress.gov/bill/119th-congress/house-bill/9001",
    )
    with database.transaction() as session:
        return track(session, told, clock()).bill_id


def take(database: Database, cast: Cast, clock: Clock, bill: UUID, stance: Stance) -> UUID:
    """A position with a stance on the bill, that the group agreed to."""
    with database.transaction() as session:
        begun = begin_position(
            session,
            title="Safe harbour for all",
            body="Homes.",
            by=cast.amara,
            now=clock(),
            taking=[StanceOn(bill, stance, "Introduced in House")],
        )
        held = rounds.begin_decision(
            session,
            begun.id,
            question="Yes?",
            closes_at=clock() + timedelta(days=5),
            by=cast.amara,
            now=clock(),
        )
        for person in (cast.amara, cast.jo, cast.sam):
            rounds.answer(session, held.id, by=person, voice=Voice.CONSENT, note="", now=clock())
    return begun.position_id


def test_from_a_position_to_its_bill_as_of_a_moment(
    reader: Reader, database: Database, cast: Cast, clock: Clock, bill: UUID
) -> None:
    position = take(database, cast, clock, bill, Stance.SUPPORT)
    link = reader.get(f"/positions/{position}").soup.find("a", string="H.R. 9001")

    seen = reader.get(str(link["href"]))

    assert seen.heading == "H.R. 9001: Sample Safe Harbour Act"
    assert "As of 23 November 2026, 10:00 EST, from Congress.gov." in seen.words
    assert "Reported. A committee has reported it to the whole chamber." in seen.words
    assert "Safe harbour for all" in seen.words
    assert "We read the text called “Introduced in House”." in seen.words


def test_nobody_at_all_is_named_on_it(
    reader: Reader, database: Database, cast: Cast, clock: Clock, bill: UUID
) -> None:
    take(database, cast, clock, bill, Stance.SUPPORT)
    with database.transaction() as session:
        why, place = "Wren Sample heard it from Ana.", "Room of Wren Sample"
        override_status(session, bill, Stage.PASSED_ONE, reason=why, by=cast.sam, now=clock())
        enter_hearing(
            session, bill, committee="Wren", on=date(2026, 12, 1), location=place, by=cast.sam, now=clock()
        )
    page = reader.client.get(f"/bills/{bill}").text
    assert "Passed one chamber." in page
    for name in ("Ejemplo", "Mẫu", "Nguyễn", "Wren", "Sample heard", "Sam ", "Amara", "Room"):
        assert name not in page


def test_it_calls_no_other_place_and_sets_nothing(
    reader: Reader, database: Database, cast: Cast, clock: Clock, bill: UUID
) -> None:
    take(database, cast, clock, bill, Stance.SUPPORT)
    answer = reader.client.get(f"/bills/{bill}")
    sources = re.findall(r'(?:src|srcset|action|data-[a-z-]+)="(https?:[^"]*)"', answer.text)
    assert sources == []
    assert "Set-Cookie" not in answer.headers


def test_an_old_reading_says_how_old_it_is(
    reader: Reader, database: Database, cast: Cast, clock: Clock, bill: UUID
) -> None:
    take(database, cast, clock, bill, Stance.SUPPORT)
    clock.forward(days=9)
    assert "This is 9 days old." in reader.get(f"/bills/{bill}").words


@pytest.mark.parametrize("stance", [Stance.MONITOR, None])
def test_a_bill_without_a_stance_for_all_to_read_is_nothing(
    reader: Reader, database: Database, cast: Cast, clock: Clock, bill: UUID, stance: Stance | None
) -> None:
    if stance:
        take(database, cast, clock, bill, stance)
    reader.get(f"/bills/{bill}", 404)

"""The list is narrowed, ordered and cut into pages by the database, and nothing is lost between two pages."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.desk.listing import PAGE, Lens, Listing, Sort, Wanted, followed, listed
from advocacy.bills.identifiers import make_key
from advocacy.bills.lineage.sessions import say_session_ends
from advocacy.bills.models import Bill
from advocacy.bills.status import Stage
from advocacy.db import Database
from tests.bills import made

TODAY = date(2026, 11, 23)
OVER = date(2027, 1, 3)

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _some_bills(database: Database, now: datetime) -> None:
    told = [
        made.snapshot(make_key("us", "119", "HR 7"), steps=(made.INTRODUCED, made.PASSED)),
        made.snapshot(make_key("us", "118", "S 30"), steps=(made.INTRODUCED, made.LAW)),
        made.snapshot(make_key("de", "153", "HB 12"), steps=(made.INTRODUCED, made.REFERRED)),
        made.snapshot(make_key("de", "152", "HB 2"), steps=()),
    ]
    with database.transaction() as session:
        for hours, one in enumerate(told):
            track(session, one, now - timedelta(hours=hours))


def names(found: Listing) -> list[str]:
    return [line.identifier for line in found.lines]


CASES = [
    (Wanted(), ["S. 30", "H.R. 7", "HB 12", "HB 2"]),
    (Wanted(place="de"), ["HB 12", "HB 2"]),
    (Wanted(place="de", session="152"), ["HB 2"]),
    (Wanted(stage=Stage.PASSED_ONE), ["H.R. 7"]),
    (Wanted(stage=Stage.WITHDRAWN), []),
    (Wanted(place="zz' OR 1=1 --"), []),
    (Wanted(sort=Sort.NUMBER), ["HB 12", "HB 2", "H.R. 7", "S. 30"]),
    (Wanted(sort=Sort.OLDEST), ["HB 2", "HB 12", "S. 30", "H.R. 7"]),
    (Wanted(sort=Sort.STAGE), ["S. 30", "H.R. 7", "HB 12", "HB 2"]),
    (Wanted(ours=True), ["HB 12"]),
]


def test_each_part_narrows_or_orders_the_list(database: Database) -> None:
    ours = select(Bill.id).where(Bill.prefix == "HB", Bill.session == "153")
    with database.reading() as session:
        found = [(listed(session, wanted, TODAY, lens=Lens(ours=ours)), shown) for wanted, shown in CASES]

    for seen, shown in found:
        assert (names(seen), seen.total) == (shown, len(shown))


def test_the_end_of_a_congress_moves_its_bills_to_those_that_died(database: Database) -> None:
    died, passed = Wanted(stage=Stage.DIED), Wanted(stage=Stage.PASSED_ONE)
    with database.reading() as session:
        assert names(listed(session, died, TODAY)) == []
        assert names(listed(session, died, OVER)) == ["H.R. 7"]
        assert names(listed(session, passed, OVER)) == []
        assert followed(session, OVER).stages[Stage.DIED] == 1


def test_the_end_of_a_state_s_session_does_too(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        say_session_ends(session, "de", "153", TODAY, by=uuid4(), now=now)
    with database.reading() as session:
        assert names(listed(session, Wanted(stage=Stage.DIED), TODAY)) == ["HB 12"]
        assert followed(session, TODAY).stages[Stage.DIED] == 1
        assert Stage.DIED not in followed(session, TODAY - timedelta(days=1)).stages


def test_all_we_follow_is_counted_by_stage_and_place(database: Database) -> None:
    with database.reading() as session:
        known = followed(session, TODAY)

    assert known.total == 4
    assert known.places == {"de": 2, "us": 2}
    assert known.stages[Stage.LAW] == 1
    assert known.sessions == [("us", "119"), ("us", "118"), ("de", "153"), ("de", "152")]


def test_every_bill_stands_on_exactly_one_page(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        for number in range(1, PAGE + 2):
            track(session, made.snapshot(make_key("ri", "2026", f"HB {number}"), steps=()), now)

    with database.reading() as session:
        first, second = (listed(session, Wanted(page=page), TODAY) for page in (1, 2))
        beyond = listed(session, Wanted(page=9_000), TODAY)

    assert (len(first.lines), len(second.lines)) == (PAGE, 5)
    assert len({line.id for line in first.lines + second.lines}) == first.total == PAGE + 5
    assert beyond == second
    assert (second.page, second.pages) == (2, 2)

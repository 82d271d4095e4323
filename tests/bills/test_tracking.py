"""Following bills, from what a person types to what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from advocacy.bills import tracking
from advocacy.bills.actions import track
from advocacy.bills.by_hand import HandEntry
from advocacy.bills.desk.listing import Wanted, listed
from advocacy.bills.entering import enter_by_hand
from advocacy.bills.identifiers import BillKey, make_key
from advocacy.bills.page import BillPage
from advocacy.bills.queries import bill_names, bill_page
from advocacy.bills.refreshing.gates import Gate
from advocacy.bills.refreshing.rounds import Refreshed, Round
from advocacy.bills.refreshing.turns import ask_for_all
from advocacy.bills.sources.congress import CongressSource
from advocacy.bills.sources.source import BillUnknown, NoSource, Source, SourceUnreachable
from advocacy.bills.sources.table import source_for
from advocacy.bills.status import Stage
from advocacy.config import Config
from advocacy.db import Database
from tests.bills import congress_server as far
from tests.bills import made
from tests.bills.congress_server import CongressServer, told


@pytest.fixture
def settings(config: Config, server: CongressServer) -> Config:
    return replace(config, congress_api_url=server.address, congress_api_key=far.KEY)


def follow(database: Database, settings: Config, reference: str, now: datetime) -> BillPage:
    bill_id = tracking.track_reference(database, settings, reference, now)
    with database.reading() as session:
        return bill_page(session, bill_id, now)


def refreshed(database: Database, choose: Callable[[BillKey], Source], now: datetime) -> list[Refreshed]:
    """Look at every bill again, in a round that waits for nobody."""
    with database.transaction() as session:
        ask_for_all(session, now)
    gate = Gate(database, "Congress.gov", lambda: now, lambda seconds: None)
    found = Round(database, choose, lambda name: gate, lambda: now).go()
    return sorted(found, key=lambda one: one.key)


@pytest.mark.parametrize("page", [250, 5])
def test_a_recorded_bill_is_followed_through_the_real_client(
    recordings: Path, database: Database, settings: Config, server: CongressServer, now: datetime, page: int
) -> None:
    server.serve_recording(recordings / "congress-v3-derived" / "119" / "hr" / "1144")
    server.page = page

    found = follow(database, settings, "us 119 H.R. 1144", now)

    assert found.title.startswith("Frederick Douglass Trafficking Victims")
    assert found.stage is Stage.ORDERED_REPORTED
    assert found.last_action == "Ordered to be Reported (Amended) by Voice Vote."
    assert (len(found.sponsors), len(found.cosponsors), len(found.committees)) == (1, 23, 3)
    assert [version.kind for version in found.versions] == ["Introduced in House"]


def test_every_recorded_bill_is_followed(
    recordings: Path, database: Database, settings: Config, server: CongressServer, now: datetime
) -> None:
    folders = sorted((recordings / "congress-v3-derived" / "119").glob("*/*"))
    for folder in folders:
        server.serve_recording(folder)
        tracking.track_reference(database, settings, f"us 119 {folder.parent.name}{folder.name}", now)

    with database.reading() as session:
        assert len(bill_names(session)) == len(folders)


def test_following_again_with_another_spelling_is_the_same_bill(
    database: Database, settings: Config, server: CongressServer, now: datetime
) -> None:
    server.serve(made.item(), actions=made.actions())

    assert (
        follow(database, settings, "us 119 H.R. 9001", now).id
        == follow(database, settings, "US 119th hr9001", now).id
    )


def test_an_unknown_bill_leaves_nothing_behind(database: Database, settings: Config, now: datetime) -> None:
    with pytest.raises(BillUnknown, match="H.R. 4 in Congress 119"):
        tracking.track_reference(database, settings, "us 119 H.R. 4", now)

    with database.reading() as session:
        assert bill_names(session) == ()


def test_a_place_without_a_service_is_pointed_to_entering_by_hand(
    database: Database, settings: Config, now: datetime
) -> None:
    with pytest.raises(NoSource, match="from DE. Enter this bill by hand"):
        tracking.track_reference(database, settings, "de 153 HB 201", now)


def test_the_source_is_asked_with_no_transaction_open(
    database: Database, settings: Config, server: CongressServer, now: datetime
) -> None:
    server.serve(made.item(), actions=made.actions())

    def write_meanwhile(server: CongressServer, path: str, query: object) -> far.Reply:
        with database.transaction() as session:
            track(session, made.snapshot(make_key("us", "119", "HR 9002")), now)
        return told(200, server.bodies[path])

    server.faults["/bill/119/hr/9001"] = write_meanwhile

    follow(database, settings, "us 119 H.R. 9001", now)

    with database.reading() as session:
        assert len(bill_names(session)) == 2


def test_one_bad_bill_does_not_stop_a_refresh(
    database: Database, source: CongressSource, server: CongressServer, now: datetime
) -> None:
    numbers = ("9001", "9002", "9003")
    with database.transaction() as session:
        for number in numbers:
            track(session, made.snapshot(make_key("us", "119", f"HR{number}"), steps=(made.INTRODUCED,)), now)
        enter_by_hand(session, HandEntry(make_key("de", "153", "HB 1"), "Mẫu Act"), by=uuid4(), now=now)
    for number in numbers:
        server.serve(made.item(number=number), actions=made.actions())
    server.faults["/bill/119/hr/9002"] = far.outage

    def choose(key: BillKey) -> CongressSource:
        if key.jurisdiction != "us":
            raise NoSource(NoSource.__doc__)
        return source

    found = refreshed(database, choose, now + timedelta(hours=1))

    assert [(one.key.number, bool(one.changes), bool(one.fault)) for one in found] == [
        (9001, True, False),
        (9002, False, True),
        (9003, True, False),
    ]
    with database.reading() as session:
        fetched = {line.identifier: line.fetched_at for line in listed(session, Wanted(), now.date()).lines}
    assert fetched["H.R. 9002"] == now


def test_a_refresh_during_an_outage_changes_no_bill(
    database: Database, settings: Config, server: CongressServer, source: CongressSource, now: datetime
) -> None:
    server.serve(made.item(), actions=made.actions())
    before = follow(database, settings, "us 119 H.R. 9001", now)
    server.faults["/bill/119/hr/9001/actions"] = far.outage

    (found,) = refreshed(database, lambda key: source, now + timedelta(hours=1))

    assert found.fault is not None and "probably down" in found.fault
    with database.reading() as session:
        assert bill_page(session, before.id, now) == before


def test_a_refresh_asks_the_configured_services(
    database: Database, settings: Config, server: CongressServer, now: datetime
) -> None:
    server.serve(made.item(), actions=made.actions())
    follow(database, settings, "us 119 H.R. 9001", now)
    server.serve(made.item(title="Wren Sample Act"), actions=made.actions())

    (found,) = refreshed(database, lambda key: source_for(settings, key), now + timedelta(hours=1))

    assert [change.after for change in found.changes] == ["Wren Sample Act"]


@pytest.mark.parametrize(("key", "name"), [("plainly-made-up", "Congress.gov"), (None, "GovInfo")])
def test_an_unreachable_service_is_one_sentence(
    database: Database, config: Config, now: datetime, key: str | None, name: str
) -> None:
    nowhere = replace(config, congress_api_url="http://127.0.0.1:9/v3", govinfo_url="http://127.0.0.1:9")

    with pytest.raises(SourceUnreachable, match=f"{name} does not answer"):
        tracking.track_reference(database, replace(nowhere, congress_api_key=key), "us 119 H.R. 1144", now)

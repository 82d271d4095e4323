"""Open States: its bills as facts, where each recorded one stands, and every way the service fails."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.openstates import OpenStatesSource, open_states, snapshot
from advocacy.bills.sources.source import (
    BillUnknown,
    SourceAnsweredNonsense,
    SourceFault,
    SourceRefusedKey,
    SourceUnreachable,
)
from advocacy.bills.status import Stage, standing
from tests.bills.conftest import HURRY
from tests.bills.openstates_server import KEY, OpenStatesServer

HB7 = make_key("de", "153", "HB 7")
PATH = "/bills/de/153/HB 7"


def action(on: str, text: str, *kinds: str, by: str = "lower", order: int = 0) -> dict[str, Any]:
    organization = {"name": "House", "classification": by}
    return {
        "description": text,
        "date": on,
        "classification": [*kinds],
        "organization": organization,
        "order": order,
    }


def bill(**more: Any) -> dict[str, Any]:
    return {
        "session": "153",
        "jurisdiction": {"id": "ocd-jurisdiction/country:us/state:de/government", "name": "Delaware"},
        "identifier": "HB 7",
        "title": "A Sample Act",
        "first_action_date": "2025-06-05",
        "openstates_url": "https://openstates.example/de/bills/153/HB7/",
        "sponsorships": [
            {"name": "Sample Person", "primary": True, "person": {"id": "ocd-person/1", "party": "None"}},
            {"name": "Example Person", "primary": False},
        ],
        "actions": [
            action("2025-06-10T05:00:00+00:00", "Passed By House. Votes: 41 YES", "passage", order=1),
            action("2025-06-05", "Introduced and Assigned to Samples Committee", "introduction"),
        ],
        "versions": [
            {
                "note": "Bill Text",
                "date": "",
                "links": [{"url": "https://a.example/t", "media_type": "text/html"}],
            }
        ],
        **more,
    }


@pytest.fixture
def far() -> Iterator[OpenStatesServer]:
    with OpenStatesServer(told={PATH: (200, bill())}).running() as running:
        yield running


@pytest.fixture
def source(far: OpenStatesServer) -> OpenStatesSource:
    return open_states(far.address, KEY, HURRY)


# ---- one bill


def test_a_bill_arrives_whole_by_one_question(source: OpenStatesSource, far: OpenStatesServer) -> None:
    found = source.fetch(HB7)

    assert (found.title, found.source, found.introduced_on) == (
        "A Sample Act",
        "Open States",
        date(2025, 6, 5),
    )
    assert [(step.on, step.kinds, step.systems) for step in found.steps or ()] == [
        (date(2025, 6, 5), ("introduction",), ("lower",)),
        (date(2025, 6, 10), ("passage",), ("lower",)),
    ]
    assert [(one.name, one.leads, one.person_code) for one in found.sponsors or ()] == [
        ("Sample Person", True, "ocd-person/1"),
        ("Example Person", False, ""),
    ]
    assert [(text.kind, text.on, text.links) for text in found.texts or ()] == [
        ("Bill Text", None, (("text/html", "https://a.example/t"),))
    ]
    assert found.referrals is None
    assert len(far.asked) == 1


def test_the_key_travels_in_a_header_and_the_lists_are_asked_for(
    source: OpenStatesSource, far: OpenStatesServer
) -> None:
    source.fetch(HB7)

    [(path, query, key)] = far.asked
    assert (path, key) == (PATH, KEY)
    assert query == {"include": ["sponsorships", "actions", "versions", "related_bills", "abstracts"]}
    assert KEY not in repr(source)


def test_the_same_answer_always_has_the_same_fingerprint(source: OpenStatesSource) -> None:
    assert source.fetch(HB7).hash == source.fetch(HB7).hash


def test_a_list_that_is_absent_was_not_told_and_an_empty_one_was() -> None:
    bare = bill()
    del bare["versions"], bare["sponsorships"]

    found = snapshot(HB7, {**bare, "actions": []})

    assert (found.steps, found.sponsors, found.texts) == ((), None, None)


def test_a_row_nobody_can_read_is_counted_and_stops_nothing() -> None:
    odd = [action("soon", "Passed By House", "passage"), action("2025-06-05", ""), {"order": "x"}, 7]

    found = snapshot(HB7, bill(actions=[*odd, action("2025-06-05", "Introduced")]))

    assert [step.text for step in found.steps or ()] == ["Introduced"]
    assert found.unread == 3


# ---- when it fails


@pytest.mark.parametrize(
    ("status", "body", "fault", "told"),
    [
        (404, {"detail": "No such Bill."}, BillUnknown, "has no HB 7 in the session 153"),
        (429, {"detail": "exceeded limit of 10/min: 13"}, SourceUnreachable, "asks us to slow down"),
        (400, {"detail": "either 'jurisdiction' or 'q' required"}, SourceAnsweredNonsense, "or 'q' required"),
        (422, {"detail": [{"loc": ["query"], "msg": "no"}]}, SourceAnsweredNonsense, "answered 422"),
        (502, b"<html>Bad gateway</html>", SourceUnreachable, "a web page instead of data"),
        (200, b'{"identifier": "HB', SourceAnsweredNonsense, "breaks off"),
        (200, {"results": []}, SourceAnsweredNonsense, "could not give HB 7"),
        (200, bill(identifier="HB 8"), SourceAnsweredNonsense, "sent another bill"),
        (200, bill(session="152"), SourceAnsweredNonsense, "sent another bill"),
        (200, bill(jurisdiction={}), SourceAnsweredNonsense, "sent another bill"),
    ],
)
def test_each_way_it_fails_is_one_sentence(
    source: OpenStatesSource,
    far: OpenStatesServer,
    status: int,
    body: object,
    fault: type[SourceFault],
    told: str,
) -> None:
    far.told[PATH] = status, body

    with pytest.raises(fault, match=told):
        source.fetch(HB7)


@pytest.mark.parametrize(("key", "told"), [("wrong", "refuses the key in"), (None, "wants a key, and")])
def test_a_key_it_does_not_take_names_its_setting(far: OpenStatesServer, key: str | None, told: str) -> None:
    with pytest.raises(SourceRefusedKey, match=f"{told} OPENSTATES_API_KEY"):
        open_states(far.address, key, HURRY).fetch(HB7)


# ---- the recorded ones

LAW, VETOED, GONE, HELD = Stage.LAW, Stage.VETOED, Stage.WITHDRAWN, Stage.IN_COMMITTEE
RECORDED = {
    "de_153_HB_1": LAW,
    "de_153_HB_102": GONE,  # stricken
    "de_153_HB_106": GONE,  # stricken after its committee reported it
    "de_153_HB_166": Stage.PASSED_ONE,
    "de_153_HB_201": HELD,
    "de_153_HB_23": LAW,
    "de_153_HB_241": LAW,  # amendments stricken and passed on the same day as the bill
    "de_153_HB_27": LAW,
    "de_153_HB_42": LAW,
    "de_153_HCR_4": Stage.AGREED,  # nobody signs it; its House vote has no class
    "de_153_SB_200": LAW,  # defeated, reconsidered, passed
    "de_153_SB_4": LAW,
    "de_153_SB_63": VETOED,
    "ri_2025_HB5017": LAW,  # postponed at the sponsor's request
    "ri_2025_HB5019": LAW,  # a meeting postponed
    "ri_2025_HB5066": GONE,
    "ri_2025_HB5156": LAW,  # held for further study, classed as a committee's failure
    "ri_2025_HB5231": LAW,
    "ri_2025_HB5563": LAW,
    "ri_2025_HB5768": VETOED,
    "ri_2025_HB5878": HELD,
    "ri_2025_HB5881": HELD,
    "ri_2025_HB5904": HELD,  # "Committee continued"
    "ri_2025_HB6099": LAW,
    "ri_2025_HR5060": Stage.AGREED,  # a House resolution, no federal bill
}


def recorded(recordings: Path, name: str) -> Snapshot:
    item = json.loads((recordings / "openstates-v3-served" / f"bill_{name}.json").read_text())
    place, session, *number = name.split("_")
    return snapshot(make_key(place, session, "".join(number)), item)


@pytest.mark.parametrize("name", RECORDED)
def test_each_recorded_bill_stands_where_its_last_actions_say(recordings: Path, name: str) -> None:
    told = recorded(recordings, name)

    found = standing(
        told.key,
        title=told.title,
        steps=told.steps or (),
        introduced_on=told.introduced_on,
        today=date(2026, 11, 27),
    )

    assert found.stage is RECORDED[name]
    assert told.unread == 0
    assert told.sponsors
    assert told.texts


def test_every_recorded_bill_is_in_the_table(recordings: Path) -> None:
    there = {file.stem[5:] for file in (recordings / "openstates-v3-served").glob("bill_*.json")}

    assert there == set(RECORDED)


@pytest.mark.parametrize("name", ["ri_2025_HB5156", "ri_2025_HB5563", "de_153_HB_241"])
def test_in_the_order_of_the_legislature_nothing_is_lost(recordings: Path, name: str) -> None:
    raw = json.loads((recordings / "openstates-v3-served" / f"bill_{name}.json").read_text())["actions"]

    told = {(step.on.isoformat(), step.text) for step in recorded(recordings, name).steps or ()}

    assert told == {(row["date"][:10], row["description"]) for row in raw}


# ---- what changed


def test_twenty_bills_are_asked_after_at_once_and_only_those_touched_come_back(
    source: OpenStatesSource, far: OpenStatesServer
) -> None:
    keys = [make_key("de", "153", f"HB {n}") for n in range(1, 43)]
    far.told["/bills"] = (200, {"results": [bill(), {**bill(), "identifier": "HB 999"}]})

    found = source.changed(keys, datetime(2026, 11, 23, 15, tzinfo=UTC))

    assert set(found) == {HB7}
    queries = [query for path, query, _ in far.asked if path == "/bills"]
    assert [len(query["identifier"]) for query in queries] == [20, 20, 2]
    assert queries[0]["updated_since"] == ["2026-11-23T14:00:00+00:00"]
    assert (queries[0]["jurisdiction"], queries[0]["session"]) == (["de"], ["153"])


def test_a_listing_that_fails_is_no_listing(source: OpenStatesSource, far: OpenStatesServer) -> None:
    far.told["/bills"] = (400, {"detail": "either 'jurisdiction' or 'q' required"})

    with pytest.raises(SourceUnreachable, match="could not tell what changed .*required"):
        source.changed([HB7], datetime(2026, 11, 23, 15, tzinfo=UTC))

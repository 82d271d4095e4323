"""LegiScan: found through its lists, read whole whatever shape its fields have, its key in no log."""

import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import HearingFact, Snapshot
from advocacy.bills.sources import legiscan as room
from advocacy.bills.sources.legiscan import LegiScanSource, legiscan, names_of, snapshot
from advocacy.bills.sources.source import (
    BillUnknown,
    SourceAnsweredNonsense,
    SourceRefusedKey,
    SourceUnreachable,
)
from advocacy.bills.status import Stage, standing
from tests.bills.conftest import HURRY

KEY = "l3g1scan-plainly-made-up"
HB1 = make_key("ak", "27", "HB 1")


def listed(id: int, name: str, first: int, last: int, special: int = 0) -> dict[str, object]:
    """A session as its list has it."""
    years = {"year_start": first, "year_end": last}
    return {"session_id": id, "session_name": name, "special": special, **years}


def error(message: str) -> dict[str, object]:
    return {"status": "ERROR", "alert": {"message": message}}


SESSIONS = {
    "status": "OK",
    "sessions": [
        {
            "session_id": 122,
            "session_name": "27th Legislature",
            "year_start": 2011,
            "year_end": 2012,
            "special": 0,
        },
        {
            "session_id": 123,
            "session_name": "27th 1st Special",
            "year_start": 2011,
            "year_end": 2011,
            "special": 1,
        },
    ],
}
LIST = {
    "status": "OK",
    "masterlist": {
        "session": {"session_id": 122},
        "0": {"bill_id": 9, "number": "HB1", "change_hash": "one"},
        "1": {"bill_id": 10, "number": "HB 2", "change_hash": "two"},
        "2": {"bill_id": 11, "number": "???"},
    },
}


def bill(**more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "bill_id": 9,
        "change_hash": "one",
        "title": "A Sample Act",
        "committee": [],
        "history": [{"date": "2011-01-18", "action": "Read the first time", "chamber": "H", "importance": 1}],
        "progress": [{"date": "2011-01-18", "event": 1}],
        "sponsors": [],
        "texts": [],
        "calendar": [],
        "sasts": [],
    }
    return made | more


class Far:
    """LegiScan on this machine: what it answers to each `op`."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {
            "getSessionList": SESSIONS,
            "getMasterListRaw": LIST,
            "getBill": {"status": "OK", "bill": bill()},
        }
        self.asked: list[str] = []
        self.address = ""


@pytest.fixture
def far() -> Iterator[Far]:
    found = Far()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            found.asked.append(query["op"])
            told = found.told[query["op"]]
            if query["key"] != KEY:
                told = {"status": "ERROR", "alert": {"message": f"Invalid API key {query['key']}"}}
            sent = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def source(far: Far, monkeypatch: pytest.MonkeyPatch) -> LegiScanSource:
    monkeypatch.setattr(room, "_lists", {})
    monkeypatch.setattr(room, "_marks", {})
    return legiscan(far.address, KEY, HURRY)


def test_a_bill_is_found_through_the_lists_which_are_asked_for_once_an_hour(
    source: LegiScanSource, far: Far
) -> None:
    found = source.fetch(HB1)
    source.fetch(HB1)

    assert (found.title, found.source, found.introduced_on) == ("A Sample Act", "LegiScan", date(2011, 1, 18))
    assert far.asked == ["getSessionList", "getMasterListRaw", "getBill", "getBill"]


def test_only_bills_with_another_mark_are_asked_for_again(source: LegiScanSource) -> None:
    keys = [HB1, make_key("ak", "27", "HB 2")]
    since = datetime(2026, 11, 23, tzinfo=UTC)

    assert list(source.changed(keys, since)) == keys
    source.fetch(HB1)
    assert list(source.changed(keys, since)) == [keys[1]]


@pytest.mark.parametrize(
    ("name", "is_so"),
    [("27", True), ("27th Legislature", True), ("2011-2012", True), ("2011", False), ("28", False)],
)
def test_a_session_goes_by_its_name_its_number_and_its_years(name: str, is_so: bool) -> None:
    assert (name in names_of(SESSIONS["sessions"][0])) is is_so  # type: ignore[index]
    assert "27" not in names_of(SESSIONS["sessions"][1]), "a special session is another"  # type: ignore[index]


@pytest.mark.parametrize(
    ("op", "told", "fault", "sentence"),
    [
        (
            "getBill",
            error("Unknown bill id"),
            SourceUnreachable,
            "could not",
        ),
        (
            "getBill",
            error("Query limit reached"),
            SourceUnreachable,
            "as often",
        ),
        (
            "getBill",
            error("Invalid API key"),
            SourceRefusedKey,
            "LEGISCAN_API_KEY",
        ),
        ("getBill", {"status": "ERROR"}, SourceUnreachable, "could not"),
        ("getBill", {"status": "OK", "bill": bill(bill_id=7)}, SourceAnsweredNonsense, "another bill"),
        ("getBill", b"<html>Down</html>", SourceUnreachable, "web page"),
        ("getBill", b'{"status": "OK", "bi', SourceAnsweredNonsense, "breaks off"),
        ("getSessionList", {"status": "OK", "sessions": []}, BillUnknown, "no session 27"),
        ("getMasterListRaw", {"status": "OK", "masterlist": []}, BillUnknown, "has no HB 1"),
    ],
)
def test_every_way_to_fail_is_one_sentence_without_the_key(
    source: LegiScanSource,
    far: Far,
    caplog: pytest.LogCaptureFixture,
    op: str,
    told: object,
    fault: type[Exception],
    sentence: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    far.told[op] = told

    with pytest.raises(fault, match=sentence) as raised:
        source.fetch(HB1)
    assert KEY not in f"{raised.value!r} {raised.value.__cause__!r} {caplog.text}"


def test_a_refused_key_is_never_shown(
    far: Far, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_lists", {})
    caplog.set_level(logging.DEBUG)

    with pytest.raises(SourceRefusedKey) as raised:
        legiscan(far.address, "wr0ng-key", HURRY).fetch(HB1)
    assert "wr0ng-key" not in str(raised.value) + caplog.text


def test_a_hearing_keeps_its_own_clock_and_a_carry_over_is_linked() -> None:
    calendar = {
        "date": "2011-02-01",
        "time": "13:00",
        "description": "Finance",
        "location": "Room 5",
        "event_hash": "e",
    }
    sasts = [
        {"type_id": 9, "type": "Carry Over", "sast_bill_number": "HB0007"},
        {"type_id": 1, "type": "Same As", "sast_bill_number": "SB1"},
    ]
    found = snapshot(HB1, bill(calendar=[calendar, {"date": "0000-00-00"}], sasts=sasts))

    assert found.hearings == (HearingFact("Finance", date(2011, 2, 1), None, "13:00, Room 5", "e"),)
    assert [(one.kind, one.identifier) for one in found.related or ()] == [
        ("Carried over", "HB 7"),
        ("Same as", "SB 1"),
    ]
    assert [one.is_companion for one in found.related or ()] == [False, True]


def test_a_day_that_is_no_day_and_a_committee_that_is_a_list_are_read_past() -> None:
    history = [{"date": "0000-00-00", "action": "Nothing"}, {"date": "2011-01-18", "action": "Filed"}]
    found = snapshot(HB1, bill(history=history, committee=[]))

    assert (len(found.steps or ()), found.unread, found.referrals) == (1, 1, ())


RECORDED = {
    "HB1": ("ak", "27", Stage.PASSED_ONE, 27, ("Health & Social Services",)),
    "HB3": ("ak", "27", Stage.PASSED_ONE, 36, ("State Affairs",)),
    "HB1044": ("ar", "88", Stage.LAW, 18, ()),
}


def recorded(recordings: Path, name: str) -> Snapshot:
    item = json.loads((recordings / "legiscan" / f"bill_{name}.json").read_text())["bill"]
    place, session, *_ = RECORDED[name]
    return snapshot(make_key(place, session, item["bill_number"]), item)


@pytest.mark.parametrize("name", RECORDED)
def test_every_recorded_bill_is_read(recordings: Path, name: str) -> None:
    found = recorded(recordings, name)
    _, _, stage, steps, committees = RECORDED[name]
    stands = standing(
        found.key,
        title=found.title,
        steps=found.steps or (),
        introduced_on=found.introduced_on,
        today=date(2026, 11, 23),
    )

    assert (len(found.steps or ()), found.unread) == (steps, 0)
    assert stands.stage is stage, stands
    assert tuple(one.name for one in found.referrals or ()) == committees
    assert found.texts and all(url.startswith("http") for text in found.texts for _, url in text.links)
    assert found.sponsors

"""Related bills, summaries and subjects, of each service and each shape of its answers."""

import re
from pathlib import Path

import pytest

from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import RelatedFact
from advocacy.bills.sources import govinfo, openstates
from advocacy.bills.sources.congress import congress
from advocacy.bills.sources.congress_rows import snapshot
from advocacy.bills.sources.loose import said_in_html
from tests.bills import made, recorded
from tests.bills.conftest import HURRY
from tests.bills.congress_server import KEY, CongressServer

_EMPTY = ("actions", "cosponsors", "committees", "textVersions")


def told(**lists: object) -> dict[str, object]:
    return {**dict.fromkeys(_EMPTY, []), **lists}


@pytest.mark.parametrize(
    ("bill", "companion"),
    [("hr/863", "S. 61"), ("hr/4929", "S. 2584"), ("hr/633", "S. 146"), ("hr/4323", "S. 2255")],
)
def test_a_companion_is_told_as_the_identical_bill(recordings: Path, bill: str, companion: str) -> None:
    found = recorded.read(recordings / "congress-v3-derived/119" / bill).related or ()
    identical = [one for one in found if one.kind == "Identical bill"]
    assert [one.identifier for one in identical] == [companion]
    assert all((one.jurisdiction, one.session, one.told_by) == ("us", "119", "CRS") for one in identical)


@pytest.mark.parametrize(
    ("name", "tied", "subjects"),
    [
        ("114s469", "H.R. 1496", 13),
        ("116hr4907", "S. 2733", 1),
        ("117s35", "H.R. 305", 14),
        ("117s35.legacy-format", "H.R. 305", 14),
    ],
)
def test_every_shape_of_govinfo_tells_them(recordings: Path, name: str, tied: str, subjects: int) -> None:
    key = re.match(r"(\d+)([a-z]+)(\d+)", name)
    assert key
    text = (recordings / "billstatus-xml" / f"BILLSTATUS-{name}.xml").read_text()
    found = govinfo.read(make_key("us", key[1], key[2] + key[3]), text)
    assert tied in [one.identifier for one in found.related or ()]
    assert len(found.subjects or ()) == subjects


def test_the_newest_summary_is_kept_as_words_and_not_as_a_page() -> None:
    summaries = [
        {"actionDate": "2026-05-01", "text": "<p>Newer &amp; <b>better</b><script>alert(1)</script></p>"},
        {"actionDate": "2026-03-01", "text": "<p>Older</p>"},
    ]
    found = snapshot(made.KEY, made.item(), told(summaries=summaries, relatedBills=[], subjects=[]))  # type: ignore[arg-type]
    assert found.summary == "Newer & better alert(1)"
    assert said_in_html({"t": None}, "t") == ""


def test_what_was_not_told_is_not_empty() -> None:
    found = snapshot(made.KEY, made.item(), told())  # type: ignore[arg-type]
    assert (found.related, found.summary, found.subjects) == (None, None, None)


@pytest.mark.parametrize(
    "row",
    [{}, {"congress": 119}, {"congress": 119, "type": "S"}, {"congress": "x", "type": "S", "number": 1}],
)
def test_a_row_that_names_no_bill_is_left_out(row: dict[str, object]) -> None:
    found = snapshot(made.KEY, made.item(), told(relatedBills=[row]))  # type: ignore[arg-type]
    assert found.related == ()


def test_a_first_page_of_subjects_may_hold_the_policy_area_alone() -> None:
    with CongressServer().running() as server:
        server.page = 1
        subjects = [{"name": "Housing"}, {"name": "Courts"}]
        server.serve(made.item(policyArea={"name": "Law"}, subjects={"count": 3}), subjects=subjects)
        found = congress(server.address, KEY, HURRY).fetch(made.KEY)
    assert found.subjects == ("Law", "Housing", "Courts")


def test_open_states_ties_bills_of_one_place_and_tells_its_abstract() -> None:
    item = {
        "title": "T",
        "subject": ["HOUSING"],
        "abstracts": [{"abstract": "Makes homes."}],
        "related_bills": [
            {"identifier": "SB 7", "legislative_session": "153", "relation_type": "companion"},
            {"identifier": ""},
        ],
    }
    found = openstates.snapshot(make_key("de", "153", "HB 7"), item)
    assert found.related == (RelatedFact("Companion", "de", "153", "SB 7"),)
    assert (found.summary, found.subjects) == ("Makes homes.", ("HOUSING",))

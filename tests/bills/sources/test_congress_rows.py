"""Rows as they were really sent, in 2022 and since."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.congress_rows import snapshot
from advocacy.bills.status import Stage, standing
from tests.bills import made

_LISTS = ("actions", "cosponsors", "committees", "textVersions")


def told(item: dict[str, Any], **lists: list[Any]) -> Snapshot:
    return snapshot(made.KEY, item, {name: lists.get(name, []) for name in _LISTS})


@pytest.fixture
def verbatim(recordings: Path) -> Path:
    return recordings / "congress-v3-verbatim"


def test_a_bill_as_it_was_sent_in_2022_reads_whole(verbatim: Path) -> None:
    def rows(name: str, container: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((verbatim / f"bill_117_hr_21_{name}.txt").read_text())[
            container
        ]
        return found

    item = json.loads((verbatim / "bill_117_hr_21.txt").read_text())["bill"]
    key = BillKey("us", "117", "HR", 21)
    found = snapshot(
        key,
        item,
        {
            "actions": rows("actions", "actions"),
            "cosponsors": rows("cosponsors", "cosponsors"),
            "committees": rows("committees", "committees"),
            "textVersions": rows("text", "textVersions"),
        },
    )

    assert found.title == "FedRAMP Authorization Act"
    assert found.unread == 0
    assert found.laws == ()
    assert [one.name for one in found.sponsors or ()][0] == "Rep. Connolly, Gerald E. [D-VA-11]"
    assert len(found.sponsors or ()) == 3
    assert {one.code for one in found.referrals or ()} == {"ssga00", "hsgo00"}
    assert [text.on for text in found.texts or ()][0] == date(2021, 1, 6)
    alive = standing(key, title=found.title, steps=found.steps or (), today=date(2022, 12, 1))
    assert alive.stage is Stage.PASSED_ONE
    assert (
        standing(key, title=found.title, steps=found.steps or (), today=date(2023, 1, 3)).stage is Stage.DIED
    )


def test_a_page_with_a_law_s_text_appended_reads_all_its_rows(verbatim: Path) -> None:
    page = json.loads((verbatim / "bill119-hr1-text-limit2.json").read_text())["textVersions"]

    found = told(made.item(), textVersions=page).texts or ()

    assert len(found) == len(page)
    assert None in [text.on for text in found]
    assert all(text.links for text in found)


def test_a_cosponsor_s_dates_and_seat_are_kept(verbatim: Path) -> None:
    page = json.loads((verbatim / "bill117-s3580-cosponsors-offset30.json").read_text())["cosponsors"]

    _, wicker = told(made.item(), cosponsors=page).sponsors or ()

    assert (wicker.person_code, wicker.state, wicker.joined_on) == ("W000437", "MS", date(2022, 3, 24))
    assert not wicker.original


def test_a_subcommittee_knows_its_committee() -> None:
    row = {
        "name": "Samples Committee",
        "chamber": "House",
        "systemCode": "hszz00",
        "activities": [{"name": "Referred To", "date": "2025-02-18T02:00:00Z"}],
        "subcommittees": [{"name": "Small Samples Subcommittee", "systemCode": "hszz02"}],
    }

    whole, below = told(made.item(), committees=[row]).referrals or ()

    assert whole.activities == (("Referred to", date(2025, 2, 17)),)
    assert (below.parent, below.chamber) == ("hszz00", "House")


def test_a_print_s_midnight_is_the_day_it_says_in_summer_and_winter() -> None:
    rows = [{"type": "IH", "date": f"2025-02-07T0{hour}:00:00Z"} for hour in (4, 5)]

    assert [text.on for text in told(made.item(), textVersions=rows).texts or ()] == [date(2025, 2, 7)] * 2


def test_a_listed_law_is_named_with_its_kind() -> None:
    laws = [
        {"number": "119-73", "type": "Public Law"},
        {"number": "119-9", "type": None},
        {"type": "Public Law"},
    ]

    assert told(made.item(laws=laws)).laws == ("Public Law 119-73", "Public Law 119-9")


def test_a_bill_without_a_title_shows_its_number() -> None:
    assert told(made.item(title=None)).title == "H.R. 9001"


def test_a_name_in_parts_is_put_together() -> None:
    sponsor = {"firstName": "Ana-Lucía", "lastName": "Ejemplo", "fullName": None}

    assert [one.name for one in told(made.item(sponsors=[sponsor])).sponsors or ()] == ["Ana-Lucía Ejemplo"]

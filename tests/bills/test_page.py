"""What a command prints about a bill."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from advocacy.bills.actions import track
from advocacy.bills.page import as_json, committee_name
from advocacy.bills.queries import bill_page
from advocacy.bills.snapshot import ReferralFact, Snapshot, TextFact
from advocacy.db import Database
from tests.bills import made, recorded

PROMISED = (
    "jurisdiction session identifier title stage last_action last_action_on rule source fetched_at sponsors "
    "cosponsors committees versions"
)


def printed(database: Database, told: Snapshot, now: datetime) -> dict[str, Any]:
    with database.transaction() as session:
        bill_id = track(session, told, now).bill_id
    with database.reading() as session:
        plain: dict[str, Any] = json.loads(json.dumps(as_json(bill_page(session, bill_id, now))))
    return plain


def test_everything_promised_is_printed_as_plain_values(database: Database, now: datetime) -> None:
    told = printed(database, made.snapshot(), now)

    assert set(PROMISED.split()) <= set(told)
    assert (told["jurisdiction"], told["session"], told["identifier"]) == ("us", "119", "H.R. 9001")
    assert (told["stage"], told["last_action_on"]) == ("in committee", "2026-03-02")
    assert told["sponsors"] == [made.LEAD.name]
    assert told["fetched_at"] == "2026-11-23T15:00:00+00:00"
    assert told["versions"] == [{"type": "Introduced in House", "on": "2026-03-02", "links": []}]


def test_a_recorded_bill_prints_its_facts(recordings: Path, database: Database, now: datetime) -> None:
    folder = recordings / "congress-v3-derived" / "119" / "hr"

    told = printed(database, recorded.read(folder / "1144"), now)

    assert told["last_action"] == "Ordered to be Reported (Amended) by Voice Vote."
    assert told["last_action_on"] == "2025-07-22"
    assert told["sponsors"] == ["Rep. Smith, Christopher H. [R-NJ-4]"]
    assert len(told["cosponsors"]) == 23
    assert set(told["committees"]) == {
        "House Foreign Affairs Committee",
        "House Education and Workforce Committee",
        "House Judiciary Committee",
    }


def test_a_cosponsor_who_left_is_not_among_the_cosponsors(
    recordings: Path, database: Database, now: datetime
) -> None:
    told = printed(database, recorded.read(recordings / "congress-v3-derived" / "119" / "hr" / "1415"), now)

    assert len(told["cosponsors"]) == 24
    assert told["former_cosponsors"] == ["Rep. Goldman, Daniel S. [D-NY-10]"]


def test_a_reserved_number_prints_without_a_step(recordings: Path, database: Database, now: datetime) -> None:
    told = printed(database, recorded.read(recordings / "congress-v3-derived" / "119" / "hr" / "2"), now)

    assert (told["stage"], told["last_action"], told["last_action_on"]) == ("reserved", "", None)


def test_a_committee_has_its_chamber_once() -> None:
    assert committee_name(ReferralFact("Samples Committee", "House")) == "House Samples Committee"
    assert committee_name(ReferralFact("House Committee on Samples", "House")) == "House Committee on Samples"
    assert committee_name(ReferralFact("Samples Committee")) == "Samples Committee"


def test_a_text_knows_the_newest_one_printed_after_it(database: Database, now: datetime) -> None:
    texts = (
        TextFact("Reported in House", date(2026, 5, 6)),
        TextFact("Introduced in House", date(2026, 3, 2)),
    )
    with database.transaction() as session:
        page = bill_page(session, track(session, made.snapshot(texts=texts), now).bill_id, now)

    assert page.text_since("Introduced in House") == "Reported in House"
    assert page.text_since("Reported in House") == ""
    assert page.text_since("Engrossed in Senate") == page.text_since("") == ""

"""Our work on a bill: said on its page by whoever drafts, read by whoever reads bills, and never sent out."""

import csv
import io

import pytest

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key
from advocacy.db import Database
from advocacy.demo.scene import Scene
from tests.bills import made
from tests.conftest import NOW
from tests.page import Reader
from tests.web.office.scenes import sit_as


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


def test_who_looks_after_it_how_pressing_it_is_and_its_tags_are_said(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}"
    reader.get(f"{address}/work")
    said = {"owner": str(scene.hands["sam"]), "priority": "first", "tags": "Housing, vacatur"}
    seen = reader.follow(reader.post(f"{address}/work", said))
    listed = reader.get("/office/bills?owner=mine&priority=first&tag=housing")

    assert "How pressing First" in seen.words
    assert "housing vacatur" in seen.words
    assert [mark.get_text() for mark in listed.soup.select("ul.bills .mark")] == [
        "First",
        "Yours",
        "housing",
        "vacatur",
    ]
    assert "No bill of ours is like that" in reader.get("/office/bills?owner=nobody").words


@pytest.mark.parametrize("owner", ["stranger", "river"])
def test_nobody_outside_the_working_group_is_given_a_bill(reader: Reader, scene: Scene, owner: str) -> None:
    reader.get(f"/office/bills/{scene.bill_id}/work")
    seen = reader.post(
        f"/office/bills/{scene.bill_id}/work", {"owner": owner, "priority": "", "tags": ""}, 422
    )

    assert "Not a valid choice" in seen.words


def test_a_note_is_written_read_and_taken_away_by_whoever_wrote_it(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}"
    reader.get(address)
    seen = reader.follow(reader.post(f"{address}/notes", {"text": "Ask <b>the clerk</b>."}))
    off = next(where for _, where in seen.forms() if where.endswith("/off"))
    sit_as(reader, scene, "noor")
    read = reader.get(address)
    reader.post(off, status=403)
    sit_as(reader, scene, "jo")
    reader.post(off, status=403)
    sit_as(reader, scene, "sam")

    assert "Ask <b>the clerk</b>." in read.words
    assert "Keep this note" not in read.words
    assert "the clerk" not in reader.follow(reader.post(off)).words


def test_an_empty_note_is_said_so_and_one_too_long_is_not_lost(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}/notes"
    reader.get(f"/office/bills/{scene.bill_id}")

    assert "A note needs words." in reader.post(address, {"text": " "}, 422).words
    seen = reader.post(address, {"text": "long " * 2_000}, 422)
    assert "5 000 letters" in seen.words and "long long" in seen.answer.text


def test_the_table_holds_the_list_as_narrowed_no_note_and_no_formula(
    reader: Reader, scene: Scene, database: Database
) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(make_key("de", "153", "HB 2"), title='\t=HYPERLINK("x"); "a"'), NOW)
    reader.get(f"/office/bills/{scene.bill_id}")
    reader.post(f"/office/bills/{scene.bill_id}/notes", {"text": "Ask the clerk."})
    raw = reader.get("/office/bills/list.csv").answer.data
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    [_, only] = csv.reader(
        io.StringIO(reader.get("/office/bills/list.csv?place=de").answer.data.decode("utf-8-sig"))
    )

    assert raw.startswith(b"\xef\xbb\xbf") and b"clerk" not in raw
    assert [row[0] for row in rows] == ["reference", "de 153 HB 2", "us 119 H.R. 1144"]
    assert only[4] == '\'=HYPERLINK("x"); "a"'

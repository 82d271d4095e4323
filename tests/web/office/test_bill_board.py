"""The board and the months: every bill under its stage, every hearing and deadline on its day."""

from datetime import date

import pytest

from advocacy.bills.actions import track
from advocacy.bills.entering import enter_hearing
from advocacy.bills.identifiers import make_key
from advocacy.db import Database
from advocacy.demo.scene import Scene
from tests.bills import made
from tests.conftest import NOW
from tests.page import Reader
from tests.web.office.scenes import sit_as


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "noor")


def test_every_bill_stands_under_its_stage(reader: Reader, database: Database) -> None:
    with database.transaction() as session:
        for number in range(1, 15):
            track(session, made.snapshot(make_key("de", "153", f"HB {number}"), steps=(made.REFERRED,)), NOW)
    seen = reader.get("/office/bills/board")

    assert [" ".join(h2.get_text().split()) for h2 in seen.soup.select(".board h2")] == [
        "In committee 14",
        "Ordered reported 1",
    ]
    assert "/office/bills?stage=in_committee" in seen.links()
    assert "No bill of ours is like that" in reader.get("/office/bills/board?place=ri").words


def test_a_month_has_its_hearings_and_the_dates_of_campaigns(
    reader: Reader, scene: Scene, database: Database
) -> None:
    with database.transaction() as session:
        enter_hearing(
            session,
            scene.bill_id,
            committee="Judiciary",
            on=date(2027, 3, 9),
            location="",
            by=scene.hands["sam"],
            now=NOW,
        )
    march = reader.get("/office/bills/dates?month=2027-03")

    assert march.heading == "Dates in March 2027"
    assert "Tuesday, 9 March 2027 Hearing on H.R. 1144 , Judiciary" in march.words
    assert "/office/bills/dates?month=2027-02" in march.links()
    assert "No hearing of our bills" in reader.get("/office/bills/dates?month=2031-01").words


@pytest.mark.parametrize("month", ["", "soon", "2027-13", "0001-01", "9999-12", "2027-03-01"])
def test_a_month_that_cannot_be_is_this_month(reader: Reader, month: str) -> None:
    assert reader.get(f"/office/bills/dates?month={month}").heading == "Dates in November 2026"

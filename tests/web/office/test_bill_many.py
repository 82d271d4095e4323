"""Follow many bills at once: the page, the table, and the report."""

import io
from datetime import datetime

import pytest

from advocacy.bills.actions import track
from advocacy.db import Database
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import sit

PAGE = "/office/bills/many"


@pytest.fixture(autouse=True)
def _sam_follows_one(reader: Reader, cast: Cast, database: Database, now: datetime) -> None:
    sit(reader, cast.sam)
    with database.transaction() as session:
        track(session, made.snapshot(), now)


def test_what_became_of_each_line_is_read_while_others_wait(reader: Reader) -> None:
    reader.get(PAGE)
    sent = {"csrf_token": reader.token, "bills": "us 119 hr 9001\n<b>nothing</b>\nus 119 HR 9002"}
    where = reader.client.post(PAGE, data=sent).headers["Location"]

    seen = reader.get(where)
    assert "0 followed now, 1 followed already, 1 not followed, 1 waiting." in seen.words
    assert "Line 2. <b>nothing</b> Not followed" in seen.words
    assert "Line 3. us 119 HR 9002 Waits for its service" in seen.words
    part = reader.get(where, headers={"HX-Request": "true"})
    assert part.soup.find("h1") is None and part.soup.select_one("#asked[hx-get]") is not None


def test_the_table_our_own_list_makes_fits(reader: Reader) -> None:
    table = reader.client.get("/office/bills/list.csv").data
    reader.get(PAGE)
    answer = reader.client.post(
        PAGE, data={"csrf_token": reader.token, "file": (io.BytesIO(table), "bills.csv")}
    )
    seen = reader.get(answer.headers["Location"])
    assert "0 followed now, 1 followed already, 0 not followed, 0 waiting." in seen.words


def test_nothing_pasted_is_said_beside_the_field(reader: Reader) -> None:
    assert "Paste at least one bill" in reader.post(PAGE, {"bills": " "}, 422).words
    reader.get(f"{PAGE}/00000000-0000-4000-8000-000000000000", 404)

"""What happened to bills: the page, being told, and the private addresses."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.db import Database
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.conftest import Clock
from tests.web.office.papers import sit

FURTHER = (made.INTRODUCED, made.REFERRED, made.step("2026-11-24", "Amended <b>twice</b>."))


@pytest.fixture
def bill(reader: Reader, cast: Cast, database: Database, now: datetime) -> UUID:
    """A bill to which something happened."""
    sit(reader, cast.sam)
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(), now - timedelta(hours=2)).bill_id
        track(session, made.snapshot(steps=FURTHER), now - timedelta(hours=1))
    return bill_id


def test_whoever_wants_to_be_told_of_a_bill_reads_what_happened(reader: Reader, bill: UUID) -> None:
    assert "Step: Amended <b>twice</b>." not in reader.get("/office/bills/news").words
    assert "Step: Amended <b>twice</b>." in reader.get("/office/bills/news?all=1").words

    assert "Tell me about this bill" in reader.get(f"/office/bills/{bill}").words
    reader.post(f"/office/bills/{bill}/watch")
    seen = reader.get("/office/bills/news")
    assert "Those I am told of (1)" in seen.words
    assert "H.R. 9001 Sample Safe Harbour Act Step: Amended <b>twice</b>." in seen.words
    assert "H.R. 9001" in reader.get("/office/bills?told=1").words

    reader.post(f"/office/bills/{bill}/unwatch")
    assert "Step: Amended" not in reader.get("/office/bills/news").words
    assert "No bill of ours is like that." in reader.get("/office/bills?told=1").words


def test_mail_and_tags_are_ones_own_choice(reader: Reader, bill: UUID, database: Database) -> None:
    reader.post(f"/office/bills/{bill}/work", {"owner": "", "priority": "", "tags": "housing"})
    reader.get("/office/bills/news")
    reader.post("/office/bills/news/tags", {"tag": ["housing", "never was"]})
    assert "Step: Amended" in reader.get("/office/bills/news").words

    reader.post("/office/bills/news/mail", {"mail": "yes"})
    assert "Write to me no more" in reader.get("/office/bills/news").words
    reader.post("/office/bills/news/mail", {})
    assert "Write to me once a day" in reader.get("/office/bills/news").words


def test_a_private_address_is_shown_once_read_without_a_seat_and_ended(
    reader: Reader, bill: UUID, cast: Cast, clock: Clock
) -> None:
    reader.post(f"/office/bills/{bill}/watch")
    first = addresses(reader)
    second = addresses(reader)
    assert "Copy these now" not in reader.get("/office/bills/news").words
    plain = reader.client.application.test_client()

    assert b"Amended &lt;b&gt;" in plain.get(second[0]).data
    answer = plain.get(second[1])
    assert answer.mimetype == "text/calendar" and b"BEGIN:VCALENDAR" in answer.data
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    # An earlier one, one that never was: the same page as any that is not there.
    assert plain.get(first[0]).data == plain.get("/feeds/nobody/bills.xml").data
    assert plain.get(first[0]).status_code == 404

    reader.post("/office/bills/news/feed/off")
    assert plain.get(second[0]).status_code == plain.get(second[1]).status_code == 404


def test_a_private_address_ends_with_the_term(reader: Reader, bill: UUID, clock: Clock) -> None:
    feed, _ = addresses(reader)
    plain = reader.client.application.test_client()
    assert plain.get(feed).status_code == 200

    clock.forward(days=3000)
    assert plain.get(feed).status_code == 404


def addresses(reader: Reader) -> list[str]:
    """New private addresses, without their host."""
    reader.get("/office/bills/news")
    seen = reader.post("/office/bills/news/feed", status=200)
    found = [code.get_text() for code in seen.soup.select("section.note code")]
    return [re.sub(r"^https?://[^/]+", "", one) for one in found]

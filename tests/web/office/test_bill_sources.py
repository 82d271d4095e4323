"""Who says so: from a fact to the answer it stood in."""

from dataclasses import replace
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.db import Database
from advocacy.demo.scene import Scene
from advocacy.web.office.bill_sources import marked_in
from tests.bills import made
from tests.page import Reader
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as

HOSTILE = b'{"text": "Referred to the House Committee on Samples.", "x": "<script>alert(1)</script>"}'


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


@pytest.fixture
def bill(database: Database, clock: Clock) -> UUID:
    with database.transaction() as session:
        return track(session, replace(made.snapshot(), payload=HOSTILE), clock()).bill_id


def test_from_the_bill_to_the_fact_in_the_answer(reader: Reader, bill: UUID) -> None:
    page = reader.get(f"/office/bills/{bill}")
    told = reader.get(str(page.soup.find("a", string="Who says so")["href"]))
    assert "Congress.gov. First heard 23 November 2026, 10:00 EST" in told.words
    step = next(li for li in told.soup.find_all("li") if "Referred to the House" in li.get_text())

    raw = reader.get(str(step.a["href"]))

    assert raw.soup.find("mark").get_text() == "Referred to the House Committee on Samples."
    assert raw.soup.find("script", string="alert(1)") is None


def test_the_answer_can_be_kept_as_a_file_no_browser_runs(reader: Reader, bill: UUID) -> None:
    told = reader.get(f"/office/bills/{bill}/sources")
    link = next(str(a["href"]) for a in told.soup.select("main a") if "/sources/" in str(a["href"]))
    answer = reader.client.get(link.partition("?")[0] + "/file")
    assert answer.data == HOSTILE
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_nobody_told_is_nothing(reader: Reader, bill: UUID) -> None:
    reader.get(f"/office/bills/{bill}/sources/{bill}", 404)
    reader.get(f"/office/bills/{bill}/sources/{bill}/file", 404)
    reader.get("/office/bills/00000000-0000-4000-8000-000000000000/sources", 404)


@pytest.mark.parametrize(
    ("answer", "words", "found"),
    [
        ('{"t": "He said \\"no\\""}', 'He said "no"', 'He said \\"no\\"'),
        ("<t>Food &amp; shelter</t>", "Food & shelter", "Food &amp; shelter"),
        ("{}", "not there", ""),
        ("{}", "", ""),
    ],
)
def test_words_are_found_as_the_answer_writes_them(answer: str, words: str, found: str) -> None:
    before, marked, after = marked_in(answer, words)
    assert marked == found
    assert before + marked + after == answer

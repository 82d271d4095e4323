"""The list of bills: any address gives a page, in few questions, however many bills there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key
from advocacy.db import Database
from advocacy.demo.scene import Scene
from tests.bills import made
from tests.page import Reader, Seen
from tests.web.office.scenes import sit_as


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


@pytest.fixture
def _some(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(steps=(made.INTRODUCED, made.PASSED)), now)
        track(session, made.snapshot(make_key("de", "153", "HB 2"), title="A <b>bold</b> act"), now)


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """Every question that is put to the database."""
    put: list[str] = []

    def note(*told: object) -> None:
        if str(told[2]).startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            put.append(str(told[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield put
    event.remove(database.engine, "before_cursor_execute", note)


def names(seen: Seen) -> list[str]:
    return [h2.a.get_text() for h2 in seen.soup.select("ul.bills h2")]


def chosen(seen: Seen, field: str) -> str:
    found = seen.soup.select_one(f"#{field} option[selected]")
    return str(found["value"]) if found else ""


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("stage=passed_one_chamber", ["H.R. 9001"]),
        ("place=de", ["HB 2"]),
        ("place=us&session=119&sort=number", ["H.R. 1144", "H.R. 9001"]),
        ("ours=1", ["H.R. 1144"]),
    ],
)
@pytest.mark.usefixtures("_some")
def test_the_list_is_narrowed_by_its_address_and_says_by_what(
    reader: Reader, asked: str, shown: list[str]
) -> None:
    seen = reader.get(f"/office/bills?{asked}")

    assert names(seen) == shown
    assert f"{len(shown)} bill" in seen.words
    for name, [value] in parse_qs(asked).items():
        if name == "ours":
            assert seen.soup.select_one("#ours").has_attr("checked")  # type: ignore[union-attr]
        else:
            assert chosen(seen, name) == value


@pytest.mark.parametrize(
    "asked",
    [
        "stage=queen",
        "page=0",
        "page=-3",
        "page=9999999999",
        "page=%C2%B2",
        "sort=%00",
        "session=%27%3B--",
        "place=%F0%9F%8F%9B",
        "ours=maybe",
    ],
)
@pytest.mark.usefixtures("_some")
def test_any_address_gives_a_page(reader: Reader, asked: str) -> None:
    assert reader.get(f"/office/bills?{asked}").heading == "Bills"


@pytest.mark.usefixtures("_some")
def test_a_list_narrowed_to_nothing_leads_back_to_all(reader: Reader) -> None:
    seen = reader.get("/office/bills?place=ri")

    assert "No bill of ours is like that. Show all 3" in seen.words
    assert "/office/bills" in seen.links()


def test_five_hundred_bills_take_six_questions_and_pages_keep_what_was_asked(
    reader: Reader, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        for number in range(1, 53):
            track(session, made.snapshot(make_key("ri", "2026", f"HB {number}"), steps=()), now)
    with questions(database) as put:
        seen = reader.get("/office/bills?place=ri&sort=number")

    assert len(put) <= 6, put
    assert "52 bills of 53, page 1 of 2" in seen.words
    later = next(link for link in seen.links() if "page=2" in link)
    assert parse_qs(urlsplit(later).query) == {"place": ["ri"], "sort": ["number"], "page": ["2"]}
    assert names(reader.get(later))[0] == "HB 51"


@pytest.mark.usefixtures("_some")
def test_a_search_shows_the_bill_and_the_words_where_they_stand(reader: Reader) -> None:
    seen = reader.get("/office/bills?q=mau+nguyen&place=us")

    assert names(seen) == ["H.R. 9001"]
    assert [mark.get_text() for mark in seen.soup.select("ul.bills mark")] == ["Mẫu", "Nguyễn"]
    assert "1 bill found." in seen.words
    assert seen.soup.select_one("#q")["value"] == "mau nguyen"  # type: ignore[index]


@pytest.mark.parametrize("typed", ["hb 0002", "de 153 h.b. 2", "HB2"])
@pytest.mark.usefixtures("_some")
def test_a_number_in_any_spelling_is_found(reader: Reader, typed: str) -> None:
    assert names(reader.get("/office/bills", query_string={"q": typed})) == ["HB 2"]


@pytest.mark.parametrize(
    "typed", ['"><script>', "' OR 1=1 --", "\x00", "\ud800".encode("utf-8", "replace"), "é" * 3000]
)
@pytest.mark.usefixtures("_some")
def test_whatever_is_searched_for_gives_a_page(reader: Reader, typed: str) -> None:
    seen = reader.get("/office/bills", query_string={"q": typed})

    assert seen.heading == "Bills"
    assert "<script>" not in str(seen.soup.main)

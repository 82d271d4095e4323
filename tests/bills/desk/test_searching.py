"""Any string typed gives an answer, the same in both databases, and what is known is found at once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, text

from advocacy.bills.actions import track
from advocacy.bills.desk.listing import Wanted
from advocacy.bills.desk.searching import HITS, Found, around, search
from advocacy.bills.fulltext import BillWords, fold, words_typed
from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import SponsorFact
from advocacy.bills.status import Stage
from advocacy.bills.words import fill_words, renew_words, wordless
from advocacy.db import Database
from tests.bills import made

TODAY = date(2026, 11, 23)
BARUCH = SponsorFact("Rep. Velázquez, Nydia M. [D-NY-7]", leads=True)
BILLS = [
    made.snapshot(title="Sample Safe Harbour Act", sponsors=(BARUCH,)),
    made.snapshot(make_key("de", "153", "HB 23"), title="An Act about safe homes", steps=(made.PASSED,)),
    made.snapshot(make_key("ri", "2026", "HB 23"), title="An Act about 1e5 señales", steps=(made.REPORTED,)),
    made.snapshot(make_key("ny", "2025-2026", "A 7422"), title="Vacate a judgment", steps=(), sponsors=()),
]

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _some_bills(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        for one in BILLS:
            track(session, one, now)


def found(database: Database, typed: str, **more: object) -> Found:
    with database.reading() as session:
        return search(session, Wanted(words=typed, **more), TODAY)  # type: ignore[arg-type]


def names(seen: Found) -> list[str]:
    return [f"{hit.line.key.jurisdiction} {hit.line.identifier}" for hit in seen.hits]


TYPED = {
    "us 119 h.r. 9001": ["us H.R. 9001"],
    "HR9001": ["us H.R. 9001"],
    "h.r. 0009001": ["us H.R. 9001"],
    "House Bill 23": ["de HB 23", "ri HB 23"],
    "DE 153 hb 023": ["de HB 23"],
    "ny 2025-2026 A 7422C": ["ny A 7422"],
    "a07422": ["ny A 7422"],
    "VELÁZQUEZ": ["us H.R. 9001"],
    "velazquez safe": ["us H.R. 9001"],
    "señales": ["ri HB 23"],
    "senal 1e5": ["ri HB 23"],
    "judgm vac": ["ny A 7422"],
    "Rept 900": ["ri HB 23"],
    "queen": [],
    "": [],
    "safe AND queen": [],
}


def test_what_is_typed_in_any_spelling_finds_the_bill(database: Database) -> None:
    assert {typed: sorted(names(found(database, typed))) for typed in TYPED} == TYPED


def test_words_as_they_were_typed_come_before_words_that_begin_so(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(make_key("us", "119", "S 1"), title="Vacated and more judgments"), now)

    assert names(found(database, "vacate judgment")) == ["ny A 7422", "us S. 1"]


def test_a_number_comes_before_words_and_filters_still_narrow(database: Database) -> None:
    assert names(found(database, "hb 23", place="ri")) == ["ri HB 23"]
    assert names(found(database, "safe", stage=Stage.PASSED_ONE)) == ["de HB 23"]
    assert names(found(database, "safe", place="ny")) == []


HOSTILE = [
    '"',
    "'",
    "* OR (",
    "NEAR(a b, 2)",
    "title: x",
    "a & | !",
    "a:*",
    "<->",
    "\\",
    "%s",
    ";DROP TABLE bill;",
]


@given(typed=some.one_of(some.sampled_from(HOSTILE), some.text(max_size=60)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_gives_an_answer(database: Database, typed: str) -> None:
    assert len(found(database, typed).hits) <= len(BILLS)


def test_what_is_told_later_is_found_and_what_is_gone_is_not(database: Database, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with database.transaction() as session:
        track(session, made.snapshot(title="Another Act", sponsors=(made.JOINED,)), later)

    assert names(found(database, "velazquez")) == names(found(database, "harbour")) == []
    assert names(found(database, "another nguyen")) == ["us H.R. 9001"]


def test_a_change_that_fails_leaves_the_search_as_it_was(database: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        track(session, made.snapshot(title="Another Act"), now + timedelta(hours=1))
        raise ZeroDivisionError

    assert names(found(database, "harbour")) == ["us H.R. 9001"]
    assert names(found(database, "another")) == []


def test_the_index_is_in_step_and_is_made_anew_where_it_is_not(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        assert list(wordless(session)) == []
        if database.engine.dialect.name == "sqlite":
            session.execute(text("INSERT INTO bill_index (bill_index, rank) VALUES ('integrity-check', 1)"))
        session.scalars(select(BillWords)).first().title = "planted"  # type: ignore[union-attr]
        session.flush()
        assert len(list(wordless(session))) == 1
        assert renew_words(session) == 1
        assert list(wordless(session)) == []
        assert fill_words(session) == 0
        if database.engine.dialect.name == "sqlite":
            session.execute(text("INSERT INTO bill_index (bill_index, rank) VALUES ('integrity-check', 1)"))


def test_twenty_are_shown_and_none_is_shown_twice(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        for number in range(1, HITS + 4):
            track(session, made.snapshot(make_key("ri", "2026", f"SB {number}"), title="Lanterns"), now)

    first, second = found(database, "lanterns"), found(database, "lanterns", page=2)
    assert (len(first.hits), len(second.hits)) == (HITS, 3)
    assert (first.is_more, second.is_more) == (True, False)
    assert len({hit.line.id for hit in first.hits + second.hits}) == HITS + 3


def test_a_hit_shows_the_place_with_its_words_marked(database: Database) -> None:
    [hit] = found(database, "velazquez").hits

    assert [words for words, is_hit in hit.around if is_hit] == ["Velázquez"]
    assert "".join(words for words, _ in hit.around).startswith(
        "Rep. Velázquez, Nydia M. [D-NY-7] · Introduced"
    )


@pytest.mark.sqlite
def test_the_place_is_where_most_of_the_words_stand_together() -> None:
    text = "safe " + "filler " * 80 + "the safe homes of " + "filler " * 80
    parts = around(text, ["safe", "homes"])

    assert [words for words, is_hit in parts if is_hit] == ["safe", "homes"]
    assert parts[0] == ("… ", False)
    assert parts[-1][0].endswith(" …")
    assert around("nothing here", ["safe"]) == around("safe", []) == ()
    assert [words for words, is_hit in around("House of HR", ["h", "hr"]) if is_hit] == ["HR"]


def test_words_are_folded_alike_whoever_writes_them() -> None:
    assert fold("Señal, No. 5 — ＨＲ Nguyễn’s") == "senal no 5 hr nguyen s"
    assert words_typed("safe SAFE h.r.1") == ("safe", "h", "r", "1")
    assert len(words_typed("a b c d e f g h i j k l m n o p")) == 12

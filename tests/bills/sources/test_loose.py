"""Other people's JSON never breaks the reader."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.bills.sources.loose import day, eastern, link, part, rows, words, written_day

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=8,
)


@given(anything)
def test_any_value_reads_as_what_was_asked_for_or_as_nothing(value: object) -> None:
    row = {"x": value}

    assert words(row, "x").isascii() or words(row, "x").encode()
    assert isinstance(part(row, "x"), dict)
    assert all(isinstance(item, dict) for item in rows(row, "x"))
    assert day(row, "x") is None or isinstance(day(row, "x"), date)
    assert written_day(row, "x") is None or isinstance(written_day(row, "x"), date)
    assert link(row, "x") == "" or link(row, "x").startswith("http")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-02-07", date(2025, 2, 7)),
        ("2025-02-07T02:00:00Z", date(2025, 2, 6)),
        ("2025-02-07T15:00:00Z", date(2025, 2, 7)),
        ("2025-07-07T03:59:00+00:00", date(2025, 7, 6)),
        ("2025-02-07T02:00:00", date(2025, 2, 7)),
        ("0000-00-00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_an_instant_is_the_day_it_was_in_washington(text: str, found: date | None) -> None:
    assert day({"x": text}, "x") == found


def test_a_clock_without_a_zone_is_washington_s_in_summer_and_winter() -> None:
    assert eastern(date(2025, 1, 23), "15:58:45") == datetime(2025, 1, 23, 20, 58, 45, tzinfo=UTC)
    assert eastern(date(2025, 7, 23), "15:58:45") == datetime(2025, 7, 23, 19, 58, 45, tzinfo=UTC)
    assert eastern(date(2025, 7, 23), "") is eastern(date(2025, 7, 23), "noon") is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a", "https://a b", 'https://a"onx', "//a", "https://"]
)
def test_a_link_is_a_web_address_or_nothing(url: str) -> None:
    assert link({"x": url}, "x") == ""
    assert link({"x": "https://a.example/b?c=d#e"}, "x") == "https://a.example/b?c=d#e"


def test_a_number_is_text_and_a_yes_is_not() -> None:
    assert words({"x": 149}, "x") == "149"
    assert words({"x": True}, "x") == ""

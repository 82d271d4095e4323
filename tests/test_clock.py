"""Times as people say them, and the two nights a year when they mean nothing or two things."""

from datetime import UTC, date, datetime, time

import pytest

from advocacy.clock import NoSuchTime, TwiceThatTime, day_in, end_of_day, moment_in

ZONE = "America/New_York"


def test_a_time_is_the_one_the_clocks_there_show() -> None:
    assert moment_in(ZONE, date(2026, 12, 1), time(17, 0)) == datetime(2026, 12, 1, 22, 0, tzinfo=UTC)
    assert moment_in(ZONE, date(2026, 7, 1), time(17, 0)) == datetime(2026, 7, 1, 21, 0, tzinfo=UTC)


def test_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        moment_in(ZONE, date(2027, 3, 14), time(2, 30))


def test_a_time_that_comes_twice_is_refused() -> None:
    with pytest.raises(TwiceThatTime):
        moment_in(ZONE, date(2026, 11, 1), time(1, 30))


def test_the_hours_beside_those_are_fine() -> None:
    assert moment_in(ZONE, date(2027, 3, 14), time(3, 0)) == datetime(2027, 3, 14, 7, 0, tzinfo=UTC)
    assert moment_in(ZONE, date(2026, 11, 1), time(2, 0)) == datetime(2026, 11, 1, 7, 0, tzinfo=UTC)


def test_a_day_lasts_until_midnight_where_people_live() -> None:
    late = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)

    assert day_in(ZONE, late) == date(2026, 11, 23)
    assert end_of_day(ZONE, date(2026, 11, 23)) == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)

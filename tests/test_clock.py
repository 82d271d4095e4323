"""Times as people say them, and the two nights a year when they mean nothing or two things."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from advocacy.clock import (
    US_ZONES,
    NoSuchTime,
    TwiceThatTime,
    city,
    day_in,
    days_later,
    end_of_day,
    moment_in,
    read_zone,
    zones,
)

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


# The last day, and the first instant after it is over there: across nights the clocks change, and far out.
MIDNIGHTS = [
    ("America/New_York", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
    ("America/New_York", date(2027, 3, 13), datetime(2027, 3, 14, 5, tzinfo=UTC)),
    ("America/New_York", date(2027, 3, 14), datetime(2027, 3, 15, 4, tzinfo=UTC)),
    ("Pacific/Honolulu", date(2026, 11, 1), datetime(2026, 11, 2, 10, tzinfo=UTC)),
    ("Pacific/Honolulu", date(2027, 3, 14), datetime(2027, 3, 15, 10, tzinfo=UTC)),
    ("America/Phoenix", date(2026, 11, 1), datetime(2026, 11, 2, 7, tzinfo=UTC)),
    ("America/Phoenix", date(2027, 3, 14), datetime(2027, 3, 15, 7, tzinfo=UTC)),
    # Lord Howe moves by half an hour.
    ("Australia/Lord_Howe", date(2026, 10, 3), datetime(2026, 10, 3, 13, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", date(2026, 10, 4), datetime(2026, 10, 4, 13, tzinfo=UTC)),
    ("Pacific/Kiritimati", date(2026, 11, 1), datetime(2026, 11, 1, 10, tzinfo=UTC)),
    ("Pacific/Apia", date(2026, 11, 1), datetime(2026, 11, 1, 11, tzinfo=UTC)),
    # In Havana midnight itself comes twice that night; the day is over at the first.
    ("America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
    # In Santiago there is no midnight that night: the day ends where the next one begins, at one.
    ("America/Santiago", date(2026, 9, 5), datetime(2026, 9, 6, 4, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "day", "ends"), MIDNIGHTS)
def test_a_day_ends_exactly_when_it_does_there(zone: str, day: date, ends: datetime) -> None:
    assert end_of_day(zone, day) == ends
    assert day_in(zone, ends - timedelta(microseconds=1)) == day
    assert day_in(zone, ends) == day + timedelta(days=1)


@pytest.mark.parametrize("typed", ["America/Los_Angeles", "america/los angeles", "  AMERICA/LOS_ANGELES "])
def test_a_zone_is_known_however_it_is_written(typed: str) -> None:
    assert read_zone(typed) == "America/Los_Angeles"


@pytest.mark.parametrize("typed", ["Los Angeles", "PST", "Etc/GMT+5", "../../etc/passwd", "Mars/Base", ""])
def test_what_names_no_place_is_no_zone(typed: str) -> None:
    assert read_zone(typed) is None


@pytest.mark.parametrize(
    ("zone", "begins", "days", "ends"),
    [
        ("America/New_York", (2026, 10, 15, 4, 30), 30, (2026, 11, 14, 5, 30)),
        ("America/New_York", (2026, 11, 14, 5, 30), -30, (2026, 10, 15, 4, 30)),
        ("America/New_York", (2027, 3, 1, 5, 30), 30, (2027, 3, 31, 4, 30)),
        ("Pacific/Honolulu", (2026, 10, 15, 4, 30), 30, (2026, 11, 14, 4, 30)),
        ("Australia/Lord_Howe", (2027, 3, 20, 3, 0), 30, (2027, 4, 19, 3, 30)),
        # Half past two does not exist that night, and half past one comes twice.
        ("America/New_York", (2027, 3, 13, 7, 30), 1, (2027, 3, 14, 7, 30)),
        ("America/New_York", (2026, 10, 31, 5, 30), 1, (2026, 11, 1, 5, 30)),
    ],
)
def test_so_many_days_later_the_clocks_there_show_the_same(
    zone: str, begins: tuple[int, ...], days: int, ends: tuple[int, ...]
) -> None:
    begun = datetime(*begins, tzinfo=UTC)  # type: ignore[arg-type,misc]
    assert days_later(zone, begun, days) == datetime(*ends, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_the_zones_offered_first_are_zones() -> None:
    assert set(US_ZONES) <= set(zones())
    assert [city(zone) for zone in US_ZONES[:2]] == ["Puerto Rico", "New York"]

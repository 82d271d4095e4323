"""Nobody is written to at night, nor while she rests; and summer time is known."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.clock import months_after
from advocacy.config import Config
from advocacy.db import Database
from advocacy.mail.actions import queue
from advocacy.mail.postman import Later
from advocacy.people.models import Person
from advocacy.people.resting import Considerate, NoSuchRest, by_day, may_be_asked_at, rest
from advocacy.worker import trades
from tests import make
from tests.mail.trades import PlainTrade

NEW_YORK = "America/New_York"


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("zone", "written", "leaves"),
    [
        (NEW_YORK, (2026, 11, 25, 8, 0), (2026, 11, 25, 8, 0)),
        (NEW_YORK, (2026, 11, 25, 20, 59), (2026, 11, 25, 20, 59)),
        (NEW_YORK, (2026, 11, 25, 21, 0), (2026, 11, 26, 8, 0)),
        (NEW_YORK, (2026, 11, 26, 7, 59), (2026, 11, 26, 8, 0)),
        # the night the clocks go back has an hour more, and the night they go forward one less
        (NEW_YORK, (2026, 10, 31, 22, 0), (2026, 11, 1, 8, 0)),
        (NEW_YORK, (2026, 3, 7, 22, 0), (2026, 3, 8, 8, 0)),
        ("Pacific/Guam", (2026, 11, 25, 23, 0), (2026, 11, 26, 8, 0)),
    ],
)
def test_what_is_written_at_night_leaves_in_her_morning(
    zone: str, written: tuple[int, ...], leaves: tuple[int, ...]
) -> None:
    assert by_day(zone, at(zone, *written)) == at(zone, *leaves)


def test_the_night_the_clocks_change_is_as_long_as_it_is() -> None:
    def night(*evening: int) -> timedelta:
        began = at(NEW_YORK, *evening)
        return by_day(NEW_YORK, began).astimezone(ZoneInfo("UTC")) - began.astimezone(ZoneInfo("UTC"))

    assert night(2026, 10, 31, 22, 0) == timedelta(hours=11)
    assert night(2026, 3, 7, 22, 0) == timedelta(hours=9)


def test_her_own_clocks_decide_and_not_the_networks(database: Database, now: datetime) -> None:
    """At three in the afternoon in Greenwich it is one at night on Guam."""
    with database.transaction() as session:
        near = make.person(session, "Near Sample", now=now)
        far = make.person(session, "Far Sample", now=now)
        far.time_zone = "Pacific/Guam"
        answers = [_asks(session, person, now) for person in (near, far)]

    assert answers == [True, Later(at("Pacific/Guam", 2026, 11, 24, 8, 0))]


def _asks(session: object, person: Person, now: datetime) -> bool | Later:
    trade = Considerate(PlainTrade(), NEW_YORK)
    message = queue(session, kind="plain", about=person.id, person=person.id, now=now)  # type: ignore[arg-type]
    return trade.may_send(session, message, now)  # type: ignore[arg-type]


def test_who_rests_is_asked_nothing_until_her_day(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        person = make.person(session, "Tired Sample", now=now)
        rest(session, person.id, date(2026, 12, 24), by=None, zone=NEW_YORK, now=now)
        assert _asks(session, person, now) == Later(at(NEW_YORK, 2026, 12, 24, 8, 0))
        rest(session, person.id, None, by=None, zone=NEW_YORK, now=now)
        assert _asks(session, person, now) is True


def test_a_rest_that_is_over_is_over(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        person = make.person(session, "Rested Sample", now=now)
        rest(session, person.id, date(2026, 11, 24), by=None, zone=NEW_YORK, now=now)
        tomorrow = now + timedelta(days=1)

        assert may_be_asked_at(person, NEW_YORK, tomorrow) == tomorrow


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2020, 1, 1), date(2029, 1, 1)])
def test_a_rest_ends_on_a_day_to_come(database: Database, now: datetime, until: date) -> None:
    with database.transaction() as session:
        person = make.person(session, "Sample Sample", now=now)
        with pytest.raises(NoSuchRest):
            rest(session, person.id, until, by=None, zone=NEW_YORK, now=now)
        assert person.rests_until is None


def test_what_is_not_right_to_send_is_not_put_off_either(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        person = make.person(session, "Sample Sample", now=now)
        inner = PlainTrade(stopped={person.id})
        message = queue(session, kind="plain", about=person.id, person=person.id, now=now)

        assert Considerate(inner, "Pacific/Guam").may_send(session, message, now) is False


def test_every_mail_that_asks_something_waits_for_the_day(config: Config) -> None:
    asking = trades(Config.from_environment({"VAR": str(config.var)}))

    assert all(isinstance(asking[kind], Considerate) for kind in ("invitation", "reminder"))
    assert not isinstance(asking["sign_in"], Considerate)


def test_a_month_from_the_last_of_january_is_the_last_of_february() -> None:
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 23), 3) == date(2027, 2, 23)

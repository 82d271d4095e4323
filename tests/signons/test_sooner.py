"""Ending sooner, at will, at any time; never later."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience
from advocacy.signons.previews import LongerThanOffered, Wish
from advocacy.signons.queries import signers_for
from advocacy.signons.sooner import NotSooner, end_sooner
from advocacy.signons.visits import Visit
from tests import make
from tests.make import CHOSEN, FULL, ZONE, Cast
from tests.signons.lapses import ends, move, told

OFFICE, WEB, PRESS = Audience.RECIPIENT, Audience.WEB, Audience.PRESS
CAPS = {OFFICE: 180, WEB: 365, PRESS: 90}


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, CHOSEN, CHOSEN)
    return make.come(session, letter.letter_id, cast.wren, now)


def web_lines(session: Session, letter: LetterVersion, at: datetime) -> list[str]:
    return [one.line for one in signers_for(session, letter.id, WEB, at).individuals]


def test_a_nearer_day_ends_it_exactly_then(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, now: datetime
) -> None:
    end_sooner(session, wren, {WEB: date(2026, 11, 30)}, zone=ZONE, now=now)
    over = datetime(2026, 12, 1, 5, tzinfo=UTC)

    assert web_lines(session, letter, over - timedelta(seconds=1)) == ["Wrenna"]
    assert web_lines(session, letter, over) == []
    assert [one.line for one in signers_for(session, letter.id, OFFICE, over).individuals] == ["Wren Sample"]


def test_twice_is_once_and_it_can_be_nearer_still(
    session: Session, cast: Cast, wren: Visit, now: datetime
) -> None:
    for day in (30, 30, 25, 23):
        end_sooner(session, wren, {WEB: date(2026, 11, day)}, zone=ZONE, now=now)

    assert told(session, "shortened") == 3
    assert ends(session, cast.wren)[WEB] == datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 5, 25), date(9999, 12, 30)])
def test_no_day_that_is_over_and_none_later_than_the_one_that_stands(
    session: Session, cast: Cast, wren: Visit, now: datetime, day: date
) -> None:
    before = ends(session, cast.wren)

    with pytest.raises(NotSooner) as fault:
        end_sooner(session, wren, {OFFICE: date(2026, 12, 1), WEB: day}, zone=ZONE, now=now)

    assert fault.value.audience is WEB
    assert ends(session, cast.wren) == before


def test_it_can_end_sooner_when_the_letter_is_closed(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, now: datetime
) -> None:
    later = now + make.OPEN_FOR + timedelta(days=20)
    end_sooner(session, wren, {WEB: date(2027, 1, 1)}, zone=ZONE, now=later)

    assert ends(session, cast.wren)[WEB] == datetime(2027, 1, 2, 5, tzinfo=UTC)


def test_after_a_withdrawal_there_is_nothing_to_end(
    session: Session, letter: LetterVersion, cast: Cast, wren: Visit, now: datetime
) -> None:
    make.withdraw(session, letter.letter_id, cast.wren, now)
    end_sooner(session, wren, {WEB: date(2026, 12, 1)}, zone=ZONE, now=now)

    assert told(session, "shortened") == 0


@pytest.mark.parametrize("audience", CAPS)
def test_any_day_from_tomorrow_to_the_cap_may_be_chosen(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, audience: Audience
) -> None:
    wren, today = make.come(session, letter.letter_id, cast.wren, now), date(2026, 11, 23)

    def until(day: date) -> datetime:
        wanted = make.wishes(FULL, FULL, FULL)
        wanted = {**wanted, audience: Wish(FULL, 30, until=day)}
        return make.look(session, wren, wanted, now).ends[audience]

    assert until(today + timedelta(days=1)) == datetime(2026, 11, 25, 5, tzinfo=UTC)
    last = today + timedelta(days=CAPS[audience])
    assert until(last).date() == last + timedelta(days=1)
    for day in (today, today - timedelta(days=1), last + timedelta(days=1), date.max, date.min):
        with pytest.raises(LongerThanOffered):
            until(day)


# Where she lives, the last day she chooses, and the instant her line is gone: across both nights of the year.
LAST_DAYS = [
    ("America/New_York", date(2027, 3, 13), datetime(2027, 3, 14, 5, tzinfo=UTC)),
    ("America/New_York", date(2027, 3, 14), datetime(2027, 3, 15, 4, tzinfo=UTC)),
    ("Pacific/Honolulu", date(2027, 3, 14), datetime(2027, 3, 15, 10, tzinfo=UTC)),
    ("America/Phoenix", date(2027, 3, 14), datetime(2027, 3, 15, 7, tzinfo=UTC)),
    ("Australia/Lord_Howe", date(2027, 4, 4), datetime(2027, 4, 4, 13, 30, tzinfo=UTC)),
    ("Pacific/Kiritimati", date(2027, 3, 14), datetime(2027, 3, 14, 10, tzinfo=UTC)),
    ("Pacific/Apia", date(2027, 3, 14), datetime(2027, 3, 14, 11, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "day", "over"), LAST_DAYS)
def test_a_line_ends_when_the_day_is_over_where_she_lives(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, zone: str, day: date, over: datetime
) -> None:
    move(session, cast.wren, zone)
    wren = make.come(session, letter.letter_id, cast.wren, now)
    wanted = {**make.wishes(FULL, FULL), WEB: Wish(FULL, 182, until=day)}
    shown = make.look(session, wren, wanted, now)
    make.signing.sign(session, wren, wanted, mark=shown.mark, zone=ZONE, now=now)

    assert web_lines(session, letter, over - timedelta(microseconds=1)) == ["Wren Sample"]
    assert web_lines(session, letter, over) == []


def utc(*at: int) -> datetime:
    return datetime(*at, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("zone", "sent", "over"),
    [
        # Thirty days by her clocks: an hour less in spring, half of one more in autumn, or none.
        ("America/New_York", utc(2027, 3, 1, 5, 30), utc(2027, 3, 31, 4, 30)),
        ("America/Phoenix", utc(2027, 3, 1, 5, 30), utc(2027, 3, 31, 5, 30)),
        ("Australia/Lord_Howe", utc(2027, 3, 20, 3), utc(2027, 4, 19, 3, 30)),
    ],
)
def test_thirty_days_after_sending_are_her_days(
    session: Session, letter: LetterVersion, cast: Cast, zone: str, sent: datetime, over: datetime
) -> None:
    began = datetime(2026, 11, 23, 15, tzinfo=UTC)
    move(session, cast.wren, zone)
    make.sign(session, letter.letter_id, cast.wren, began, FULL)

    def shown(at: datetime) -> int:
        return len(signers_for(session, letter.id, OFFICE, at, sent_at=sent).individuals)

    assert (shown(over - timedelta(seconds=1)), shown(over)) == (1, 0)

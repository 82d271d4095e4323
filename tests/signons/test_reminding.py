"""One neutral reminder, fourteen days of hers before a line lapses, and only where she may be written to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.clock import day_in, end_of_day
from advocacy.config import Config
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.people.actions import stop_mail
from advocacy.people.limits import Audience
from advocacy.people.models import MailMode, Person
from advocacy.signons.lapse_messages import LapseTrade
from advocacy.signons.reminding import KIND, remind_all, remind_at
from tests import make
from tests.make import CHOSEN, COUNTED, FULL, ZONE, Cast
from tests.signons.lapses import keep, move, never

DAY = timedelta(days=1)
PRESS = Audience.PRESS


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def asked(session: Session) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == KIND)))


def remind(session: Session, at: datetime) -> int:
    return remind_all(session, never, zone=ZONE, now=at)


# A last day, and the instant of the reminder: ten in the morning, fourteen of her days before.
REMINDERS = [
    ("America/New_York", date(2026, 11, 10), datetime(2026, 10, 27, 14, tzinfo=UTC)),
    ("America/New_York", date(2026, 11, 15), datetime(2026, 11, 1, 15, tzinfo=UTC)),
    ("America/New_York", date(2027, 3, 20), datetime(2027, 3, 6, 15, tzinfo=UTC)),
    ("America/New_York", date(2027, 3, 28), datetime(2027, 3, 14, 14, tzinfo=UTC)),
    ("Pacific/Honolulu", date(2026, 11, 10), datetime(2026, 10, 27, 20, tzinfo=UTC)),
    ("Pacific/Honolulu", date(2027, 3, 20), datetime(2027, 3, 6, 20, tzinfo=UTC)),
    ("America/Phoenix", date(2026, 11, 10), datetime(2026, 10, 27, 17, tzinfo=UTC)),
    ("America/Phoenix", date(2027, 3, 20), datetime(2027, 3, 6, 17, tzinfo=UTC)),
    ("Australia/Lord_Howe", date(2026, 10, 10), datetime(2026, 9, 25, 23, 30, tzinfo=UTC)),
    ("Pacific/Kiritimati", date(2026, 11, 10), datetime(2026, 10, 26, 20, tzinfo=UTC)),
    ("Pacific/Apia", date(2027, 3, 20), datetime(2027, 3, 5, 21, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "last_day", "at"), REMINDERS)
def test_it_is_due_exactly_fourteen_of_her_days_before(zone: str, last_day: date, at: datetime) -> None:
    assert remind_at(zone, end_of_day(zone, last_day)) == at


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Pacific/Honolulu", "Australia/Lord_Howe", "Pacific/Apia"]
)
def test_it_is_asked_for_then_and_once(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, zone: str
) -> None:
    move(session, cast.wren, zone)
    make.sign(session, letter.letter_id, cast.wren, now, FULL, days={**make.DAYS, Audience.RECIPIENT: 30})
    at = remind_at(zone, end_of_day(zone, day_in(zone, now) + timedelta(days=30)))

    assert [remind(session, at - timedelta(seconds=1)), remind(session, at), remind(session, at + DAY)] == [
        0,
        1,
        0,
    ]
    (message,) = asked(session)
    assert (message.person_id, message.turn) == (cast.wren, 1)


def test_lines_that_end_near_each_other_are_one_mail(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    other = make.letter(session, cast, now=now, title="Another letter")
    days = {Audience.RECIPIENT: 30, Audience.WEB: 30, PRESS: 30}
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL, days=days)
    make.sign(session, other.letter_id, cast.wren, now + 5 * DAY, FULL, days=days)

    assert sum(remind(session, now + n * DAY) for n in range(60)) == 1


def test_what_lapses_much_later_has_its_own_reminder(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(
        session, letter.letter_id, cast.wren, now, FULL, FULL, days={**make.DAYS, Audience.RECIPIENT: 30}
    )

    sent = [n for n in range(200) if remind(session, now + n * DAY)]

    assert sent == [16, 168]
    assert sorted(message.turn for message in asked(session)) == [1, 2]


def test_nobody_is_reminded_of_a_number(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.dee, now, COUNTED)

    assert sum(remind(session, now + n * DAY) for n in range(100)) == 0


def test_who_chose_so_near_an_end_herself_is_not_reminded_of_it(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, press=FULL, days={**make.DAYS, PRESS: 7})

    assert sum(remind(session, now + n * DAY) for n in range(10)) == 0


@pytest.mark.parametrize("mode", [MailMode.FULL, MailMode.DISCREET, MailMode.WATCHED])
def test_it_is_as_plain_as_an_invitation(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, config: Config, mode: MailMode
) -> None:
    session.get_one(Person, cast.ana).mail_mode = mode
    make.sign(session, letter.letter_id, cast.ana, now, press=CHOSEN)
    at = now + 18 * DAY
    remind(session, at)
    trade, (message,) = LapseTrade(config, never), asked(session)

    assert trade.may_send(session, message, at)
    envelope = trade.compose(session, message, at)

    is_full = mode is MailMode.FULL
    assert envelope.subject == ("Una nota para usted" if is_full else "Hola")
    assert "/s#" in envelope.body
    assert ("termina" in envelope.body) is is_full
    for word in ("carta", "firm", "H.R.", "Support", "Luc", "sobreviv", "prensa", "fecha"):
        assert word not in envelope.body


def test_it_is_asked_about_again_before_it_leaves(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, config: Config
) -> None:
    at = now + 18 * DAY
    trade = LapseTrade(config, never)
    for one in (cast.wren, cast.nguyen, cast.ana, cast.river):
        make.sign(session, letter.letter_id, one, now, CHOSEN, days={**make.DAYS, Audience.RECIPIENT: 30})
    assert remind(session, at) == 4

    keep(session, make.come(session, letter.letter_id, cast.wren, at), at)
    make.withdraw(session, letter.letter_id, cast.nguyen, at)
    stop_mail(session, cast.ana, at)
    session.get_one(Person, cast.river).mail_mode = MailMode.NONE

    assert [trade.may_send(session, message, at) for message in asked(session)] == [False] * 4


def test_who_may_not_be_written_to_is_not_queued(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, press=FULL)
    make.sign(session, letter.letter_id, cast.nguyen, now, press=FULL)
    stop_mail(session, cast.wren, now)
    session.get_one(Person, cast.nguyen).mail_mode = MailMode.NONE

    assert remind(session, now + 18 * DAY) == 0


def test_who_keeps_her_lines_is_reminded_again_before_the_next_end(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, press=FULL)
    sent = []
    for n in range(100):
        if remind(session, now + n * DAY):
            sent.append(n)
            keep(session, make.come(session, letter.letter_id, cast.wren, now), now + n * DAY)

    assert sent == [16, 32, 48, 64, 80, 96]

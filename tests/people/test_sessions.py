"""Sessions of the office: how long each lasts, and what ends it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.people import sessions
from advocacy.people.actions import add_person, give_term
from advocacy.people.limits import Preset
from advocacy.people.models import Language, MailMode, Person
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow
from advocacy.people.sessions import Way, sit

TODAY = date(2026, 11, 23)
EMAIL = "wren@members.example"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, now: datetime) -> UUID:
    row = RosterRow(
        line=2,
        name="Wren Sample",
        email=EMAIL,
        chosen_name="",
        state="",
        language=Language.ENGLISH,
        mail_mode=MailMode.FULL,
        recognition_word="",
        credential="",
        affiliation="",
        limits=Preset.COUNT_ME_ONLY.limits(),
        groups=(),
    )
    person = add_person(session, row, by=None, now=now)
    give_term(session, person.id, Role.PWG_MEMBER, begins_on=date(2026, 1, 1), ends_on=TODAY, by=None)
    return person.id


def test_a_term_that_ended_empties_the_seat(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)

    assert sessions.seat(session, opened, now=now, today=TODAY + timedelta(days=1)) is None


def test_an_erased_person_has_no_seat(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)
    session.get_one(Person, wren).erased_on = TODAY

    assert sessions.seat(session, opened, now=now, today=TODAY) is None


def test_half_an_hour_of_quiet_ends_a_session(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)

    assert sessions.seat(session, opened, now=now + timedelta(minutes=30), today=TODAY)
    assert sessions.seat(session, opened, now=now + timedelta(minutes=30, seconds=1), today=TODAY) is None


def test_a_session_that_is_used_goes_on_but_never_past_twelve_hours(
    session: Session, wren: UUID, now: datetime
) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)
    for quarter in range(47):
        sessions.stay(session, opened, now=now + timedelta(minutes=15 * quarter))

    just_before = now + timedelta(hours=11, minutes=59)
    sessions.stay(session, opened, now=just_before)
    assert sessions.seat(session, opened, now=just_before, today=TODAY)
    assert sessions.seat(session, opened, now=now + timedelta(hours=12), today=TODAY) is None


def test_leaving_ends_this_session_and_no_other(session: Session, wren: UUID, now: datetime) -> None:
    phone, desk = sit(session, wren, way=Way.LINK, now=now), sit(session, wren, way=Way.LINK, now=now)
    sessions.leave(session, phone)

    assert sessions.seat(session, phone, now=now, today=TODAY) is None
    assert sessions.seat(session, desk, now=now, today=TODAY)


def test_leaving_everywhere_ends_every_session(session: Session, wren: UUID, now: datetime) -> None:
    keys = [sit(session, wren, way=Way.LINK, now=now) for _ in range(3)]
    sessions.leave_all(session, wren)

    assert [sessions.seat(session, key, now=now, today=TODAY) for key in keys] == [None] * 3


def test_on_a_passkey_the_office_stays_open_for_a_working_day(
    session: Session, wren: UUID, now: datetime
) -> None:
    opened = sit(session, wren, way=Way.PASSKEY, now=now)

    before, after = (now + sessions.WORKING_DAY + timedelta(seconds=second) for second in (-1, 0))
    assert sessions.seat(session, opened, now=before, today=TODAY)
    assert sessions.seat(session, opened, now=after, today=TODAY) is None


def test_a_press_keeps_it_open_but_never_past_twelve_hours(
    session: Session, wren: UUID, now: datetime
) -> None:
    opened = sit(session, wren, way=Way.PASSKEY, now=now)
    sessions.extend(session, opened, now=now + timedelta(hours=8))

    ends = [
        seat.ends_at - now
        for hours in (8, 11)
        if (seat := sessions.seat(session, opened, now=now + timedelta(hours=hours), today=TODAY))
    ]
    assert ends == [timedelta(hours=12)] * 2
    assert sessions.seat(session, opened, now=now + timedelta(hours=12), today=TODAY) is None


def test_a_press_starts_the_half_hour_again(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)
    sessions.extend(session, opened, now=now + timedelta(minutes=29))

    assert sessions.seat(session, opened, now=now + timedelta(minutes=58), today=TODAY)


def test_who_enrols_has_half_an_hour_and_no_more(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.ENROLLING, now=now)
    sessions.extend(session, opened, now=now + timedelta(minutes=29))

    assert sessions.seat(session, opened, now=now + timedelta(minutes=30), today=TODAY) is None


def test_a_fresh_check_gives_a_new_key_and_the_old_one_is_dead(
    session: Session, wren: UUID, now: datetime
) -> None:
    old = sit(session, wren, way=Way.LINK, now=now)
    later = now + timedelta(minutes=20)
    new = sessions.prove(session, old, now=later)

    assert sessions.seat(session, old, now=later, today=TODAY) is None
    seat = sessions.seat(session, new, now=later, today=TODAY)
    assert seat is not None
    assert seat.last_at == now + sessions.LONGEST


def test_a_check_is_fresh_for_five_minutes(session: Session, wren: UUID, now: datetime) -> None:
    opened = sit(session, wren, way=Way.LINK, now=now)
    at = [now + timedelta(minutes=5), now + timedelta(minutes=5, seconds=1)]
    seats = [sessions.seat(session, opened, now=then, today=TODAY) for then in at]

    assert [seat and seat.is_fresh(then) for seat, then in zip(seats, at, strict=True)] == [True, False]


def test_who_enrols_has_proved_nothing(session: Session, wren: UUID, now: datetime) -> None:
    seat = sessions.seat(session, sit(session, wren, way=Way.ENROLLING, now=now), now=now, today=TODAY)

    assert seat is not None
    assert not seat.is_fresh(now)

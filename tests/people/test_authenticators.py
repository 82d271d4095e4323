"""Codes from an app and from paper: each good once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.people.authenticators import (
    RECOVERY_CODES,
    WrongCode,
    begin,
    confirm,
    has_app,
    new_recovery_codes,
    recovery_codes_left,
    spend,
)
from advocacy.people.models import Authenticator, RecoveryCode
from tests.make import Cast
from tests.together import at_once

HALF = timedelta(seconds=30)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def app(session: Session, cast: Cast, now: datetime) -> pyotp.TOTP:
    """Jo's app, set up at the beginning of this half minute."""
    made = pyotp.TOTP(begin(session, cast.jo, today=now.date()))
    confirm(session, cast.jo, made.at(now), now=now)
    return made


def taken(session: Session, who: UUID, code: str, at: datetime) -> bool:
    try:
        spend(session, who, code, now=at)
    except WrongCode:
        return False
    return True


def test_an_app_counts_once_a_code_from_it_was_typed(session: Session, cast: Cast, now: datetime) -> None:
    secret = begin(session, cast.jo, today=now.date())

    assert not has_app(session, cast.jo)
    assert not taken(session, cast.jo, pyotp.TOTP(secret).at(now), now)
    confirm(session, cast.jo, pyotp.TOTP(secret).at(now), now=now)
    assert has_app(session, cast.jo)


def test_the_code_that_set_it_up_is_spent(
    session: Session, cast: Cast, app: pyotp.TOTP, now: datetime
) -> None:
    assert not taken(session, cast.jo, app.at(now), now)
    assert taken(session, cast.jo, app.at(now + HALF), now + HALF)
    assert not taken(session, cast.jo, app.at(now + HALF), now + HALF)


def test_an_earlier_code_is_worth_nothing_after_a_later_one(
    session: Session, cast: Cast, app: pyotp.TOTP, now: datetime
) -> None:
    later = now + 3 * HALF
    assert taken(session, cast.jo, app.at(later), later)
    assert not taken(session, cast.jo, app.at(later - HALF), later)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_half_a_minute(
    session: Session, cast: Cast, app: pyotp.TOTP, now: datetime, steps: int, fits: bool
) -> None:
    at = now + 10 * HALF

    assert taken(session, cast.jo, app.at(at + steps * HALF), at) is fits


@pytest.mark.parametrize("typed", ["", "x", "12345", "1234567", "١٢٣٤٥٦", "0" * 400, "\0", "ABCDE-FGHJK"])
def test_what_is_no_code_opens_nothing(
    session: Session, cast: Cast, app: pyotp.TOTP, now: datetime, typed: str
) -> None:
    assert not taken(session, cast.jo, typed, now + HALF)


def test_a_code_of_somebody_else_opens_nothing(
    session: Session, cast: Cast, app: pyotp.TOTP, now: datetime
) -> None:
    begin(session, cast.sam, today=now.date())

    assert not taken(session, cast.sam, app.at(now + HALF), now + HALF)


def test_each_recovery_code_works_once_however_it_is_typed(
    session: Session, cast: Cast, now: datetime
) -> None:
    first, second, *_rest = new_recovery_codes(session, cast.jo)

    assert taken(session, cast.jo, first.lower().replace("-", " "), now)
    assert not taken(session, cast.jo, first, now)
    assert not taken(session, cast.sam, second, now)
    assert recovery_codes_left(session, cast.jo) == RECOVERY_CODES - 1


def test_new_recovery_codes_make_the_old_ones_worthless(session: Session, cast: Cast, now: datetime) -> None:
    old, *_rest = new_recovery_codes(session, cast.jo)
    new_recovery_codes(session, cast.jo)

    assert not taken(session, cast.jo, old, now)


def test_neither_secret_nor_code_stands_in_the_database(session: Session, cast: Cast, now: datetime) -> None:
    secret, codes = begin(session, cast.jo, today=now.date()), new_recovery_codes(session, cast.jo)

    sealed = session.scalars(select(Authenticator.secret)).one()
    marks = session.scalars(select(RecoveryCode.code_hash)).all()
    assert secret.encode() not in sealed
    assert not {code.replace("-", "").encode() for code in codes} & set(marks)


@pytest.mark.both_databases
def test_one_code_sent_twice_at_once_is_taken_once(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        app = pyotp.TOTP(begin(session, cast.jo, today=now.date()))
        confirm(session, cast.jo, app.at(now), now=now)

    def once() -> bool:
        with database.transaction() as session:
            return taken(session, cast.jo, app.at(now + HALF), now + HALF)

    assert sum(at_once(*[once] * 4)) == 1

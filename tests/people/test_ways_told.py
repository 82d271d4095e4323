"""Whoever's way to sign in changed is told by mail, at once, whoever changed it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pyotp
import pytest
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.people import authenticators, enrolling
from advocacy.people.actions import stop_mail
from advocacy.people.models import Passkey, Person
from advocacy.people.sessions import Seat, Way, sit
from advocacy.people.ways_told import tell_of_change
from tests.mailbox import Mail, post
from tests.make import Cast

Change = Callable[[Session, UUID, datetime], object]


def has_passkey(session: Session, who: UUID, now: datetime) -> UUID:
    passkey = Passkey(id=uuid4(), person_id=who, label="Telephone", added_on=now.date())
    passkey.credential_id, passkey.public_key, passkey.counter = uuid4().bytes, b"key", 0
    session.add(passkey)
    session.flush()
    return passkey.id


def confirms_an_app(session: Session, who: UUID, now: datetime) -> None:
    key = sit(session, who, way=Way.ENROLLING, now=now)
    app = pyotp.TOTP(authenticators.begin(session, who, today=now.date()))
    seat = Seat(who, frozenset(), Way.ENROLLING, now, now, now, None)
    enrolling.confirm_app(session, seat, key, app.at(now), now=now)


def removes_the_app(session: Session, who: UUID, now: datetime) -> None:
    has_passkey(session, who, now)
    enrolling.remove_app(session, who, sit(session, who, way=Way.PASSKEY, now=now), now)


def removes_a_passkey(session: Session, who: UUID, now: datetime) -> None:
    has_passkey(session, who, now)
    key = sit(session, who, way=Way.PASSKEY, now=now)
    assert enrolling.remove_passkey(session, who, key, has_passkey(session, who, now), now)


def makes_codes(session: Session, who: UUID, now: datetime) -> None:
    enrolling.renew_codes(session, who, now)


def uses_a_code(session: Session, who: UUID, now: datetime) -> None:
    code, *_ = authenticators.new_recovery_codes(session, who)
    authenticators.spend(session, who, code, now=now)


def lost_a_device(session: Session, who: UUID, now: datetime) -> None:
    enrolling.begin_anew(session, who, by=None, why="The telephone is gone", now=now)


@pytest.mark.parametrize(
    "change",
    [confirms_an_app, removes_the_app, removes_a_passkey, makes_codes, uses_a_code, lost_a_device],
)
def test_every_change_is_told_once(
    config: Config, database: Database, cast: Cast, now: datetime, change: Change
) -> None:
    with database.transaction() as session:
        change(session, cast.jo, now)

    [mail] = post(config, database, now)

    assert mail.to == "jodesk@members.example"
    assert mail.subject == "Your sign-in was changed"
    assert "If it was not you" in mail.body


def told_of(config: Config, database: Database, cast: Cast, now: datetime) -> list[Mail]:
    with database.transaction() as session:
        tell_of_change(session, cast.jo, now)
    return post(config, database, now)


def test_it_says_whom_to_call(config: Config, database: Database, cast: Cast, now: datetime) -> None:
    [mail] = told_of(replace(config, call_us="202-555-0100"), database, cast, now)
    assert "Call us now: 202-555-0100" in mail.body


def test_where_no_number_is_set_it_names_whom_to_call(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    [mail] = told_of(replace(config, call_us=""), database, cast, now)
    assert "Call whoever manages the office now." in mail.body


def test_several_changes_before_it_leaves_are_one_mail_and_a_later_one_is_another(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        tell_of_change(session, cast.jo, now)
        tell_of_change(session, cast.jo, now)
    assert len(post(config, database, now)) == 1

    assert len(told_of(config, database, cast, now)) == 2


def test_whoever_stopped_her_mail_is_told_all_the_same(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        stop_mail(session, cast.jo, now)

    assert len(told_of(config, database, cast, now)) == 1


def test_somebody_without_an_address_is_not_looked_for(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        session.get_one(Person, cast.jo).email = None

    assert told_of(config, database, cast, now) == []

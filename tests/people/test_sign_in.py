"""Links into the office and the sessions they open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.mail.models import Message
from advocacy.people import authenticators, sessions, sign_in
from advocacy.people.actions import add_person, give_term
from advocacy.people.limits import Preset
from advocacy.people.models import Language, MailMode, OfficeSession, SignInLink
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow
from advocacy.people.sessions import Way
from advocacy.people.sign_in import CodeWanted, LinkSpent

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


def key_for(session: Session, person_id: UUID, now: datetime) -> str:
    return sign_in.make_key(session, sign_in.new_link(session, person_id, now=now).id)


def counted(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_somebody_with_a_role_is_sent_a_link(session: Session, wren: UUID, now: datetime) -> None:
    sign_in.ask(session, " WREN@Members.Example ", now=now, today=TODAY)

    message = session.scalars(select(Message)).one()
    assert (message.kind, message.person_id) == ("sign_in", wren)
    assert message.about_id == session.scalars(select(SignInLink)).one().id


def test_a_stranger_is_sent_nothing(session: Session, wren: UUID, now: datetime) -> None:
    sign_in.ask(session, "stranger@elsewhere.example", now=now, today=TODAY)

    assert counted(session, Message) == counted(session, SignInLink) == 0


def test_somebody_whose_term_is_over_is_sent_nothing(session: Session, wren: UUID, now: datetime) -> None:
    sign_in.ask(session, EMAIL, now=now, today=TODAY + timedelta(days=1))

    assert counted(session, Message) == 0


def test_a_mailbox_is_not_flooded(session: Session, wren: UUID, now: datetime) -> None:
    for _ in range(9):
        sign_in.ask(session, EMAIL, now=now, today=TODAY)

    assert counted(session, Message) == sign_in.MOST_LINKS


def test_a_key_opens_a_session_once(session: Session, wren: UUID, now: datetime) -> None:
    key = key_for(session, wren, now)
    opened = sign_in.enter(session, key, now=now, today=TODAY)

    seat = sessions.seat(session, opened, now=now, today=TODAY)
    assert seat is not None
    assert (seat.person_id, seat.roles, seat.way) == (wren, {Role.PWG_MEMBER}, Way.ENROLLING)
    with pytest.raises(LinkSpent):
        sign_in.enter(session, key, now=now, today=TODAY)


def test_a_key_that_is_an_hour_old_opens_nothing(session: Session, wren: UUID, now: datetime) -> None:
    key = key_for(session, wren, now)

    with pytest.raises(LinkSpent):
        sign_in.enter(session, key, now=now + timedelta(hours=1), today=TODAY)


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "\0", "é"])
def test_a_made_up_key_opens_nothing(session: Session, wren: UUID, now: datetime, key: str) -> None:
    key_for(session, wren, now)

    with pytest.raises(LinkSpent):
        sign_in.enter(session, key, now=now, today=TODAY)


def test_a_key_made_again_replaces_the_earlier_one(session: Session, wren: UUID, now: datetime) -> None:
    link = sign_in.new_link(session, wren, now=now)
    first, second = sign_in.make_key(session, link.id), sign_in.make_key(session, link.id)

    with pytest.raises(LinkSpent):
        sign_in.enter(session, first, now=now, today=TODAY)
    assert sign_in.enter(session, second, now=now, today=TODAY)


def test_a_key_opens_nothing_after_its_persons_term(session: Session, wren: UUID, now: datetime) -> None:
    key = key_for(session, wren, now)

    with pytest.raises(LinkSpent):
        sign_in.enter(session, key, now=now, today=TODAY + timedelta(days=1))


def test_neither_key_stands_in_the_database(session: Session, wren: UUID, now: datetime) -> None:
    key = key_for(session, wren, now)
    opened = sign_in.enter(session, key, now=now, today=TODAY)

    stored = [
        session.scalars(select(SignInLink.key_hash)).one(),
        session.scalars(select(OfficeSession.key_hash)).one(),
    ]
    assert key.encode() not in stored
    assert opened.encode() not in stored


def code_of(session: Session, person: UUID, now: datetime) -> pyotp.TOTP:
    """An app that was set up a minute ago."""
    app = pyotp.TOTP(authenticators.begin(session, person, today=TODAY))
    before = now - timedelta(minutes=1)
    authenticators.confirm(session, person, app.at(before), now=before)
    return app


def test_who_has_an_app_needs_its_code_with_the_link(session: Session, wren: UUID, now: datetime) -> None:
    app, key = code_of(session, wren, now), key_for(session, wren, now)

    with pytest.raises(CodeWanted):
        sign_in.enter(session, key, now=now, today=TODAY)
    opened = sign_in.enter_with_code(session, key, app.at(now), now=now, today=TODAY)

    assert opened
    seat = sessions.seat(session, opened, now=now, today=TODAY)
    assert seat is not None
    assert seat.way is Way.LINK


def test_a_code_that_opened_the_office_opens_nothing_more(
    session: Session, wren: UUID, now: datetime
) -> None:
    app = code_of(session, wren, now)
    first, second = key_for(session, wren, now), key_for(session, wren, now)
    sign_in.enter_with_code(session, first, app.at(now), now=now, today=TODAY)

    assert sign_in.enter_with_code(session, second, app.at(now), now=now, today=TODAY) is None
    with pytest.raises(LinkSpent):
        sign_in.enter_with_code(session, first, app.at(now), now=now, today=TODAY)


def test_five_wrong_codes_spend_a_link_and_no_other(session: Session, wren: UUID, now: datetime) -> None:
    app = code_of(session, wren, now)
    tried, other = key_for(session, wren, now), key_for(session, wren, now)
    for _ in range(sign_in.MOST_WRONG):
        assert sign_in.enter_with_code(session, tried, "000000", now=now, today=TODAY) is None

    with pytest.raises(LinkSpent):
        sign_in.enter_with_code(session, tried, app.at(now), now=now, today=TODAY)
    assert sign_in.enter_with_code(session, other, app.at(now), now=now, today=TODAY)


def test_every_wrong_code_is_on_record(session: Session, wren: UUID, now: datetime) -> None:
    code_of(session, wren, now)
    sign_in.enter_with_code(session, key_for(session, wren, now), "000000", now=now, today=TODAY)

    assert "office.wrong_code" in [act.act for act in session.info["acts"]]


def test_without_anything_set_up_no_code_opens_the_office(
    session: Session, wren: UUID, now: datetime
) -> None:
    key = key_for(session, wren, now)

    assert sign_in.enter_with_code(session, key, "123456", now=now, today=TODAY) is None

"""How often one person is asked, and the one reminder, on both databases."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.config import Config
from advocacy.db import Database
from advocacy.letters.models import Letter, LetterVersion
from advocacy.mail.actions import claim, mark_sent, mark_uncertain
from advocacy.mail.models import Message
from advocacy.mail.postman import Later
from advocacy.people.actions import stop_mail
from advocacy.people.models import MailMode
from advocacy.signons.actions import NotOpen
from advocacy.signons.asking import TIME_TO_ANSWER, TooSoon, remind
from advocacy.signons.messages import InvitationTrade, ReminderTrade
from tests import make
from tests.make import Cast
from tests.signons.test_inviting import TELLING

pytestmark = pytest.mark.both_databases
LATER = TIME_TO_ANSWER + timedelta(hours=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def asked_about(session: Session, cast: Cast, who: UUID, letters: int, now: datetime) -> Sequence[Message]:
    """Somebody is asked about so many letters; the messages that ask her, the first one first."""
    messages = []
    for n in range(letters):
        letter = make.letter(session, cast, now=now, title=f"Letter {n}", open_for=timedelta(days=60))
        invitation = make.ask_alone(session, letter.letter_id, who, now)
        messages.append(session.scalars(select(Message).where(Message.about_id == invitation.id)).one())
    return messages


def leave(session: Session, message: Message, now: datetime) -> None:
    claim(message, now)
    mark_sent(session, message.id, now)
    session.flush()


def test_two_letters_in_thirty_days_and_the_third_waits(
    session: Session, cast: Cast, config: Config, now: datetime
) -> None:
    trade = InvitationTrade(config)
    first, second, third = asked_about(session, cast, cast.wren, 3, now)
    for message, days in ((first, 0), (second, 10)):
        assert trade.may_send(session, message, now + timedelta(days=days)) is True
        leave(session, message, now + timedelta(days=days))

    free = now + timedelta(days=30)
    assert trade.may_send(session, third, now + timedelta(days=11)) == Later(free)
    assert trade.may_send(session, third, free) is True


def test_whoever_was_asked_less_is_asked(session: Session, cast: Cast, config: Config, now: datetime) -> None:
    for message in asked_about(session, cast, cast.wren, 2, now):
        leave(session, message, now)
    (hers,) = asked_about(session, cast, cast.dee, 1, now)

    assert InvitationTrade(config).may_send(session, hers, now) is True


def test_of_two_under_way_at_once_only_one_is_over_the_budget(
    session: Session, cast: Cast, config: Config, now: datetime
) -> None:
    trade = InvitationTrade(config)
    first, second, third = asked_about(session, cast, cast.wren, 3, now)
    leave(session, first, now)
    claim(second, now)
    claim(third, now + timedelta(seconds=1))
    session.flush()

    assert trade.may_send(session, second, now) is True
    assert isinstance(trade.may_send(session, third, now), Later)


def test_a_mail_sent_afresh_is_no_second_question(
    session: Session, cast: Cast, config: Config, now: datetime
) -> None:
    first, second = asked_about(session, cast, cast.wren, 2, now)
    leave(session, first, now)
    leave(session, second, now)

    assert InvitationTrade(config).may_send(session, second, now) is True


def test_a_letter_that_closes_before_she_may_be_asked_again_is_not_mailed(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    for message in asked_about(session, cast, cast.wren, 2, now):
        leave(session, message, now)
    invitation = make.ask_alone(session, letter.letter_id, cast.wren, now)
    third = session.scalars(select(Message).where(Message.about_id == invitation.id)).one()
    later = InvitationTrade(config).may_send(session, third, now)

    assert isinstance(later, Later)
    assert InvitationTrade(config).may_send(session, third, later.at) is False
    assert make.invited(session, letter.letter_id, cast.wren) is not None


# ---- the one reminder


def reminders(session: Session) -> set[UUID | None]:
    return set(session.scalars(select(Message.person_id).where(Message.kind == "reminder")))


def all_asked(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    make.ask_members(session, letter, cast, now)
    for message in session.scalars(select(Message).where(Message.kind == "invitation")):
        leave(session, message, now)


def press(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    remind(session, letter.letter_id, by=cast.amara, now=now)


def test_only_those_who_have_not_answered_are_reminded_and_only_once(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    all_asked(session, letter, cast, now)
    make.sign(session, letter.letter_id, cast.wren, now)
    make.decline(session, letter.letter_id, cast.dee, now)
    make.sign(session, letter.letter_id, cast.river, now)
    make.withdraw(session, letter.letter_id, cast.river, now)

    for _ in range(2):
        press(session, letter, cast, now + LATER)

    assert reminders(session) == {cast.nguyen, cast.ana}
    assert len(session.scalars(select(Message).where(Message.kind == "reminder")).all()) == 2
    assert session.get_one(Letter, letter.letter_id).reminded_on == (now + LATER).date()


@pytest.mark.parametrize("mode", [MailMode.DISCREET, MailMode.WATCHED, MailMode.NONE, "stopped"])
def test_only_a_mailbox_that_is_hers_alone_is_reminded(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, mode: str
) -> None:
    quiet = make.person(
        session, "Quiet Sample", now=now, mail_mode=MailMode.FULL if mode == "stopped" else MailMode(mode)
    )
    all_asked(session, letter, cast, now)
    if mode == "stopped":
        stop_mail(session, quiet.id, now)
    press(session, letter, cast, now + LATER)

    assert quiet.id not in reminders(session)
    assert cast.wren in reminders(session)


def test_whose_first_mail_may_be_lost_is_reminded_and_whose_waits_is_not(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    for message in session.scalars(select(Message).where(Message.kind == "invitation")):
        if message.person_id == cast.wren:
            claim(message, now)
            mark_uncertain(session, message.id, now, "cut off")
    session.flush()
    press(session, letter, cast, now + LATER)

    assert reminders(session) == {cast.wren}


def test_people_have_three_days_and_a_closed_letter_reminds_nobody(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with pytest.raises(TooSoon):
        press(session, letter, cast, now)
    all_asked(session, letter, cast, now)
    with pytest.raises(TooSoon):
        press(session, letter, cast, now + TIME_TO_ANSWER - timedelta(seconds=1))
    with pytest.raises(NotOpen):
        press(session, letter, cast, now + make.OPEN_FOR)
    assert reminders(session) == set()


@pytest.mark.parametrize("answer", ["no", "yes", "stop", "closed"])
def test_whoever_answers_while_the_reminder_waits_does_not_get_it(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime, answer: str
) -> None:
    all_asked(session, letter, cast, now)
    press(session, letter, cast, now + LATER)
    asked = select(Message).where(Message.kind == "reminder", Message.person_id == cast.wren)
    message, trade, at = session.scalars(asked).one(), ReminderTrade(config), now + LATER
    assert trade.may_send(session, message, at) is True
    if answer == "no":
        make.decline(session, letter.letter_id, cast.wren, at)
    elif answer == "yes":
        make.sign(session, letter.letter_id, cast.wren, at)
    elif answer == "stop":
        stop_mail(session, cast.wren, at)
    else:
        at = now + make.OPEN_FOR

    assert trade.may_send(session, message, at) is False


def test_the_record_of_a_reminder_tells_no_number(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as opened:
        all_asked(opened, letter, cast, now)
        press(opened, letter, cast, now + LATER)
    with database.reading() as opened:
        entry = audit.latest(opened, most=1)[0]

    assert (entry.act, entry.about_id, entry.why) == ("letter.remind", letter.letter_id, "")


def test_a_reminder_carries_fresh_keys_and_no_telling_word(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    all_asked(session, letter, cast, now)
    press(session, letter, cast, now + LATER)
    for who in (cast.wren, cast.ana):
        asked = select(Message).where(Message.kind == "reminder", Message.person_id == who)
        mail = ReminderTrade(config).compose(session, session.scalars(asked).one(), now + LATER)
        said = f"{mail.subject} {mail.body.partition('/s#')[0]}".lower()

        assert "/s#" in mail.body
        assert "/stop/" in (mail.stop_url or "")
        assert not [word for word in TELLING if word in said]

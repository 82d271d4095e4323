"""Other words: everybody who signed is asked once more, nobody twice, and nobody after a no."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.queries import first_sent_at
from advocacy.letters.actions import approve, open_for_signons, write_version
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.people.actions import stop_mail
from advocacy.people.models import MailMode
from advocacy.signons.asking_again import Why, open_text, tell_left_out
from advocacy.signons.models import Asking, Invitation
from advocacy.worker import trades
from tests import make
from tests.make import CHOSEN, FULL, OPEN_FOR, Cast

CHANGED, LEFT_OUT = Why.CHANGED, Why.LEFT_OUT
HOUR = timedelta(hours=1)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def old(session: Session, cast: Cast, now: datetime) -> LetterVersion:
    """A letter that River signed with her name, and Dee to be counted."""
    version = make.letter(session, cast, now=now)
    make.sign(session, version.letter_id, cast.river, now, recipient=CHOSEN)
    make.sign(session, version.letter_id, cast.dee, now)
    return version


def other_words(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, body: str = "Five other things."
) -> LetterVersion:
    version = write_version(
        session, old.letter_id, title=old.title, body=body, by=cast.amara, based_on=old.n, now=now
    )
    approve(session, version.id, by=cast.jo, now=now)
    open_text(session, version.id, closes_at=now + OPEN_FOR, by=cast.jo, now=now)
    return version


def written_to(session: Session, why: Why) -> set[object]:
    """Whom a mail of this kind is about."""
    asked = (
        select(Invitation.person_id)
        .join(Asking, Asking.invitation_id == Invitation.id)
        .join(Message, Message.about_id == Asking.id)
        .where(Message.kind == why)
    )
    found = session.scalars(asked).all()
    assert len(found) == len(set(found))
    return set(found)


def may_send(session: Session, config: Config, why: Why, now: datetime) -> list[bool]:
    mails = session.scalars(select(Message).where(Message.kind == why)).all()
    return [trades(config)[why].may_send(session, mail, now) for mail in mails]


def test_everybody_who_signed_is_asked_once_more(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    new = other_words(session, cast, old, now + HOUR)
    open_text(session, new.id, closes_at=now + 2 * OPEN_FOR, by=cast.jo, now=now + 2 * HOUR)

    assert written_to(session, CHANGED) == {cast.river, cast.dee}


def test_each_further_text_is_a_question_of_its_own(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, config: Config
) -> None:
    two = other_words(session, cast, old, now + HOUR)
    other_words(session, cast, two, now + 2 * HOUR, "Six further things.")

    mails = session.scalars(select(Message).where(Message.kind == CHANGED)).all()
    assert len(mails) == 4
    assert sum(may_send(session, config, CHANGED, now + 3 * HOUR)) == 2


def test_who_said_no_or_took_her_name_off_is_not_asked_again(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    make.decline(session, old.letter_id, cast.dee, now)
    make.withdraw(session, old.letter_id, cast.river, now)
    other_words(session, cast, old, now + HOUR)

    assert written_to(session, CHANGED) == set()


def test_who_stopped_mail_or_wants_none_gets_none(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    quiet = make.person(session, "Quill Sample", now=now, mail_mode=MailMode.NONE)
    make.sign(session, old.letter_id, quiet.id, now)
    stop_mail(session, cast.dee, now)
    other_words(session, cast, old, now + HOUR)

    assert written_to(session, CHANGED) == {cast.river}


def test_who_was_asked_and_never_signed_is_not_asked_about_other_words(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    make.come(session, old.letter_id, cast.wren, now)
    other_words(session, cast, old, now + HOUR)

    assert cast.wren not in written_to(session, CHANGED)


def test_a_mail_that_waited_is_not_sent_to_who_has_answered_or_after_the_close(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, config: Config
) -> None:
    new = other_words(session, cast, old, now + HOUR)
    assert may_send(session, config, CHANGED, now + HOUR) == [True, True]

    make.sign(session, new.letter_id, cast.river, now + 2 * HOUR, recipient=CHOSEN)
    assert sorted(may_send(session, config, CHANGED, now + 2 * HOUR)) == [False, True]
    assert may_send(session, config, CHANGED, now + HOUR + OPEN_FOR) == [False, False]


def test_who_did_not_answer_is_told_once_that_she_is_left_out(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, config: Config
) -> None:
    new = other_words(session, cast, old, now)
    make.sign(session, new.letter_id, cast.river, now + HOUR, recipient=CHOSEN)
    over = now + OPEN_FOR + HOUR

    assert tell_left_out(session, first_sent_at, now + HOUR) == 0
    assert tell_left_out(session, first_sent_at, over) == 1
    assert tell_left_out(session, first_sent_at, over) == 0
    assert written_to(session, LEFT_OUT) == {cast.dee}
    assert may_send(session, config, LEFT_OUT, over) == [True]


def test_a_form_that_is_still_on_its_way_is_waited_for(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    other_words(session, cast, old, now)

    assert tell_left_out(session, first_sent_at, now + OPEN_FOR + timedelta(minutes=14)) == 0
    assert tell_left_out(session, first_sent_at, now + OPEN_FOR + timedelta(minutes=15)) == 2


def test_who_is_missing_from_a_copy_that_left_is_told_while_it_is_open(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    new = other_words(session, cast, old, now)
    make.sign(session, new.letter_id, cast.wren, now, recipient=FULL)
    frozen = make.frozen(session, new, cast, now)
    office = make.office_of(session, new)
    make.hand_over(session, frozen.id, office.id, cast, now, make.Way.POST, receipt="A stamp")

    assert tell_left_out(session, first_sent_at, now + HOUR) == 2
    assert written_to(session, LEFT_OUT) == {cast.river, cast.dee}


def test_nobody_is_told_after_a_no(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, config: Config
) -> None:
    other_words(session, cast, old, now)
    over = now + OPEN_FOR + HOUR
    make.decline(session, old.letter_id, cast.dee, now)

    assert tell_left_out(session, first_sent_at, over) == 1
    make.decline(session, old.letter_id, cast.river, now)
    assert may_send(session, config, LEFT_OUT, over) == [False]


def test_who_was_never_asked_about_other_words_is_not_left_out(
    session: Session, cast: Cast, old: LetterVersion, now: datetime
) -> None:
    open_for_signons(session, old.id, closes_at=now + HOUR, by=cast.jo, now=now)

    assert tell_left_out(session, first_sent_at, now + OPEN_FOR) == 0


@pytest.mark.parametrize("why", Why)
def test_the_mails_say_nothing_of_what_they_are_about(
    session: Session, cast: Cast, old: LetterVersion, now: datetime, config: Config, why: Why
) -> None:
    other_words(session, cast, old, now)
    for asking in session.scalars(select(Asking)).all():
        asking.why = why
        mail = Message(kind=why, about_id=asking.id, queued_at=now, not_before_at=now)
        sent = trades(config)[why].compose(session, mail, now)
        told = f"{sent.subject} {sent.body}".casefold()
        for word in ("letter", "bill", "sign", "surviv", "traffick", "name", "carta", "firm", "ley", "river"):
            assert word not in told.replace(sent.body.partition("http")[2].split()[0].casefold(), "")
        assert "/s#" in sent.body

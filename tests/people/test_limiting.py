"""Naming limits as they are said: less at once, more only by voice and after a wait, and a note."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.config import Config
from advocacy.db import Database
from advocacy.mail.models import Message
from advocacy.people.limiting import LIMIT_NOTE, ByVoiceFirst, Said, say_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Limits, Preset, facts_of
from advocacy.people.models import MailMode, NamingLimit
from advocacy.people.queries import naming_limits
from tests.mailbox import post
from tests.make import person

WAIT = timedelta(hours=24)
NOBODY = Preset.COUNT_ME_ONLY.limits()
OFFICES = Preset.CHOSEN_NAME_TO_OFFICES.limits()
PUBLIC = Preset.PUBLIC_ADVOCATE.limits()


@pytest.fixture
def wren(database: Database, now: datetime) -> UUID:
    return joined(database, now, OFFICES)


def joined(database: Database, now: datetime, limits: Limits, **more: MailMode) -> UUID:
    with database.transaction() as session:
        return person(session, "Wren Sample", now=now, limits=limits, **more).id  # type: ignore[arg-type]


def say(database: Database, wren: UUID, limits: Limits, now: datetime, by_voice: bool = False) -> Said:
    with database.transaction() as session:
        return say_limits(session, wren, limits, by=None, by_voice=by_voice, wait=WAIT, now=now)


def limits(database: Database, wren: UUID, at: datetime) -> Limits:
    with database.reading() as session:
        return naming_limits(session, wren, at)


def notes(database: Database) -> list[Message]:
    with database.reading() as session:
        return list(session.scalars(select(Message).where(Message.kind == LIMIT_NOTE)))


@pytest.mark.both_databases
def test_less_holds_at_once_and_needs_no_voice(database: Database, wren: UUID, now: datetime) -> None:
    assert say(database, wren, NOBODY, now) == Said(is_less=True, more_from=None)

    assert limits(database, wren, now) == NOBODY
    assert notes(database) == []


@pytest.mark.both_databases
def test_more_holds_only_after_the_wait(database: Database, wren: UUID, now: datetime) -> None:
    assert say(database, wren, PUBLIC, now, by_voice=True) == Said(is_less=False, more_from=now + WAIT)

    assert limits(database, wren, now + WAIT - timedelta(seconds=1)) == OFFICES
    assert limits(database, wren, now + WAIT) == PUBLIC
    assert len(notes(database)) >= 1


def test_more_without_her_voice_changes_nothing_not_even_what_is_less(
    database: Database, wren: UUID, now: datetime
) -> None:
    mixed = {**NOBODY, Audience.WEB: facts_of(["initials"])}
    with pytest.raises(ByVoiceFirst):
        say(database, wren, mixed, now)

    assert limits(database, wren, now + WAIT) == OFFICES


def test_of_something_other_what_is_less_holds_at_once(database: Database, wren: UUID, now: datetime) -> None:
    other = {**OFFICES, Audience.RECIPIENT: facts_of(["initials"])}
    assert say(database, wren, other, now, by_voice=True).is_less

    assert limits(database, wren, now)[Audience.RECIPIENT] == NOTHING_BUT_COUNT
    assert limits(database, wren, now + WAIT)[Audience.RECIPIENT] == facts_of(["initials"])


def test_what_she_says_last_counts(database: Database, wren: UUID, now: datetime) -> None:
    say(database, wren, PUBLIC, now, by_voice=True)
    say(database, wren, OFFICES, now + timedelta(hours=1))

    assert limits(database, wren, now + 2 * WAIT) == OFFICES


def test_saying_the_same_twice_is_saying_it_once(database: Database, wren: UUID, now: datetime) -> None:
    say(database, wren, PUBLIC, now, by_voice=True)
    again = say(database, wren, PUBLIC, now + timedelta(hours=2), by_voice=True)

    assert again == Said(is_less=False, more_from=None)
    assert limits(database, wren, now + WAIT) == PUBLIC
    assert len(notes(database)) == 1


@pytest.mark.parametrize("mode", [MailMode.FULL, MailMode.DISCREET, MailMode.WATCHED, MailMode.NONE])
def test_a_neutral_note_tells_her_as_far_as_she_takes_mail(
    config: Config, database: Database, now: datetime, mode: MailMode
) -> None:
    wren = joined(database, now, NOBODY, mail_mode=mode)
    say(database, wren, PUBLIC, now, by_voice=True)
    mails = post(config, database, now.replace(hour=17))

    assert len(mails) == (0 if mode is MailMode.NONE else 1)
    for mail in mails:
        assert ("changes on" in mail.body) is (mode is MailMode.FULL)
        for word in ("name", "Wren", "letter", "web", "press", "survivor"):
            assert word not in mail.body.partition("\n\n")[2].replace("Hello", "")


def test_a_note_about_what_was_taken_back_is_not_sent(
    config: Config, database: Database, wren: UUID, now: datetime
) -> None:
    say(database, wren, PUBLIC, now, by_voice=True)
    say(database, wren, NOBODY, now)

    assert post(config, database, now.replace(hour=17)) == []
    with database.reading() as session:
        assert all(row.in_force_at <= now for row in session.scalars(select(NamingLimit)))

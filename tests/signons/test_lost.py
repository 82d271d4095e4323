"""Asking for a new link: several at once are counted one by one, and what comes of it is sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from advocacy.db import Database
from advocacy.mail.models import Message
from advocacy.people.models import Person
from advocacy.signons.lost import (
    MOST_A_DAY,
    OWN_LINK,
    ask_again,
    forget_links_of,
    make_own_link,
    send_new_links,
)
from advocacy.signons.models import Link, LostLink
from advocacy.signons.owners import owner_by_code, owner_by_key, visit_to, visits_of
from tests import make
from tests.make import Cast

WREN = "wrensample@members.example"


def asks(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        ask_again(session, WREN, now)


def sent(database: Database, now: datetime) -> int:
    """Let the worker look once; how many messages there are by then."""
    with database.transaction() as session:
        send_new_links(session, now)
    with database.reading() as session:
        return session.query(Message).filter_by(kind=OWN_LINK).count()


@pytest.mark.both_databases
def test_many_who_ask_at_once_are_counted_one_by_one(database: Database, cast: Cast, now: datetime) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: asks(database, now), range(12)))

    with database.reading() as session:
        [lost] = session.query(LostLink).all()
        assert (lost.asked, lost.waiting) == (12, True)
    assert sent(database, now) == 1


@pytest.mark.both_databases
def test_two_workers_at_once_send_it_once(database: Database, cast: Cast, now: datetime) -> None:
    asks(database, now)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: sent(database, now), range(4)))

    assert sent(database, now) == 1


@pytest.mark.both_databases
def test_no_more_than_a_few_are_sent_in_a_day(database: Database, cast: Cast, now: datetime) -> None:
    for minute in range(10):
        asks(database, now + timedelta(minutes=minute))
        sent(database, now)

    assert sent(database, now) == MOST_A_DAY


@pytest.mark.both_databases
def test_a_key_to_her_own_page_reaches_her_letters_and_no_other(
    database: Database, letter: make.LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
        key, code = make_own_link(session, cast.wren, now)
        owner = owner_by_key(session, key, now)

        assert owner is not None
        assert owner == owner_by_code(session, code, now)
        [(asked, visit)] = visits_of(session, owner)
        assert (asked.person_id, visit.person_id, visit.by) == (cast.wren, cast.wren, "own page")
        dees = make.invited(session, letter.letter_id, cast.dee)
        assert dees is not None
        assert visit_to(session, owner, str(dees.id)) is None
        assert owner_by_key(session, key, now + timedelta(days=1)) is None


def test_only_hashes_of_it_are_kept(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        key, code = make_own_link(session, cast.wren, now)
        [link] = session.query(Link).all()

        assert key.encode() not in link.key_hash
        assert link.code_hash is not None
        assert code.encode() not in link.code_hash


def test_what_is_hers_is_dropped_and_what_another_reads_too_is_kept(
    database: Database, cast: Cast, now: datetime
) -> None:
    asks(database, now)
    with database.transaction() as session:
        make.person(session, "Fern Sample", now=now, email="both@members.example")
        quill = make.person(session, "Quill Sample", now=now, email="both@members.example")
        ask_again(session, "both@members.example", now)
        wren = session.get_one(Person, cast.wren)
        for one in (wren, quill):
            make_own_link(session, one.id, now)
            forget_links_of(session, one)

        assert session.query(Link).all() == []
        assert [lost.mailbox for lost in session.query(LostLink)] == [quill.email_index]

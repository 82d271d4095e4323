"""The log holds: whatever is changed in it afterwards, the reading of the whole chain notices."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.audit import AuditEntry, AuditHead, Kept, Verdict, verify
from advocacy.db import Database

pytestmark = pytest.mark.both_databases

ACTOR, ROW = UUID(int=1), UUID(int=2)


def act(database: Database, *acts: str) -> None:
    with database.transaction() as session:
        for name in acts:
            audit.record(session, name, actor=ACTOR, about="letter", id=ROW, why="because")


def verdict(database: Database) -> Verdict:
    with database.reading() as session:
        return verify(session)


@pytest.fixture
def log(database: Database) -> Database:
    """Five acts on record."""
    act(database, "one")
    act(database, "two", "three")
    act(database, "four")
    act(database, "five")
    return database


@contextmanager
def tampering(database: Database) -> Iterator[Session]:
    """What somebody can do who has the database's password, and has the guards look away."""
    with database.transaction() as session:
        if database.engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            session.execute(text("DROP TRIGGER audit_entry_refuses_update"))
            session.execute(text("DROP TRIGGER audit_entry_refuses_delete"))
        yield session


def test_an_empty_log_holds(database: Database) -> None:
    assert verdict(database) == Verdict(0, bytes(32), None)


def test_acts_stand_in_their_order_with_who_what_and_why(database: Database) -> None:
    act(database, "one", "two")
    act(database, "three")

    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.n)).all()
    assert [(entry.n, entry.act) for entry in entries] == [(1, "one"), (2, "two"), (3, "three")]
    first = entries[0]
    assert (first.actor_id, first.about, first.about_id, first.why) == (ACTOR, "letter", ROW, "because")
    assert verdict(database).holds


def test_an_entry_says_the_day_and_never_the_time() -> None:
    kinds = {column.name: str(column.type) for column in AuditEntry.__table__.columns}

    assert kinds["day"] == "DATE"
    assert "DATETIME" not in kinds.values()


def test_the_head_is_a_receipt_for_all_that_came_before(database: Database) -> None:
    act(database, "one")
    first = verdict(database).head
    act(database, "two")

    assert verdict(database).head != first
    assert verdict(database).entries == 2


def test_the_hash_of_an_entry_is_the_same_as_ever() -> None:
    entry = AuditEntry(
        n=1,
        day=date(2026, 11, 23),
        actor_id=ACTOR,
        act="open",
        about="letter",
        about_id=None,
        why="é",
        previous=bytes(32),
    )

    assert audit._hash(entry).hex() == "0bde1ac02041bf2d0864eda00b21c2106d93d5d82eb28e8b4a7a0a6d55c51f7b"


@pytest.mark.parametrize(
    "change",
    [
        "act = 'another'",
        "why = 'another'",
        "about = 'another'",
        "day = '2001-01-01'",
        "actor_id = NULL",
        "about_id = NULL",
        "hash = previous",
        "previous = hash",
        "n = 77",
    ],
)
@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_changed_entry_is_noticed(log: Database, change: str, n: int) -> None:
    with tampering(log) as session:
        session.execute(text(f"UPDATE audit_entry SET {change} WHERE n = {n}"))

    assert verdict(log).broken_at == n


@pytest.mark.parametrize(("gone", "broken_at"), [(1, 1), (3, 3), (5, 5)])
def test_a_removed_entry_is_noticed(log: Database, gone: int, broken_at: int) -> None:
    with tampering(log) as session:
        session.execute(text(f"DELETE FROM audit_entry WHERE n = {gone}"))

    assert verdict(log).broken_at == broken_at


def test_a_log_that_was_emptied_is_noticed(log: Database) -> None:
    with tampering(log) as session:
        session.execute(text("DELETE FROM audit_entry"))
    assert verdict(log).broken_at == 1

    with log.transaction() as session:
        session.execute(text("DELETE FROM audit_head"))
    assert not verdict(log).holds


def entry(session: Session, n: int) -> AuditEntry:
    return session.get_one(AuditEntry, n)


def test_an_entry_slipped_in_is_noticed(log: Database) -> None:
    with tampering(log) as session:
        last = entry(session, 5)
        forged = AuditEntry(
            n=6,
            day=last.day,
            actor_id=None,
            act="forged",
            about="x",
            about_id=None,
            why="",
            previous=last.hash,
        )
        forged.hash = audit._hash(forged)
        session.add(forged)

    assert verdict(log).broken_at == 6


def test_an_entry_slipped_in_between_two_others_is_noticed(log: Database) -> None:
    with tampering(log) as session:
        for n in (5, 4, 3):
            session.execute(text(f"UPDATE audit_entry SET n = {n + 1} WHERE n = {n}"))
        before = entry(session, 2)
        kept = {
            name: getattr(before, name) for name in ("day", "actor_id", "act", "about", "about_id", "why")
        }
        forged = AuditEntry(n=3, previous=before.hash, **kept)
        forged.hash = audit._hash(forged)
        session.add(forged)
        session.get_one(AuditHead, 1).n = 6

    assert verdict(log).broken_at == 4


def test_two_entries_that_changed_places_are_noticed(log: Database) -> None:
    with tampering(log) as session:
        session.execute(text("UPDATE audit_entry SET n = 99 WHERE n = 2"))
        session.execute(text("UPDATE audit_entry SET n = 2 WHERE n = 3"))
        session.execute(text("UPDATE audit_entry SET n = 3 WHERE n = 99"))

    assert verdict(log).broken_at == 2


def test_a_rewritten_entry_with_a_hash_of_its_own_is_noticed_at_the_next(log: Database) -> None:
    with tampering(log) as session:
        changed = entry(session, 2)
        changed.why = "another"
        changed.hash = audit._hash(changed)

    assert verdict(log).broken_at == 3


def test_an_end_that_was_cut_off_is_noticed(log: Database) -> None:
    with tampering(log) as session:
        session.execute(text("DELETE FROM audit_entry WHERE n > 3"))

    assert verdict(log).broken_at == 4


def test_a_head_that_was_moved_is_noticed(log: Database) -> None:
    with tampering(log) as session:
        session.get_one(AuditHead, 1).n = 4

    assert not verdict(log).holds


def rewrite(database: Database, cut: int) -> None:
    """What the cleverest could do: cut the log off, go on from there, and mend the head as well."""
    with tampering(database) as session:
        session.execute(text(f"DELETE FROM audit_entry WHERE n > {cut}"))
        last, end = entry(session, cut), session.get_one(AuditHead, 1)
        end.n, end.hash = last.n, last.hash
    act(database, "a", "quieter", "story")


def test_a_log_rewritten_to_its_very_end_is_noticed_by_whoever_kept_an_end_of_it(log: Database) -> None:
    with log.reading() as session:
        kept = audit.head(session)
    act(log, "six")
    with log.reading() as session:
        assert audit.still_holds(session, kept)

    rewrite(log, cut=3)

    assert verdict(log).holds
    with log.reading() as session:
        assert not audit.still_holds(session, kept)
        assert not audit.still_holds(session, Kept(2**40, kept.hash))


def test_the_end_of_an_empty_log_may_be_kept_too(database: Database) -> None:
    with database.reading() as session:
        assert audit.still_holds(session, audit.head(session))
        assert not audit.still_holds(session, Kept(0, b"x" * 32))


@pytest.mark.parametrize("text", ["", "5", "x " + "0" * 64, "5 00", "-1 " + "0" * 64, "5 " + "g" * 64])
def test_what_was_never_an_end_is_not_read_as_one(text: str) -> None:
    assert Kept.read(text) is None
    assert Kept.read(str(Kept(5, bytes(32)))) == Kept(5, bytes(32))


def test_many_who_act_at_once_make_one_chain(database: Database) -> None:
    crowd = 16 if database.engine.dialect.name == "postgresql" else 8
    with ThreadPoolExecutor(crowd) as hands:
        list(hands.map(lambda n: [act(database, f"{n} {k}") for k in range(50)], range(crowd)))

    found = verdict(database)
    assert found.entries == crowd * 50
    assert found.holds


def test_the_first_two_acts_of_all_make_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda n: act(database, str(n)), range(8)))

    assert verdict(database).entries == 8
    assert verdict(database).holds


def test_an_act_that_failed_is_not_on_record(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        audit.record(session, "planted", actor=None, about="house")
        raise ZeroDivisionError

    assert verdict(database).entries == 0

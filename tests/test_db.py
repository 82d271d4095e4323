"""The database keeps its word: all or nothing, one writer at a time, no writing while reading, no traces."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.db import Database, after_commit, before_commit, sweep_traces
from advocacy.people.models import Group, Person, SignInLink, Term
from advocacy.throttling import Throttle

both = pytest.mark.both_databases
SECRET = "Plainly-Fictional-Secret"


def group(name: str = "Policy") -> Group:
    return Group(id=uuid4(), name=name)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Group.name)))


# ---- all or nothing


@both
def test_a_transaction_is_kept(database: Database) -> None:
    with database.transaction() as session:
        session.add(group())

    assert names(database) == ["Policy"]


@both
def test_a_transaction_that_fails_leaves_nothing_not_even_on_record(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.add(group())
        audit.record(session, "planted", actor=None, about="group")
        raise ZeroDivisionError

    assert names(database) == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(audit.AuditEntry)) == 0
        assert audit.verify(session).holds


@both
def test_a_transaction_that_fails_at_its_very_end_leaves_nothing(database: Database) -> None:
    def fail(_: Session) -> None:
        raise ZeroDivisionError

    rung: list[str] = []
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.add(group())
        before_commit(session, fail)
        after_commit(session, lambda: rung.append("rung"))

    assert (names(database), rung) == ([], [])


@both
def test_the_last_steps_see_everything_and_may_ask_for_more(database: Database) -> None:
    seen: list[int] = []

    def later(session: Session) -> None:
        session.add(group("Later"))
        audit.record(session, "later", actor=None, about="group")

    def last(session: Session) -> None:
        seen.append(session.scalar(select(func.count()).select_from(Group)) or 0)
        before_commit(session, later)

    with database.transaction() as session:
        audit.record(session, "first", actor=None, about="group")
        before_commit(session, last)
        before_commit(session, last)
        session.add(group())

    assert seen == [1]
    assert names(database) == ["Later", "Policy"]
    with database.reading() as session:
        assert session.scalars(select(audit.AuditEntry.act).order_by(audit.AuditEntry.n)).all() == [
            "first",
            "later",
        ]


@both
def test_what_follows_a_transaction_happens_once_it_is_durable_and_once(database: Database) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(names(database))

    with database.transaction() as session:
        session.add(group())
        after_commit(session, look)
        after_commit(session, look)
        assert seen == []

    assert seen == [["Policy"]]


# ---- reading


@both
@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_head", "UPDATE audit_head SET n = 7", "CREATE TABLE planted (n INTEGER)"]
)
def test_nothing_is_written_while_reading(database: Database, statement: str) -> None:
    with pytest.raises(DatabaseError), database.reading() as session:
        session.execute(text(statement))

    with database.transaction() as session:  # and the connection is whole again afterwards
        session.add(group())
    assert names(database) == ["Policy"]


@both
def test_what_was_forgotten_in_a_reading_is_not_kept(database: Database) -> None:
    with database.reading() as session:
        session.add(group())

    assert names(database) == []


@both
def test_a_reading_sees_one_moment_from_beginning_to_end(database: Database) -> None:
    with database.reading() as session:
        before = session.scalars(select(Group.name)).all()
        with database.transaction() as other:
            other.add(group())
        after = session.scalars(select(Group.name)).all()

    assert before == after == []


# ---- many at once


def bump(database: Database) -> None:
    with database.transaction() as session:
        counter = session.get_one(Throttle, b"counter", with_for_update=True)
        counter.failures += 1


@both
def test_no_update_is_lost_between_threads(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        session.add(Throttle(bucket=b"counter", failures=0, until_at=now))

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: [bump(database) for _ in range(200)], range(4)))

    with database.reading() as session:
        assert session.get_one(Throttle, b"counter").failures == 800


@pytest.mark.sqlite
def test_no_update_is_lost_on_sqlite_even_without_asking_for_a_lock(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        session.add(Throttle(bucket=b"counter", failures=0, until_at=now))

    def read_then_write(_: int) -> None:
        for _ in range(50):
            with database.transaction() as session:
                session.get_one(Throttle, b"counter").failures += 1

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(read_then_write, range(4)))

    with database.reading() as session:
        assert session.get_one(Throttle, b"counter").failures == 200


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.transaction() as session:
        session.add(group())
        session.flush()
        with ThreadPoolExecutor(1) as other:
            assert other.submit(names, database).result(timeout=5) == []


def test_a_writer_waits_for_its_turn(database: Database) -> None:
    writing, done = threading.Event(), threading.Event()

    def first() -> None:
        with database.transaction() as session:
            session.add(group("First"))
            session.flush()
            writing.set()
            done.wait(0.5)

    with ThreadPoolExecutor(1) as other:
        waited = other.submit(first)
        writing.wait(5)
        with database.transaction() as session:
            session.add(group("Second"))
        waited.result(timeout=5)

    assert names(database) == ["First", "Second"]


# ---- instants, references and what faults say


@both
def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    elsewhere = datetime(2026, 11, 1, 1, 30, 0, 7, tzinfo=timezone(timedelta(hours=-5)))
    with database.transaction() as session:
        session.add(Throttle(bucket=b"counter", failures=0, until_at=elsewhere))

    with database.reading() as session:
        found = session.get_one(Throttle, b"counter").until_at
        later = select(Throttle.bucket).where(Throttle.until_at > elsewhere - timedelta(microseconds=1))
        assert session.scalars(later).all() == [b"counter"]
    assert found == elsewhere
    assert found.tzinfo is UTC


@both
def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="aware"), database.transaction() as session:
        session.add(Throttle(bucket=b"counter", failures=0, until_at=datetime(2026, 1, 1)))  # noqa: DTZ001


@both
def test_a_row_cannot_point_at_nobody(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(
            Term(id=uuid4(), person_id=uuid4(), role="finance", begins_on=now.date(), ends_on=now.date())
        )


@both
def test_a_fault_of_the_database_does_not_repeat_what_was_to_be_written(
    database: Database, now: datetime
) -> None:
    person, key = uuid4(), SECRET.encode()
    with pytest.raises(IntegrityError) as fault, database.transaction() as session:
        session.add(Person(id=person, joined_on=now.date()))
        session.flush()
        for _ in range(2):
            session.add(SignInLink(id=uuid4(), person_id=person, key_hash=key, asked_at=now, ends_at=now))

    assert "hidden" in str(fault.value)
    assert SECRET not in str(fault.value)


@both
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET act = 'another'",
        "UPDATE audit_entry SET n = n + 1",
        "DELETE FROM audit_entry",
    ],
)
def test_an_append_only_table_refuses(database: Database, statement: str) -> None:
    with database.transaction() as session:
        audit.record(session, "first", actor=None, about="house")

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(statement))


@pytest.mark.sqlite
def test_an_append_only_table_refuses_to_be_replaced_on_sqlite(database: Database) -> None:
    with database.transaction() as session:
        audit.record(session, "first", actor=None, about="house")
    columns = "n, day, actor_id, act, about, about_id, why, previous, hash"

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(
            text(f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry")
        )


@pytest.mark.postgres
def test_an_append_only_table_refuses_to_be_emptied_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text("TRUNCATE audit_entry"))

    database.close()


# ---- SQLite's own promises


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 30_000),
    ],
)
def test_every_connection_is_careful(database: Database, pragma: str, value: object) -> None:
    for opened in (database.reading, database.transaction):
        with opened() as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'fresh.db'}")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE planted (n INTEGER)"))

    assert [oct(file.stat().st_mode & 0o077) for file in (tmp_path / "new").iterdir()] == ["0o0"] * 3
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    database.close()


def raw(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("advocacy.db*"))


@pytest.mark.sqlite
def test_a_removed_row_leaves_no_trace_after_a_sweep(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        session.add(group(SECRET))
    assert SECRET.encode() in raw(tmp_path)
    with database.transaction() as session:
        session.delete(session.scalars(select(Group)).one())

    assert sweep_traces(database) is True

    assert SECRET.encode() not in raw(tmp_path)


@pytest.mark.sqlite
def test_a_sweep_that_a_reader_holds_up_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connect = sqlite3.connect(tmp_path / "advocacy.db", isolation_level=None)
    connect.execute("BEGIN")
    connect.execute("SELECT count(*) FROM person").fetchone()
    with database.transaction() as session:
        session.add(group(SECRET))
    hurry = "PRAGMA busy_timeout=50"
    with database.engine.connect() as connection:
        connection.exec_driver_sql(hurry)

    assert sweep_traces(database) is False
    connect.close()
    assert sweep_traces(database) is True


@pytest.mark.postgres
def test_there_is_nothing_to_sweep_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)

    assert sweep_traces(database) is True

    database.close()

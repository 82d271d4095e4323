"""The database: one Base, `reading()`, and `transaction()`, the only commit there is.

Everything that differs between SQLite and PostgreSQL lives here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    DDL,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from advocacy.looking_once import LOOKED

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_RESHAPING = 2026_11_23


class LostReference(Exception):
    """A change of the tables would have left rows that point at nothing, so it was undone."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC, in both databases (SQLite hands back naive ones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody can say when it was."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant must be aware")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of every table."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: UtcDateTime, UUID: Uuid, bytes: LargeBinary}


_Row = TypeVar("_Row", bound=Base)


class Database:
    """One database, opened for reading or for one transaction at a time.

    `shared` values (the keys, for one) are found by every room in `session.info`.
    """

    def __init__(self, url: str, **shared: object) -> None:
        self.engine = _engine(url)
        self._shared = shared
        self._read = self._sessions("read")
        self._write = self._sessions("write")

    def _sessions(self, mode: str) -> sessionmaker[Session]:
        bound = self.engine.execution_options(advocacy_mode=mode)
        return sessionmaker(bind=bound, expire_on_commit=False, info=self._shared)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look. The database itself refuses a write in it."""
        with self._read() as session:
            session.info[LOOKED] = {}
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """All or nothing. Steps asked for by `before_commit` run last, `after_commit` once it is durable."""
        with self._write() as session:
            yield session
            session.flush()
            while steps := session.info.pop("before_commit", []):
                for step in steps:
                    step(session)
            session.commit()
            after = session.info.pop("after_commit", [])
        for ring in after:
            ring()

    @contextmanager
    def reshaping(self) -> Iterator[Connection]:
        """One transaction, alone, in which tables themselves may change; at its end every reference holds."""
        with self.engine.execution_options(advocacy_mode="reshape").begin() as connection:
            yield connection
            _check_references(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def hold_or_begin(session: Session, begun: _Row) -> _Row:
    """The row of this key, held; begun as given by one alone when several come at the same moment."""
    kind, key = type(begun), tuple(inspect(begun).mapper.primary_key_from_instance(begun))
    found = session.get(kind, key, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(begun)
        return begun
    except IntegrityError:
        return session.get_one(kind, key, with_for_update=True, populate_existing=True)


def before_commit(session: Session, step: Callable[[Session], None]) -> None:
    """Run `step` as the last act of this transaction; asking twice is asking once."""
    steps = session.info.setdefault("before_commit", [])
    if step not in steps:
        steps.append(step)


def after_commit(session: Session, step: Callable[[], None]) -> None:
    """Run `step` once the transaction is durable, and never when it fails; asking twice is asking once."""
    steps = session.info.setdefault("after_commit", [])
    if step not in steps:
        steps.append(step)


def sweep_traces(database: Database) -> bool:
    """Leave no deleted bytes in SQLite's write-ahead log; False when a reader stood in the way to the end.

    PostgreSQL relies on the destroyed key.
    """
    if database.engine.dialect.name != "sqlite":
        return True
    # A checkpoint cannot run inside a transaction, and every ordinary connection begins one.
    with closing(database.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_pages) = cursor.fetchone() or (1,)
        return not busy


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            _make_private(Path(parsed.database))
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": 30})
        event.listen(engine, "connect", _harden_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _make_private(file: Path) -> None:
    # SQLite would make it readable by everybody on the machine; its log files take over what this one allows.
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600, exist_ok=True)


def _harden_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN starts at the first write: two readers who then write lose one update silently.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",  # or INSERT OR REPLACE would remove a row without its guard being asked
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("advocacy_mode")
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if mode == 'read' else 'OFF'}")
    # A table is changed by making it anew; while it is away, what points at it must not be lost with it.
    connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if mode == 'reshape' else 'ON'}")
    connection.exec_driver_sql("BEGIN" if mode == "read" else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    mode = connection.get_execution_options().get("advocacy_mode")
    if mode == "read":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if mode == "reshape":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_RESHAPING})")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise LostReference


def append_only(table: Table) -> None:
    """Have the database itself refuse to change or remove a row of `table`."""
    table.info["append_only"] = True
    for dialect in ("sqlite", "postgresql"):
        for statement in _guard_statements(dialect, table.name):
            ddl = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def restore_guards(connection: Connection, tables: Iterable[Table]) -> None:
    """Give the append-only tables their guards back: SQLite drops them when it changes a table."""
    for table in tables:
        if table.info.get("append_only") and inspect(connection).has_table(table.name):
            for statement in _guard_statements(connection.dialect.name, table.name):
                connection.exec_driver_sql(statement)


def _guard_statements(dialect: str, table: str) -> list[str]:
    if dialect == "sqlite":
        return [_sqlite_guard(table, act) for act in ("UPDATE", "DELETE")]
    refuse = (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    rows = (
        f"CREATE OR REPLACE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    whole = (
        f"CREATE OR REPLACE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    return [refuse, rows, whole]


def _sqlite_guard(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )

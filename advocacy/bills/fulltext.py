"""Searching the words of bills: FTS5 in SQLite, text search in PostgreSQL. They differ here alone.

Both are given the same words, folded by us to letters and digits without capitals and accents, so that both
find the same bills. Whoever writes `bill_words` does it by `write`, which takes the index along.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    Connection,
    Float,
    ForeignKey,
    Integer,
    Select,
    TextClause,
    column,
    event,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.db import Base

PARTS = ("number", "title", "summary", "sponsors", "steps")
"""What of a bill is searched, the weightiest first."""

BEGINS = 3
"""How many letters a word has before it may stand for all that begin so."""

UNMAPPED = "bill_index"
"""How everything in the database is called that only the search knows, at its beginning."""

_WORD = re.compile(r"[^\W_]+")
_LONGEST, _MOST_WORDS = 400, 12


class BillWords(Base):
    """The words of a bill as the search reads them, and `plain`, the same as they were written."""

    __tablename__ = "bill_words"

    n: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bill.id"), unique=True)
    number: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    sponsors: Mapped[str]
    steps: Mapped[str]
    plain: Mapped[str]


def fold(words: str) -> str:
    """Letters and digits alone, without capitals and accents: "Señal, No. 5" becomes "senal no 5"."""
    return " ".join(_WORD.findall(bare(words)))


def bare(words: str) -> str:
    """Text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_typed(typed: str) -> tuple[str, ...]:
    """The words somebody typed, folded, each once. Whatever is typed gives words or none, never an error."""
    return tuple(dict.fromkeys(fold(typed[:_LONGEST]).split()))[:_MOST_WORDS]


def matching(session: Session, words: Sequence[str], *, begin: bool = False) -> Select[int, float]:
    """The rows of `bill_words` with all these words, the best first; `begin`: or words that begin so."""
    if _is_sqlite(session.connection()):
        index = table(UNMAPPED, column("rowid", Integer), column("rank", Float))
        asked = " ".join(f'"{word}"{"*" if begin and len(word) >= BEGINS else ""}' for word in words)
        # The plus keeps the planner from asking the index once for each row that a filter lets through.
        found = select(literal_column("+rowid", Integer).label("n"), index.c.rank.label("rank"))
        return found.where(literal_column(UNMAPPED).op("MATCH")(literal(asked))).order_by(
            text("rank, n DESC")
        )
    asked = " & ".join(f"'{word}'{':*' if begin and len(word) >= BEGINS else ''}" for word in words)
    tokens: Any = literal_column("bill_words.bill_index_tokens")
    query = func.to_tsquery("simple", asked)
    rank = (-func.ts_rank(tokens, query)).label("rank")
    return select(BillWords.n, rank).where(tokens.op("@@")(query)).order_by(text("rank, n DESC"))


def write(session: Session, bill_id: UUID, told: Mapping[str, str]) -> None:
    """Keep the words of a bill, and have the index follow in the same transaction."""
    row = session.scalar(select(BillWords).where(BillWords.bill_id == bill_id))
    if row is not None and all(getattr(row, name) == value for name, value in told.items()):
        return
    if row is None:
        row = BillWords(bill_id=bill_id, **told)
        session.add(row)
    else:
        _index(session, _DROP, row)
        for name, value in told.items():
            setattr(row, name, value)
    session.flush()
    _index(session, _ADD, row)


def build(connection: Connection) -> None:
    """Make the index beside an existing `bill_words`."""
    for statement in _BUILD[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def rebuild(session: Session) -> None:
    """Make the index anew from `bill_words`; PostgreSQL's is part of the row itself."""
    if _is_sqlite(session.connection()):
        session.connection().exec_driver_sql(_REBUILD)


def raze(connection: Connection) -> None:
    """Take the index away; `bill_words` stays."""
    for statement in _RAZE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _index(session: Session, statement: TextClause, row: BillWords) -> None:
    # No trigger does it: a trigger that writes to a virtual table is refused where the schema is not trusted.
    if _is_sqlite(session.connection()):
        session.execute(statement, {"n": row.n} | {part: getattr(row, part) for part in PARTS})


_ADD = text(
    "INSERT INTO bill_index (rowid, number, title, summary, sponsors, steps)"
    " VALUES (:n, :number, :title, :summary, :sponsors, :steps)"
)
_DROP = text(
    "INSERT INTO bill_index (bill_index, rowid, number, title, summary, sponsors, steps)"
    " VALUES ('delete', :n, :number, :title, :summary, :sponsors, :steps)"
)
_REBUILD = "INSERT INTO bill_index (bill_index) VALUES ('rebuild')"
_BUILD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE bill_index USING fts5(number, title, summary, sponsors, steps,"
        " content='bill_words', content_rowid='n', tokenize='unicode61 remove_diacritics 0')",
        "INSERT INTO bill_index (bill_index, rank) VALUES ('rank', 'bm25(8.0, 6.0, 2.0, 2.0, 1.0)')",
    ),
    "postgresql": (
        "ALTER TABLE bill_words ADD COLUMN bill_index_tokens tsvector GENERATED ALWAYS AS"
        " (setweight(to_tsvector('simple', number), 'A') || setweight(to_tsvector('simple', title), 'A')"
        " || setweight(to_tsvector('simple', summary), 'B')"
        " || setweight(to_tsvector('simple', sponsors), 'B')"
        " || setweight(to_tsvector('simple', steps), 'C')) STORED",
        "CREATE INDEX bill_index_gin ON bill_words USING gin (bill_index_tokens)",
    ),
}
_RAZE = {
    "sqlite": ("DROP TABLE bill_index",),
    "postgresql": ("ALTER TABLE bill_words DROP COLUMN bill_index_tokens",),
}

for _dialect, _statements in _BUILD.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(BillWords.__table__, "after_create", _ddl.execute_if(dialect=_dialect))

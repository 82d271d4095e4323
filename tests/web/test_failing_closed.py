"""Where a guard fails, the act fails with it: nothing goes on unrecorded, unchecked or uncounted."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions import printing
from advocacy.editions.models import Edition
from advocacy.letters.actions import approve, write_version
from advocacy.letters.models import LetterApproval, LetterVersion
from advocacy.people.models import Person
from advocacy.vault import CannotOpen, DataKey
from tests import make
from tests.make import FULL, Cast

pytestmark = pytest.mark.sqlite


def broken(database: Database, *statements: str) -> None:
    with database.reshaping() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_what_cannot_be_put_on_record_is_not_done(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        words = {"title": letter.title, "body": "Other words.", "based_on": 1}
        newer = write_version(session, letter.letter_id, by=cast.amara, now=now, **words).id
    broken(
        database,
        "CREATE TRIGGER no_record BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END",
    )

    with pytest.raises(DatabaseError), database.transaction() as session:
        approve(session, newer, by=cast.jo, now=now)

    with database.reading() as session:
        assert session.get(LetterApproval, newer) is None


def test_a_print_nobody_could_check_is_no_edition(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)

    def failed(*_asked: object, **_more: object) -> None:
        raise OSError("the reader of files is gone")

    monkeypatch.setattr(printing, "check", failed)
    with pytest.raises(OSError, match="gone"):
        make.printed(database, letter, cast, now)

    with database.reading() as session:
        assert session.scalars(select(Edition)).all() == []


@pytest.mark.parametrize(
    ("path", "sent"),
    [("/office/enter", {"key": "x" * 43, "mine": "y"}), ("/s", {"code": "ABCDE-FGHJK"})],
)
def test_where_tries_cannot_be_counted_nobody_is_let_in(
    app: Flask, database: Database, path: str, sent: dict[str, str]
) -> None:
    app.testing = False  # a fault shows the page people would see
    broken(database, "DROP TABLE throttle")
    client = app.test_client()

    answer = client.post(path, data=sent)

    assert answer.status_code == 500
    assert "Set-Cookie" not in answer.headers


def test_without_her_key_a_name_is_a_fault_and_never_left_blank(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        session.execute(delete(DataKey).where(DataKey.holder_id == cast.wren))

    with pytest.raises(CannotOpen):
        make.printed(database, letter, cast, now)

    with database.reading() as session:
        assert _named(session) == []


def _named(session: Session) -> list[Edition]:
    assert session.scalars(select(Person)).first() is not None
    return list(session.scalars(select(Edition)))

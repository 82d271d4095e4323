"""What somebody was shown is kept once, word for word, and can never be changed afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy.exc import DatabaseError

from advocacy.db import Database
from advocacy.signons.models import Notice
from advocacy.signons.notices import keep_notice

WORDS = "You have not signed yet.\nYes, this is how I want to appear."


def keeps(database: Database, now: datetime, language: str = "en") -> str:
    with database.transaction() as session:
        return keep_notice(session, language, WORDS, now.date())


@pytest.mark.both_databases
def test_many_who_are_shown_the_same_at_once_share_one(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(6) as threads:
        marks = set(threads.map(lambda _: keeps(database, now), range(12)))

    with database.reading() as session:
        [notice] = session.query(Notice).all()
        assert marks == {notice.sha256}
        assert notice.body == WORDS


def test_the_same_words_in_another_language_are_another_notice(database: Database, now: datetime) -> None:
    assert keeps(database, now) != keeps(database, now, "es")


@pytest.mark.both_databases
@pytest.mark.parametrize("act", ["UPDATE notice SET body = 'other'", "DELETE FROM notice"])
def test_nobody_can_change_or_remove_it(database: Database, now: datetime, act: str) -> None:
    keeps(database, now)

    with pytest.raises(DatabaseError), database.transaction() as session:
        session.connection().exec_driver_sql(act)

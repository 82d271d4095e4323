"""Beginning a position and writing it further."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from advocacy.db import Database
from advocacy.positions import actions, queries
from advocacy.positions.actions import Overtaken, StanceOn
from advocacy.positions.models import PositionVersion
from advocacy.positions.stances import Stance
from advocacy.positions.wording import EmptyText
from tests.positions.making import a_bill

WREN, DARA = uuid4(), uuid4()


def begin(database: Database, now: datetime, taking: tuple[StanceOn, ...] = ()) -> UUID:
    with database.transaction() as session:
        first = actions.begin_position(
            session, title="Housing", body="A room first.", by=WREN, now=now, taking=taking
        )
        return first.position_id


def test_a_position_begins_with_a_first_version_and_a_year_until_review(
    database: Database, now: datetime
) -> None:
    id = begin(database, now)

    with database.reading() as session:
        first = queries.current_version(session, id)
        known = queries.position(session, id)

    assert first is not None and (first.n, first.title, first.body) == (1, "Housing", "A room first.")
    assert known is not None and known.review_on == (now + timedelta(days=365)).date()


def test_a_further_version_leaves_the_first_as_it_was(database: Database, now: datetime) -> None:
    id = begin(database, now)

    with database.transaction() as session:
        actions.write_version(
            session,
            id,
            title="Housing",
            body="A room and a wage first.",
            by=DARA,
            based_on=1,
            now=now,
            note="wage",
        )

    with database.reading() as session:
        written = queries.versions(session, id)
    assert [(row.n, row.body, row.written_by) for row in written] == [
        (1, "A room first.", WREN),
        (2, "A room and a wage first.", DARA),
    ]
    assert written[0].sha256 != written[1].sha256


def test_the_same_words_twice_are_saved_once(database: Database, now: datetime) -> None:
    id = begin(database, now)

    with database.transaction() as session:
        again = actions.write_version(
            session, id, title=" Housing ", body="A room first.\r\n", by=WREN, based_on=0, now=now
        )

    assert again.n == 1


def test_a_writer_who_was_overtaken_is_told_and_nothing_is_lost(database: Database, now: datetime) -> None:
    id = begin(database, now)
    with database.transaction() as session:
        actions.write_version(session, id, title="Housing", body="Quicker.", by=DARA, based_on=1, now=now)

    with pytest.raises(Overtaken), database.transaction() as session:
        actions.write_version(session, id, title="Housing", body="Slower.", by=WREN, based_on=1, now=now)

    with database.reading() as session:
        assert [row.body for row in queries.versions(session, id)] == ["A room first.", "Quicker."]


def test_a_written_version_cannot_be_changed_even_by_hand(database: Database, now: datetime) -> None:
    begin(database, now)

    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        session.execute(update(PositionVersion).values(body="Something else."))


def test_a_stance_belongs_to_its_version_and_changing_it_makes_a_new_one(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        bill = a_bill(session, now)
    on = StanceOn(bill.id, Stance.SUPPORT_IF_AMENDED, "Introduced in House")
    id = begin(database, now, (on,))

    with database.transaction() as session:
        against = actions.write_version(
            session,
            id,
            title="Housing",
            body="A room first.",
            by=WREN,
            based_on=1,
            now=now,
            taking=[StanceOn(bill.id, Stance.OPPOSE, "Reported in House")],
        )
        first, second = queries.versions(session, id)
        taken = [
            (row.stance, row.text_version) for v in (first, second) for row in queries.stances(session, v.id)
        ]

    assert against.n == 2
    assert taken == [("support_if_amended", "Introduced in House"), ("oppose", "Reported in House")]


def test_stances_not_mentioned_stay(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        bill = a_bill(session, now)
    id = begin(database, now, (StanceOn(bill.id, Stance.SUPPORT, "Introduced in House"),))

    with database.transaction() as session:
        second = actions.write_version(
            session, id, title="Housing", body="More.", by=WREN, based_on=1, now=now
        )
        assert [row.stance for row in queries.stances(session, second.id)] == ["support"]


@pytest.mark.parametrize(("title", "body"), [("", "Words."), ("Title", "  \n "), ("\u200b", "Words.")])
def test_a_position_without_title_or_text_is_refused(
    database: Database, now: datetime, title: str, body: str
) -> None:
    with pytest.raises(EmptyText), database.transaction() as session:
        actions.begin_position(session, title=title, body=body, by=WREN, now=now)


def test_the_review_day_can_be_moved(database: Database, now: datetime) -> None:
    id = begin(database, now)

    with database.transaction() as session:
        actions.review_by(session, id, review_on=date(2027, 1, 4), by=WREN)
        actions.review_by(session, id, review_on=date(2027, 1, 4), by=WREN)

    with database.reading() as session:
        known = queries.position(session, id)
    assert known is not None and known.review_on == date(2027, 1, 4)


def test_the_same_id_begins_one_position(database: Database, now: datetime) -> None:
    id = uuid4()
    with database.transaction() as session:
        for body in ("A room first.", "Pressed again."):
            actions.begin_position(session, title="Housing", body=body, by=WREN, now=now, id=id)

    with database.reading() as session:
        assert [version.body for version in queries.versions(session, id)] == ["A room first."]

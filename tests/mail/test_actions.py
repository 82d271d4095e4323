"""The ledger: asked for once, and settled by a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from advocacy import audit
from advocacy.db import Database
from advocacy.mail import actions
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import due, failed, locked, message_about, messages_about, uncertain, waiting_count
from advocacy.wake import Bell, Bells

pytestmark = pytest.mark.both_databases


def asked(database: Database, now: datetime, about: UUID | None = None, turn: int = 1) -> UUID:
    with database.transaction() as session:
        return actions.queue(session, kind="plain", about=about or uuid4(), now=now, turn=turn).id


def stage_of(database: Database, id: UUID) -> MessageStage:
    with database.reading() as session:
        return session.get_one(Message, id).stage


@pytest.fixture
def lost(database: Database, now: datetime) -> UUID:
    """A message nobody knows the end of."""
    id = asked(database, now)
    with database.transaction() as session:
        actions.claim(locked(session, id), now)
        actions.mark_uncertain(session, id, now, "SMTPServerDisconnected")
    return id


def test_asking_twice_is_asking_once(database: Database, now: datetime) -> None:
    about = uuid4()

    assert asked(database, now, about) == asked(database, now, about)
    with database.reading() as session:
        assert waiting_count(session) == 1


def test_asking_twice_in_one_transaction_is_asking_once(database: Database, now: datetime) -> None:
    about = uuid4()
    with database.transaction() as session:
        first = actions.queue(session, kind="plain", about=about, now=now)
        again = actions.queue(session, kind="plain", about=about, now=now)

        assert first.id == again.id


def test_a_reminder_is_another_turn(database: Database, now: datetime) -> None:
    about = uuid4()
    asked(database, now, about)
    asked(database, now, about, turn=2)

    with database.reading() as session:
        assert [message.turn for message in messages_about(session, "plain", about)] == [1, 2]


def test_many_who_ask_at_once_ask_once(database: Database, now: datetime) -> None:
    about = uuid4()

    with ThreadPoolExecutor(8) as crowd:
        ids = set(crowd.map(lambda _: asked(database, now, about), range(24)))

    assert len(ids) == 1
    with database.reading() as session:
        assert waiting_count(session) == 1


def test_a_transaction_that_fails_asks_for_nothing(database: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        actions.queue(session, kind="plain", about=uuid4(), now=now)
        raise ZeroDivisionError

    with database.reading() as session:
        assert waiting_count(session) == 0


def test_the_oldest_that_is_due_comes_first(database: Database, now: datetime) -> None:
    later = asked(database, now + timedelta(minutes=1))
    earlier = asked(database, now)

    with database.transaction() as session:
        found = due(session, now + timedelta(minutes=2))
        assert found is not None
        assert found.id == earlier
        actions.claim(found, now)
        session.flush()
        found = due(session, now + timedelta(minutes=2))
        assert found is not None
        assert found.id == later


def test_leaving_an_uncertain_message_ends_it(database: Database, lost: UUID, now: datetime) -> None:
    with database.transaction() as session:
        actions.settle(session, lost, again=False, by=uuid4(), now=now)

    with database.reading() as session:
        assert uncertain(session) == []
        assert waiting_count(session) == 0


def test_sending_again_is_a_new_message_and_on_record(database: Database, lost: UUID, now: datetime) -> None:
    by = uuid4()

    with database.transaction() as session:
        actions.settle(session, lost, again=True, by=by, now=now)

    with database.reading() as session:
        about = session.get_one(Message, lost).about_id
        fresh = message_about(session, "plain", about)
        entry = session.scalars(select(audit.AuditEntry)).one()
    assert fresh is not None
    assert (fresh.id != lost, fresh.turn, fresh.stage) == (True, 2, MessageStage.WAITING)
    assert (entry.act, entry.actor_id, entry.about_id, entry.why) == ("mail.settle", by, lost, "again")


def test_sending_again_after_a_reminder_still_sends(database: Database, lost: UUID, now: datetime) -> None:
    with database.reading() as session:
        about = session.get_one(Message, lost).about_id
    asked(database, now, about, turn=2)

    with database.transaction() as session:
        actions.settle(session, lost, again=True, by=uuid4(), now=now)

    with database.reading() as session:
        assert [message.turn for message in messages_about(session, "plain", about)] == [1, 2, 3]


@pytest.mark.parametrize("again", [True, False])
def test_a_message_is_settled_once(database: Database, lost: UUID, now: datetime, again: bool) -> None:
    with database.transaction() as session:
        actions.settle(session, lost, again=again, by=uuid4(), now=now)

    with pytest.raises(actions.NotUncertain), database.transaction() as session:
        actions.settle(session, lost, again=True, by=uuid4(), now=now)


def test_a_waiting_or_sent_message_is_nobodys_to_settle(database: Database, now: datetime) -> None:
    id = asked(database, now)
    for _ in range(2):
        with pytest.raises(actions.NotUncertain), database.transaction() as session:
            actions.settle(session, id, again=True, by=uuid4(), now=now)
        with database.transaction() as session:
            actions.mark_sent(session, id, now)


def test_a_failed_message_can_be_sent_again(database: Database, now: datetime) -> None:
    id = asked(database, now)
    with database.transaction() as session:
        actions.mark_failed(session, id, now, "answer 550")

    with database.transaction() as session:
        actions.settle(session, id, again=True, by=uuid4(), now=now)

    with database.reading() as session:
        assert failed(session) == []
        assert waiting_count(session) == 1


def test_a_late_put_back_does_not_undo_a_decision(database: Database, lost: UUID, now: datetime) -> None:
    with database.transaction() as session:
        actions.settle(session, lost, again=False, by=uuid4(), now=now)

    with database.transaction() as session:
        actions.put_back(session, lost, now, "answer 451")

    assert stage_of(database, lost) is MessageStage.UNCERTAIN
    with database.reading() as session:
        assert waiting_count(session) == 0


def test_a_late_put_back_nobody_decided_on_waits_again(database: Database, lost: UUID, now: datetime) -> None:
    with database.transaction() as session:
        actions.put_back(session, lost, now, "answer 451")

    assert stage_of(database, lost) is MessageStage.WAITING


def test_what_is_known_to_have_failed_is_no_longer_uncertain(
    database: Database, lost: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        actions.mark_failed(session, lost, now, "answer 550")

    with database.reading() as session:
        assert uncertain(session) == []
        assert [message.id for message in failed(session)] == [lost]


def test_the_bell_rings_once_for_many_and_not_for_a_failure(
    database: Database, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells = Bells(f"sqlite:///{tmp_path / 'queue.db'}")
    rung: list[Bell] = []
    monkeypatch.setattr(bells, "ring", rung.append)

    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.info["bells"] = bells
        actions.queue(session, kind="plain", about=uuid4(), now=now)
        raise ZeroDivisionError
    with database.transaction() as session:
        session.info["bells"] = bells
        for _ in range(20):
            actions.queue(session, kind="plain", about=uuid4(), now=now)
        assert rung == []

    assert rung == [Bell.MAIL]


def test_no_row_of_the_ledger_holds_words(database: Database) -> None:
    texts = {column.name for column in Message.__table__.columns if str(column.type) == "VARCHAR"}

    assert texts == {"kind", "fault"}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0

"""How each message ends, against real servers on the wire."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.mail import actions
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.postman import Postman
from advocacy.mail.queries import CLAIM_LASTS, failed, uncertain, waiting_count
from tests.mail.servers import Inbox
from tests.mail.trades import Clock, PlainTrade
from tests.programs import free_port

Ask = Callable[..., UUID]
Row = Callable[[UUID], Message]
Hire = Callable[[str], Postman]
Script = Callable[..., str]


def test_a_message_is_sent_once(postman: Hire, inbox: Inbox, ask: Ask, row: Row) -> None:
    id = ask()

    assert postman(inbox.url).round() == 1
    assert postman(inbox.url).round() == 0

    assert inbox.readers == ["wren@members.example"]
    assert row(id).stage is MessageStage.SENT


def test_the_ledger_row_gives_the_message_its_name(postman: Hire, inbox: Inbox, ask: Ask) -> None:
    id = ask()

    postman(inbox.url).round()

    assert inbox.messages[0]["Message-ID"] == f"<{id.hex}@network.example>"


def test_the_greeting_names_our_address_and_not_the_machine(postman: Hire, inbox: Inbox, ask: Ask) -> None:
    ask()

    postman(inbox.url).round()

    assert inbox.greeted_as == ["network.example"]


def test_nothing_leaves_before_its_time(postman: Hire, inbox: Inbox, ask: Ask, clock: Clock) -> None:
    ask(not_before=clock.at + timedelta(hours=1))

    assert postman(inbox.url).round() == 0
    clock.forward(hours=1)
    assert postman(inbox.url).round() == 1


def test_whether_it_may_be_sent_is_asked_at_the_last_moment(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, trade: PlainTrade, clock: Clock
) -> None:
    id = ask()
    trade.stopped.add(row(id).about_id)
    clock.forward(minutes=5)

    postman(inbox.url).round()

    assert inbox.taken == []
    assert row(id).stage is MessageStage.DROPPED
    assert trade.asked_at == [clock.at]


def test_what_is_better_sent_later_waits_and_was_not_tried(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, trade: PlainTrade, clock: Clock
) -> None:
    id, morning = ask(), clock.at + timedelta(hours=9)
    trade.not_before = morning

    postman(inbox.url).round()
    waiting = row(id)
    assert (waiting.stage, waiting.not_before_at, waiting.tries) == (MessageStage.WAITING, morning, 0)
    assert postman(inbox.url).round() == 0

    clock.at = morning
    postman(inbox.url).round()
    assert inbox.readers == ["wren@members.example"]
    assert (row(id).stage, row(id).tries) == (MessageStage.SENT, 1)


def test_later_is_never_at_once_so_that_no_round_goes_on_for_ever(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, trade: PlainTrade, clock: Clock
) -> None:
    id = ask()
    trade.not_before = clock.at + timedelta(microseconds=1)

    assert postman(inbox.url).round() == 1
    assert row(id).not_before_at == clock.at + timedelta(minutes=1)


def test_a_kind_nobody_can_write_is_dropped(
    database: Database, postman: Hire, inbox: Inbox, ask: Ask, row: Row
) -> None:
    id = ask()
    with database.transaction() as session:
        session.get_one(Message, id).kind = "unheard_of"

    postman(inbox.url).round()

    assert row(id).stage is MessageStage.DROPPED


def test_a_message_that_cannot_be_written_does_not_stop_the_others(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, trade: PlainTrade
) -> None:
    bad, good = ask(), ask("sky@members.example")
    del trade.addresses[row(bad).about_id]

    postman(inbox.url).round()

    assert row(bad).stage is MessageStage.FAILED
    assert row(bad).fault == "it could not be written: KeyError"
    assert row(good).stage is MessageStage.SENT


# ---- the server says no


def test_a_refusal_for_good_ends_it(postman: Hire, inbox: Inbox, ask: Ask, row: Row) -> None:
    id = ask()
    inbox.answers["wren@members.example"] = "550 no such person"

    postman(inbox.url).round()

    assert (row(id).stage, row(id).fault) == (MessageStage.FAILED, "answer 550")


def test_a_bad_address_does_not_stop_the_others(postman: Hire, inbox: Inbox, ask: Ask, row: Row) -> None:
    bad, good = ask("gone@members.example"), ask("sky@members.example")
    inbox.answers["gone@members.example"] = "550 no such person"

    postman(inbox.url).round()

    assert row(bad).stage is MessageStage.FAILED
    assert row(good).stage is MessageStage.SENT


def test_not_now_means_later_and_each_time_later_still(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, clock: Clock
) -> None:
    id = ask()
    inbox.answers["wren@members.example"] = "451 come back later"
    waits = []
    for _ in range(9):
        postman(inbox.url).round()
        waits.append(row(id).not_before_at - clock.at)
        clock.at = row(id).not_before_at

    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 64, 120, 120)]
    assert row(id).stage is MessageStage.WAITING
    del inbox.answers["wren@members.example"]
    postman(inbox.url).round()
    assert row(id).stage is MessageStage.SENT


def test_a_server_down_for_three_days_loses_nothing_and_five_weeks_is_the_end(
    postman: Hire, ask: Ask, row: Row, clock: Clock
) -> None:
    id, nowhere = ask(), f"smtp://127.0.0.1:{free_port()}"
    began = clock.at
    while row(id).stage is MessageStage.WAITING:
        clock.at = row(id).not_before_at
        postman(nowhere).round()

    assert timedelta(days=3) < clock.at - began < timedelta(days=35)
    assert (row(id).stage, row(id).fault) == (MessageStage.FAILED, "ConnectionRefusedError")


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"hello": "554 go away"}, "SMTPConnectError"),
        ({"hello": None}, "SMTPServerDisconnected"),
        ({"mail": "530 who are you"}, "answer 530 to our own address"),
        ({"mail": None}, "SMTPServerDisconnected"),
        ({"rcpt": "421 closing"}, "answer 421"),
        ({"rcpt": None}, "SMTPServerDisconnected"),
        ({"data": "451 not now"}, "answer 451"),
        ({"data": None}, "SMTPServerDisconnected"),
        ({"end": "452 disk full"}, "answer 452"),
    ],
)
def test_what_was_not_taken_goes_back(
    postman: Hire, scripted: Script, ask: Ask, row: Row, answers: dict[str, str | None], fault: str
) -> None:
    id = ask()

    postman(scripted(**answers)).round()

    assert (row(id).stage, row(id).fault) == (MessageStage.WAITING, fault)


@pytest.mark.parametrize("answers", [{"data": "554 no"}, {"end": "552 too large"}, {"rcpt": "553 no"}])
def test_what_was_refused_for_good_is_listed_as_failed(
    database: Database, postman: Hire, scripted: Script, ask: Ask, answers: dict[str, str | None]
) -> None:
    id = ask()

    postman(scripted(**answers)).round()

    with database.reading() as session:
        assert [message.id for message in failed(session)] == [id]


@pytest.mark.parametrize("end", [None, "what", "150 perhaps"])
def test_a_line_that_goes_dead_after_the_message_leaves_it_uncertain(
    database: Database, postman: Hire, scripted: Script, ask: Ask, row: Row, end: str | None
) -> None:
    id = ask()

    postman(scripted(end=end)).round()

    assert row(id).stage is MessageStage.UNCERTAIN
    with database.reading() as session:
        assert [message.id for message in uncertain(session)] == [id]


def test_an_uncertain_message_is_never_sent_again_by_itself(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, clock: Clock
) -> None:
    id = ask()
    inbox.drops.add("wren@members.example")
    postman(inbox.url).round()
    inbox.drops.clear()

    clock.forward(days=30)
    postman(inbox.url).round()

    assert len(inbox.taken) == 1
    assert row(id).stage is MessageStage.UNCERTAIN


def test_a_server_slower_than_patience_leaves_the_message_uncertain(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row
) -> None:
    id = ask()
    inbox.seconds = 3

    postman(inbox.url).round()

    assert row(id).stage is MessageStage.UNCERTAIN


def test_a_slow_server_within_patience_is_waited_for(postman: Hire, inbox: Inbox, ask: Ask, row: Row) -> None:
    id = ask()
    inbox.seconds = 1

    postman(inbox.url).round()

    assert row(id).stage is MessageStage.SENT


def test_a_server_that_is_away_is_asked_once_a_round(
    database: Database, postman: Hire, ask: Ask, row: Row
) -> None:
    ids = [ask() for _ in range(5)]

    assert postman(f"smtp://127.0.0.1:{free_port()}").round() == 0

    assert sorted(row(id).tries for id in ids) == [0, 0, 0, 0, 1]
    with database.reading() as session:
        assert waiting_count(session) == 5


def test_a_round_pauses_between_two_messages_when_told_to_stop(postman: Hire, inbox: Inbox, ask: Ask) -> None:
    for _ in range(3):
        ask()

    assert postman(inbox.url).round(enough=lambda: len(inbox.taken) == 2) == 2


def test_the_words_of_the_server_are_neither_kept_nor_logged(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, caplog: pytest.LogCaptureFixture
) -> None:
    id = ask()
    inbox.answers["wren@members.example"] = "550 <wren@members.example>: unknown, says Wren Sample"

    with caplog.at_level(logging.DEBUG, "advocacy"):
        postman(inbox.url).round()

    assert "wren" not in (row(id).fault + caplog.text).lower()
    assert "answer 550" in row(id).fault
    assert f"event=mail.failed id={id}" in caplog.text


@pytest.mark.parametrize("address", ["", "nobody", "a@members.example, b@members.example", "wren@exa mple"])
def test_a_message_to_no_one_address_fails_and_says_so(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row, address: str
) -> None:
    id = ask(address)

    postman(inbox.url).round()

    assert inbox.taken == []
    assert (row(id).stage, row(id).fault) == (MessageStage.FAILED, "it had no address mail can be sent to")


def test_a_line_break_in_an_address_fails_and_reaches_nobody(
    postman: Hire, inbox: Inbox, ask: Ask, row: Row
) -> None:
    id = ask("wren@members.example\r\nBcc: all@members.example")

    postman(inbox.url).round()

    assert inbox.taken == []
    assert row(id).stage is MessageStage.FAILED


# ---- a sender that died


@pytest.fixture
def held(database: Database, ask: Ask, clock: Clock) -> UUID:
    """A message whose sender took it in hand and was never seen again."""
    id = ask()
    with database.transaction() as session:
        actions.claim(session.get_one(Message, id), clock.at)
    return id


def test_a_message_in_hand_is_left_alone(
    postman: Hire, inbox: Inbox, held: UUID, row: Row, clock: Clock
) -> None:
    clock.forward(seconds=CLAIM_LASTS.total_seconds() - 1)

    assert postman(inbox.url).round() == 0
    assert row(held).stage is MessageStage.SENDING


def test_a_lost_claim_is_listed_and_not_sent(
    database: Database, postman: Hire, inbox: Inbox, held: UUID, clock: Clock
) -> None:
    clock.at += CLAIM_LASTS

    postman(inbox.url).round()

    assert inbox.taken == []
    with database.reading() as session:
        assert [message.id for message in uncertain(session)] == [held]


def test_a_late_sender_still_tells_how_it_went(
    database: Database, postman: Hire, inbox: Inbox, held: UUID, row: Row, clock: Clock
) -> None:
    clock.at += CLAIM_LASTS
    postman(inbox.url).round()

    with database.transaction() as session:
        actions.mark_sent(session, held, clock.at)

    assert row(held).stage is MessageStage.SENT
    with database.reading() as session:
        assert uncertain(session) == []

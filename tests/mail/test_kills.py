"""Kill -9 on the worker while it sends: nothing lost silently, nothing sent twice, the rest listed."""

import random
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from advocacy.db import Database
from advocacy.mail.actions import queue
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import uncertain, waiting_count
from tests.conftest import NOW
from tests.mail.servers import Inbox
from tests.programs import environment

ROOT = Path(__file__).resolve().parents[2]


def queued(database: Database, mails: int) -> dict[UUID, str]:
    """So many messages, each to its own address; the address of each row."""
    with database.transaction() as session:
        rows = [queue(session, kind="plain", about=uuid4(), now=NOW) for _ in range(mails)]
        return {row.id: f"{row.about_id.hex}@members.example" for row in rows}


def worker(database_url: str, inbox: Inbox, run: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.mail.sender", database_url, inbox.url, str(run)]
    return subprocess.Popen(command, cwd=ROOT, env=environment())


def kill_while_sending(process: "subprocess.Popen[bytes]", inbox: Inbox, after: int, pause: float) -> None:
    """Let it send some more messages, wait a moment that may fall anywhere, and kill it."""
    enough, patience = len(inbox.taken) + after, time.monotonic() + 60
    while len(inbox.taken) < enough and process.poll() is None and time.monotonic() < patience:
        time.sleep(0.001)
    time.sleep(pause)
    process.kill()
    process.wait()


def stages(database: Database, ids: Collection[UUID]) -> dict[UUID, MessageStage]:
    with database.reading() as session:
        return {id: session.get_one(Message, id).stage for id in ids}


@pytest.mark.parametrize(("kills", "mails"), [(3, 120), pytest.param(20, 500, marks=pytest.mark.long)])
def test_a_killed_worker_loses_nothing_and_sends_nothing_twice(
    database: Database, database_url: str, inbox: Inbox, kills: int, mails: int
) -> None:
    inbox.ponders = 0.005  # it has the message and has not said so yet: the worst moment there is
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    addresses = queued(database, mails)

    for run in range(kills):
        process = worker(database_url, inbox, run)
        kill_while_sending(process, inbox, chance.randrange(mails // kills), chance.uniform(0, 0.02))
    assert worker(database_url, inbox, kills).wait(timeout=300) == 0

    ended = stages(database, addresses)
    left = {id for id, stage in ended.items() if stage is MessageStage.UNCERTAIN}
    sent = {id for id, stage in ended.items() if stage is MessageStage.SENT}
    print(f"seed {seed}: {kills} kills, {mails} mails, {len(sent)} sent, {len(left)} uncertain")
    assert sent | left == set(addresses), f"seed {seed}"
    assert len(inbox.readers) == len(set(inbox.readers)), f"seed {seed}: sent twice"
    assert {addresses[id] for id in sent} <= set(inbox.readers), f"seed {seed}: sent but never taken"
    assert len(left) <= kills, f"seed {seed}"
    with database.reading() as session:
        assert {message.id for message in uncertain(session)} == left
        assert waiting_count(session) == 0


@pytest.mark.both_databases
def test_two_workers_at_once_send_nothing_twice(database: Database, database_url: str, inbox: Inbox) -> None:
    addresses = queued(database, 100)

    workers = [worker(database_url, inbox, 0) for _ in range(2)]

    assert [process.wait(timeout=120) for process in workers] == [0, 0]
    assert sorted(inbox.readers) == sorted(addresses.values())
    assert set(stages(database, addresses).values()) == {MessageStage.SENT}

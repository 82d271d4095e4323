"""The worker gives bills a short while at a time, so that mail does not wait behind them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advocacy import worker
from advocacy.bills.actions import track
from advocacy.bills.refreshing.models import BillTurn
from advocacy.config import Config
from advocacy.db import Database
from advocacy.wake import Bell, Bells
from tests.bills import made


def test_a_while_is_over_after_its_seconds_or_when_the_process_is_told_to_stop() -> None:
    clock, stopping = [0.0], [False]
    enough = worker.while_short(lambda: stopping[0], 20.0, lambda: clock[0])

    assert not enough()
    clock[0] = 20.0
    assert enough()
    clock[0] = 1.0
    stopping[0] = True
    assert enough()


def test_what_is_left_after_a_while_is_rung_for_again(
    config: Config, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        bill = track(session, made.snapshot(), now).bill_id
        session.add(BillTurn(bill_id=bill, due_at=now - timedelta(days=1), failed=0, fault=""))
    rung: list[Bell] = []
    bells = Bells(config.queue_url)
    monkeypatch.setattr(bells, "ring", rung.append)
    monkeypatch.setattr(bells, "is_stopping", bool)
    nowhere = replace(config, govinfo_url="http://127.0.0.1:9")

    def at_once(_stopping: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: True

    monkeypatch.setattr(worker, "while_short", at_once)
    worker._look_again(nowhere, database, bells)

    assert rung == [Bell.BILLS]
    with database.reading() as session:
        assert session.get_one(BillTurn, bill).failed == 0, "it keeps its turn"
    bells.close()

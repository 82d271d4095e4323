"""Two who press in the same moment: whoever was told "it is off" is on no paper, and twice is once.

A tenth of each runs every day; `bin/test --long` runs all of them.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from time import sleep
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from advocacy.app import create_app
from advocacy.audit import verify
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.actions import EditionVoid, deliver
from advocacy.editions.models import Way
from advocacy.editions.queries import where_it_went
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience
from advocacy.signons.actions import make_link, withdraw
from advocacy.signons.grace import GRACE
from advocacy.signons.links import Purpose
from advocacy.signons.models import Consent, SignOn, SignOnEvent
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, Cast
from tests.together import at_once

_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def daily_and_long(daily: int) -> pytest.MarkDecorator:
    """A tenth every day, half of it on each database; all of it on each in the long run."""
    return pytest.mark.parametrize("times", [daily // 2, pytest.param(10 * daily, marks=pytest.mark.long)])


# ---- leaving against delivery


@pytest.mark.both_databases
@daily_and_long(200)
def test_who_was_told_it_is_off_before_it_left_is_not_in_it(
    database: Database, cast: Cast, now: datetime, times: int
) -> None:
    chance = Random(1144)
    handed = [_leave_while_it_is_delivered(database, cast, now, n, chance) for n in range(times)]

    with database.reading() as session:
        assert verify(session).holds
    # Neither may always win, or this was no race.
    assert 0 < sum(handed) < times, sum(handed)


def _leave_while_it_is_delivered(
    database: Database, cast: Cast, now: datetime, n: int, chance: Random
) -> bool:
    with database.transaction() as session:
        version = make.letter(session, cast, now=now, body=f"Letter number {n}.")
        signed = make.sign(session, version.letter_id, cast.wren, now, FULL)
        made = make.frozen(session, version, cast, now)
        office = make.office_of(session, version)
        make.agree(session, made.id, office.id, cast, now, Way.IN_PERSON)
        visit = make.come(session, version.letter_id, cast.wren, now)
    # A head start of some milliseconds for one or the other, or the longer way to the lock would always lose.
    early, late = 0.0, chance.uniform(0, 0.03)
    waits = dict(zip(("leave", "deliver"), chance.sample((early, late), 2), strict=True))

    def leave() -> bool:
        sleep(waits["leave"])
        with database.transaction() as session:
            withdraw(session, visit, zone=make.ZONE, now=now)
            return bool(where_it_went(session, version.letter_id, signed.id))

    def hand_over() -> bool:
        sleep(waits["deliver"])
        try:
            with database.transaction() as session:
                receipt, way = "desk", Way.IN_PERSON
                deliver(session, made.id, office.id, way, receipt=receipt, by=cast.amara, now=now)
        except EditionVoid:
            return False
        return True

    told_it_had_left, handed = at_once(leave, hand_over)
    with database.reading() as session:
        assert signers_for(session, version.id, Audience.RECIPIENT, now).total == 0
    assert told_it_had_left is handed
    return handed


# ---- the same form twice


@dataclass(frozen=True)
class Door:
    """The door over one database, with a key that holds."""

    app: Flask
    key: str
    text: str

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Press, from a phone of one's own."""
        answer = self.app.test_client().post(path, data={"key": self.key, **fields})
        return answer.status_code, answer.text

    def form(self) -> dict[str, str]:
        """The form of the page before signing, with her yes in it."""
        status, page = self.post("/s/check", text=self.text, way="count")
        assert status == 200
        signing = page[page.index('action="/s/sign"') :].partition("</form>")[0]
        return {**dict(_HIDDEN.findall(signing)), "agree": "yes"}


@pytest.fixture
def door(config: Config, database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> Door:
    return _door_of(create_app(config, database, clock=lambda: now), database, letter, cast.wren, now)


@pytest.mark.both_databases
@daily_and_long(100)
def test_the_same_form_sent_twice_at_once_signs_once(
    database: Database, letter: LetterVersion, door: Door, now: datetime, times: int
) -> None:
    for n in range(1, times + 1):
        form = door.form()
        answers = at_once(*[lambda form=form: door.post("/s/sign", **form)[0]] * 2)
        assert set(answers) == {200}, answers
        assert _numbers(database) == (1, len(Audience), n * len(Audience))
        with database.reading() as session:
            assert signers_for(session, letter.id, Audience.RECIPIENT, now).total == 1
        off = at_once(*[lambda: door.post("/s/withdraw", asked="1", answer="yes")[0]] * 2)
        assert set(off) == {200}
        assert _numbers(database)[1] == 0


def _numbers(database: Database) -> Sequence[int]:
    """How many sign-ons there are, how many consents stand, and how often one was ever given."""
    with database.reading() as session:
        signed = session.scalar(select(func.count()).select_from(SignOn)) or 0
        standing = session.scalar(select(func.count()).where(Consent.ended_on.is_(None))) or 0
        given = session.scalar(select(func.count()).where(SignOnEvent.event == "given")) or 0
    return signed, standing, given


# ---- around the closing second


class Clocks:
    """The moment at which each thread's request comes in."""

    def __init__(self, now: datetime) -> None:
        self._now, self._mine = now, threading.local()

    def __call__(self) -> datetime:
        return getattr(self._mine, "moment", self._now)

    def stand(self, at: datetime) -> None:
        """From here on it is this moment in this thread."""
        self._mine.moment = at


@pytest.mark.both_databases
@daily_and_long(200)
def test_around_the_closing_second_an_answer_counts_or_is_told_that_it_does_not(
    config: Config, database: Database, cast: Cast, letter: LetterVersion, now: datetime, times: int
) -> None:
    """A form opened in time may come fifteen minutes late. A second later it may not, nor unmarked."""
    clocks, chance = Clocks(now), Random(1144)
    app = create_app(config, database, clock=clocks)
    doors = [
        _door_of(app, database, letter, who, now) for who in (cast.wren, cast.nguyen, cast.ana, cast.dee)
    ]

    def answer(door: Door, form: dict[str, str], at: datetime) -> int:
        clocks.stand(at)
        return door.post("/s/sign", **form)[0]

    closes, seen = now + make.OPEN_FOR, set[tuple[bool, int]]()
    for _ in range(times // len(doors)):
        clocks.stand(closes - timedelta(minutes=5))
        sent = [_late_form(door, closes, chance) for door in doors]
        told = at_once(
            *[partial(answer, door, form, at) for door, (form, at, _) in zip(doors, sent, strict=True)]
        )
        for status, (_, _, counts) in zip(told, sent, strict=True):
            assert status == (200 if counts else 409)
            seen.add((counts, status))
        assert _numbers(database)[1] == len(Audience) * sum(counts for _, _, counts in sent)
        for door in doors:
            door.post("/s/withdraw", asked="1", answer="yes")
    assert len(seen) == 2


def _door_of(app: Flask, database: Database, letter: LetterVersion, person: UUID, now: datetime) -> Door:
    with database.transaction() as session:
        visit = make.come(session, letter.letter_id, person, now)
        key, _ = make_link(session, visit.invitation_id, Purpose.SIGN, now)
    return Door(app, key, letter.sha256[:16])


def _late_form(door: Door, closes: datetime, chance: Random) -> tuple[dict[str, str], datetime, bool]:
    """A form, the moment it comes in, within two seconds of an edge, and whether it still counts."""
    is_marked, edge = chance.random() < 0.5, chance.choice((closes, closes + GRACE))
    at = edge + timedelta(seconds=chance.uniform(-2, 2))
    form = door.form()
    if not is_marked:
        del form["opened"]
    return form, at, at < (closes + GRACE if is_marked else closes)

"""Two custodians look at a held print, and one of them alone changes nothing."""

from datetime import datetime

import pytest
from flask import Flask

from advocacy.db import Database
from advocacy.letters import render
from advocacy.letters.models import LetterVersion
from advocacy.people.roles import Role
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.conftest import Hire
from tests.web.office.papers import at, sit

WHY = "A senator of that name is meant."
NAME = "Rivka Samplewater"


@pytest.fixture
def told(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """A letter that speaks of a senator who is called like a member, stopped at the check."""
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, body=f"Senator {NAME} said so.\n\nWages matter.")
    make.printed(database, letter, cast, now)
    return letter


@pytest.fixture
def custodians(app: Flask, hire: Hire) -> tuple[Reader, Reader]:
    """Two of them, each in a browser of her own."""
    first, second = Reader(app.test_client()), Reader(app.test_client())
    sit(first, hire(Role.CUSTODIAN, name="Ada Custodian"))
    sit(second, hire(Role.CUSTODIAN, name="Bea Custodian"))
    return first, second


def press(reader: Reader, seen: Seen, part: str, status: int = 303, **sent: str) -> Seen:
    (action,) = [action for _, action in seen.forms() if part in action]
    return reader.post(action, sent, status)


def look(reader: Reader) -> Seen:
    return press(reader, reader.get("/office/held"), "/office/held/", status=200)


def test_two_custodians_look_and_agree_and_then_it_prints(
    reader: Reader, told: LetterVersion, cast: Cast, custodians: tuple[Reader, Reader]
) -> None:
    ada, bea = custodians
    sit(reader, cast.amara)
    assert "Under review." in reader.get(at(told, "/editions")).words
    assert "A print was held back" in ada.get("/office/").words
    assert NAME not in ada.get("/office/held").words

    seen = look(ada)
    assert NAME in seen.words
    assert "Wages matter" not in seen.words
    assert seen.answer.headers["Cache-Control"] == "no-store"
    waiting = ada.follow(press(ada, seen, "/through", why=WHY))
    assert "One custodian would let it print." in waiting.words
    assert "Another custodian looks and agrees" in look(ada).words
    assert "I agree to this" not in look(ada).words

    meant = look(bea)
    assert WHY in meant.words
    press(bea, meant, "/seconding/")

    told_so = reader.get(at(told, "/editions"))
    assert "You can print again." in told_so.words
    assert NAME not in told_so.words
    printed = reader.follow(reader.post(at(told, "/editions")))
    assert "Edition 1" in printed.words
    assert "No print waits." in ada.get("/office/held").words


@pytest.mark.parametrize("why", ["", "short", "x" * 201])
def test_without_a_reason_nothing_is_proposed_and_what_was_found_stays_in_sight(
    told: LetterVersion, custodians: tuple[Reader, Reader], why: str
) -> None:
    ada, _ = custodians

    seen = press(ada, look(ada), "/through", status=422, why=why)

    assert NAME in seen.words
    assert "Another one looks" not in ada.get("/office/held").words


def test_a_leak_is_shown_but_cannot_be_let_through(
    database: Database,
    told: LetterVersion,
    cast: Cast,
    now: datetime,
    custodians: tuple[Reader, Reader],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "pdf", make.leaking("Delia Placeholder"))
    make.printed(database, told, cast, now)

    seen = look(custodians[0])

    assert "It cannot be let through" in seen.words
    assert not [action for _, action in seen.forms() if "/through" in action]


def test_who_is_no_custodian_sees_nothing_of_it(
    reader: Reader, told: LetterVersion, cast: Cast, hire: Hire
) -> None:
    for who in (cast.amara, hire(Role.MANAGER), hire(Role.STEERING), hire(Role.MEMBERSHIP_COFACILITATOR)):
        sit(reader, who)
        assert reader.client.get("/office/held").status_code == 403
        assert reader.client.post("/office/held/" + str(told.id)).status_code in (403, 404)

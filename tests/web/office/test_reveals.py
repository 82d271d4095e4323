"""Asking who is behind a line: the page, the second person, the one look, and what she reads of it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.roles import Role
from tests import make
from tests.make import CHOSEN, Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.enrolled import enrol
from tests.web.office.papers import at, sit

WHY = "Her office asked whether she lives there."
LEGAL_NAME = "Rivka Samplewater"


@pytest.fixture
def names(reader: Reader, database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> str:
    """River signed, Dee is counted, and Amara sits in the office; the page of the lines."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
        make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    sit(reader, cast.amara)
    return at(letter, "/names")


@pytest.fixture
def custodian(app: Flask, hire: Hire) -> Reader:
    """Somebody who may agree."""
    other = Reader(app.test_client())
    sit(other, hire(Role.CUSTODIAN, name="Ada Custodian"))
    return other


def line(reader: Reader, names: str) -> str:
    seen = reader.get(names)
    return str(seen.soup.select("input[type=radio]")[0]["value"])


def ask(reader: Reader, names: str, status: int = 303, why: str = WHY) -> Seen:
    return reader.post(names, {"line": line(reader, names), "why": why}, status)


def agree(other: Reader) -> Seen:
    return reader_press(other, other.get("/office/seconding"), "/seconding/")


def reader_press(reader: Reader, seen: Seen, part: str, status: int = 303) -> Seen:
    (action,) = [action for _, action in seen.forms() if part in action]
    return reader.post(action, status=status)


def test_the_name_is_shown_once_after_a_second_person_agreed(
    reader: Reader, names: str, custodian: Reader
) -> None:
    seen = reader.follow(ask(reader, names))
    assert "It waits for a second person" in seen.words
    assert "Show me the name" not in seen.words
    waiting = custodian.get("/office/seconding").words
    assert f"Line River On Support for H.R. 1144 Why {WHY} To whom Amara Desk" in waiting
    assert LEGAL_NAME not in waiting
    agree(custodian)
    page = reader.get(names)

    shown = reader_press(reader, page, "/office/names/", status=200)

    assert LEGAL_NAME in shown.words
    assert shown.answer.headers["Cache-Control"] == "no-store"
    assert "You were shown the name on" in reader.get(names).words
    assert LEGAL_NAME not in reader.get(names).words
    again = reader_press(reader, page, "/office/names/", status=409)
    assert LEGAL_NAME not in again.words


def test_only_whoever_asked_is_shown_it_and_a_stranger_finds_nothing(
    reader: Reader, names: str, custodian: Reader, app: Flask, cast: Cast
) -> None:
    ask(reader, names)
    agree(custodian)
    page = reader.get(names)
    jo = Reader(app.test_client())
    sit(jo, cast.jo)

    assert "Show me the name" not in jo.get(names).words
    assert LEGAL_NAME not in reader_press(jo, page, "/office/names/", status=404).words
    assert LEGAL_NAME not in reader_press(custodian, page, "/office/names/", status=403).words


def test_the_page_shows_lines_and_nobody_who_is_only_counted(reader: Reader, names: str) -> None:
    page = reader.get(names)

    assert [label.get_text(strip=True) for label in page.soup.select("fieldset label")] == ["River"]
    for hidden in (LEGAL_NAME, "Dee", "Delia"):
        assert hidden not in page.answer.text


@pytest.mark.parametrize("why", ["", "because", "x" * 201])
def test_without_a_reason_nothing_is_asked(reader: Reader, names: str, why: str) -> None:
    seen = ask(reader, names, 422, why)

    assert "Something needs another look." in seen.words
    assert "It waits for a second person" not in reader.get(names).words


@pytest.mark.parametrize("sent", ["", "nobody", "5b7d5a3e-0000-4000-8000-000000000000"])
def test_a_line_that_does_not_print_cannot_be_asked_about(reader: Reader, names: str, sent: str) -> None:
    reader.get(names)

    assert reader.post(names, {"line": sent, "why": WHY}, 422)


@pytest.mark.parametrize("role", [Role.PWG_MEMBER, Role.MEMBERSHIP_COFACILITATOR, Role.FINANCE, Role.DEPUTY])
def test_who_does_not_lead_asks_nothing_and_who_does_not_oversee_agrees_to_nothing(
    reader: Reader, names: str, app: Flask, hire: Hire, role: Role
) -> None:
    ask(reader, names)
    other = Reader(app.test_client())
    sit(other, hire(role, name="Sam Other"))

    other.get(names, 403)
    if role is Role.DEPUTY:
        assert "River" not in other.get("/office/seconding").words


def test_who_sits_by_link_and_code_shows_once_more_who_she_is(
    reader: Reader, names: str, cast: Cast, database: Database, clock: Clock, app: Flask
) -> None:
    other = Reader(app.test_client())
    enrolled = enrol(database, clock, cast.jo)
    enrolled.sign_in(other)
    clock.forward(minutes=6)
    page = other.get(names)
    sent = {"line": str(page.soup.select("input[type=radio]")[0]["value"]), "why": WHY}

    assert "Is it still you?" in other.post(names, sent, 401).words


def test_it_stands_on_the_desk_of_whoever_may_agree(
    reader: Reader, names: str, custodian: Reader, sit_down: Callable[..., UUID]
) -> None:
    ask(reader, names)

    assert "Somebody asks who is behind a line" in custodian.get("/office/").words
    assert "Somebody asks who is behind a line" not in reader.get("/office/").words

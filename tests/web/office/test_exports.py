"""The manager asks for the roster, a second person agrees on a page of her own, and one file comes."""

import pytest
from flask import Flask

from advocacy.db import Database
from advocacy.people.roles import Role
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.enrolled import enrol
from tests.web.office.papers import sit

WHY = "We move to another program."


@pytest.fixture
def manager(reader: Reader, cast: Cast, hire: Hire) -> Reader:
    """The manager sits in the office; the cast is on the roster."""
    sit(reader, hire(Role.MANAGER, name="May Manager"))
    return reader


@pytest.fixture
def custodian(app: Flask, hire: Hire) -> Reader:
    """Somebody who may agree."""
    other = Reader(app.test_client())
    sit(other, hire(Role.CUSTODIAN, name="Ada Custodian"))
    return other


def press(reader: Reader, seen: Seen, part: str, status: int = 303) -> Seen:
    (action,) = [action for _, action in seen.forms() if part in action]
    return reader.post(action, status=status)


def test_the_file_comes_once_after_somebody_agreed(manager: Reader, custodian: Reader) -> None:
    manager.get("/office/exports")
    seen = manager.follow(manager.post("/office/exports", {"why": WHY}))
    assert "It waits for a second person" in seen.words
    assert "Write the file now" not in seen.words
    assert "Somebody asks for the roster as a file" in custodian.get("/office/").words
    waiting = custodian.get("/office/seconding")
    assert f"What for {WHY} For whom May Manager" in waiting.words
    press(custodian, waiting, "/seconding/")
    page = manager.get("/office/exports")

    file = press(manager, page, "/exports/", status=200)

    assert file.answer.mimetype == "text/csv"
    assert file.answer.headers["Content-Disposition"].startswith("attachment; filename=list-20")
    assert file.answer.headers["Cache-Control"] == "no-store"
    assert "Samplewater" in file.answer.get_data(as_text=True)
    press(manager, page, "/exports/", status=409)
    assert "Write the file now" not in manager.get("/office/exports").words


def test_somebody_else_cannot_write_what_the_manager_asked_for(
    app: Flask, manager: Reader, custodian: Reader, hire: Hire
) -> None:
    manager.get("/office/exports")
    manager.post("/office/exports", {"why": WHY})
    press(custodian, custodian.get("/office/seconding"), "/seconding/")
    (action,) = [a for _, a in manager.get("/office/exports").forms() if "/exports/" in a]
    other = Reader(app.test_client())
    sit(other, hire(Role.MANAGER, name="Moe Manager"))

    other.post(action, status=404)
    custodian.post(action, status=403)


@pytest.mark.parametrize("why", ["", "short", "x" * 201])
def test_without_a_reason_nothing_is_asked(manager: Reader, why: str) -> None:
    manager.get("/office/exports")

    seen = manager.post("/office/exports", {"why": why}, 422)

    assert "It waits for a second person" not in seen.words
    assert seen.soup.select_one("[aria-invalid]") is not None


def test_who_sits_by_link_and_code_shows_first_that_it_is_still_her(
    app: Flask, database: Database, clock: Clock, hire: Hire
) -> None:
    other = Reader(app.test_client())
    enrol(database, clock, hire(Role.MANAGER, name="Moe Manager")).sign_in(other)
    clock.forward(minutes=6)
    other.get("/office/exports")

    assert "Is it still you?" in other.post("/office/exports", {"why": WHY}, 401).words

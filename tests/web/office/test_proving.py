"""Before an act that matters: one more check, and nothing typed is lost."""

import json
from datetime import date

import pytest

from advocacy.db import Database
from advocacy.people.access import FRESH, TABLE
from advocacy.people.queries import terms
from advocacy.people.roles import Role
from tests.page import Reader, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.enrolled import Enrolled, enrol

NOVA = "novanewcomer@members.example"
TERM = {"email": NOVA, "role": "pwg_member", "begins_on": "2026-11-23", "ends_on": "2027-11-22"}


@pytest.fixture
def wren(database: Database, hire: Hire, clock: Clock, reader: Reader) -> Enrolled:
    """A manager who signed in ten minutes ago."""
    hire(name="Nova Newcomer")
    who = enrol(database, clock, hire(Role.MANAGER))
    who.sign_in(reader)
    clock.forward(minutes=10)
    return who


def kept(seen: Seen) -> dict[str, str]:
    return {str(field["name"]): str(field["value"]) for field in seen.soup.select("form input[type=hidden]")}


def given(database: Database) -> int:
    with database.reading() as session:
        return sum(term.role == Role.PWG_MEMBER for term in terms(session))


def test_every_act_that_wants_a_fresh_check_is_in_the_table() -> None:
    assert set(TABLE) >= FRESH


def test_the_act_waits_for_the_check_and_is_then_done_as_it_was_typed(
    wren: Enrolled, reader: Reader, database: Database
) -> None:
    seen = reader.post("/office/roles", TERM, 401)
    assert (seen.heading, given(database)) == ("Is it still you?", 0)

    proved = reader.post("/office/prove", {**kept(seen), "code": wren.code()}, 200)
    assert (proved.heading, given(database)) == ("Thank you, it is you", 0)

    act = {**kept(proved)}
    assert {name: act[name] for name in TERM} == TERM
    reader.post("/office/roles", act)


def test_a_wrong_code_keeps_the_act_and_does_nothing(
    wren: Enrolled, reader: Reader, database: Database
) -> None:
    seen = reader.post("/office/roles", TERM, 401)

    again = reader.post("/office/prove", {**kept(seen), "code": "000000"}, 422)

    assert "This code is not right" in again.words
    assert json.loads(kept(again)["kept"]) == json.loads(kept(seen)["kept"])
    assert given(database) == 0


def test_the_session_before_the_check_is_dead(wren: Enrolled, reader: Reader) -> None:
    old = reader.client.get_cookie("office")
    assert old is not None
    seen = reader.post("/office/roles", TERM, 401)
    reader.post("/office/prove", {**kept(seen), "code": wren.code()}, 200)
    thief = Reader(reader.client.application.test_client())
    thief.client.set_cookie("office", old.value)

    thief.get("/office/", 303)


def test_nobody_is_asked_again_within_five_minutes(wren: Enrolled, reader: Reader, clock: Clock) -> None:
    seen = reader.post("/office/roles", TERM, 401)
    reader.post("/office/prove", {**kept(seen), "code": wren.code()}, 200)
    clock.forward(minutes=5)
    reader.get("/office/roles")
    reader.post("/office/roles", {**TERM, "email": "nobody@members.example"}, 422)

    clock.forward(seconds=1)
    reader.post("/office/roles", TERM, 401)


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/office/roles",
        "/s/sign",
        "/office/nowhere",
        "",
        "javascript:x",
    ],
)
def test_the_check_leads_to_no_other_address(wren: Enrolled, reader: Reader, to: str) -> None:
    reader.post("/office/roles", TERM, 401)

    reader.post("/office/prove", {"to": to, "kept": "[]", "code": wren.code()}, 404)


@pytest.mark.parametrize("packed", ["", "{", "7", "[[1]]", '{"a": 1}', "[" * 4000])
def test_a_mangled_act_is_nothing(wren: Enrolled, reader: Reader, packed: str) -> None:
    reader.post("/office/roles", TERM, 401)

    reader.post("/office/prove", {"to": "/office/roles", "kept": packed, "code": wren.code()}, 404)


def test_the_demo_asks_nobody(reader: Reader, hire: Hire, clock: Clock) -> None:
    hire(name="Nova Newcomer")
    reader.post(f"/demo/{hire(Role.MANAGER, until=date(2027, 1, 1))}")
    clock.forward(minutes=20)
    reader.get("/office/roles")

    reader.post("/office/roles", {**TERM, "ends_on": ""}, 422)

"""Signing in by emailed link, and out."""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.db import Database
from advocacy.mail.models import Message
from advocacy.people import sign_in
from advocacy.people.models import SignInLink
from advocacy.people.roles import Role
from advocacy.web.office.entrance import AT_LEAST
from tests.page import Reader
from tests.timing import TOLD_APART, medians_of, spread
from tests.web.conftest import Clock, Hire

WREN = "wrensample@members.example"
STRANGER = "stranger@members.example"


@pytest.fixture
def key(reader: Reader, hire: Hire, database: Database) -> str:
    """The key in Wren's mail, as the worker makes it."""
    hire(Role.PWG_MEMBER)
    reader.post("/office/sign-in", {"email": WREN}, 200)
    with database.transaction() as session:
        return sign_in.make_key(session, session.scalars(select(SignInLink.id)).one())


def test_wren_asks_for_a_link_and_sets_up_her_way_in(reader: Reader, key: str) -> None:
    assert reader.get("/office/enter").heading == "Open the office"

    first = reader.follow(reader.post("/office/enter", {"key": key, "mine": "y"}))

    assert first.heading == "How you sign in"
    assert "Before the office opens" in first.words


def test_a_bare_press_opens_nothing_and_spends_nothing(reader: Reader, key: str) -> None:
    """A mail program that fills the field in and presses the one button is not Wren."""
    seen = reader.post("/office/enter", {"key": key}, 422)

    assert "Please tick the box" in seen.words
    assert seen.soup.find(id="key", attrs={"value": key})
    reader.post("/office/enter", {"key": key, "mine": "y"})


def test_the_whole_link_may_be_pasted(reader: Reader, key: str) -> None:
    reader.post("/office/enter", {"key": f" http://127.0.0.1:5000/office/enter#{key}\n", "mine": "y"})


def test_a_link_works_once(reader: Reader, key: str) -> None:
    reader.post("/office/enter", {"key": key, "mine": "y"})

    seen = reader.post("/office/enter", {"key": key, "mine": "y"}, 410)
    assert seen.heading == "This link no longer works"


def test_a_link_ends_after_an_hour(reader: Reader, key: str, clock: Clock) -> None:
    clock.forward(hours=1)

    reader.post("/office/enter", {"key": key, "mine": "y"}, 410)


def test_opening_the_page_does_not_spend_the_link(reader: Reader, key: str) -> None:
    for _ in range(3):
        reader.get(f"/office/enter?{key}")
        reader.client.head("/office/enter")

    reader.post("/office/enter", {"key": key, "mine": "y"})


def test_a_mangled_key_a_spent_one_and_a_made_up_one_read_the_same(reader: Reader, key: str) -> None:
    reader.post("/office/enter", {"key": key, "mine": "y"})
    answers = {
        reader.post("/office/enter", {"key": tried, "mine": "y"}, 410).answer.data
        for tried in (key, key[:-1], "x" * 43)
    }

    assert len(answers) == 1


def test_an_empty_field_is_sent_back_with_a_word(reader: Reader) -> None:
    assert "Please paste the link" in reader.post("/office/enter", {"key": ""}, 422).words


@pytest.mark.parametrize(
    "typed", ["", "wren", "wren@", "a@b@c.example", "x" * 300 + "@members.example", "a\r\nb@c.de"]
)
def test_what_is_no_address_is_said_to_be_none(reader: Reader, typed: str) -> None:
    seen = reader.post("/office/sign-in", {"email": typed}, 422)

    assert seen.soup.find(id="email-wrong")
    assert seen.soup.find(id="email", attrs={"aria-invalid": "true"})


def test_a_stranger_reads_exactly_what_wren_reads(reader: Reader, hire: Hire, database: Database) -> None:
    hire(Role.PWG_MEMBER)

    known = reader.post("/office/sign-in", {"email": WREN}, 200).answer
    unknown = reader.post("/office/sign-in", {"email": STRANGER}, 200).answer

    assert known.data == unknown.data
    assert dict(known.headers) == dict(unknown.headers)
    with database.reading() as session:
        assert [message.kind for message in session.scalars(select(Message))] == ["sign_in"]


@pytest.mark.parametrize("address", [WREN, STRANGER])
def test_nobody_is_answered_sooner_than_anybody_else(reader: Reader, hire: Hire, address: str) -> None:
    hire(Role.PWG_MEMBER)
    begun = perf_counter()

    reader.post("/office/sign-in", {"email": address}, 200)

    assert perf_counter() - begun >= AT_LEAST


@pytest.mark.long
def test_no_patience_tells_a_member_from_a_stranger(reader: Reader, hire: Hire) -> None:
    hire(Role.PWG_MEMBER)
    ask = partial(reader.client.post, "/office/sign-in")
    taken = medians_of({who: partial(ask, data={"email": who}) for who in (WREN, STRANGER)})

    assert spread(taken) < TOLD_APART, taken


def test_somebody_signed_in_is_led_past_the_way_in(reader: Reader, sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.FINANCE)

    assert reader.follow(reader.get("/office/sign-in", 303)).heading == "Desk"


def test_signing_out_empties_the_browser_and_the_seat(reader: Reader, sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.FINANCE)
    seen = reader.post("/office/sign-out", status=200)

    assert seen.heading == "You are signed out"
    assert seen.answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Expires=Thu, 01 Jan 1970" in seen.answer.headers["Set-Cookie"]
    reader.get("/office/", 303)


def test_an_old_cookie_opens_nothing_after_signing_out(reader: Reader, sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.FINANCE)
    cookie = reader.client.get_cookie("office")
    assert cookie is not None
    reader.post("/office/sign-out", status=200)
    reader.client.set_cookie("office", cookie.value)

    reader.get("/office/", 303)


def test_each_sign_in_gets_a_new_session(reader: Reader, hire: Hire) -> None:
    wren = hire(Role.FINANCE)
    keys = set()
    for _ in range(2):
        reader.post(f"/demo/{wren}")
        cookie = reader.client.get_cookie("office")
        assert cookie is not None
        keys.add(cookie.value)

    assert len(keys) == 2

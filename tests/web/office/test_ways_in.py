"""What somebody shows who she is with: the first opens the office, each change ends the other sessions."""

import re
from dataclasses import replace

import pyotp
import pytest

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.people import sign_in
from advocacy.people.models import SignInLink
from advocacy.people.roles import Role
from tests.page import Reader, Reviewed, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.enrolled import Enrolled, enrol

LONG = "office/ways-in"


@pytest.fixture
def wren(database: Database, hire: Hire, clock: Clock) -> Enrolled:
    return enrol(database, clock, hire(Role.MANAGER))


@pytest.fixture
def newcomer(reader: Reader, hire: Hire, database: Database, clock: Clock) -> Reader:
    """Somebody who has a role since today and opened her first link."""
    who = hire(Role.PWG_MEMBER, name="Nova Newcomer")
    with database.transaction() as session:
        link: SignInLink = sign_in.new_link(session, who, now=clock.at)
        key = sign_in.make_key(session, link.id)
    seen = reader.follow(reader.post("/office/enter", {"key": key, "mine": "y"}))
    assert seen.heading == "How you sign in"
    return reader


def secret_on(page: Seen) -> pyotp.TOTP:
    shown = page.soup.find("code", class_="secret")
    assert shown is not None
    return pyotp.TOTP(shown.get_text().replace(" ", ""))


def test_a_newcomer_sets_up_an_app_and_the_office_opens(newcomer: Reader, clock: Clock) -> None:
    page = newcomer.post("/office/ways-in/app", status=200)
    assert page.soup.find("svg")

    newcomer.follow(newcomer.post("/office/ways-in/app/confirm", {"code": secret_on(page).at(clock.at)}))

    assert newcomer.get("/office/").heading == "Desk"


@pytest.mark.parametrize("path", ["/office/", "/office/letters", "/office/prove", "/office/people"])
def test_before_that_nothing_else_is_open_to_her(newcomer: Reader, path: str) -> None:
    answer = newcomer.client.get(path)

    assert answer.status_code in (303, 405)
    if answer.status_code == 303:
        assert answer.headers["Location"] == "/office/ways-in"
    assert not newcomer.get("/office/ways-in").soup.find("nav")


def test_a_wrong_first_code_sets_nothing_up(newcomer: Reader, clock: Clock) -> None:
    newcomer.post("/office/ways-in/app", status=200)

    seen = newcomer.post("/office/ways-in/app/confirm", {"code": "000000"}, 422)
    assert "This code is not right" in seen.words
    newcomer.get("/office/", 303)


def test_recovery_codes_are_shown_once_and_one_opens_the_office(
    wren: Enrolled, reader: Reader, clock: Clock
) -> None:
    wren.sign_in(reader)
    assert "You have no recovery codes" in reader.get("/office/ways-in").words
    codes = [
        code.get_text()
        for code in reader.post("/office/ways-in/recovery-codes", status=200).soup.select(".codes code")
    ]

    assert len(codes) == 10
    assert not any(code in reader.get("/office/ways-in").words for code in codes)
    reader.post("/office/sign-out", status=200)
    key = wren.link()
    reader.post("/office/enter", {"key": key, "mine": "y"}, 200)
    assert reader.follow(reader.post("/office/enter/code", {"key": key, "code": codes[0]})).heading == "Desk"


def test_a_change_signs_her_out_everywhere_else(wren: Enrolled, reader: Reader, clock: Clock) -> None:
    elsewhere = Reader(reader.client.application.test_client())
    wren.sign_in(elsewhere)
    clock.forward(seconds=60)
    wren.sign_in(reader)
    page = reader.post("/office/ways-in/app", status=200)
    reader.post("/office/ways-in/app/confirm", {"code": secret_on(page).at(clock.at)})

    elsewhere.get("/office/", 303)
    assert reader.get("/office/").heading == "Desk"


def test_the_last_way_in_cannot_be_taken_away(wren: Enrolled, reader: Reader) -> None:
    wren.sign_in(reader)

    assert "the only thing left" in reader.post("/office/ways-in/app/remove", status=422).words


def test_signing_out_everywhere_ends_every_session(wren: Enrolled, reader: Reader, clock: Clock) -> None:
    elsewhere = Reader(reader.client.application.test_client())
    wren.sign_in(elsewhere)
    clock.forward(seconds=60)
    wren.sign_in(reader)
    reader.post("/office/sign-out/everywhere", status=200)

    reader.get("/office/", 303)
    elsewhere.get("/office/", 303)


def test_she_is_told_until_when_and_a_press_keeps_it_open(
    wren: Enrolled, reader: Reader, clock: Clock
) -> None:
    wren.sign_in(reader)
    assert "Signed in until 23 November 2026, 10:30 EST" in reader.get("/office/").words
    clock.forward(minutes=20)

    answer = reader.client.post("/office/stay", headers={"X-CSRF-Token": reader.token})
    assert answer.json == {"seconds": 1800, "until": "23 November 2026, 10:50 EST"}


def test_a_passkey_of_somebody_else_cannot_be_removed(wren: Enrolled, reader: Reader) -> None:
    wren.sign_in(reader)

    reader.post(f"/office/ways-in/passkeys/{wren.id}/remove", status=404)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"response": 7}',
        "x" * 30_000,
        "[" * 9_000,
        '{"response":{"clientDataJSON":"e30"}}',
    ],
)
@pytest.mark.parametrize(
    "path", ["/office/passkey/answer", "/office/prove/answer", "/office/ways-in/passkeys"]
)
def test_what_no_device_said_is_refused(wren: Enrolled, reader: Reader, path: str, answer: str) -> None:
    wren.sign_in(reader)

    told = reader.client.post(path, data={"csrf_token": reader.token, "answer": answer, "label": "Phone"})
    assert (told.status_code, told.json) == (
        422,
        {"says": "That passkey did not work here. Please try again, or sign in with a link and a code."},
    )


def test_a_question_is_made_afresh_and_names_nobody(client: Reviewed, wren: Enrolled) -> None:
    asked = [client.post("/office/passkey/ask").json for _ in range(2)]

    assert asked[0]["challenge"] != asked[1]["challenge"]
    assert asked[0]["userVerification"] == "required"
    assert not asked[0].get("allowCredentials")


def test_a_network_that_tries_too_often_waits_a_minute_and_no_other_does(
    client: Reviewed, wren: Enrolled, clock: Clock
) -> None:
    def enter(address: str) -> int:
        sent = {"key": "x" * 43, "mine": "y"}
        return client.post("/office/enter", data=sent, environ_base={"REMOTE_ADDR": address}).status_code

    answers = [enter("203.0.113.7") for _ in range(21)]

    assert answers == [410] * 20 + [429]
    assert enter("198.51.100.9") == 410
    clock.forward(minutes=1)
    assert enter("203.0.113.9") == 410


def test_behind_a_proxy_the_network_is_the_visitors_and_she_cannot_make_one_up(
    config: Config, database: Database, clock: Clock
) -> None:
    real = create_app(replace(config, behind_proxy=True), database, clock=clock).test_client()

    def enter(forwarded: str) -> int:
        sent = {"key": "x" * 43, "mine": "y"}
        return real.post("/office/enter", data=sent, headers={"X-Forwarded-For": forwarded}).status_code

    made_up = [enter(f"198.51.{number}.9, 203.0.113.7") for number in range(21)]

    assert made_up[-1] == 429
    assert enter("192.0.2.1") == 410


def test_the_throttle_keeps_no_address(client: Reviewed, database: Database, wren: Enrolled) -> None:
    client.post("/office/enter", data={"key": "x", "mine": "y"}, environ_base={"REMOTE_ADDR": "203.0.113.7"})

    with database.reading() as session:
        stored = repr(session.connection().exec_driver_sql("SELECT * FROM throttle").all())
    assert not re.search(r"203|113", stored.replace("2026", ""))

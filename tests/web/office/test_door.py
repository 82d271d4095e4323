"""The guard of the office, asked about every page it has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.people import sign_in
from advocacy.people.access import OPEN_DOORS, OPEN_PAGES, TABLE, may
from advocacy.people.models import OfficeSession
from advocacy.people.roles import Role
from tests.page import Reader, Reviewed
from tests.web.conftest import Clock, Hire


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] == "office"]


def address(app: Flask, rule: Rule) -> str:
    kinds = {name: converter.__class__.__name__ for name, converter in rule._converters.items()}
    values = {
        name: UUID(int=1) if kind == "UUIDConverter" else 1 if kind == "IntegerConverter" else "x"
        for name, kind in kinds.items()
    }
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def test_every_route_stands_in_the_table_or_behind_an_open_door(app: Flask) -> None:
    unlisted = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in TABLE
        and rule.endpoint not in OPEN_PAGES
        and rule.endpoint.partition(".")[0] not in OPEN_DOORS
    ]

    assert unlisted == []


def test_nothing_in_the_table_leads_nowhere(app: Flask) -> None:
    assert [endpoint for endpoint in TABLE if endpoint not in app.view_functions] == []


def test_nobody_signed_in_reaches_nothing(app: Flask, client: Reviewed) -> None:
    for rule in rules(app):
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            if rule.endpoint not in OPEN_PAGES:
                answer = client.open(address(app, rule), method=method)
                assert answer.status_code == (303 if method == "GET" else 401), rule


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reaches_what_the_table_says_and_nothing_more(app: Flask, hire: Hire, role: Role) -> None:
    reader = Reader(app.test_client())
    reader.post(f"/demo/{hire(role)}")
    for rule in rules(app):
        if rule.endpoint in OPEN_PAGES or rule.endpoint.startswith("office.sign_out"):
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            reader.get("/office/ways-in")
            answer = reader.client.open(address(app, rule), method=method, data={"csrf_token": reader.token})
            assert (answer.status_code == 403) is not may([role], rule.endpoint), (rule, method)
            assert answer.status_code < 500, (rule, method)


def test_an_act_without_the_sessions_token_is_not_done(reader: Reader, sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.MANAGER)
    reader.token = "0" * 64

    assert reader.post("/office/sign-out", status=409).heading == "That was not done"
    assert reader.get("/office/").heading == "Desk"


def test_htmx_sends_the_token_in_a_header(reader: Reader, sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.MANAGER)
    good, reader.token = reader.token, ""

    reader.post("/office/sign-out", status=200, headers={"X-CSRF-Token": good})


def test_a_token_of_somebody_else_is_not_taken(app: Flask, reader: Reader, hire: Hire) -> None:
    other = Reader(app.test_client())
    other.post(f"/demo/{hire(Role.MANAGER, name='Ana-Lucía Ejemplo')}")
    other.get("/office/")
    reader.post(f"/demo/{hire(Role.MANAGER)}")
    reader.token = other.token

    reader.post("/office/sign-out", status=409)


def test_a_term_that_ends_today_is_worth_nothing_tomorrow(reader: Reader, hire: Hire, clock: Clock) -> None:
    last_day = hire(Role.STEERING, until=date(2026, 11, 23))
    clock.forward(hours=13, minutes=40)
    reader.post(f"/demo/{last_day}")

    # 04:40 UTC on the 24th is still the 23rd in New York; half an hour later it is not.
    assert reader.get("/office/").heading == "Desk"
    clock.forward(minutes=25)
    reader.get("/office/", 303)


def test_half_an_hour_of_quiet_ends_the_session(
    reader: Reader, sit_down: Callable[..., UUID], clock: Clock
) -> None:
    sit_down(Role.STEERING)
    clock.forward(minutes=31)

    assert reader.get("/office/", 303).answer.headers["Location"] == "/office/sign-in"


def test_words_typed_into_an_ended_session_come_back(
    reader: Reader, sit_down: Callable[..., UUID], clock: Clock
) -> None:
    sit_down(Role.STEERING)
    clock.forward(hours=1)
    seen = reader.post("/office/sign-out", {"body": "Dear Chair, we write to ask you for three things."}, 401)

    assert "Dear Chair, we write to ask you for three things." in seen.words
    assert reader.token not in seen.answer.text


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(reader: Reader) -> None:
    seen = reader.get("/office/", 200, headers={"HX-Request": "true"})

    assert seen.answer.headers["HX-Redirect"] == "/office/sign-in"


def test_reading_writes_nothing_but_the_last_seen_minute(
    reader: Reader, sit_down: Callable[..., UUID], clock: Clock, database: Database
) -> None:
    sit_down(Role.STEERING)
    seen = [_seen_at(database)]
    for seconds in (30, 29, 1, 30):
        clock.forward(seconds=seconds)
        reader.get("/office/")
        seen.append(_seen_at(database))

    assert [later == earlier for earlier, later in zip(seen, seen[1:], strict=False)] == [
        True,
        True,
        False,
        True,
    ]


def _seen_at(database: Database) -> object:
    with database.reading() as session:
        return session.scalars(select(OfficeSession.seen_at)).one()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(reader: Reader, hire: Hire) -> None:
    cookie = reader.post(f"/demo/{hire(Role.STEERING)}").answer.headers["Set-Cookie"]

    assert cookie.startswith("office=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_outside_the_demo_the_cookie_has_the_name_browsers_enforce(
    config: Config, database: Database, clock: Clock, hire: Hire, now: object
) -> None:
    real = create_app(replace(config, demo=False, base_url="https://office.example"), database, clock=clock)
    client = real.test_client()
    key = _emailed_key(database, hire(Role.STEERING), clock)
    answer = client.post("/office/enter", data={"key": key, "mine": "y"}, base_url="https://office.example")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-office=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert client.get("/demo", base_url="https://office.example").status_code == 404
    assert client.get("/inbox", base_url="https://office.example").status_code == 404


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://office.example"}, 200),
        ({}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_over_https_the_referer_may_be_missing_and_the_token_decides(
    config: Config, database: Database, clock: Clock, hire: Hire, told: dict[str, str], status: int
) -> None:
    real = create_app(replace(config, demo=False, base_url="https://office.example"), database, clock=clock)
    client, there = real.test_client(), "https://office.example"
    key = _emailed_key(database, hire(Role.STEERING), clock)
    client.post("/office/enter", data={"key": key, "mine": "y"}, base_url=there)
    page = client.get("/office/ways-in", base_url=there).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert token

    def leave(token: str) -> int:
        sent = {"csrf_token": token}
        return client.post("/office/sign-out", data=sent, base_url=there, headers=told).status_code

    assert leave("0" * 64) in (403, 409)
    assert leave(token) == status


def _emailed_key(database: Database, person: UUID, clock: Clock) -> str:
    with database.transaction() as session:
        return sign_in.make_key(session, sign_in.new_link(session, person, now=clock.at).id)

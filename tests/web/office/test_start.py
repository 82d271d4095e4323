"""The guided start: the manager reads what is missing and how to mend it, and sends herself a mail."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from advocacy.config import Config
from advocacy.db import Database
from advocacy.doctor import starting
from advocacy.people.roles import Role
from tests.mailbox import post
from tests.page import Reader
from tests.web.conftest import Clock

Sit = Callable[..., UUID]
TITLE = "What is missing, what next"


def test_the_managers_desk_leads_to_it_while_anything_is_missing(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.MANAGER)
    desk = reader.get("/office/")

    link = desk.soup.find("a", href="/office/start")

    assert link is not None
    assert TITLE in link.get_text()


def test_nobody_else_is_led_there_or_let_in(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.PWG_COFACILITATOR, Role.STEERING)

    assert reader.get("/office/").soup.find("a", href="/office/start") is None
    assert reader.get("/office/start", status=403)


def test_once_nothing_is_missing_the_desk_is_quiet(
    reader: Reader, sit_down: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "steps", lambda *_asked: ())
    sit_down(Role.MANAGER)

    assert reader.get("/office/").soup.find("a", href="/office/start") is None


def test_each_step_says_whether_it_is_done_what_is_set_and_how(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.MANAGER)
    page = reader.get("/office/start")

    steps = {str(step["id"]): step.get_text(" ", strip=True) for step in page.soup.select("ol.start > li")}
    in_order = ["name", "letterhead", "doors", "mail", "keys", "roster", "terms", "copies", "bills"]
    assert list(steps) == in_order
    assert list(steps) == [
        "name",
        "letterhead",
        "doors",
        "mail",
        "keys",
        "roster",
        "terms",
        "copies",
        "bills",
    ]
    assert "Still to do" in steps["name"]
    assert "count: 0 of 2. No letter can open for sign-ons." in steps["copies"]
    assert "NETWORK_NAME The Network" in steps["name"]
    assert "Set CALL_US to a number" in steps["name"]
    assert "/etc/advocacy/environment" in page.soup.get_text()


def test_she_sends_herself_a_mail_and_reads_that_it_left(
    reader: Reader, sit_down: Sit, config: Config, database: Database, clock: Clock
) -> None:
    sit_down(Role.MANAGER, name="Wren Sample")
    reader.get("/office/start")
    reader.post("/office/start/mail")

    assert "waits to leave" in reader.get("/office/start").soup.get_text()
    [mail] = post(config, database, clock())
    assert mail.to == "wrensample@members.example"
    assert "A mail to yourself left" in reader.get("/office/start").soup.get_text()


def test_it_shows_no_secret(app: Flask, reader: Reader, sit_down: Sit) -> None:
    desk = app.extensions["advocacy"]
    secret = replace(desk.config, smtp_url="smtp://desk:plainly-fictional@127.0.0.1:9")
    app.extensions["advocacy"] = replace(desk, config=secret)
    sit_down(Role.MANAGER)

    assert "plainly-fictional" not in str(reader.get("/office/start").soup)

"""Passkeys in real Chromium, with an authenticator that Chromium plays: enrol, sign in, prove, sign out."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from advocacy.config import Config
from advocacy.db import Database
from advocacy.people import sign_in
from advocacy.people.actions import give_term
from advocacy.people.models import Passkey
from advocacy.people.roles import Role
from tests import make
from tests.browser.town import Town, town_of
from tests.browser.witness import Witness

pytestmark = pytest.mark.browser
Device = Callable[..., Page]


@pytest.fixture
def here(config: Config, database: Database, now: object) -> Iterator[Town]:
    """The office under a name, as passkeys need one."""
    with town_of(config, database, now, host="localhost") as opened:  # type: ignore[arg-type]
        yield opened


@pytest.fixture
def jo(here: Town) -> str:
    """Jo is a manager and the address of her first link."""
    with here.database.transaction() as session:
        cast = make.cast(session, here.now)
        give_term(
            session, cast.jo, Role.MANAGER, begins_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), by=None
        )
        key = sign_in.make_key(session, sign_in.new_link(session, cast.jo, now=here.now).id)
    return f"{here.config.base_url}/office/enter#{key}"


@pytest.fixture
def device(witness: Witness) -> Iterator[Device]:
    """A window on a device that can hold passkeys and knows its owner."""
    opened = []

    def made(*, knows_her: bool = True, width: int = 360, scheme: str = "light") -> Page:
        window = witness.window(width=width, color_scheme=scheme)
        page = window.__enter__()
        opened.append(window)
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        line.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": knows_her,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return page

    yield made
    for window in opened:
        window.__exit__(None, None, None)


def enrol(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Yes, I asked for this link").check()
    page.get_by_role("button", name="Open the office").click()
    page.get_by_label("Name of this device").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("row", name="My phone")).to_be_visible()


def test_jo_enrols_with_a_passkey_and_signs_in_with_it(here: Town, jo: str, device: Device) -> None:
    page = device()
    enrol(page, jo)
    page.get_by_role("button", name="Make my recovery codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()

    page.goto(f"{here.config.base_url}/office/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    expect(page.locator(".sitting")).to_contain_text("19:00 EST")


def test_a_device_that_did_not_check_its_owner_adds_nothing(here: Town, jo: str, device: Device) -> None:
    page = device(knows_her=False)
    page.goto(jo)
    page.get_by_label("Yes, I asked for this link").check()
    page.get_by_role("button", name="Open the office").click()
    page.get_by_label("Name of this device").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("did not go through with it")
    with here.database.reading() as session:
        assert session.query(Passkey).count() == 0


def test_an_act_is_done_after_the_device_said_it_is_still_jo(here: Town, jo: str, device: Device) -> None:
    page = device()
    enrol(page, jo)
    here.forward(minutes=10)
    page.get_by_role("button", name="Make my recovery codes").click()
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_role("button", name="Use my passkey and go on").click()

    expect(page.locator(".codes li")).to_have_count(10)


def test_an_answer_of_a_device_is_taken_once(here: Town, jo: str, device: Device) -> None:
    page = device()
    enrol(page, jo)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{here.config.base_url}/office/sign-in")
    with page.expect_request("**/office/passkey/answer") as sent:
        page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()

    again = page.request.post(
        sent.value.url,
        data=sent.value.post_data,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert again.status == 422


def test_back_after_signing_out_shows_nothing(here: Town, jo: str, device: Device) -> None:
    page = device()
    enrol(page, jo)
    page.goto(f"{here.config.base_url}/office/roles")
    expect(page.get_by_role("heading", name="Roles")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("heading", name="Sign in to the office")).to_be_visible()


def test_before_it_closes_she_is_told_and_a_press_keeps_it_open(here: Town, jo: str, device: Device) -> None:
    page = device()
    enrol(page, jo)
    here.forward(hours=8, minutes=58)
    page.goto(f"{here.config.base_url}/office/ways-in")
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Stay signed in").click()

    expect(warning).to_be_hidden()
    expect(page.locator(".sitting")).to_contain_text("22:00 EST")

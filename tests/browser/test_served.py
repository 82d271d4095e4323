"""What `bin/run` shows: the demo on the real web server, with a real worker beside it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.witness import Witness
from tests.programs import answer_of, eventually, free_port, run, started

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    says, port = tmp_path / "words.txt", free_port()
    settings = {"DEMO": "1", "PORT": str(port)}
    run("advocacy", "db", "upgrade", cwd=tmp_path, **settings)
    run("advocacy", "demo", "--load", cwd=tmp_path, **settings)
    with started("advocacy", "serve", "--port", str(port), cwd=tmp_path, says=says, **settings):
        eventually(lambda: answer_of(f"http://127.0.0.1:{port}/healthz"), otherwise=says.read_text)
        yield f"http://127.0.0.1:{port}"


def test_the_three_things_to_click_lead_where_they_say(address: str, witness: Witness) -> None:
    """And the worker sends what the web was asked for."""
    with witness.window() as page:
        page.goto(f"{address}/demo")
        page.get_by_role("button", name="Be Amara Placeholder").click()
        witness.look(page, "desk")
        page.get_by_role("link", name="Campaigns").first.click()
        page.locator("ul.cards a").first.click()
        expect(page.locator("ol.path > li")).to_have_count(6)
        witness.look(page, "demo-campaign")

        page.goto(f"{address}/inbox")
        witness.look(page, "inbox")
        juniper = page.locator("article", has_text="juniper@example.test")
        juniper.locator("a", has_text="/s#").first.click()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("You have not signed yet.")).to_be_visible()
    with witness.window(script=False) as page:
        _sign_in_by_mail(page, address)
        # A link alone opens nothing but the page where she adds a second way in.
        expect(page.locator("h1")).to_have_text("How you sign in")


def _sign_in_by_mail(page: Page, address: str) -> None:
    page.goto(f"{address}/office/sign-in")
    page.get_by_label("Your email address").fill("amara@example.test")
    page.get_by_role("button", name="Email me a link").click()
    _reload_until_there(page, f"{address}/inbox", "/office/enter#")
    code = page.locator("a", has_text="/office/enter#").first.inner_text().partition("#")[2]
    page.goto(f"{address}/office/enter")
    page.get_by_label("The link or code from your email").fill(code)
    page.get_by_label("Yes, I asked for this link").check()
    page.get_by_role("button", name="Open the office").click()


def _reload_until_there(page: Page, address: str, words: str) -> None:
    for _ in range(100):
        page.goto(address)
        if words in page.inner_text("main"):
            return
        time.sleep(0.2)
    raise AssertionError(f"{words} never came")

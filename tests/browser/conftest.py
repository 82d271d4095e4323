"""What browser tests stand on: the application on a port of this machine, Chromium, and a witness."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from advocacy.config import Config
from advocacy.db import Database
from tests.browser.somebody import Somebody
from tests.browser.town import Town, town_of
from tests.browser.witness import Witness, faults_of

_QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
Live = Town
Called = Callable[..., Somebody]


@pytest.fixture
def town(config: Config, database: Database, now: datetime) -> Iterator[Town]:
    """An empty installation. The signer's door has a host of its own in it."""
    with town_of(config, database, now, signers_host="localhost") as opened:
        yield opened


@pytest.fixture
def live(config: Config, database: Database, now: datetime) -> Iterator[Live]:
    """The same, with one host for everything."""
    with town_of(config, database, now) as opened:
        yield opened


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all; each test opens windows of its own, which share nothing."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(found), args=list(_QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def witness(chromium: Browser) -> Iterator[Witness]:
    """Opens windows; whatever was at fault in any of them fails the test at its end."""
    seeing = Witness(chromium)
    yield seeing
    assert not seeing.faults, "\n".join(seeing.faults)


@pytest.fixture
def somebody(town: Town, witness: Witness) -> Iterator[Called]:
    """Somebody in a window of her own; with a name, one of those who sit in the office."""
    with ExitStack() as windows:

        def called(name: str = "", **window: Any) -> Somebody:
            here = Somebody(windows.enter_context(witness.window(**window)), town, witness)
            if name:
                here.sit_down(name)
            return here

        yield called


@contextmanager
def window(
    browser: Browser, *, width: int = 360, script: bool = True, **more: Any
) -> Iterator[BrowserContext]:
    """A fresh window, as wide as an old phone, under a witness of its own."""
    seeing = Witness(browser)
    with seeing.window(width=width, script=script, **more) as page:
        yield page.context
    assert not seeing.faults, "\n".join(seeing.faults)


def serious_faults(page: Page) -> list[str]:
    """What axe finds on this page that would keep somebody out."""
    return faults_of(page)

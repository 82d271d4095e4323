"""A real server on this machine, and a real browser in front of it."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database

_SERIOUS = ("serious", "critical")


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: the address of a request may hold a key."""


@dataclass(frozen=True)
class Live:
    """The application, answering on a port of this machine."""

    address: str
    config: Config
    database: Database


@pytest.fixture
def live(config: Config, database: Database, now: datetime) -> Iterator[Live]:
    server = make_server("127.0.0.1", 0, None, threaded=True, request_handler=_Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    here = replace(
        config,
        base_url=address,
        signer_url=address,
        port=server.server_port,
        exit_url=f"{address}/healthz",
    )
    server.app = create_app(here, database, clock=lambda: now)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(address, here, database)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all; each test opens windows of its own, which share nothing."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(found), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def window(
    browser: Browser, *, width: int = 360, script: bool = True, **more: Any
) -> Iterator[BrowserContext]:
    """A fresh window, as wide as an old phone."""
    opened = browser.new_context(
        viewport={"width": width, "height": 640}, java_script_enabled=script, locale="en-US", **more
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


def serious_faults(page: Page) -> list[str]:
    """What axe finds on this page that would keep somebody out."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in _SERIOUS]

"""Somebody who sees everything a browser does, looks at each page twice, and lets no fault pass."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from advocacy.config import is_loopback

SERIOUS = ("serious", "critical")
Screens = tuple[tuple[int, str], ...]
SCREENS: Screens = ((1280, "light"), (360, "dark"))
"""Wide and light, narrow and dark: each width and each scheme once."""

_AXE = Axe()
_ON_ANOTHER_SCREEN = (
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
    "aria-hidden-focus",
    "bypass",
)
_ALL_SCREENS = tuple((width, scheme) for width in (1280, 360) for scheme in ("light", "dark"))
_REFUSED = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Witness:
    """Opens windows and notes every fault in them: a request elsewhere, a script that fails, a lost file."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    pictures: Path | None = field(
        default_factory=lambda: Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None
    )

    @contextmanager
    def window(self, *, width: int = 1280, script: bool = True, **more: Any) -> Iterator[Page]:
        """A window that shares nothing with any other."""
        opened = self.browser.new_context(
            viewport={"width": width, "height": 640},
            java_script_enabled=script,
            locale="en-US",
            reduced_motion="reduce",
            **more,
        )
        opened.set_default_timeout(8_000)
        self.watch(opened)
        yield opened.new_page()
        opened.close()

    def watch(self, opened: BrowserContext) -> None:
        """Note what happens in every page of this window."""
        opened.on("request", self._asked)
        opened.on("response", self._answered)
        opened.on("console", self._said)
        opened.on("weberror", lambda error: self.faults.append(f"a script failed: {error.error}"))

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host and not is_loopback(host):
            self.faults.append(f"a request left for {host}")

    def _answered(self, answer: Response) -> None:
        # A form that is sent back to be mended is an answer of 4xx; a file that is missing is a fault.
        mended = answer.request.is_navigation_request() or answer.request.resource_type in ("fetch", "xhr")
        if answer.status >= 500 or (answer.status >= 400 and not mended):
            self.faults.append(f"{answer.status} for {answer.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_REFUSED):
            self.faults.append(f"{message.type} on {message.location.get('url')}: {message.text}")

    def look(self, page: Page, name: str, screens: Screens = SCREENS) -> None:
        """Look at a page once, on each screen: does it fit, and could anybody at all use it?"""
        if name in self.seen:
            return
        self.seen.add(name)
        size = page.viewport_size
        for width, scheme in _ALL_SCREENS if self.pictures else screens:
            page.set_viewport_size({"width": width, "height": 640})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if self.pictures:
                page.screenshot(path=self.pictures / f"{name}-{width}-{scheme}.png", full_page=True)
            found = [*faults_of(page, again=(width, scheme) != screens[0]), *too_wide(page, width)]
            self.faults += [f"{name} at {width}, {scheme}: {fault}" for fault in found]
        page.emulate_media(color_scheme="light")
        if size is not None:
            page.set_viewport_size(size)


def faults_of(page: Page, *, again: bool = False) -> list[str]:
    """What axe finds here that would keep somebody out; `again`, only what another screen can change."""
    asked: dict[str, object] = {"resultTypes": ["violations"]}
    if again:
        asked["runOnly"] = {"type": "rule", "values": _ON_ANOTHER_SCREEN}
    return [
        f"{one['id']}: {node['html'][:160]} ({_why(node)})"
        for one in _AXE.run(page, options=asked).response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def too_wide(page: Page, width: int) -> list[str]:
    """Whether this page must be pushed sideways."""
    needed = page.evaluate("document.documentElement.scrollWidth")
    return [] if needed <= width else [f"it is {needed} wide"]


def _why(node: dict[str, Any]) -> str:
    told = [check["message"] for kind in ("any", "all", "none") for check in node.get(kind, [])]
    return re.sub(r"\s+", " ", "; ".join(told))[:200]

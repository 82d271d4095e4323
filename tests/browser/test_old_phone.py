"""An old phone on a bad line: how long until the letter is there, and how many taps until it is signed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from advocacy.signons.models import SignOn
from tests.browser.conftest import Live, window
from tests.make import CHAIR, POSTING, RANKING, ask_members, cast, letter
from tests.web.signer.conftest import House

pytestmark = pytest.mark.browser
# A slow third-generation line: 400 ms there and back, 400 kbit a second; a processor a quarter as fast.
_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_TIMES_SLOWER = 4
_MOST, _TRIES = 3.0, 8
# The page, its files and two presses: on a busy machine each takes longer, as a bare page before it does.
_BARE_PAGES = 7
_WORDS = " ".join(
    ["We ask for homes that are safe, wages that are paid, and care that asks for no report."] * 45
)


@pytest.fixture
def house(live: Live, now: datetime) -> House:
    """A letter of two pages to three offices, one of which puts on the web what it gets."""
    with live.database.transaction() as session:
        people = cast(session, now)
        offices = (CHAIR, RANKING, POSTING)
        version = letter(session, people, now=now, offices=offices, body=_WORDS)
        ask_members(session, version, people, now)
        session.expunge_all()
    return House(live.database, None, people, version, now)  # type: ignore[arg-type]


@contextmanager
def old_phone(chromium: Browser) -> Iterator[Page]:
    """A phone that has never seen us before."""
    with window(chromium) as opened:
        page = opened.new_page()
        tools = opened.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", _LINE)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": _TIMES_SLOWER})
        yield page


class Taps:
    """A thumb, and how often it came down."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, label: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=label).click()

    def tick(self, label: str) -> None:
        self.count += 1
        self.page.get_by_label(label).check()


def to_the_letter(page: Page, address: str) -> Taps:
    taps = Taps(page)
    page.goto(address, wait_until="commit")
    taps.press("Continue")
    taps.press("Read the letter")
    expect(page.get_by_text("homes that are safe").first).to_be_visible()
    return taps


def seconds(act: Callable[..., object], *with_: object) -> float:
    began = time.monotonic()
    act(*with_)
    return time.monotonic() - began


@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=pytest.mark.long)])
def test_the_letter_is_there_in_three_seconds_and_signed_in_five_taps(
    live: Live, house: House, chromium: Browser, alone: bool
) -> None:
    address = f"{live.address}/s#{house.key(house.cast.wren)}"
    taken, floor = [], []
    # The rest of the suite runs beside it, so a slow try says little: the best of a few is asked for.
    while len(taken) < _TRIES and not (taken and _is_quick(taken, floor, alone)):
        with old_phone(chromium) as page:
            floor.append(seconds(page.goto, f"{live.address}/elsewhere"))
        with old_phone(chromium) as page:
            taken.append(seconds(to_the_letter, page, address))
    print(f"to the letter: {min(taken):.2f} s at best of {len(taken)}; one bare page: {min(floor):.2f} s")
    assert _is_quick(taken, floor, alone), (taken, floor)

    with old_phone(chromium) as page:
        taps = to_the_letter(page, f"{live.address}/s#{house.key(house.cast.dee)}")
        taps.press("Count me, no name")
        taps.tick("Yes, this is how I want to appear.")
        taps.press("Sign")
        expect(page.get_by_text("Thank you. You have signed.")).to_be_visible()
    assert taps.count <= 5
    with live.database.reading() as session:
        assert house.cast.dee in session.scalars(select(SignOn.person_id)).all()


def _is_quick(taken: list[float], floor: list[float], alone: bool) -> bool:
    """Whether one try took three seconds, or, where others work beside it, no more than some bare pages."""
    beside = (one / bare for one, bare in zip(taken, floor, strict=True))
    return min(taken) < _MOST or (not alone and min(beside) < _BARE_PAGES)

"""The signer's door in a real browser: with scripts and without, in a hurry, on a narrow screen, by keys."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from advocacy.signons.links import Purpose
from tests.browser.conftest import Live, serious_faults, window
from tests.make import POSTING, ask_members, cast, letter
from tests.web.signer.conftest import House

pytestmark = pytest.mark.browser
BODY = "We ask for **three** things.\n\n## What we ask\n\n1. Homes.\n2. Wages.\n3. Care."


@pytest.fixture
def house(live: Live, now: datetime) -> House:
    with live.database.transaction() as session:
        people = cast(session, now)
        version = letter(session, people, now=now, implies_survivor=True, offices=(POSTING,), body=BODY)
        ask_members(session, version, people, now)
        session.expunge_all()
    unused: FlaskClient = None  # type: ignore[assignment]
    return House(live.database, unused, people, version, now)  # type: ignore[arg-type]


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """An old phone with scripts. Every request it makes and every fault it finds is noted."""
    with window(chromium) as opened:
        yield opened.new_page()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()


def read(page: Page, address: str) -> None:
    """Open the link and go on to the letter."""
    page.goto(address)
    press(page, "Continue")
    press(page, "Read the letter")


def choose(page: Page) -> None:
    """Choose for one audience after the other; the last page waits to be sent."""
    press(page, "Choose for each")
    page.check("[name=form-recipient][value=full_name]")
    page.check("[name=survivor-recipient]")
    press(page, "Next")
    page.check("[name=form-web][value=initials]")
    press(page, "Next")
    page.check("[name=form-press][value=count_only]")


def sign_by_link(page: Page, address: str) -> None:
    """Open the link, choose, look, sign."""
    read(page, address)
    choose(page)
    press(page, "Show me how I would appear")
    page.get_by_label("Yes, this is how I want to appear.").check()
    press(page, "Sign")


# ---- the whole way


def test_wren_signs_with_scripts_and_leaves_no_trace_but_the_visit(
    live: Live, house: House, phone: Page
) -> None:
    asked: list[Request] = []
    said: list[str] = []
    phone.on("request", lambda request: asked.append(request))
    phone.on("console", lambda message: said.append(message.text))
    key = house.key(house.cast.wren)

    phone.goto(f"{live.address}/s#{key}")
    expect(phone.get_by_text("Your link is ready.")).to_be_visible()
    expect(phone.locator("#by-hand")).to_be_hidden()
    assert phone.url == f"{live.address}/s"
    sign_by_link(phone, f"{live.address}/s#{key}")

    expect(phone.get_by_text("Thank you. You have signed.")).to_be_visible()
    assert phone.url == f"{live.address}/s"
    assert house.forms()["recipient"] == "full_name"
    assert said == []
    assert not [request.url for request in asked if not request.url.startswith(live.address)]
    assert not [one for one in asked if key in one.url or one.headers.get("referer")]
    assert phone.context.cookies() == []
    kept = phone.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
        (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert kept == [0, 0, 0, 0, 0]


def test_dee_signs_by_typed_code_where_no_script_runs(live: Live, house: House, chromium: Browser) -> None:
    with window(chromium, width=320, script=False) as opened:
        page = opened.new_page()
        page.goto(f"{live.address}/s#{house.key(house.cast.dee)}")
        page.get_by_label("The code from your message").fill(house.code(house.cast.dee))
        press(page, "Continue")
        press(page, "Read the letter")
        press(page, "Count me, no name")
        page.get_by_label("Yes, this is how I want to appear.").check()
        press(page, "Sign")
        expect(page.get_by_text("Thank you. You have signed.")).to_be_visible()
        press(page, "Take my name off")
        page.get_by_label("Yes, take my name off").check()
        press(page, "Go on")

        expect(page.get_by_text("Your name is not on this letter.")).to_be_visible()
        assert house.consents() == []
        press(page, "Put my name back")
        page.get_by_label("Yes, put it back").check()
        press(page, "Go on")
    assert house.forms()["count"] == "count_only"


def test_everything_can_be_done_by_keyboard(live: Live, house: House, phone: Page) -> None:
    phone.goto(f"{live.address}/s#{house.key(house.cast.dee)}")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.id") == "leave"
    tab_to(phone, "Continue")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=You have not signed yet.")
    tab_to(phone, "Read the letter")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Who gets the letter")
    tab_to(phone, "Count me, no name")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=This is how you would appear")
    tab_to(phone, "", "agree")
    phone.keyboard.press("Space")
    tab_to(phone, "Sign")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Thank you. You have signed.")).to_be_visible()
    tab_to(phone, "Take my name off")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Take your name off this letter?")
    tab_to(phone, "", "answer")
    pick(phone, "yes")
    tab_to(phone, "Go on")
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("Your name is not on this letter.")).to_be_visible()
    assert house.consents() == []


def pick(page: Page, value: str) -> None:
    """Go from one answer to the next with the arrow keys, as a keyboard does."""
    page.keyboard.press("Space")
    for _ in range(4):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys never come to {value}")


def tab_to(page: Page, label: str, name: str = "") -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.name || '']")
        if (label and here[0].startswith(label)) or (name and here[1] == name):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none", f"nobody sees that the keyboard is at {label or name}"
            return
    raise AssertionError(f"the keyboard never comes to {label or name}")


# ---- a tab the phone threw away, a link in a tab that stands open


def test_reloading_after_signing_gives_the_neutral_page_and_asks_nothing(
    live: Live, house: House, phone: Page
) -> None:
    sign_by_link(phone, f"{live.address}/s#{house.key(house.cast.wren)}")
    before = house.rows()

    phone.reload()

    expect(phone.get_by_label("The code from your message")).to_be_visible()
    assert "signed" not in phone.inner_text("body")
    assert house.rows() == before


@pytest.mark.parametrize("step", ["letter", "check"])
def test_reloading_in_between_gives_the_neutral_page_and_choices_are_kept(
    live: Live, house: House, phone: Page, step: str
) -> None:
    read(phone, f"{live.address}/s#{house.key(house.cast.wren)}")
    if step == "check":
        choose(phone)
        press(phone, "Show me how I would appear")
    phone.reload()
    expect(phone.get_by_label("The code from your message")).to_be_visible()

    read(phone, f"{live.address}/s#{house.key(house.cast.wren)}")
    press(phone, "Choose for each")

    assert phone.is_checked("[name=form-recipient][value=full_name]") is (step == "check")


def test_a_link_pressed_while_another_page_of_hers_is_open_starts_anew(
    live: Live, house: House, phone: Page
) -> None:
    sign_by_link(phone, f"{live.address}/s#{house.key(house.cast.wren)}")

    phone.goto(f"{live.address}/s#{house.key(house.cast.dee)}")

    expect(phone.get_by_text("Your link is ready.")).to_be_visible()
    press(phone, "Continue")
    expect(phone.get_by_text("You have not signed yet.")).to_be_visible()


def test_a_broken_link_leaves_the_code_to_be_typed(live: Live, house: House, phone: Page) -> None:
    phone.goto(f"{live.address}/s#{house.key(house.cast.wren)[:20]}")

    expect(phone.get_by_label("The code from your message")).to_be_visible()
    assert phone.input_value("#key") == ""


def test_a_full_stop_that_a_mail_program_took_into_the_link_does_no_harm(
    live: Live, house: House, phone: Page
) -> None:
    phone.goto(f"{live.address}/s#{house.key(house.cast.wren)}.")

    assert phone.input_value("#key") != ""
    press(phone, "Continue")
    expect(phone.get_by_text("You have not signed yet.")).to_be_visible()


# ---- leaving


def on_the_letter(page: Page, live: Live, house: House) -> None:
    read(page, f"{live.address}/s#{house.key(house.cast.wren)}")
    choose(page)


def test_the_leave_button_goes_and_back_does_not_show_the_letter(
    live: Live, house: House, phone: Page
) -> None:
    on_the_letter(phone, live, house)
    phone.get_by_role("link", name="Leave this page").click()
    phone.wait_for_url(live.config.exit_url)

    phone.go_back()

    assert "1144" not in phone.content()
    assert phone.locator("input:checked").count() == 0


def test_leaving_covers_the_page_at_once_and_clears_what_was_chosen(
    live: Live, house: House, phone: Page
) -> None:
    on_the_letter(phone, live, house)
    # What is true in the same instant, before the other page has answered.
    at_once = phone.evaluate(
        """() => {
            document.getElementById('leave').click();
            return [
                getComputedStyle(document.getElementById('blank')).display,
                getComputedStyle(document.querySelector('main')).visibility,
                document.querySelectorAll('input:checked').length,
                document.querySelector('[name=key]').value,
                document.title,
            ];
        }"""
    )

    assert at_once == ["block", "hidden", 0, "", "Loading."]


def test_shift_three_times_leaves(live: Live, house: House, phone: Page) -> None:
    on_the_letter(phone, live, house)
    phone.keyboard.press("Shift")
    expect(phone.locator("#shift-told")).to_have_text("Shift. Press two more times to leave.")
    phone.keyboard.press("Shift")
    phone.keyboard.press("Shift")

    phone.wait_for_url(live.config.exit_url)


def test_typing_capitals_does_not_leave(live: Live, house: House, phone: Page) -> None:
    phone.goto(f"{live.address}/s")
    phone.get_by_label("The code from your message").press_sequentially("A")
    for _ in range(4):
        phone.keyboard.press("Shift+A")
    phone.keyboard.press("Shift")
    phone.keyboard.press("Shift")
    phone.keyboard.press("b")
    phone.keyboard.press("Shift")

    assert phone.url == f"{live.address}/s"


def test_leaving_is_a_real_link_where_no_script_runs(live: Live, house: House, chromium: Browser) -> None:
    with window(chromium, script=False) as opened:
        page = opened.new_page()
        page.goto(f"{live.address}/s")
        expect(page.locator("#shift-hint")).to_be_hidden()
        page.get_by_role("link", name="Leave this page").click()

        assert page.url == live.config.exit_url


# ---- stopping mail


def test_the_address_that_stops_mail_works_after_its_key_left_the_address_bar(
    live: Live, house: House, phone: Page
) -> None:
    phone.goto(f"{live.address}/stop/{house.key(house.cast.wren, Purpose.STOP_MAIL)}")
    assert phone.url == f"{live.address}/s"
    phone.get_by_label(re.compile("Yes, stop emails")).check()
    press(phone, "Go on")

    expect(phone.get_by_text("Done. If this link is yours")).to_be_visible()


# ---- scanners that run scripts


def test_a_scanner_that_runs_scripts_and_presses_every_lone_button_changes_no_row(
    live: Live, house: House, chromium: Browser
) -> None:
    links = [f"{live.address}/s#{house.key(person)}" for person in (house.cast.wren, house.cast.dee)]
    links.append(f"{live.address}/stop/{house.key(house.cast.wren, Purpose.STOP_MAIL)}")
    before = house.rows()

    with window(chromium) as opened:
        for link in links:
            press_everything(opened, link)

    assert house.rows() == before


def press_everything(opened: BrowserContext, link: str) -> None:
    page = opened.new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_load_state()
    for place in range(page.locator("main button").count()):
        again = opened.new_page()
        again.goto(link)
        again.locator("main button").first.click()
        again.wait_for_load_state()
        again.locator("main button").nth(place).click()
        again.wait_for_load_state()
        again.close()
    page.close()


# ---- everybody can use it


SCREENS = [(320, "dark"), (1280, "light")]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_no_page_keeps_anybody_out(
    live: Live, house: House, chromium: Browser, width: int, scheme: str
) -> None:
    with window(chromium, width=width, color_scheme=scheme) as opened:
        page = opened.new_page()
        for name in walk(page, live, house):
            assert serious_faults(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def walk(page: Page, live: Live, house: House) -> Iterator[str]:
    """Every kind of page, one after the other."""
    page.goto(f"{live.address}/s")
    yield "start"
    page.fill("#code", "AAAAA-AAAAA")
    press(page, "Continue")
    yield "turned away"
    page.goto(f"{live.address}/s#{house.key(house.cast.wren)}")
    expect(page.get_by_text("Your link is ready.")).to_be_visible()
    press(page, "Continue")
    yield "what we ask"
    press(page, "Read the letter")
    yield "letter"
    press(page, "Choose for each")
    yield "one audience"
    press(page, "Next")
    yield "faults"
    press(page, "Go back")
    yield "ways"
    choose(page)
    yield "the last audience"
    press(page, "Show me how I would appear")
    yield "check"
    press(page, "Sign")
    yield "not agreed"
    page.get_by_label("Yes, this is how I want to appear.").check()
    press(page, "Sign")
    yield "signed"
    press(page, "Show how I appear")
    yield "shown"
    press(page, "Take my name off")
    yield "asked"
    page.get_by_label("Yes, take my name off").check()
    press(page, "Go on")
    yield "taken off"
    page.goto(f"{live.address}/stop/x")
    yield "stop"


def test_a_page_at_four_times_its_size_needs_no_sideways_scrolling(
    live: Live, house: House, chromium: Browser
) -> None:
    # 1280 pixels at 400 per cent are 320 wide and, on a low screen, 160 high: nothing may stick there.
    with window(chromium, width=320) as opened:
        page = opened.new_page()
        page.set_viewport_size({"width": 320, "height": 160})
        on_the_letter(page, live, house)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("getComputedStyle(document.querySelector('header')).position") == "static"


def test_no_field_in_focus_hides_below_the_leave_button(live: Live, house: House, phone: Page) -> None:
    on_the_letter(phone, live, house)
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    for _ in range(12):
        phone.keyboard.press("Shift+Tab")
        phone.keyboard.press("a")
        hidden = phone.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " <= document.querySelector('header').getBoundingClientRect().bottom"
        )
        assert not hidden or phone.evaluate("document.activeElement.id") in ("leave", "")


def test_every_target_is_big_enough_for_a_thumb(live: Live, house: House, phone: Page) -> None:
    on_the_letter(phone, live, house)
    small = phone.evaluate(
        """[...document.querySelectorAll('button, select, a, [type=date], fieldset label:has(input)')]
        .map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
        .filter(([_, box]) => box.height && box.height < 43.5 && box.left >= 0)
        .map(([words]) => words)"""
    )

    assert [words for words in small if words != "Skip to the page"] == []

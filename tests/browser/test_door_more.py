"""The signer's door in Spanish, on a thin line, after going back, and before a scanner's own browser."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from advocacy.people.sign_in import ask
from advocacy.web.signer.tongues import tongue
from tests import make
from tests.browser import door_steps as door
from tests.browser.conftest import Called
from tests.browser.door_steps import Wish
from tests.browser.town import Town
from tests.browser.witness import Witness
from tests.rows import row_hashes

pytestmark = pytest.mark.browser
_MOST_BYTES = 50_000
WREN, ANA, DEE, AMARA = "wrensample", "analucaejemplo", "deliaplaceholder", "amaradesk"


@pytest.fixture(autouse=True)
def _asked(town: Town) -> None:
    """A letter is open, everybody was asked, somebody in the office wants to come in; the notes have left."""
    with town.database.transaction() as session:
        people = make.cast(session, town.now)
        version = make.letter(session, people, now=town.now, implies_survivor=True, offices=(make.POSTING,))
        make.ask_members(session, version, people, town.now)
        ask(session, f"{AMARA}@members.example", now=town.now, today=town.now.date())
    town.send_mail()


def test_ana_reads_every_page_in_spanish_and_nobody_is_kept_out(somebody: Called) -> None:
    ana, say = somebody(width=360), tongue("es").say
    ana.go(door.link(ana, ANA))
    ana.press(say("start.go"))
    ana.reads(say("state.not_signed"))
    ana.look("es-first")
    ana.press(say("first.read"))
    ana.look("es-letter")
    ana.press(say("choose.each"))
    ana.look("es-recipient")
    ana.press(say("choose.next"))
    ana.look("es-faults")
    for audience in ("recipient", "web", "press"):
        ana.page.locator(f"[name=form-{audience}]").last.check()
        ana.press(say("choose.look" if audience == "press" else "choose.next"))
        ana.look(f"es-after-{audience}")
    ana.tick(say("check.agree"))
    ana.press(say("check.sign"))
    ana.reads(say("state.thanks"))
    ana.look("es-signed")
    ana.press(say("manage.show"))
    ana.look("es-shown")
    ana.press(say("stop.button"))
    ana.look("es-stop")
    ana.tick(say("stop.yes"))
    ana.press(say("stop.go"))
    ana.reads(say("stop.done"))
    ana.go(door.link(ana, ANA))
    ana.press(say("start.go"))
    ana.press(say("manage.off"))
    ana.look("es-off")
    ana.tick(say("withdraw.yes"))
    ana.press(say("withdraw.go"))
    ana.look("es-withdrawn")

    assert ana.page.locator("html").get_attribute("lang") == "es"


def test_no_page_of_the_door_weighs_fifty_kilobytes(somebody: Called) -> None:
    wren = somebody(width=360)
    loaded: dict[str, int] = {}
    wren.page.on("response", lambda answer: loaded.update({_place(answer): len(answer.body())}))
    door.by_link(wren, WREN)
    door.sign(wren, Wish("full_name", "initials"))

    assert {"/static/signer.css", "/static/signer.js", "GET /s", "POST /s", "POST /s/check"} <= set(loaded)
    files = sum(size for place, size in loaded.items() if place.startswith("/static"))
    heaviest = max(
        size for place, size in loaded.items() if "/s" in place and not place.startswith("/static")
    )
    assert files + heaviest < _MOST_BYTES


def _place(answer: Response) -> str:
    path = "/" + answer.url.split("/", 3)[3].partition("?")[0]
    return path if path.startswith("/static") else f"{answer.request.method} {path}"


def test_going_back_after_signing_shows_nothing_of_it(town: Town, somebody: Called) -> None:
    wren = somebody(width=360)
    door.by_link(wren, WREN)
    door.sign(wren, Wish("full_name", "full_name"))
    before = row_hashes(town.database)

    for _ in range(4):
        wren.page.go_back()
        if wren.page.url == "about:blank":
            break
        assert wren.page.url.endswith("/s")
        assert not any(word in wren.page.inner_text("body") for word in ("1144", "Wren", "You have signed"))

    assert row_hashes(town.database) == before


def test_a_tab_that_was_thrown_away_comes_back_neutral(town: Town, somebody: Called) -> None:
    """A phone loads the address again, with whatever it kept: here the address alone is left."""
    wren = somebody(width=360)
    door.by_link(wren, WREN)
    door.read(wren)
    wren.press("Choose for each")
    wren.page.locator("[name=form-recipient][value=initials]").check()
    address = wren.page.url
    again = wren.page.context.new_page()
    again.goto(address)

    expect(again.get_by_label("The code from your message")).to_be_visible()
    assert "1144" not in again.inner_text("body")


def test_the_door_has_a_host_of_its_own_where_nothing_else_answers(town: Town, somebody: Called) -> None:
    stranger = somebody()
    stranger.go(town.config.signer_url + "/")
    stranger.reads("This page is for one person.")
    assert stranger.page.title() == "Welcome"
    for path in ("/office/", "/office/sign-in", "/letters/x", "/demo", "/inbox", "/static/house.css"):
        assert stranger.page.request.get(town.config.signer_url + path).status == 404, path


def test_a_scanner_with_a_browser_of_its_own_changes_no_row(town: Town, witness: Witness) -> None:
    """Scripts run, the key is in the form, and each button of the page is pressed as it stands."""
    mails = [(name, town.mail_to(name)) for name in (WREN, ANA, DEE, AMARA)]
    links = [found[0] for _, mail in mails if (found := re.search(r"http\S+#\S+", mail))]
    stops = [str(mail["List-Unsubscribe"]).strip("<>") for mail in town.mails if mail["List-Unsubscribe"]]
    before = row_hashes(town.database)

    with witness.window() as page:
        for link in [*links, stops[0]]:
            page.goto(link)
            for place in range(_pressed(page, 0)):
                page.goto("about:blank")
                page.goto(link)
                _pressed(page, 0)
                if place < page.locator("main button").count():
                    _pressed(page, place)

    assert len(links) == 4
    assert row_hashes(town.database) == before


def _pressed(page: Page, place: int) -> int:
    """Press one button; how many there are on the page that comes."""
    page.locator("main button").nth(place).click()
    page.wait_for_load_state()
    return page.locator("main button").count()

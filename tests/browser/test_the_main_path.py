"""The whole main path as people walk it in a real browser, from a roster to a delivered letter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from advocacy.config import Config
from advocacy.demo import scene
from advocacy.people.roles import Role
from tests import make
from tests.bills import congress_server, made
from tests.bills.congress_server import CongressServer
from tests.browser import door_steps as door
from tests.browser import office_steps as office
from tests.browser import paper_steps as paper
from tests.browser.conftest import Called
from tests.browser.door_steps import Wish
from tests.browser.somebody import Somebody
from tests.browser.town import Town

pytestmark = pytest.mark.browser


@pytest.fixture
def congress() -> Iterator[CongressServer]:
    with CongressServer().running() as running:
        yield running


@pytest.fixture
def config(config: Config, congress: CongressServer) -> Config:
    """The settings, with Congress on this machine."""
    return replace(config, congress_api_url=congress.address, congress_api_key=congress_server.KEY)


@pytest.fixture
def bill(congress: CongressServer, request: pytest.FixtureRequest) -> str:
    """H.R. 1144 as it was recorded; where the recordings are not, a made-up bill of that number."""
    try:
        folder = request.getfixturevalue("recordings") / "congress-v3-derived" / "119" / "hr" / "1144"
        congress.serve_recording(folder)
    except pytest.skip.Exception:
        congress.serve(made.item(number="1144"), actions=made.actions())
    return office.FEDERAL


@dataclass(frozen=True)
class Desks:
    """Three who draft: two lead, one writes."""

    amara: Somebody
    jo: Somebody
    sam: Somebody


def test_from_a_roster_to_a_delivered_letter(town: Town, somebody: Called, bill: str, tmp_path: Path) -> None:
    desks = move_in(town, somebody, tmp_path)
    letter = agree_on_words(desks, bill)
    ask(desks, letter)
    lines = answer(somebody)
    edition = hand_over(desks, letter, lines, somebody)
    look_from_outside(desks, letter, edition, somebody)


def move_in(town: Town, somebody: Called, folder: Path) -> Desks:
    """From three people and an empty roster to a working group."""
    with town.database.transaction() as session:
        make.hand(session, "Pat Specimen", Role.MANAGER, now=town.now)
        make.hand(session, "Lee Dummy", Role.MEMBERSHIP_COFACILITATOR, now=town.now)
        make.hand(session, "Sol Beispiel", Role.STEERING, now=town.now)
        make.prove_copies(session, town.now)
    office.take_in_the_roster(somebody("Lee Dummy"), folder)
    lead, member = Role.PWG_COFACILITATOR.label, Role.PWG_MEMBER.label
    office.give_roles(somebody("Pat Specimen"), somebody("Sol Beispiel"), jo=lead, amara=lead, sam=member)
    amara = somebody()
    office.enter_by_mail(amara)
    return Desks(amara, somebody("Jo Muster"), somebody("Sam Fixture"))


def agree_on_words(desks: Desks, bill: str) -> str:
    """A bill, a campaign, a position three people answered, and a letter Sam rewrote; its address."""
    office.follow_bills(desks.amara, bill)
    office.start_a_campaign(desks.amara)
    where = office.ask_the_group(desks.amara)
    office.answer(desks.amara, where, "I consent")
    office.answer(desks.sam, where, "I consent, with a concern", "Say more about labor trafficking.")
    desks.jo.go(where)
    desks.jo.look("decision")
    office.answer(desks.jo, where, "I consent")
    desks.jo.reads("Approved.")
    return office.change_the_letter(desks.sam)


def ask(desks: Desks, letter: str) -> None:
    """Approved by another, opened, an organisation on file, members asked."""
    office.open_the_letter(desks.jo, desks.amara, letter)
    office.record_an_organisation(desks.amara, letter)
    office.ask_members(desks.amara, letter)


def answer(somebody: Called) -> Mapping[str, str]:
    """Wren with scripts, Juniper and Dee without, Robin who changes his mind; the lines they were shown."""
    wren, robin = somebody(width=360), somebody(width=360)
    juniper, dee = somebody(width=360, script=False), somebody(width=320, script=False)
    door.by_link(wren, "wren")
    hers = door.sign(wren, Wish("full_name", "full_name", ticks=("survivor-recipient",)))
    door.by_code(juniper, "juniper")
    chosen = door.sign(juniper, Wish("chosen_name"))
    door.by_code(dee, "dee")
    door.be_counted(dee)
    door.by_link(robin, "robin")
    gone = door.sign(robin, Wish("full_name", "full_name"))
    door.take_off(robin, says="No one outside our team saw it.")
    offices = "The offices that get it"
    assert hers["Our web page"] == "Wren Sample"
    return {"wren": hers[offices], "juniper": chosen[offices], "robin": gone[offices]}


def hand_over(desks: Desks, letter: str, lines: Mapping[str, str], somebody: Called) -> str:
    """Printed as previewed, proposed by one, seconded by another, sent; the address of the edition."""
    edition = paper.print_it(desks.amara, letter)
    pdf = paper.read_pdf(desks.amara)
    words = paper.words_of(pdf)
    assert lines["wren"] == "Wren Sample, survivor"
    assert lines["wren"] in words
    assert lines["juniper"] in words
    assert lines["robin"] not in words
    assert "Dee" not in words
    assert "1 other" in words
    paper.propose(desks.amara, edition, "By email")
    paper.cannot_second_herself(somebody("Amara Placeholder"))
    paper.agree(desks.jo)
    (sent,) = paper.send(desks.amara, edition)
    assert paper.attached(sent) == pdf
    return edition


def look_from_outside(desks: Desks, letter: str, edition: str, somebody: Called) -> None:
    """A stranger reads the letter; Wren takes her name off, and it is gone at the next reading."""
    public = "/letters/" + letter.rpartition("/")[2]
    stranger, wren = somebody(), somebody(width=360)
    stranger.go("/")
    stranger.look("home")
    stranger.go(public)
    stranger.look("public-letter")
    stranger.reads("Wren Sample")
    for name in ("Juniper", "Robin", "Dee"):
        assert name not in stranger.words
    door.by_link(wren, "wren")
    door.take_off(wren, says="We cannot take back the copies they have")
    stranger.go(public)
    assert "Wren" not in stranger.words
    desks.amara.go(edition)
    desks.amara.reads("Somebody changed an answer after this was sent.")
    desks.amara.look("edition-void")
    desks.amara.follow("Campaigns")
    desks.amara.look("campaigns")
    desks.amara.page.locator("ul.cards a").first.click()
    desks.amara.look("campaign")


def test_a_testimony_and_its_witness(town: Town, somebody: Called) -> None:
    with town.database.transaction() as session:
        begun = scene.set_scene(session, town.now)
    amara, jo, wren = somebody("Amara Placeholder"), somebody("Jo Muster"), somebody(width=360)
    testimony = f"{town.address}/office/letters/{begun.testimony_id}"
    paper.fill_in_the_box(amara, testimony)
    office.open_the_letter(jo, amara, testimony)
    paper.ask_the_witness(amara, testimony, "wren@example.test")
    door.by_link(wren, "wren")
    wren.look("door-testimony")
    wren.reads("This text goes out with one name: yours.")
    assert "This letter is to four groups" not in wren.words
    shown = door.sign(wren, Wish("full_name", "full_name"))
    paper.print_it(amara, testimony)
    words = paper.words_of(paper.read_pdf(amara))

    assert shown["The office that gets it"] in words
    for part in ("HB 417", "Committee on Samples", "February 11, 2027"):
        assert part in words

"""What people do in the office, step by step, from a roster to a letter that is open."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect
from pyotp import TOTP

from advocacy.demo.scene import roster_file
from tests.browser.somebody import Somebody

HAND_TYPED = "de 153 HB 201"
FEDERAL = "us 119 H.R. 1144"


def take_in_the_roster(lee: Somebody, folder: Path) -> None:
    """A file with two faults is refused whole; the mended one is taken in."""
    lee.follow("People")
    lee.follow("Take in a roster file")
    lee.look("roster-file")
    good = roster_file()
    _upload(lee, folder / "bad.csv", good.replace(b"robin@example.test", b"robin").replace(b",OR,", b",ZZ,"))
    lee.reads("Nothing was taken in.")
    lee.look("roster-faults")
    assert lee.page.locator(".faults li").count() == 2
    _upload(lee, folder / "roster.csv", good)
    lee.reads("people were added")
    lee.reads("Nguyễn Mẫu")
    lee.look("people")


def _upload(lee: Somebody, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    lee.page.set_input_files("input[type=file]", file)
    lee.tick("Each person in this file")
    lee.press("Take it in")


def give_roles(pat: Somebody, second: Somebody, **roles: str) -> None:
    """The manager proposes a role for each of them, and somebody else agrees."""
    pat.follow("Roles")
    for who, role in roles.items():
        pat.write("Her email address", f"{who}@example.test")
        pat.choose("Role", role)
        pat.write("First day", "2026-11-01")
        pat.write("Last day", "2027-10-31")
        pat.press("Propose this role")
    pat.look("roles-proposed")
    second.go("/office/seconding")
    second.look("seconding-roles")
    for _ in roles:
        second.go("/office/seconding")
        second.press("I agree to this")
    second.go("/office/seconding")
    second.reads("Nothing waits for a second person.")
    pat.go("/office/roles")
    pat.look("roles")
    assert pat.page.locator("table.stack tbody tr").count() >= len(roles)


def enter_by_mail(amara: Somebody) -> None:
    """Ask for a link, open it out of the mail, set up an app as who is new does, and sit down."""
    amara.go("/office/sign-in")
    amara.look("sign-in")
    amara.write("Your email address", "amara@example.test")
    amara.press("Email me a link")
    amara.heading("Look in your mail")
    amara.look("link-sent")
    amara.town.send_mail()
    found = re.search(r"http\S+/office/enter#\S+", amara.town.mail_to("amara"))
    assert found
    amara.go(found[0])
    amara.heading("Open the office")
    assert "#" not in amara.page.url
    amara.look("enter")
    amara.tick("Yes, I asked for this link")
    amara.press("Open the office")
    amara.heading("How you sign in")
    amara.look("ways-in-new")
    amara.press("Set up an app")
    amara.look("app-new")
    secret = amara.page.locator("code.secret").inner_text().replace(" ", "")
    amara.write("The six digits your app shows now", TOTP(secret).at(amara.town.now))
    amara.press("Finish")
    amara.press("Make my recovery codes")
    amara.look("recovery-codes")
    amara.press("I have kept them")
    amara.heading("Desk")


def follow_bills(amara: Somebody, identifier: str) -> None:
    """One bill typed in by hand, one tracked from its service; a bill that is none is a sentence."""
    amara.follow("Bills")
    amara.look("bills-none")
    amara.follow("Type it in by hand")
    amara.write("Which bill?", HAND_TYPED)
    amara.write("Title", "An act about nothing at all")
    amara.write("What happened", "2026-03-02 Referred to the Committee on Samples")
    amara.look("bill-by-hand")
    amara.press("Keep this bill")
    amara.heading("HB 201: An act about nothing at all")
    amara.reads("2 March 2026")
    amara.follow("Bills")
    amara.write("Follow another bill", "us 119 H.R. 99999")
    amara.press("Follow this bill")
    assert amara.page.locator(".wrong").count() == 1
    amara.look("bill-unknown")
    amara.write("Follow another bill", identifier)
    amara.press("Follow this bill")
    amara.heading(identifier.removeprefix("us 119 "))
    amara.look("bill")


def start_a_campaign(amara: Somebody) -> None:
    """From the playbook, in one press."""
    amara.follow("Campaigns")
    amara.look("campaigns-none")
    amara.follow("Start a campaign")
    amara.look("campaign-start")
    amara.tick("Renew the trafficking law")
    amara.press("Start this campaign")
    amara.heading("Renew the trafficking law, with four changes")
    expect(amara.page.locator("ol.path > li")).to_have_count(6)
    amara.look("campaign-begun")


def ask_the_group(amara: Somebody) -> str:
    """Amara opens a decision; its address."""
    amara.follow("Positions")
    amara.look("positions")
    amara.page.locator("ul.cards a").first.click()
    amara.look("position")
    amara.follow("Ask the group to decide")
    amara.look("decision-new")
    amara.press("Ask the group")
    amara.reads("people are asked")
    return amara.page.url


def answer(somebody: Somebody, where: str, voice: str, note: str = "") -> None:
    """One of them reads it and answers for herself."""
    somebody.go(where)
    somebody.tick(voice)
    if note:
        somebody.write("What would make it workable", note)
    somebody.press("Give this answer")
    somebody.reads("You answered:")


def change_the_letter(sam: Somebody) -> str:
    """Sam writes the next version, sees it on paper while typing, and saves it; the letter's address."""
    sam.follow("Letters")
    sam.look("letters")
    sam.page.locator("li", has_text="Sign-on letter").locator("a").first.click()
    letter = sam.page.url
    sam.follow("Change the text")
    sam.look("letter-edit")
    text = sam.page.locator("textarea[name=body]")
    text.press("Control+End")
    text.press_sequentially("\n\nWe thank you for reading this.")
    expect(sam.page.locator("#preview")).to_contain_text("We thank you for reading this.")
    sam.press("Save as version 2")
    sam.reads("You wrote version 2. Somebody else has to read and approve it.")
    sam.look("letter-mine")
    return letter


def open_the_letter(jo: Somebody, amara: Somebody, letter: str) -> None:
    """Jo approves the newest version, which is not hers; Amara opens it for ten days."""
    jo.go(letter)
    jo.look("letter" if "Sign-on" in jo.words else "testimony-to-approve")
    jo.press("and approve it")
    amara.go(letter)
    amara.follow("Open it for sign-ons")
    amara.write("Last day and time", f"{amara.town.now + timedelta(days=10):%Y-%m-%dT17:00}")
    amara.tick("It is unpaid")
    amara.look("letter-open")
    amara.press("Open version")
    amara.reads("open until")


def record_an_organisation(amara: Somebody, letter: str) -> None:
    """One organisation's yes is on file."""
    amara.go(f"{letter}/organisations")
    amara.write("Its public name", "Sample Valley Housing Collective")
    amara.choose("State", "California")
    amara.write("Who said yes for it", "Val Placeholder")
    amara.write("Their title", "director")
    amara.write("Their email address", "val@samplevalley.example")
    amara.tick("Their yes to this version")
    amara.press("Record its yes")
    amara.reads("Sample Valley Housing Collective")
    amara.look("organisations")


def ask_members(amara: Somebody, letter: str) -> None:
    """The group of members is asked, and the notes leave."""
    amara.go(f"{letter}/signons")
    amara.look("signons-before")
    amara.tick("Members")
    amara.press("Ask them")
    amara.reads("people were asked.")
    amara.look("signons")
    amara.town.send_mail()

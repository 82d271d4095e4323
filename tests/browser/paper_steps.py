"""Printing, handing over by two, and what anybody can read afterwards."""

import re
from email.message import EmailMessage
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.somebody import Somebody


def fill_in_the_box(amara: Somebody, testimony: str) -> None:
    """What a clerk reads first, and how long the spoken version takes."""
    amara.go(testimony)
    amara.look("testimony")
    amara.reads("minutes read calmly")
    amara.follow("Change the box")
    amara.look("testimony-box")
    for label, words in (
        ("Bill", "HB 417"),
        ("Its title", "A Sample Bill"),
        ("Committee", "Committee on Samples"),
        ("Day of the hearing", "2027-02-11"),
        ("Room", "Room 3"),
    ):
        amara.write(label, words)
    amara.press("Save the box")
    amara.reads("Hearing on 11 February 2027")


def ask_the_witness(amara: Somebody, testimony: str, address: str) -> None:
    """Whether an address is known is not told; only one of these gets a note."""
    said = []
    for tried in ("nobody@example.test", address):
        amara.go(f"{testimony}/signons")
        amara.write("Her email address", tried)
        amara.press("Ask her")
        said.append(amara.words)
    amara.look("witness-asked")
    assert said[0] == said[1]
    assert len(amara.town.send_mail()) == 1


def print_it(amara: Somebody, letter: str) -> str:
    """Print an edition; the address of its page."""
    amara.go(f"{letter}/editions")
    amara.look("editions")
    amara.press("Print for the offices")
    amara.heading("Edition")
    amara.look("edition")
    return amara.page.url


def read_pdf(amara: Somebody) -> bytes:
    """The file behind the button, as the browser is given it."""
    address = amara.page.locator("a", has_text="Open the PDF").get_attribute("href")
    answer = amara.page.request.get(amara.town.address + str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    return answer.body()


def words_of(pdf: bytes) -> str:
    """What the file says, read by a stranger's program."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def propose(amara: Somebody, edition: str, way: str, nth: int = 0) -> None:
    """Amara proposes one way for one office."""
    amara.go(f"{edition}/deliveries")
    amara.look("deliveries")
    office = amara.page.locator("section.card").nth(nth)
    office.get_by_label(re.compile(way)).check()
    office.get_by_role("button", name="Propose this").click()
    amara.reads("You proposed it, so somebody else seconds it.")


def cannot_second_herself(amara_again: Somebody) -> None:
    """The same person in another browser: no button, and what a crafted form sends is refused."""
    amara_again.go("/office/seconding")
    amara_again.reads("You proposed this. Somebody else seconds it.")
    amara_again.look("seconding-mine")
    assert amara_again.page.get_by_role("button", name="I agree to this").count() == 0


def agree(jo: Somebody) -> None:
    """Jo reads exactly what is meant, and agrees."""
    jo.go("/office/seconding")
    jo.look("seconding")
    jo.press("I agree to this")
    jo.reads("Two people agree")


def send(amara: Somebody, edition: str) -> list[EmailMessage]:
    """Amara sends what was agreed; what left."""
    amara.go(f"{edition}/deliveries")
    amara.press("Send it now")
    expect(amara.page.get_by_role("button", name="Send it now")).to_have_count(0)
    left = amara.town.send_mail()
    amara.go(f"{edition}/deliveries")
    amara.look("delivered")
    return left


def attached(mail: EmailMessage) -> bytes:
    """The one file a mail carries."""
    (part,) = mail.iter_attachments()
    content = part.get_content()
    assert isinstance(content, bytes)
    return content

"""What members do at the signer's door, with scripts and without."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


@dataclass(frozen=True)
class Wish:
    """How somebody wants to appear: a form for each audience, and what to add to her line."""

    recipient: str
    web: str = "count_only"
    press: str = "count_only"
    ticks: tuple[str, ...] = field(default=())


def by_link(member: Somebody, who: str) -> None:
    """Open the link out of her mail, and press Continue."""
    member.go(link(member, who))
    expect(member.page.get_by_text("Your link is ready.")).to_be_visible()
    assert member.page.url.endswith("/s")
    member.look("door")
    member.press("Continue")


def link(member: Somebody, who: str) -> str:
    """The address in her newest mail."""
    return _found(member, who, r"http\S+/s#\S+")


def by_code(member: Somebody, who: str) -> None:
    """Open the plain address and type the code out of her mail: no script runs here."""
    member.go(_found(member, who, r"http\S+/s\b"))
    member.write("The code from your message", _found(member, who, r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"))
    member.press("Continue")


def _found(member: Somebody, who: str, pattern: str) -> str:
    found = re.search(pattern, member.town.mail_to(who))
    assert found, pattern
    return found[0]


def read(member: Somebody) -> None:
    """Go on from what we ask to the letter."""
    member.reads("You have not signed yet.")
    member.press("Read the letter")


def sign(member: Somebody, wish: Wish) -> Mapping[str, str]:
    """Choose audience by audience, look at it, agree and sign; the lines she was shown, by their place."""
    read(member)
    member.press("Choose for each")
    for audience in ("recipient", "web", "press"):
        choices = member.page.locator(f"[type=radio][name=form-{audience}][value={getattr(wish, audience)}]")
        if not choices.count():
            continue
        member.reads("You have not signed yet.")
        assert member.page.locator("input:checked").count() == 0
        choices.check()
        for tick in (tick for tick in wish.ticks if tick.endswith(audience)):
            member.page.locator(f"[name={tick}]").check()
        member.page.locator("#choices > button").click()
        member.page.wait_for_load_state()
    shown = _lines(member)
    _agree(member)
    return shown


def be_counted(member: Somebody) -> None:
    """Only the number: one press, one yes."""
    read(member)
    member.press("Count me, no name")
    member.reads("You are counted. No one sees a name.")
    _agree(member)


def _agree(member: Somebody) -> None:
    member.press("Sign")
    member.reads("Tick the box if this is how you want to appear.")
    member.tick("Yes, this is how I want to appear.")
    member.press("Sign")
    member.reads("Thank you. You have signed.")


def _lines(member: Somebody) -> dict[str, str]:
    rows = member.page.locator("dl.lines > div").all()
    return {
        row.locator("dt").inner_text(): row.locator("dd strong").inner_text()
        for row in rows
        if row.locator("dd strong").count()
    }


def take_off(member: Somebody, *, says: str) -> None:
    """Take her name off, and read what is true now."""
    member.press("Take my name off")
    member.tick("Yes, take my name off")
    member.press("Go on")
    member.reads(says)

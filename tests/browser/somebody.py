"""Somebody at a browser: reads labels and headings, types and presses, with a witness beside her."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.town import Town
from tests.browser.witness import Witness


@dataclass
class Somebody:
    """One person in one window."""

    page: Page
    town: Town
    witness: Witness

    def go(self, address: str) -> None:
        """Open an address; a path is one of the office's host."""
        self.page.goto(address if "://" in address else self.town.address + address)

    def sit_down(self, name: str) -> None:
        """Become one of those who sit in the office, by the demo's one press."""
        self.go("/demo")
        self.look("demo")
        self.press(f"Be {name}")
        self.heading("Desk")

    def reads(self, words: str) -> Locator:
        """These words stand on the page."""
        found = self.page.get_by_text(words).first
        expect(found).to_be_visible()
        return found

    def heading(self, words: str) -> None:
        """The page is this one."""
        expect(self.page.locator("h1")).to_have_text(re.compile(re.escape(words)))

    def look(self, name: str) -> None:
        """Stop at this page and look at it properly."""
        self.witness.look(self.page, name)

    def follow(self, words: str) -> None:
        """Follow the link with these words."""
        self.page.locator("a", has_text=words).first.click()
        self.page.wait_for_load_state()

    def press(self, words: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()

    def write(self, label: str, words: str) -> None:
        """Type into the field with this label."""
        fields = self.page.locator("input, textarea")
        self.page.get_by_label(label).and_(fields).first.fill(words)

    def tick(self, label: str) -> None:
        """Choose the box or the circle with this label."""
        self.page.get_by_label(label).first.check()

    def choose(self, label: str, option: str) -> None:
        """Take one of a list."""
        self.page.get_by_label(label).first.select_option(label=option)

    @property
    def words(self) -> str:
        """What stands on the page."""
        return " ".join(self.page.inner_text("main").split())

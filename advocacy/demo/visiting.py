"""Members and staff at the doors, without a browser: what they send is what the pages' own forms hold."""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol

from advocacy.demo.cast import Part

_KEY = re.compile(r"/s#([\w-]+)")


class Page(Protocol):
    """What a door answered."""

    status_code: int
    text: str


class Client(Protocol):
    """Somebody who can look at pages and send forms."""

    def get(self, path: str) -> Page:
        """Look at a page."""

    def post(self, path: str, *, data: dict[str, str]) -> Page:
        """Send a form."""


class WrongTurn(Exception):
    """A page did not answer as the demo expected."""


@dataclass
class Album:
    """The pages seen, as files in the order in which they were looked at."""

    folder: Path
    seen: list[str] = field(default_factory=list)

    def keep(self, name: str, page: Page, *, status: int = 200) -> str:
        """Keep a page as `NN-name.html`; its text."""
        if page.status_code != status:
            raise WrongTurn(f"{name} answered {page.status_code} instead of {status}")
        self.folder.mkdir(parents=True, exist_ok=True)
        file = f"{len(self.seen) + 1:02}-{name}.html"
        (self.folder / file).write_text(page.text, encoding="utf-8")
        self.seen.append(file)
        return page.text


class _Hidden(HTMLParser):
    """Collects the hidden fields of the one form that goes to an address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._inside, self.fields = action, False, dict[str, str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("action") == self._action
        elif tag == "input" and self._inside and given.get("type") == "hidden":
            self.fields[given.get("name") or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def hidden(page: str, action: str) -> dict[str, str]:
    """What the form for `action` carries on by itself."""
    reader = _Hidden(action)
    reader.feed(page)
    if not reader.fields:
        raise WrongTurn(f"there is no form for {action} on the page")
    return reader.fields


@dataclass(frozen=True)
class Door:
    """The signer's door as one member goes through it."""

    client: Client
    album: Album

    def sign(self, part: Part, key: str, *, keep: bool) -> str:
        """Open the link, choose, look, and sign; the last page."""
        asked = self._step("/s", {"key": key}, "door-asked" if keep else "")
        read = self._step("/s", {**hidden(asked, "/s"), "step": "read"}, "door-letter" if keep else "")
        each = self._step("/s", {**hidden(read, "/s"), "step": "choose"}, "")
        chosen = {**hidden(each, "/s/check"), **_fields(part)}
        looked = self._step("/s/check", chosen, "door-preview" if keep else "")
        agreed = {**hidden(looked, "/s/sign"), "agree": "yes"}
        return self._step("/s/sign", agreed, "door-signed" if keep else "")

    def withdraw(self, key: str, name: str) -> str:
        """Open the link again and take the name off; the page that says what is true now."""
        opened = self._step("/s", {"key": key}, "")
        asked = self._step("/s/withdraw", hidden(opened, "/s/withdraw"), f"{name}-asked")
        sure = {**hidden(asked, "/s/withdraw"), "answer": "yes"}
        return self._step("/s/withdraw", sure, f"{name}-done")

    def _step(self, address: str, fields: dict[str, str], name: str) -> str:
        page = self.client.post(address, data=fields)
        if name:
            return self.album.keep(name, page)
        if page.status_code != 200:
            raise WrongTurn(f"{address} answered {page.status_code}")
        return page.text


def _fields(part: Part) -> dict[str, str]:
    fields: dict[str, str] = {"more": "1"} if part.later else {}
    for audience, wish in part.wishes().items():
        form = f"later.{wish.choice.form}" if wish.later else wish.choice.form
        fields |= {f"form-{audience}": form, f"days-{audience}": str(wish.days)}
        ticks = {name: getattr(wish.choice, name) for name in ("survivor", "credential", "affiliation")}
        fields |= {f"{name}-{audience}": "1" for name, ticked in ticks.items() if ticked}
    return fields


def key_in(mail: EmailMessage) -> str | None:
    """The key a member's mail carries after the #."""
    found = _KEY.search(mail.get_content()) if not mail.is_multipart() else None
    return found.group(1) if found else None

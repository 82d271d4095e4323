"""An old phone: reads a page, presses its buttons, and sends just what a browser would send."""

from collections import defaultdict
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Phone:
    """Somebody's phone at the door. It keeps no cookie and no address: only the page it shows."""

    def __init__(self, client: FlaskClient, key: str = "", code: str = "") -> None:
        self.client = client
        self.key, self.code = key, code
        self.answer: TestResponse
        self.soup: BeautifulSoup

    def open(self) -> "Phone":
        """Open the emailed link, or type its code, and press Continue."""
        self.see(self.client.get("/s"))
        sent = {"key": self.key} if self.key else {"code": self.code}
        return self.see(self.client.post("/s", data=sent))

    def press(self, label: str, status: int = 200, **choices: str) -> "Phone":
        """Press the button with this label, after choosing (`form_web="full_name"` is `form-web`)."""
        button = self.button(label)
        form = button.find_parent("form")
        assert isinstance(form, Tag), label
        sent = self.fields(form)
        sent.update({name.replace("_", "-"): value for name, value in choices.items()})
        if button.get("name"):
            sent[str(button["name"])] = str(button["value"])
        path = str(form.get("action") or self.answer.request.path)
        return self.see(self.client.post(path, data=sent), status)

    def fields(self, form: Tag) -> dict[str, str]:
        """What this form sends as it stands."""
        sent: dict[str, str] = {}
        for field in form.find_all("input"):
            kind, name = field.get("type", "text"), str(field.get("name", ""))
            if kind in ("radio", "checkbox") and not field.has_attr("checked"):
                continue
            sent.setdefault(name, str(field.get("value", "")))
        for field in form.find_all("select"):
            chosen = field.find("option", selected=True) or field.find("option")
            assert isinstance(chosen, Tag)
            sent[str(field["name"])] = str(chosen["value"])
        return sent

    def see(self, answer: TestResponse, status: int = 200) -> "Phone":
        """Show a page."""
        assert answer.status_code == status, f"{answer.status_code}: {answer.text[:3000]}"
        self.answer, self.soup = answer, BeautifulSoup(answer.text, "html.parser")
        return self

    def button(self, label: str) -> Tag:
        """The one button with this label."""
        found = [button for button in self.soup.find_all("button") if label in _words(button)]
        assert len(found) == 1, f"{label!r}: {[_words(button) for button in self.soup.find_all('button')]}"
        return found[0]

    @property
    def buttons(self) -> list[str]:
        """What can be pressed on this page."""
        return [_words(button) for button in self.soup.find_all("button")]

    @property
    def words(self) -> str:
        """The words of the page."""
        return _words(self.soup.main or self.soup)

    @property
    def state(self) -> str:
        """The sentence that says how things stand."""
        found = self.soup.find(class_="state")
        return _words(found) if isinstance(found, Tag) else ""

    @property
    def options(self) -> dict[str, list[str]]:
        """For each audience, the ways to appear that stand on the page."""
        found: dict[str, list[str]] = defaultdict(list)
        for radio in self.soup.find_all("input", type="radio"):
            found[str(radio["name"]).removeprefix("form-")].append(str(radio["value"]))
        return dict(found)

    @property
    def ticked(self) -> list[str]:
        """Everything that is ticked on this page."""
        kinds: Any = ["radio", "checkbox"]
        boxes = self.soup.find_all("input", type=kinds, checked=True)
        return [f"{box['name']}={box['value']}" for box in boxes]


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())

"""An old phone: reads a page, presses its buttons, and sends just what a browser would send."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page import soup_of

AUDIENCES = ("recipient", "web", "press")


class Phone:
    """Somebody's phone at the door. It keeps no cookie and no address: only the page it shows."""

    def __init__(self, client: FlaskClient, key: str = "", code: str = "") -> None:
        self.client = client
        self.key, self.code = key, code
        self.answer: TestResponse
        self.soup: BeautifulSoup

    def open(self) -> "Phone":
        """Open the emailed link or type its code, press Continue, and go on to the letter where one waits."""
        return self.arrive().read()

    def read(self) -> "Phone":
        """Go on to the letter, where one waits."""
        found = self.soup.find("button", attrs={"name": "step", "value": "read"})
        return self.press(_words(found)) if isinstance(found, Tag) else self

    def arrive(self) -> "Phone":
        """Open the emailed link, or type its code, and press Continue."""
        self.see(self.client.get("/s"))
        sent = {"key": self.key} if self.key else {"code": self.code}
        return self.see(self.client.post("/s", data=sent))

    def press(self, label: str, status: int = 200, **choices: str) -> "Phone":
        """Press the button with this label, after choosing (`form_web="full_name"` is `form-web`).

        To be shown how she would appear, she first goes through the pages of choices.
        """
        if label.startswith("Show me how"):
            return self.choose(status, **choices)
        return self.see(self._press(self.button(label), choices), status)

    def choose(self, status: int = 200, **choices: str) -> "Phone":
        """Choose for one audience after the other, to the page that shows how she would appear."""
        if self.audience is None:
            self.press("Choose for each")
        while (audience := self.audience) is not None:
            others = {f"_{other}" for other in AUDIENCES if other != audience}
            here = {name: how for name, how in choices.items() if not name.endswith(tuple(others))}
            button = self.soup.select_one("#choices > button")
            assert button is not None
            answer = self._press(button, here)
            if answer.status_code != 200:
                break
            self.see(answer)
        return self.see(answer, status)

    @property
    def audience(self) -> str | None:
        """Whose page of choices this is, if it is one."""
        found = self.soup.select_one("#choices [name=at]")
        return str(found["value"]) if found else None

    def _press(self, button: Tag, choices: Mapping[str, str]) -> TestResponse:
        path, sent = self.sent_by(button, self.answer.request.path)
        # The button's own value stands above whatever its form holds.
        chosen = {name.replace("_", "-"): value for name, value in choices.items()}
        return self.client.post(path, data={**sent, **chosen, **_own(button)})

    def sent_by(self, button: Tag, here: str) -> tuple[str, dict[str, str]]:
        """Where this button sends its form, and what with it; `here` is where the page came from."""
        form = self.soup.find(id=str(button["form"])) if button.get("form") else button.find_parent("form")
        assert isinstance(form, Tag), button
        path = button.get("formaction") or form.get("action") or here
        return str(path), {**self.fields(form), **_own(button)}

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
        self.answer, self.soup = answer, soup_of(answer.text)
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


def _own(button: Tag) -> dict[str, str]:
    return {str(button["name"]): str(button["value"])} if button.get("name") else {}


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())

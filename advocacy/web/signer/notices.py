"""The exact words of the page before signing, taken from that page, with a mark where her lines stand."""

from datetime import datetime
from html.parser import HTMLParser

from sqlalchemy.orm import Session

from advocacy.web.signer.check_page import blind_look
from advocacy.web.signer.posted import answer, wanted
from advocacy.web.signer.states import Place

_BLOCKS = {"p", "li", "dt", "dd", "h1", "h2", "h3", "label", "legend", "button", "div", "form", "br"}


def words_shown(session: Session, place: Place, now: datetime) -> str:
    """Every word she is shown before she signs; no line of hers is among them, nor what she holds."""
    asked = wanted(place)
    page = blind_look(session, place, asked, answer(place, asked).wishes, now)
    return words_of_page(page.get_data(as_text=True))


def words_of_page(page: str) -> str:
    """What a reader meets in the main part of a page, a line for each piece."""
    reader = _Words()
    reader.feed(page)
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Gathers the text of the main part."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.said.append(data.replace("\n", " "))

"""What a letter says, block by block, read back from the HTML it is printed from.

The check of the finished file compares the paper with these blocks. A signature line is left open here:
its words come from the manifest, never from the page itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "div",
    "ul",
    "ol",
    "blockquote",
    "section",
    "hr",
    "br",
    "article",
}


@dataclass(frozen=True)
class Block:
    """One stretch of text on paper; a signature line carries no text here."""

    text: str
    is_name: bool = False


@dataclass(frozen=True)
class Printed:
    """Everything a letter may show or carry: its blocks, its running lines, its links."""

    title: str
    author: str
    language: str
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    version_label: str
    page_words: tuple[str, str]
    links: tuple[str, ...]

    @property
    def text(self) -> str:
        """All characters that will be put on paper."""
        running = " ".join((self.version_label, *self.page_words, "0123456789"))
        return "\n".join(
            [*(block.text for block in self.blocks), *self.names, self.title, self.author, running]
        )


def read(html: str) -> Printed:
    """The blocks of one letter, in the order of its page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.printed()


class _Reader(HTMLParser):
    """Walks our own well-formed HTML; what stands in the head is not on the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._name_at: int | None = None
        self._words: list[str] = []
        self._blocks: list[Block] = []
        self._names: list[str] = []
        self._links: list[str] = []
        self._facts: dict[str, str] = {
            "lang": "",
            "title": "",
            "author": "",
            "label": "",
            "page": "",
            "of": "",
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._note(tag, given)
        if tag in _BLOCKS:
            self.end_block()
        if tag in ("meta", "link", "br", "hr"):
            return
        self._open.append(tag)
        if "name" in given.get("class", "").split():
            self._name_at = len(self._open)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html":
            self._facts["lang"] = given.get("lang", "")
        if tag == "meta" and given.get("name") == "author":
            self._facts["author"] = given.get("content", "")
        if tag == "body":
            self._facts |= {key: given.get(f"data-{key}", "") for key in ("label", "page", "of")}
        if tag == "a":
            self._links.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if self._name_at == len(self._open):
            self._name_at = None
        if tag in self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self._facts["title"] += data
        elif "head" not in self._open:
            self._words.append(data)

    def end_block(self) -> None:
        """Close the stretch of text read so far."""
        text = " ".join("".join(self._words).split())
        self._words = []
        if text and self._name_at is not None:
            self._names.append(text)
            self._blocks.append(Block("", is_name=True))
        elif text:
            self._blocks.append(Block(text))

    def printed(self) -> Printed:
        """What was read."""
        facts = self._facts
        return Printed(
            title=" ".join(facts["title"].split()),
            author=facts["author"],
            language=facts["lang"],
            blocks=tuple(self._blocks),
            names=tuple(self._names),
            version_label=facts["label"],
            page_words=(facts["page"], facts["of"]),
            links=tuple(self._links),
        )

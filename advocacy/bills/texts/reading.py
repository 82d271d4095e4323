"""What was fetched as plain words: XML and HTML by their blocks, PDF by Poppler, text as it is."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_BLOCKS = frozenset(
    re.split(
        r"\s+",
        "p div br h1 h2 h3 h4 h5 h6 li tr dt dd blockquote pre table section subsection paragraph "
        "subparagraph clause subclause item quoted-block header text enum title subtitle chapter part "
        "toc-entry official-title legis-type long-title action preamble whereas resolved",
    )
)
_UNSEEN = frozenset(("script", "style", "head", "template", "metadata"))
_NUMBERED = re.compile(r"^\s{0,8}\d{1,3}(?:\s{1,12}(?=\S)|\s*$)")
_PAGE = re.compile(r"^\s*(?:\[\[Page [^\]]*\]\]|-?\s*\d{1,4}\s*-?|<DOC>|<all>)\s*$", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
# A longer line was not broken by a printer: it is a paragraph already.
_NO_PRINTER = 160
_SECONDS = 30


class NotWords(Exception):
    """This cannot be read as words here. It can be opened where it is published."""


def words_of(data: bytes, media: str) -> str:
    """The words, a paragraph a line, or `NotWords`."""
    if data[:5] == b"%PDF-" or "pdf" in media:
        found = _unwrapped(_of_pdf(data))
    elif "xml" in media and b"<html" not in data[:1000].lower():
        found = _of_xml(data)
    elif "html" in media or b"<html" in data[:1000].lower():
        found = _of_html(data.decode("utf-8", "replace"))
    elif media.startswith("text/") or not media:
        found = _unwrapped(data.decode("utf-8", "replace"))
    else:
        raise NotWords(NotWords.__doc__)
    lines = (" ".join(line.split()) for line in found.split("\n"))
    told = "\n".join(line for line in lines if line and not _PAGE.match(line))
    if not told:
        raise NotWords(NotWords.__doc__)
    return told


def _of_xml(data: bytes) -> str:
    try:
        root: Element = fromstring(_without_doctype(data), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise NotWords(NotWords.__doc__) from None
    return "".join(_told(root))


def _without_doctype(data: bytes) -> bytes:
    # Bills of Congress name the file of their rules. Nothing is fetched by it, and no rule is taken from it.
    return re.sub(rb"<!DOCTYPE[^\[>]*>", b"", data, count=1)


def _told(element: Element) -> Iterator[str]:
    """All words in the order they stand; each block begins a line. A bill nests deeper than Python calls."""
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield _SPACES.sub(" ", one)
            continue
        name = str(one.tag).rpartition("}")[2].casefold()
        if name in _UNSEEN:
            continue
        # A number and a heading stand on the line of what they head.
        yield "\n" if name in _BLOCKS and name not in ("header", "text") else " "
        yield _SPACES.sub(" ", one.text or "")
        for child in reversed(one):
            waiting.append(child.tail or "")
            waiting.append(child)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []
        self.pre: list[str] | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNSEEN
        if tag == "pre":
            self.pre = []
        if tag in _BLOCKS:
            self.told.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSEEN and self._hidden > 0
        if tag == "pre" and self.pre is not None:
            self.told.append(_unwrapped("".join(self.pre)))
            self.pre = None
        if tag in _BLOCKS:
            self.told.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self.pre is not None:
            self.pre.append(data)
        else:
            self.told.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _of_html(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    if page.pre:
        page.told.append(_unwrapped("".join(page.pre)))
    return "".join(page.told)


def _of_pdf(data: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise NotWords("The program pdftotext is missing: install poppler-utils.")
    order = [program, "-enc", "UTF-8", "-", "-"]
    try:
        done = subprocess.run(order, input=data, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 - fixed words
    except subprocess.SubprocessError:
        raise NotWords(NotWords.__doc__) from None
    return done.stdout.decode("utf-8", "replace")


def _unwrapped(text: str) -> str:
    """Lines broken by a printer put together: a new paragraph is a blank line, an indent, or a number."""
    lines = [line for line in text.replace("\f", "\n").split("\n") if not _PAGE.match(line)]
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines if line.strip())
    if numbered * 2 > sum(bool(line.strip()) for line in lines):
        lines = [_NUMBERED.sub("", line) for line in lines]
    if any(len(line) > _NO_PRINTER for line in lines):
        return "\n".join(lines)
    found: list[str] = []
    is_new = True
    for line in lines:
        words = line.strip()
        begins = re.match(r"\s{4,}\S|\s*(?:\(\w{1,5}\)|SEC(?:TION)?\. |§|\d+\.\s)", line)
        if not words:
            is_new = True
        elif is_new or begins or not found:
            found.append(words)
            is_new = False
        elif found[-1].endswith("-") and words[:1].islower():
            found[-1] = found[-1][:-1] + words
        else:
            found[-1] += " " + words
    return "\n".join(found)

"""Reads a finished PDF the way a stranger with tools would: three readers, each by its own road.

`pypdf` follows the drawing orders, `pdftotext` (from Poppler) looks at the page as it is seen, and our own
reader goes through every marked piece and says which signs cannot be read at all.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name
from pypdf import PdfReader

# Scripts that join several letters into one picture, of which a file can name only one: Hebrew with points,
# the Indian scripts, Thai, Lao, Tibetan, Burmese, Khmer. Readers lose or repeat letters there, and loose
# accents everywhere.
_JOINED = re.compile("[\u0591-\u05f4\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_HEX = rb"\s*<([0-9a-fA-F]*)>"
_PAIR, _TRIPLE = re.compile(_HEX * 2), re.compile(_HEX * 3)
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


class NoSecondReader(Exception):
    """The program pdftotext is missing, and no letter passes with one reader alone: install poppler-utils."""


@dataclass(frozen=True)
class Piece:
    """Some text drawn on a page: the number it is marked with, or that it is set apart from the content."""

    page: int
    mcid: int | None
    apart: bool
    text: str
    unreadable: int


@dataclass(frozen=True)
class _Font:
    meanings: Mapping[int, str]
    glyphs: int


def squeeze(text: str) -> str:
    """Text as its characters alone: one form for each, no white space, nothing invisible."""
    apart = unicodedata.normalize("NFKC", text)
    return "".join(c for c in apart if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})


def same_text(one: str, other: str) -> bool:
    """Whether two squeezed stretches say the same; right-to-left letters may come in any order."""
    return one == other or (turns(one) and sorted(one) == sorted(other))


def alike(read: str, meant: str) -> bool:
    """Whether a reader's words are these, with room for what readers lose in joined scripts and accents."""
    if same_text(read, meant):
        return True
    (letters, marks), (wanted, accents) = _parted(read), _parted(meant)
    joined, expected = _JOINED.findall(letters), _JOINED.findall(wanted)
    near = len(expected) / 2 <= len(joined) <= len(expected) * 4 / 3 and len(marks) <= len(accents) * 2
    known = set(joined) <= set(expected) and set(marks) <= set(accents)
    return near and known and same_text(_JOINED.sub("", letters), _JOINED.sub("", wanted))


def joins(text: str) -> bool:
    """Whether any of this is in a script, or under an accent, that readers get only nearly right."""
    letters, marks = _parted(text)
    return bool(marks) or _JOINED.search(letters) is not None


def _parted(text: str) -> tuple[str, str]:
    marks = "".join(c for c in text if unicodedata.category(c).startswith("M"))
    return "".join(c for c in text if not unicodedata.category(c).startswith("M")), marks


def turns(text: str) -> bool:
    """Whether any of this is written from right to left."""
    return any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def by_pypdf(data: bytes) -> tuple[str, ...]:
    """The text of each page in the order it is drawn, on or off the page."""
    return tuple(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def by_pdftotext(data: bytes) -> tuple[str, ...]:
    """The text of each page as Poppler sees it."""
    program = shutil.which("pdftotext")
    if program is None:
        raise NoSecondReader(NoSecondReader.__doc__)
    order = [program, "-raw", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(order, input=data, capture_output=True, check=True, timeout=120)  # noqa: S603 - fixed words
    return tuple(done.stdout.decode("utf-8").split("\f")[:-1])


def pieces(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    """Every piece of text on every page, with its mark."""
    fonts: dict[Any, _Font] = {}
    for number, page in enumerate(pdf.pages, start=1):
        yield from _PageReader(number, page, fonts).read()


class _PageReader:
    """Walks one page's drawing orders, remembering the open marks and the font in use."""

    def __init__(self, number: int, page: pikepdf.Page, fonts: dict[Any, _Font]) -> None:
        self._number = number
        self._page = page
        self._fonts = fonts
        self._marks: list[tuple[int | None, bool]] = []
        self._font = _Font({}, 0)

    def read(self) -> Iterator[Piece]:
        """The pieces of this page."""
        for step in pikepdf.parse_content_stream(self._page):
            operands, order = list(step.operands), str(step.operator)
            if order in ("BDC", "BMC"):
                self._marks.append(_mark(operands))
                if self._marks[-1][0] is not None:
                    yield self._piece(b"")
            elif order == "EMC" and self._marks:
                self._marks.pop()
            elif order == "Tf":
                self._font = self._load(self._page.obj.Resources.Font[str(operands[0])])
            elif order in ("Tj", "TJ", "'", '"'):
                yield self._piece(_shown(operands[-1]))
            elif order == "INLINE IMAGE":
                yield Piece(self._number, None, True, "", 1)

    def _load(self, font: Any) -> _Font:
        key = font.objgen
        if key not in self._fonts:
            self._fonts[key] = _read_font(font)
        return self._fonts[key]

    def _piece(self, codes: bytes) -> Piece:
        glyphs = [int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2)]
        known = self._font.meanings
        bad = sum(1 for g in glyphs if g == 0 or g not in known or g >= self._font.glyphs)
        text = "".join(known.get(g, "\ufffd") for g in glyphs)
        mcid = next((m for m, _ in reversed(self._marks) if m is not None), None)
        return Piece(self._number, mcid, any(apart for _, apart in self._marks), text, bad)


def _mark(operands: list[Any]) -> tuple[int | None, bool]:
    properties = operands[1] if len(operands) > 1 else None
    mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return (None if mcid is None else int(mcid)), operands[0] == Name.Artifact


def _shown(operand: Any) -> bytes:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _read_font(font: Any) -> _Font:
    if font.get("/Subtype") != Name.Type0 or "/ToUnicode" not in font:
        return _Font({}, 0)
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    if program is None:
        return _Font({}, 0)
    with TTFont(BytesIO(program.read_bytes()), lazy=True) as opened:
        return _Font(_meanings(font.ToUnicode.read_bytes()), int(opened["maxp"].numGlyphs))


def _meanings(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, section in _SECTION.findall(cmap):
        if kind == b"bfchar":
            found |= {int(code, 16): _unicode(text) for code, text in _PAIR.findall(section)}
            continue
        for first, last, text in _TRIPLE.findall(section):
            codes = range(int(first, 16), int(last, 16) + 1)
            found |= {code: chr(ord(_unicode(text)) + step) for step, code in enumerate(codes)}
    return found


def _unicode(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")

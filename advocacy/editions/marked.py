"""Reads every marked piece of text in a PDF, and says which signs cannot be read at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

_HEX = rb"\s*<([0-9a-fA-F]*)>"
_PAIR, _TRIPLE = re.compile(_HEX * 2), re.compile(_HEX * 3)
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


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

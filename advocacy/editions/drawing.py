"""What is drawn on a page, order by order: our printer uses few, any other could draw what nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

# Text, straight lines and boxes, colours, marks. No pictures, no curves, no shadings, no invisible text.
_KNOWN = {"q", "Q", "cm", "gs", "BT", "ET", "Tf", "Tm", "Ts", "TJ", "re", "m", "l", "h", "f", "f*", "S", "n"}
_KNOWN |= {"W", "W*", "w", "d", "J", "j", "M", "rg", "RG", "g", "G", "BDC", "BMC", "EMC"}
_MARK_KEYS = {"/MCID", "/Type", "/Subtype"}


def strange(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """The page and the order of everything drawn that our printer never draws."""
    for number, page in enumerate(pdf.pages, start=1):
        steps = list(pikepdf.parse_content_stream(page))
        for step in steps:
            order = str(step.operator)
            if order not in _KNOWN or (order in ("BDC", "BMC") and not _plain_mark(list(step.operands))):
                yield number, order
        if pikepdf.unparse_content_stream(steps) != _contents(page):
            yield number, "something between the drawing orders"


def _plain_mark(operands: list[Any]) -> bool:
    if len(operands) == 1:
        return bool(operands[0] == Name.Artifact)
    properties = operands[1]
    return isinstance(properties, Dictionary) and set(properties.keys()) <= _MARK_KEYS


def _contents(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    return contents.read_bytes() if isinstance(contents, pikepdf.Stream) else b""

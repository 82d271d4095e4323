"""The very page of a letter that carries one person's line: hers stands there, all others are blank.

The others said yes to an office, not to one another. What was drawn for them is taken out of the page, not
covered, and nothing but the page leaves the file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

from advocacy.editions.marked import pieces
from advocacy.editions.tagtree import Item, Spot, lists
from advocacy.editions.words import alike, squeeze

_DRAWS_TEXT = ("Tj", "TJ", "'", '"')
_LEADS_ELSEWHERE = ("/Annots", "/StructParents", "/Tabs", "/Metadata", "/AA", "/B", "/PieceInfo")


@dataclass(frozen=True, repr=False)
class HerPage:
    """Which page it is, of how many, and the page by itself."""

    number: int
    of: int
    pdf: bytes


def her_page(data: bytes, line: str, *, alone: bool) -> HerPage | None:
    """The page of a finished letter with this line; None where it cannot be told for sure which it is.

    Whoever is printed `alone`, as a witness is, need not stand in a list.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        names = next((found for found in lists(pdf) if _hers(found, line)), [])
        hers = _hers(names, line)
        if hers is not None:
            others = {spot for item in names if item is not hers for spot in item.spots}
            return _page(pdf, min(hers.spots)[0], others) if hers.spots else None
        number = _where(pdf, line) if alone else None
        return _page(pdf, number, ()) if number else None


def _hers(names: Sequence[Item], line: str) -> Item | None:
    return next((item for item in names if alike(item.words, squeeze(line))), None)


def _where(pdf: pikepdf.Pdf, line: str) -> int | None:
    """The last page on which this line is drawn."""
    drawn: dict[int, str] = {}
    for piece in pieces(pdf):
        drawn[piece.page] = drawn.get(piece.page, "") + piece.text
    return max((page for page, text in drawn.items() if squeeze(line) in squeeze(text)), default=None)


def _page(pdf: pikepdf.Pdf, number: int, others: Collection[Spot]) -> HerPage:
    page = pdf.pages[number - 1]
    blank = {mcid for at, mcid in others if at == number}
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(_without(page, blank)))
    for key in _LEADS_ELSEWHERE:
        if key in page.obj:
            del page.obj[key]
    with pikepdf.new() as alone, BytesIO() as file:
        alone.pages.append(page)
        alone.save(file, deterministic_id=True)
        return HerPage(number, len(pdf.pages), file.getvalue())


def _without(page: pikepdf.Page, blank: Collection[int]) -> list[Any]:
    """What the page draws, but for the text of these marked pieces."""
    kept, marks = [], list[int | None]()
    for step in pikepdf.parse_content_stream(page):
        order = str(step.operator)
        if order in ("BDC", "BMC"):
            marks.append(_mark(list(step.operands)))
        elif order == "EMC" and marks:
            marks.pop()
        mcid = next((mark for mark in reversed(marks) if mark is not None), None)
        if order not in _DRAWS_TEXT or mcid not in blank:
            kept.append(step)
    return kept


def _mark(operands: list[Any]) -> int | None:
    properties = operands[1] if len(operands) > 1 else None
    mcid = properties.get(Name.MCID) if isinstance(properties, pikepdf.Dictionary) else None
    return None if mcid is None else int(mcid)

"""Proves the tag tree of a finished letter: what a screen reader will say, once each, in order.

Validators look at each element by itself and pass trees that lose half the names. This looks at the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from advocacy.editions.marked import Piece, pieces
from advocacy.editions.words import alike, squeeze

Spot = tuple[int, int]


@dataclass
class _Walk:
    """What was met on the way through the tree."""

    pages: dict[Any, int]
    holders: dict[Spot, list[Any]] = field(default_factory=dict)
    order: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def faults(data: bytes, groups: Sequence[Sequence[str]] = ()) -> tuple[str, ...]:
    """Everything wrong with the tag tree, as sentences that hold no name."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            return ("The file has no tag tree.",)
        drawn = list(pieces(pdf))
        walk = _Walk({page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)})
        _visit(root, walk, None)
        found = [*walk.faults, *_reached_once(drawn, walk), *_parent_tree(pdf, root, walk)]
        return tuple([*found, *_lists(walk, _texts(drawn)), *_names(walk, _texts(drawn), groups)])


@dataclass(frozen=True)
class Item:
    """One item of a list: its words without white space, and the marked pieces they are drawn in."""

    words: str
    spots: tuple[Spot, ...]


def lists(pdf: pikepdf.Pdf) -> Iterator[list[Item]]:
    """Every list of a file, item by item."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    walk = _Walk({page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)})
    _visit(root, walk, None)
    texts, own = _texts(list(pieces(pdf))), dict[Any, list[Spot]]()
    for spot, holders in walk.holders.items():
        own.setdefault(holders[0].objgen, []).append(spot)
    for element in (one for one in walk.order if one.S == Name.L):
        bodies = [child for item in _kids(element) for child in _kids(item) if child.get("/S") == Name.LBody]
        drawn = [tuple(spot for part in _under(body) for spot in own.get(part.objgen, ())) for body in bodies]
        yield [Item(squeeze("".join(texts.get(spot, "") for spot in spots)), spots) for spots in drawn]


def _visit(element: Any, walk: _Walk, page: int | None) -> None:
    if "/S" in element:
        walk.order.append(element)
    page = walk.pages.get(element.Pg.objgen, page) if "/Pg" in element else page
    for child in _kids(element):
        if isinstance(child, int):
            walk.holders.setdefault((page or 0, child), []).append(element)
        elif child.get("/Type") == Name.MCR:
            held = walk.pages.get(child.Pg.objgen, 0) if "/Pg" in child else page
            walk.holders.setdefault((held or 0, int(child.MCID)), []).append(element)
        elif "/S" in child:
            if "/P" not in child or child.P.objgen != element.objgen:
                walk.faults.append(f"A {_kind(child)} names another parent than the one that holds it.")
            _visit(child, walk, page)


def _kids(element: Any) -> Iterator[Any]:
    children = element.get("/K", Array())
    yield from children if isinstance(children, Array) else [children]


def _kind(element: Any) -> str:
    return str(element.get("/S", "/element"))[1:]


def _reached_once(drawn: Sequence[Piece], walk: _Walk) -> Iterator[str]:
    marked = {(piece.page, piece.mcid) for piece in drawn if piece.mcid is not None and not piece.apart}
    for page in sorted(
        {piece.page for piece in drawn if piece.mcid is None and not piece.apart and piece.text}
    ):
        yield f"Page {page} holds text that is neither marked nor set apart."
    for page, lost in sorted(Counter(page for page, mcid in marked - set(walk.holders)).items()):
        yield f"Page {page} holds {lost} marked pieces that the tag tree does not reach."
    for page, _ in sorted(set(walk.holders) - marked):
        yield f"The tag tree asks for a piece that page {page} does not hold."
    if twice := sum(1 for holders in walk.holders.values() if len(holders) > 1):
        yield f"{twice} marked pieces are reached more than once."


def _parent_tree(pdf: pikepdf.Pdf, root: Any, walk: _Walk) -> Iterator[str]:
    if "/ParentTree" not in root:
        yield "The tag tree has no parent tree."
        return
    entries = root.ParentTree.Nums
    owners = {int(entries[i]): entries[i + 1] for i in range(0, len(entries), 2)}
    keys = [int(page.obj.get("/StructParents", -1)) for page in pdf.pages]
    keys += [int(note.get("/StructParent", -1)) for page in pdf.pages for note in page.obj.get("/Annots", [])]
    if any(count > 1 for count in Counter(keys).values()):
        yield "Two pages or links share one entry of the parent tree."
    if set(keys) != set(owners):
        yield "The parent tree and the pages name different entries."
    wrong = sum(1 for spot, held in walk.holders.items() if not _owned(spot, held[0], keys, owners))
    if wrong:
        yield f"{wrong} marked pieces have one owner in the tag tree and another in the parent tree."


def _owned(spot: Spot, holder: Any, keys: list[int], owners: dict[int, Any]) -> bool:
    page, mcid = spot
    entry = owners.get(keys[page - 1]) if 0 < page <= len(keys) else None
    if not isinstance(entry, Array) or mcid >= len(entry) or not isinstance(entry[mcid], Dictionary):
        return False
    return bool(entry[mcid].objgen == holder.objgen)


def _texts(drawn: Sequence[Piece]) -> dict[Spot, str]:
    texts: dict[Spot, str] = {}
    for piece in drawn:
        if piece.mcid is not None:
            texts[piece.page, piece.mcid] = texts.get((piece.page, piece.mcid), "") + piece.text
    return texts


def _under(element: Any) -> Iterator[Any]:
    yield element
    for child in _kids(element):
        if isinstance(child, Dictionary) and "/S" in child:
            yield from _under(child)


def _lists(walk: _Walk, texts: dict[Spot, str]) -> Iterator[str]:
    for element in walk.order:
        kinds = [_kind(child) for child in _kids(element) if isinstance(child, Dictionary)]
        if element.S == Name.L and any(kind != "LI" for kind in kinds):
            yield "A list holds something that is no item."
        if element.S == Name.L and not kinds:
            yield "A list is empty."
        if element.S == Name.LI and ("LBody" not in kinds or set(kinds) - {"Lbl", "LBody"}):
            yield "A list item has no body."
    spoken = {holders[0].objgen for spot, holders in walk.holders.items() if texts.get(spot, "").strip()}
    for item in (element for element in walk.order if _kind(element) == "LBody"):
        if not any(found.objgen in spoken for found in _under(item)):
            yield "A list item says nothing."


def _names(walk: _Walk, texts: dict[Spot, str], groups: Sequence[Sequence[str]]) -> Iterator[str]:
    wanted = [[squeeze(line) for line in group] for group in groups if group]
    if not wanted:
        return
    spoken = _Speaker(walk, texts)
    lists = [spoken.items(element) for element in walk.order if element.S == Name.L]
    for number, group in enumerate(wanted, start=1):
        if sum(_same(found, group) for found in lists) < sum(_same(other, group) for other in wanted):
            yield _what_is_wrong(number, group, lists)


def _same(found: Sequence[str], group: Sequence[str]) -> bool:
    pairs = zip(found, group, strict=False)
    return len(found) == len(group) and all(alike(one, other) for one, other in pairs)


def _what_is_wrong(number: int, group: Sequence[str], lists: Sequence[Sequence[str]]) -> str:
    bags = {"".join(sorted(line)) for line in group}
    near = [found for found in lists if bags & {"".join(sorted(item)) for item in found}]
    met = [item for found in near for item in found]
    if len(near) > 1:
        return f"Signature list {number} is read as {len(near)} lists."
    if sorted(map(sorted, met)) == sorted(map(sorted, group)):
        return f"The lines of signature list {number} are read in another order."
    return f"Signature list {number} is read with {len(met)} of its {len(group)} lines, or with other words."


class _Speaker:
    """Says list items quickly: the texts of each element are gathered once."""

    def __init__(self, walk: _Walk, texts: dict[Spot, str]) -> None:
        self._own: dict[Any, str] = {}
        for spot, holders in walk.holders.items():
            key = holders[0].objgen
            self._own[key] = self._own.get(key, "") + texts.get(spot, "")

    def items(self, element: Any) -> list[str]:
        """The body of each item, as it is spoken."""
        bodies = [child for item in _kids(element) for child in _kids(item) if child.get("/S") == Name.LBody]
        return [squeeze("".join(self._own.get(part.objgen, "") for part in _under(body))) for body in bodies]

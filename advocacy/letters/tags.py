"""Repairs the tag tree the printer leaves: a list stays one list across pages, page numbers are no content.

A screen reader walks this tree. The printer starts every element anew on each page and tags the running lines
at the foot as loose text; both make a long list of names a maze.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from weasyprint import Document
from weasyprint.formatting_structure import boxes

_FOOTER = Dictionary(Type=Name.Pagination, Subtype=Name.Footer)


def joins(document: Document) -> tuple[int, ...]:
    """For each page but the last: how many levels of tags are one element with the start of the next page."""
    ends = [_edge(page._page_box, -1) for page in document.pages]
    starts = [_edge(page._page_box, 0) for page in document.pages]
    return tuple(_shared_levels(end, start) for end, start in zip(ends, starts[1:], strict=False))


def _edge(page_box: Any, side: int) -> list[Any]:
    """The elements on the first or last path down one page, outermost first."""
    path: list[Any] = []
    box = next(child for child in page_box.children if child.element_tag == "html")
    while box is not None:
        if box.element is not None and not any(box.element is known for known in path):
            path.append(box.element)
        children = [child for child in getattr(box, "children", ()) if _is_block(child)]
        box = children[side] if children else None
    return path


def _is_block(box: Any) -> bool:
    return isinstance(box, boxes.BlockLevelBox) and box.is_in_normal_flow()


def _shared_levels(end: list[Any], start: list[Any]) -> int:
    shared = 0
    for before, after in zip(end, start, strict=False):
        if before is not after:
            break
        # The shell has no tag; an item has two (LI and LBody).
        shared += {"html": 0, "body": 0, "li": 2}.get(before.tag, 1)
    return shared


def repair(raw: bytes, shared: tuple[int, ...], *, title: str, author: str) -> bytes:
    """The same file with whole elements, labelled list items, and running lines as artifacts."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        _join_pages(pdf, shared)
        _label_items(pdf.Root.StructTreeRoot)
        _set_running_lines_apart(pdf)
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Author"] = author
        return settled(_written(pdf))


def settled(data: bytes) -> bytes:
    """The file as our own writer leaves it; a settled file comes back unchanged, to the last byte."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return _written(pdf)


def _written(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def families(data: bytes) -> set[str]:
    """The families of all fonts in a file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = [
            font for page in pdf.pages for font in page.obj.Resources.get("/Font", Dictionary()).values()
        ]
        return {str(font.DescendantFonts[0].FontDescriptor.FontFamily) for font in fonts}


def _join_pages(pdf: pikepdf.Pdf, shared: tuple[int, ...]) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    by_page: dict[Any, list[Any]] = {}
    for element in document.K:
        by_page.setdefault(element.Pg.objgen, []).append(element)
    pages = [by_page.get(page.obj.objgen, []) for page in pdf.pages]
    last = None
    for number, elements in enumerate(pages):
        if number and shared[number - 1] and elements and last is not None:
            _merge(last, elements[0], shared[number - 1])
            elements = elements[1:] or [last]
        last = elements[-1] if elements else last
    document.K = Array(element for element in document.K if element.P.objgen == document.objgen)


def _merge(first: Any, second: Any, levels: int) -> None:
    """Move the children of the second element under the first, as deep as they are one."""
    children = list(second.K)
    if levels > 1 and len(first.K) and children and children[0].get("/S") == first.K[-1].get("/S"):
        _merge(first.K[-1], children[0], levels - 1)
        children = children[1:]
    for child in children:
        child.P = first
        first.K.append(child)
    second.P = first
    second.K = Array()


def elements(node: Any) -> Iterator[Any]:
    """Every element under this one, in reading order."""
    for child in node.get("/K", Array()):
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def _label_items(root: Any) -> None:
    """A list item's number is the printer's plain text; say that it is the label."""
    for item in list(elements(root)):
        if _is(item, Name.LI) and len(item.K) and _is(item.K[0], Name.LBody):
            path = _first_path(item.K[0])
            labels = [element for element in path if _is(element, Name.NonStruct)]
            if labels:
                _take_out(path, labels[-1])
                labels[-1].S, labels[-1].P = Name.Lbl, item
                item.K.insert(0, labels[-1])


def _is(element: Any, kind: Name) -> bool:
    return bool(kind == element.S)


def _first_path(element: Any) -> list[Any]:
    path = [element]
    while len(path[-1].K) and isinstance(path[-1].K[0], Dictionary) and "/S" in path[-1].K[0]:
        path.append(path[-1].K[0])
    return path


def _take_out(path: list[Any], label: Any) -> None:
    parent = path[[element.objgen for element in path].index(label.objgen) - 1]
    del parent.K[0]


def _set_running_lines_apart(pdf: pikepdf.Pdf) -> None:
    """Text that no element of the tree holds is a running line: an artifact, which a reader skips."""
    root = pdf.Root.StructTreeRoot
    reached = {element.objgen for element in elements(root)}
    entries = root.ParentTree.Nums
    arrays = {int(entries[i]): entries[i + 1] for i in range(0, len(entries), 2)}
    for page in pdf.pages:
        owners = arrays[int(page.obj.StructParents)]
        loose = {mcid for mcid, owner in enumerate(owners) if owner.objgen not in reached}
        if loose:
            page.obj.Contents = pdf.make_stream(_with_artifacts(page, loose))
            for mcid in loose:
                owners[mcid] = None


def _with_artifacts(page: pikepdf.Page, loose: set[int]) -> bytes:
    steps = []
    for step in pikepdf.parse_content_stream(page):
        operands = list(step.operands)
        if str(step.operator) == "BDC" and int(operands[1].get("/MCID", -1)) in loose:
            operands = [Name.Artifact, _FOOTER]
        steps.append((operands, step.operator))
    return pikepdf.unparse_content_stream(steps)

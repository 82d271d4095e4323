"""What a PDF holds beside its drawn pages: metadata, bookmarks, links, descriptions, attachments, scripts.

Our letters hold very little of it, so whatever is not known is a finding; nothing has to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import weasyprint
from pikepdf import Array, Dictionary, Name

from advocacy.letters.fonts import FAMILIES

_ROOT_KEYS = {
    "/Type",
    "/Pages",
    "/MarkInfo",
    "/Outlines",
    "/StructTreeRoot",
    "/ViewerPreferences",
    "/Lang",
    "/Metadata",
}
_PAGE_KEYS = {
    "/Type",
    "/Parent",
    "/MediaBox",
    "/Contents",
    "/Resources",
    "/StructParents",
    "/Annots",
    "/Tabs",
    "/Group",
}
_PAGE_KEYS |= {"/BleedBox", "/TrimBox", "/CropBox"}
_LINK_KEYS = {"/Type", "/Subtype", "/Rect", "/Border", "/BS", "/A", "/Contents", "/StructParent", "/F"}
# What is wrong with a part, by the key under which it would stand.
_MEANINGS = {
    "/AcroForm": "form",
    "/AA": "script",
    "/OpenAction": "script",
    "/JS": "script",
    "/JavaScript": "script",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/AF": "attachment",
    "/AP": "picture",
}
# The printer's own words, by the key under which they stand; anywhere else they are as strange as any other.
_PRINTERS = {
    "/Producer": (f"WeasyPrint {weasyprint.__version__}",),
    "/Registry": ("Adobe",),
    "/Ordering": ("Identity",),
    "/FontFamily": FAMILIES,
}
_XML_TEXT, _XML_VALUE = re.compile(r">([^<]*)<"), re.compile(r"""=\s*["']([^"']*)["']""")
_XML_PRINTERS = {
    "",
    "1",
    "x-default",
    f"WeasyPrint {weasyprint.__version__}",
    "W5M0MpCehiHzreSzNTczkc9d",
    "\ufeff",
    "w",
    "r",
    "adobe:ns:meta/",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfua/ns/id/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@dataclass(frozen=True)
class Hidden:
    """A part that needs an explanation: what kind it is, where it stands, and the words in it."""

    kind: str
    where: str
    text: str


def parts(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    """Everything beyond the drawn pages that a letter has no use for."""
    yield from _strange_keys(pdf.Root, _ROOT_KEYS, "the file's catalogue")
    for number, page in enumerate(pdf.pages, start=1):
        yield from _strange_keys(page.obj, _PAGE_KEYS, f"page {number}")
        for note in page.obj.get("/Annots", []):
            if note.get("/Subtype") == Name.Link:
                yield from _strange_keys(note, _LINK_KEYS, f"a link on page {number}")
            else:
                yield Hidden("note", f"page {number}", str(note.get("/Contents", "")))
    yield from _strange_streams(pdf)
    yield from _actions(pdf)


def _strange_keys(thing: Any, known: set[str], where: str) -> Iterator[Hidden]:
    for key in sorted(set(thing.keys()) - known):
        yield Hidden(_MEANINGS.get(key, "part"), where, key)


def _strange_streams(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    known = set(_known_streams(pdf))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in known:
            kind = {"/Image": "picture", "/Form": "picture"}.get(str(thing.get("/Subtype", "")), "part")
            kind = "attachment" if thing.get("/Type") == Name.EmbeddedFile else kind
            yield Hidden(kind, "inside the file", str(thing.get("/Type", "a block of data")))


def _known_streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield pdf.Root.Metadata.objgen if "/Metadata" in pdf.Root else None
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Type") in (Name.XRef, Name.ObjStm):
            yield thing.objgen
    for page in pdf.pages:
        contents = page.obj.get("/Contents", Array())
        yield from (c.objgen for c in (contents if isinstance(contents, Array) else [contents]))
        for font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
            yield from _font_streams(font)


def _font_streams(font: Any) -> Iterator[Any]:
    if "/ToUnicode" in font:
        yield font.ToUnicode.objgen
    for below in font.get("/DescendantFonts", []):
        described = below.get("/FontDescriptor", Dictionary())
        yield from (
            described[key].objgen for key in ("/FontFile2", "/FontFile3", "/CIDSet") if key in described
        )


def _actions(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for thing in pdf.objects:
        for where in _dictionaries(thing):
            for key in sorted(set(where.keys()) & set(_MEANINGS)):
                yield Hidden(_MEANINGS[key], "inside the file", key)


def links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every address the file would open."""
    for thing in pdf.objects:
        for where in _dictionaries(thing):
            if "/S" in where and "/URI" in where:
                yield str(where.URI)
            elif "/S" in where and where.get("/S") in (
                Name.GoToR,
                Name.Launch,
                Name.SubmitForm,
                Name.ImportData,
            ):
                yield f"{where.S} {where.get('/F', '')}"


def strings(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    """Every string kept outside the drawn pages, with the key it stands under."""
    roots = [*pdf.objects, pdf.trailer]
    for thing in roots:
        for where in _dictionaries(thing):
            for key, value in where.items():
                yield from _strings_under(str(key), value)
        if isinstance(thing, (Array, pikepdf.String)):
            yield from _strings_under("/array", thing)
    yield from _metadata(pdf)


def _strings_under(key: str, value: Any) -> Iterator[Hidden]:
    if isinstance(value, pikepdf.String) and str(value) not in _PRINTERS.get(key, ()):
        yield Hidden("text", key, str(value))
    elif isinstance(value, Array) and not value.is_indirect and key != "/ID":
        for inner in value:
            yield from _strings_under(key, inner)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    if "/Metadata" not in pdf.Root:
        return
    xml = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    if "<!" in xml or xml.count("<?") != 2:
        yield Hidden("text", "the file's metadata", xml)
    for value in [*_XML_TEXT.findall(xml), *_XML_VALUE.findall(xml)]:
        plain = _unescaped(value).strip()
        if plain not in _XML_PRINTERS:
            yield Hidden("text", "the file's metadata", plain)


def _unescaped(value: str) -> str:
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        value = value.replace(written, meant)
    return value


def names(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every key and name in the file's own bookkeeping, where text could be hidden too."""
    for thing in [*pdf.objects, pdf.trailer]:
        for where in _dictionaries(thing):
            for key, value in where.items():
                yield str(key)
                if isinstance(value, Name):
                    yield str(value)


def _dictionaries(thing: Any) -> Iterator[Any]:
    """This object's dictionaries, its own and those written inside it, but not those it points to."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, Dictionary):
        yield thing
    inside = (
        list(thing.values()) if isinstance(thing, Dictionary) else thing if isinstance(thing, Array) else []
    )
    for child in inside:
        if isinstance(child, (Dictionary, Array)) and not child.is_indirect:
            yield from _dictionaries(child)

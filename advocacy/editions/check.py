"""Opens the finished PDF and looks for anybody, and anything, that must not be in it.

What may be on paper is known to the last character: the approved text, the design's own words, and the
manifest's lines. Everything else is a finding, and one finding stops the edition. A finding may repeat a
name, so it is for custodians; drafters read that the letter is under review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from advocacy.editions import drawing, hidden, marked, reading, tagtree
from advocacy.editions.names import Forbidden, NameSearch
from advocacy.editions.words import differences, squeeze
from advocacy.letters import tags
from advocacy.letters.content import Content, LetterContent
from advocacy.letters.printed import Printed

IN_THE_TEXT = "the approved text"
IN_A_LINE = "a signature line"


@dataclass(frozen=True)
class Expected:
    """What the paper may say: approved blocks, the manifest's lines; and the names that must not be there."""

    printed: Printed
    lines: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    forbidden: tuple[Forbidden, ...] = ()

    @property
    def blocks(self) -> tuple[str, ...]:
        """Every approved stretch in the order of the page, each signature line from the manifest."""
        waiting = iter(self.lines)
        said = [next(waiting, "") if block.is_name else block.text for block in self.printed.blocks]
        return tuple(squeeze(text) for text in [*said, *waiting] if squeeze(text))


@dataclass(frozen=True)
class Finding:
    """One thing that stands in the way: what kind, where, and the words themselves."""

    kind: str
    where: str
    detail: str


@dataclass(frozen=True)
class Report:
    """The outcome for one file."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether the file may leave the house."""
        return not self.findings

    @property
    def for_drafters(self) -> str:
        """What everybody may read about it: never a name."""
        return "Checked." if self.passed else "This letter is under review. A custodian will look at it."


def expected(
    content: Content, printed: Printed, manifest: Sequence[str], forbidden: Sequence[Forbidden] = ()
) -> Expected:
    """What may be on paper, from the approved content and, apart from it, the manifest's lines."""
    given = tuple(manifest)
    if isinstance(content, LetterContent):
        cut = len(content.signatories.organisations)
        return Expected(printed, given, (given[:cut], given[cut:]), tuple(forbidden))
    repeats = len(content.printed_names) // max(1, len(content.manifest))
    return Expected(printed, given * repeats, (), tuple(forbidden))


def check(data: bytes, wanted: Expected) -> Report:
    """Read the file by every road, and report what nobody approved."""
    search = NameSearch(wanted.forbidden)
    found = [*_approved_names(wanted, search), *_file_shape(data), *_raw(data, search)]
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            found += [*_settled(data, pdf), *_unreadable(pdf), *_beyond_the_pages(pdf, wanted, search)]
        found += [Finding("tags", "the tag tree", fault) for fault in tagtree.faults(data, wanted.groups)]
        found += [*_compare(reading.by_pypdf(data), wanted, "pypdf", search)]
        found += [*_compare(reading.by_pdftotext(data), wanted, "pdftotext", search)]
    except reading.BROKEN as fault:
        # A file that breaks a reader is not one of ours; it is stopped, not excused.
        found.append(
            Finding("file", "the whole file", f"It could not be read to the end ({type(fault).__name__}).")
        )
    return Report(tuple(dict.fromkeys(found)))


def _approved_names(wanted: Expected, search: NameSearch) -> Iterator[Finding]:
    for text in (
        *(block.text for block in wanted.printed.blocks),
        wanted.printed.title,
        wanted.printed.version_label,
    ):
        for name in search.whole_names_in(text):
            yield Finding("name", IN_THE_TEXT, name)
    for line in dict.fromkeys(wanted.lines):
        for name in search.names_in_line(line):
            yield Finding("name", IN_A_LINE, name)


def _file_shape(data: bytes) -> Iterator[Finding]:
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1 or not data.rstrip().endswith(b"%%EOF"):
        yield Finding("file", "the whole file", "It was written to after it was made.")
    if not data.startswith(b"%PDF-"):
        yield Finding("file", "the whole file", "It does not begin as a PDF does.")


def _raw(data: bytes, search: NameSearch) -> Iterator[Finding]:
    for name in search.in_bytes(data):
        yield Finding("name", "the file's own bytes", name)


def _settled(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Finding]:
    if pdf.is_encrypted or tags.settled(data) != data:
        yield Finding("file", "the whole file", "It holds bytes that nothing in it uses.")


def _unreadable(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    for page in sorted({piece.page for piece in marked.pieces(pdf) if piece.unreadable}):
        yield Finding(
            "unreadable",
            f"page {page}",
            "Some signs have no picture or no meaning, so they cannot be checked.",
        )

    for number, order in drawing.strange(pdf):
        yield Finding("drawing", f"page {number}", order)


def _beyond_the_pages(pdf: pikepdf.Pdf, wanted: Expected, search: NameSearch) -> Iterator[Finding]:
    for part in hidden.parts(pdf):
        yield Finding(part.kind, part.where, part.text)
    for address in hidden.links(pdf):
        if address not in wanted.printed.links:
            yield Finding("link", "a link", address)
    known = "\n".join(squeeze(block.text) for block in wanted.printed.blocks)
    facts = (wanted.printed.title, wanted.printed.author, wanted.printed.language, *wanted.printed.links)
    allowed = {squeeze(text) for text in facts}
    for part in hidden.strings(pdf):
        if squeeze(part.text) not in allowed and squeeze(part.text) not in known:
            yield Finding("hidden text", part.where, part.text)
    for name in search.loosely_in(" ".join(hidden.names(pdf))):
        yield Finding("name", "the file's bookkeeping", name)


def _compare(pages: Sequence[str], wanted: Expected, reader: str, search: NameSearch) -> Iterator[Finding]:
    """What this reader reads beside the approved blocks, or does not read of them."""
    where, lines = f"as {reader} reads it", {squeeze(line) for line in wanted.lines}
    text = "".join(_without_running_lines(pages, wanted.printed))
    for found in differences(text, wanted.blocks):
        if found.missing:
            yield Finding("missing line" if found.text in lines else "missing text", where, found.text)
            continue
        yield Finding("unexplained text", where, found.text)
        yield from (Finding("name", where, name) for name in search.loosely_in(found.text))


def _without_running_lines(pages: Sequence[str], printed: Printed) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        text = squeeze(page)
        counted = squeeze(f"{printed.page_words[0]}{number}{printed.page_words[1]}{len(pages)}")
        for running in (counted, squeeze(printed.version_label)):
            text = text.removesuffix(running) if text.endswith(running) else text.removeprefix(running)
        yield text

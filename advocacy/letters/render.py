"""A letter's content and its design become HTML, and the HTML a tagged PDF.

Knows no database and no network, and reads no file outside the folder of designs. The same content gives the
same bytes, so that an edition can be made again and recognised by its hash.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from advocacy.letters import fonts, printed, prose, tags
from advocacy.letters.content import Content, TestimonyContent, from_json, spoken_version
from advocacy.letters.faults import DesignFault
from advocacy.paths import LETTERS

_HEADING = re.compile(r"<(/?)h([1-5])\b")

# What the printer needs to say in the letter's own language; a design writes all other words itself.
_PAGE_WORDS = {"en": ("Page", "of"), "es": ("Página", "de")}


def pdf(content: Content, *, designs: Path = LETTERS) -> bytes:
    """The finished file: tagged for screen readers, with every font inside, the same bytes every time."""
    fonts.refuse_missing_text_fonts()
    page = _page(content, "base.html", designs)
    said = printed.read(page)
    fonts.refuse_unprintable(said.text)
    base = (designs / content.design).as_uri() + "/"
    try:
        document = HTML(string=page, base_url=base, url_fetcher=_DesignFolder(designs)).render()
        raw = document.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as fault:
        raise DesignFault(str(fault)) from None
    done = tags.repair(raw, tags.joins(document), title=said.title, author=said.author)
    if strange := sorted(tags.families(done) - set(fonts.FAMILIES)):
        raise DesignFault(f"This design prints in a font that is not ours: {', '.join(strange)}.")
    return done


def html(content: Content, *, designs: Path = LETTERS) -> prose.Html:
    """The same body in a shell for the screen: an `article` to stand under a page's own first heading."""
    return prose.Html(_HEADING.sub(_one_lower, _page(content, "screen.html", designs)))


def _one_lower(found: re.Match[str]) -> str:
    return f"<{found[1]}h{int(found[2]) + 1}"


def said(content: Content, *, designs: Path = LETTERS) -> printed.Printed:
    """All that this content puts on paper, block by block, for the check of the finished file."""
    return printed.read(_page(content, "base.html", designs))


def proof(design: str, *, designs: Path = LETTERS) -> bytes:
    """A design printed from its own sample, to be looked at by whoever edits it."""
    return pdf(sample(design, designs=designs), designs=designs)


def sample(design: str, *, designs: Path = LETTERS) -> Content:
    """The fictional letter that stands beside each design."""
    if design == "spoken":
        testimony = sample("testimony", designs=designs)
        assert isinstance(testimony, TestimonyContent)
        return spoken_version(testimony)
    path = designs / design / "sample.json"
    if not path.is_file():
        raise DesignFault(f"The design “{design}” has no sample.json to print.")
    return from_json(path.read_text(encoding="utf-8"))


def names(designs: Path = LETTERS) -> tuple[str, ...]:
    """Every design there is."""
    return tuple(sorted(path.parent.name for path in designs.glob("*/letter.html")))


def _page(content: Content, shell: str, designs: Path) -> str:
    language = content.language.split("-")[0]
    words = _PAGE_WORDS.get(language, _PAGE_WORDS["en"])
    environment = Environment(
        loader=FileSystemLoader(designs), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    try:
        template = environment.get_template(f"{content.design}/letter.html")
        body = prose.html(content.body)
        return template.render(letter=content, body=body, shell=shell, page_words=words, language=language)
    except (TemplateError, OSError) as fault:
        raise DesignFault(f"The design “{content.design}” cannot be read: {fault}") from None


class _DesignFolder(URLFetcher):  # type: ignore[misc]  # the printer carries no types
    """Gives the printer files that exist in the folder of designs, and stops it at anything else."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file, or the one kind of error that the printer does not swallow."""
        parts = urlsplit(url)
        if parts.scheme != "file":
            raise FatalURLFetchingError(f"A design may use its own files only, not “{url[:80]}”.")
        path = Path(unquote(parts.path)).resolve()
        if not path.is_relative_to(self._root):
            raise FatalURLFetchingError(f"A design may not reach outside its folder: “{path.name}”.")
        if not path.is_file():
            raise FatalURLFetchingError(f"A file this design asks for is missing: “{path.name}”.")
        return super().fetch(path.as_uri(), headers)

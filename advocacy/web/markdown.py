"""Markdown that people typed, as safe HTML: the one place where HTML is trusted, each tag let in by name."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_READ = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "hr", "code", "pre",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SCHEMES = {"https", "http", "mailto"}


def as_html(text: str, *, headings_from: int = 2) -> Markup:
    """Markdown as HTML without scripts, images or styles; its top heading gets the level asked for."""
    tokens = _READ.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + headings_from - 1, 6)}"
    made = _READ.renderer.render(tokens, _READ.options, {})
    clean = nh3.clean(
        made,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 -- nh3 has just taken out everything not named above

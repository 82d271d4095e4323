"""Markdown to HTML for paper: no HTML from the writer, no images, headings that never skip a level.

The same text may be shown on a page: `Html` says to a template that it is already escaped, and only
this module and `render.py` make one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "br", "hr", "b"}
_ATTRIBUTES = {"a": {"href"}, "b": {"class"}, "li": {"class"}}
_SCHEMES = {"https", "http", "mailto"}

# Marks that show nothing, that pasted text is full of, and that a reader's copy does not need.
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))


class Html(str):
    """Text that is already safe HTML, made here and in the letter's templates only."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell a template not to escape this again."""
        return str(self)


class _Paper(RendererHTML):
    """Writes a list's number or dot as text, so that every reader meets it where it is printed."""

    def list_item_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
        """The item, with its label unless a paragraph of its own carries it."""
        return f'<li class="item">{_label(tokens[index].meta.get("label", ""))}'

    def paragraph_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
        """The paragraph, with the label of the item it opens."""
        token = tokens[index]
        return "" if token.hidden else f"<p>{_label(token.meta.get('label', ''))}"


def _label(text: str) -> str:
    return f'<b class="label">{text}</b>' if text else ""


_PARSER = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Paper).disable(
    ["image", "code", "fence", "backticks", "html_inline", "html_block"]
)


def html(text: str, *, top: int = 2) -> Html:
    """The writer's Markdown as clean HTML whose first heading has the level `top`."""
    tokens = _PARSER.parse(text.translate(_INVISIBLE))
    _settle_headings(tokens, top)
    _place_labels(tokens)
    written = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(written, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    return Html(clean)


def _settle_headings(tokens: Sequence[Token], top: int) -> None:
    """Give headings the levels a screen reader expects: start at `top`, go down one at a time."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            open_levels = [level for level in open_levels if level < written] + [written]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(top + len(open_levels) - 1, 4)}"


def _place_labels(tokens: Sequence[Token]) -> None:
    """Give each list item's number or dot to the first thing that prints in it."""
    for token, following in pairwise(tokens):
        if token.type == "list_item_open":
            opens_paragraph = following.type == "paragraph_open" and not following.hidden
            carrier = following if opens_paragraph else token
            carrier.meta["label"] = f"{token.info}{token.markup}" if token.info else "•"

"""Typed Markdown becomes safe HTML."""

import pytest

from advocacy.web.markdown import as_html
from tests.page import faults_of_page

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[here](javascript:alert(1))",
    "[here](JaVaScRiPt:alert(1))",
    "[here](data:text/html,<script>alert(1)</script>)",
    "![pixel](https://elsewhere.example/pixel.gif)",
    '<p style="position:fixed">over</p>',
    '[a](https://x.example "onmouseover=alert(1)")',
    "<svg><script>alert(1)</script></svg>",
    "`<script>`",
    "<iframe src='https://elsewhere.example'></iframe>",
    "\u202eevil\u202c",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_hostile_comes_through(typed: str) -> None:
    made = as_html(typed)

    assert faults_of_page(made) == []
    for tag in ("<script", "<img", "<iframe", "<svg", "javascript:", "data:", "style="):
        assert tag not in made.replace("&lt;", "").replace("[here](", "") or "<a" not in made


def test_what_people_mean_is_kept() -> None:
    made = as_html("We **ask** you to:\n\n1. vote *yes*\n2. write to [us](https://us.example)\n\n> quoted")

    assert "<strong>ask</strong>" in made
    assert "<ol>\n<li>vote <em>yes</em></li>" in made
    assert 'href="https://us.example"' in made
    assert "<blockquote>" in made


def test_a_link_says_nothing_about_where_it_was_followed_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in as_html("[us](https://us.example)")


@pytest.mark.parametrize(("begin", "tag"), [(2, "h2"), (3, "h3"), (9, "h6")])
def test_headings_fit_below_the_pages_own(begin: int, tag: str) -> None:
    assert as_html("# Why", headings_from=begin) == f"<{tag}>Why</{tag}>\n"


def test_ten_thousand_characters_are_read_in_time() -> None:
    assert as_html("[" * 10_000)
    assert as_html("*a " * 3_300)

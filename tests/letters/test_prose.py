"""Markdown for paper: clean, labelled, and with headings in order."""

import re

import pytest
from jinja2 import Environment

from advocacy.letters import prose


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<a href="https://x.example" onclick="y()">z</a>',
        "[x](data:text/html,hello)",
        "<style>* { color: red }</style>",
    ],
)
def test_hostile_text_is_printed_as_text(hostile: str) -> None:
    made = prose.html(hostile)

    assert not re.search(r"<(script|img|style|a)\b", made)


def test_a_picture_from_elsewhere_is_at_most_a_link() -> None:
    assert "<img" not in prose.html("![x](https://tracker.example/p.png)")


def test_a_link_keeps_its_address_and_nothing_else() -> None:
    assert '<a href="https://network.example/">us</a>' in prose.html("[us](https://network.example/)")


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("# A\n## B\n### C", ["h2", "h3", "h4"]),
        ("### A\n# B", ["h2", "h2"]),
        ("## A\n#### B\n## C", ["h2", "h3", "h2"]),
    ],
)
def test_headings_never_skip_a_level(written: str, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)>", prose.html(written)) == levels


def test_deep_headings_end_at_four() -> None:
    assert re.findall(r"<(h\d)>", prose.html("# A\n## B\n### C\n#### D\n##### E"))[-1] == "h4"


def test_every_item_carries_its_number_as_text() -> None:
    made = prose.html("3. three\n4. four\n\n- dot")

    assert re.findall(r'class="label">([^<]+)<', made) == ["3.", "4.", "•"]


def test_a_loose_item_is_labelled_inside_its_first_paragraph() -> None:
    assert '<p><b class="label">1.</b>one</p>' in prose.html("1. one\n\n   more\n\n2. two").replace("\n", "")


def test_invisible_marks_are_left_out() -> None:
    assert prose.html("a\u00adb\u200bc\ufeff") == "<p>abc</p>\n"


def test_a_template_does_not_escape_it_twice() -> None:
    page = Environment(autoescape=True).from_string("{{ body }}{{ plain }}")

    assert page.render(body=prose.html("*x*"), plain="<b>") == "<p><em>x</em></p>\n&lt;b&gt;"


def test_indented_and_fenced_text_stays_text() -> None:
    assert "<code" not in prose.html("    indented\n\n```\nfenced\n```\n\n`ticks`")

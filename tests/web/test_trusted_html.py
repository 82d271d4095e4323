"""HTML is trusted in one named place; everything else that reaches a page is escaped."""

import re
from pathlib import Path

import pytest

from advocacy.paths import TEMPLATES
from advocacy.web.markdown import as_html

ROOT = Path(__file__).resolve().parents[2]
ONE_PLACE = "advocacy/web/markdown.py"
TRUSTED = re.compile(
    r"\|\s*safe\b|\bMarkup\(|autoescape\s*(=\s*)?(false|False)|\.unescape\(|\bmarkupsafe\.Markup\b"
)
# What no browser must find in it, whatever was typed.
BAD = re.compile(
    r"<(script|img|svg|iframe|style|object|form|input|base|meta|link)|\son\w+=|(javascript|data|vbscript):",
    re.I,
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](  javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://elsewhere.example/pixel.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<style>@import url(https://elsewhere.example)</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "```html\n<script>alert(1)</script>\n```",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]


def test_html_is_trusted_in_one_place() -> None:
    code = [*(ROOT / "advocacy").rglob("*.py"), *TEMPLATES.rglob("*.*"), *(ROOT / "letters").rglob("*.html")]
    found = {
        str(file.relative_to(ROOT))
        for file in code
        if file.suffix in (".py", ".html", ".txt", ".xml") and TRUSTED.search(file.read_text())
    }

    assert len(code) > 300
    assert found == {ONE_PLACE}


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_types_never_becomes_a_program(typed: str) -> None:
    made = str(as_html(typed))

    # What is shown as text is escaped, so tags and attributes are looked for in tags alone.
    tags = " ".join(re.findall(r"<[^>]*>", made))
    assert BAD.search(tags) is None, made

"""What was fetched becomes plain words, a paragraph a line, whatever shape it came in."""

import shutil

import pytest

from advocacy.bills.texts.reading import NotWords, words_of

XML = b"""<?xml version="1.0"?><!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd">
<bill><metadata><title>not seen</title></metadata><form><official-title>To help.</official-title></form>
<legis-body><section><enum>1.</enum><header>Short title</header><text>This is the
<quote>Sample Act</quote>.</text></section>
<section><enum>2.</enum><header>Help</header>
<subsection><enum>(a)</enum><text>A &amp; B.</text></subsection></section>
</legis-body></bill>"""
HTML = b"""<html><head><title>no</title><style>p{}</style><script>alert(1)</script></head><body>
<h1>An Act</h1><p>To  help &lt;people&gt;.<br>And more.</p><pre>
[[Page 2]]
SECTION 1. SHORT TITLE.

    This Act may be cited as the
Sample Act for hous-
ing of people.
    (a) First.
</pre></body></html>"""
LINES = "\n".join(f" {n}  {words}" for n, words in enumerate(("AN ACT to help", "people who", "need it."), 1))


def test_a_bill_of_congress_is_read_by_its_blocks() -> None:
    assert words_of(XML, "text/xml").split("\n") == [
        "To help.",
        "1. Short title This is the Sample Act.",
        "2. Help",
        "(a) A & B.",
    ]


def test_a_page_is_read_without_what_nobody_sees() -> None:
    assert words_of(HTML, "text/html").split("\n") == [
        "An Act",
        "To help <people>.",
        "And more.",
        "SECTION 1. SHORT TITLE.",
        "This Act may be cited as the Sample Act for housing of people.",
        "(a) First.",
    ]


def test_numbers_of_lines_are_no_words() -> None:
    assert words_of(LINES.encode(), "text/plain") == "AN ACT to help people who need it."


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_pdf_is_read_by_poppler() -> None:
    pdf = simple_pdf("An act to help people.")

    assert words_of(pdf, "application/pdf") == "An act to help people."
    with pytest.raises(NotWords):
        words_of(b"%PDF-1.4 broken", "application/pdf")


def simple_pdf(words: str) -> bytes:
    """A page with one line, put together by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(parts) + 1
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", "text/plain"),
        (b"   \n ", "text/html"),
        (b"<bill><unclosed>", "text/xml"),
        (b'<!DOCTYPE b [<!ENTITY a "x">]><b>&a;</b>', "text/xml"),
        (b"\x00\x01", "image/png"),
    ],
)
def test_what_holds_no_words_is_said_and_not_guessed(data: bytes, media: str) -> None:
    with pytest.raises(NotWords):
        words_of(data, media)


def test_a_bill_nested_deeper_than_python_calls_is_read() -> None:
    deep = b"<a>" * 5000 + b"word" + b"</a>" * 5000

    assert words_of(deep, "text/xml") == "word"

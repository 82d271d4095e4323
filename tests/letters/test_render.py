"""Content and design become a PDF: the same bytes every time, nothing from outside, nothing left out."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from advocacy.letters import render
from advocacy.letters.content import LetterContent, Signatories, spoken_version
from advocacy.letters.faults import DesignFault, MissingGlyph, UnsafeCharacter
from advocacy.letters.printed import read
from tests.letters.paper import SCRIPTS, a_testimony, designs_with, letter, ua1_faults


def _text(data: bytes) -> str:
    return "\n".join(found.extract_text() for found in PdfReader(BytesIO(data)).pages)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render.pdf(letter()) == render.pdf(letter())


@pytest.mark.parametrize("design", render.names())
def test_every_design_prints_an_accessible_proof(design: str) -> None:
    assert ua1_faults(render.proof(design)) == []


def test_a_long_letter_with_every_script_is_accessible() -> None:
    lines = tuple(f"{name} {number}" for number in range(40) for name in SCRIPTS)

    assert ua1_faults(render.pdf(letter(signatories=Signatories(lines[:60], lines[60:], 3)))) == []


def test_names_print_as_themselves() -> None:
    text = _text(render.pdf(letter()))

    assert all(name in text for name in SCRIPTS)


def test_fonts_are_embedded_and_only_ours() -> None:
    with pikepdf.open(BytesIO(render.pdf(letter()))) as pdf:
        fonts = [font for sheet in pdf.pages for font in sheet.obj.Resources.Font.values()]
        below = [font.DescendantFonts[0].FontDescriptor for font in fonts]

        assert {str(one.FontFamily) for one in below} == {
            "Noto Serif",
            "Noto Naskh Arabic",
            "Noto Serif CJK SC",
        }
        assert all("/FontFile2" in one or "/FontFile3" in one for one in below)


def test_the_page_is_us_letter() -> None:
    assert [float(edge) for edge in PdfReader(BytesIO(render.pdf(letter()))).pages[0].mediabox[2:]] == [
        612,
        792,
    ]


def test_the_parts_of_a_letter_stand_in_their_order() -> None:
    text = _text(render.pdf(letter(salutation="Dear Chair:", copies=("Office of the Speaker",))))
    parts = [
        "Example Network",
        "December 4, 2026",
        "The Honorable Chair",
        "RE: Support for H.R. 1144",
        "Dear Chair:",
        "We ask for three things",
        "Sincerely,",
        "Organizations",
        "Sample Valley Housing (CA)",
        "Individuals",
        "and 3 others",
        "cc:",
    ]

    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("signers", "sentence"),
    [
        (Signatories((), ("Wren",), 1), "and 1 other"),
        (Signatories((), ("Wren",), 12), "and 12 others"),
        (Signatories((), (), 12), "Signed by 12 members who chose not to be named."),
        (Signatories((), (), 1), "Signed by 1 member who chose not to be named."),
    ],
)
def test_the_unnamed_are_counted_in_words(signers: Signatories, sentence: str) -> None:
    assert sentence in _text(render.pdf(letter(signatories=signers)))


def test_nobody_else_makes_no_sentence() -> None:
    text = _text(render.pdf(letter(signatories=Signatories((), ("Wren",), 0))))

    assert "other" not in text
    assert "Organizations" not in text


def test_a_spanish_letter_speaks_spanish_throughout() -> None:
    data = render.pdf(letter(language="es", signatories=Signatories(("Centro de Prueba",), ("Wren",), 2)))

    assert all(
        word in _text(data)
        for word in ("Asunto:", "Atentamente", "Organizaciones", "Personas", "Página 1 de 1")
    )
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "es"


def test_a_testimony_opens_with_its_box_and_names_its_witness() -> None:
    text = _text(render.pdf(a_testimony()))

    for part in (
        "FAVORABLE",
        "HB 417 – A Sample Bill",
        "House Judiciary Committee",
        "Hearing: February 11, 2027",
    ):
        assert part in text
    assert text.count("Wren Sample") == 2


def test_what_is_spoken_is_not_filed() -> None:
    assert "Thank you." not in _text(render.pdf(a_testimony()))
    assert "about 1 minute (8 words)" in _text(render.pdf(spoken_version(a_testimony())))


def test_the_file_carries_the_networks_name_and_no_other() -> None:
    with pikepdf.open(BytesIO(render.pdf(letter()))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Author": "Example Network",
            "/Producer": "WeasyPrint 70.0",
            "/Title": "Support for H.R. 1144",
        }


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{ letter }}", "=HYPERLINK(1)", "</li><h1>x"]
)
def test_hostile_lines_are_printed_as_they_are(hostile: str) -> None:
    data = render.pdf(letter(signatories=Signatories((), (hostile,), 0)))

    assert hostile in _text(data)


def test_a_missing_glyph_stops_the_print() -> None:
    with pytest.raises(MissingGlyph, match="U\\+1F98A"):
        render.pdf(letter(signatories=Signatories((), ("Wren 🦊",), 0)))


@pytest.mark.parametrize(
    "part", ["title", "network_name", "date_line", "version_label", "salutation", "body"]
)
def test_no_part_of_a_letter_may_hide_a_turned_text(part: str) -> None:
    with pytest.raises(UnsafeCharacter):
        render.pdf(letter(**{part: "a\u202eb"}))


OUTSIDE = {
    '<img src="missing.png" alt="x">': "is missing",
    '<img src="http://127.0.0.1:9/x.png" alt="x">': "its own files only",
    '<img src="https://tracker.example/x.png" alt="x">': "its own files only",
    '<img src="file:///etc/passwd" alt="x">': "outside its folder",
    '<img src="../../../../../etc/passwd" alt="x">': "outside its folder",
    '<img src="data:image/png;base64,AAAA" alt="x">': "its own files only",
    '<style>@font-face { font-family: X; src: url("gone.woff2") }</style>': "is missing",
    '<style>@import "gone.css";</style>': "is missing",
    '<p style="background: url(gone.png)">x</p>': "is missing",
    '<link rel="attachment" href="file:///etc/hostname">': "outside its folder",
}


@pytest.mark.parametrize("wish", OUTSIDE)
def test_a_design_gets_nothing_from_outside(wish: str, tmp_path: Path) -> None:
    with pytest.raises(DesignFault, match=OUTSIDE[wish]):
        render.pdf(letter(), designs=designs_with(tmp_path, body=wish))


def test_a_link_out_of_the_folder_of_designs_is_followed_nowhere(tmp_path: Path) -> None:
    designs = designs_with(tmp_path, body='<img src="../inside.png" alt="x">')
    (designs / "inside.png").symlink_to("/etc/passwd")

    with pytest.raises(DesignFault, match="outside its folder"):
        render.pdf(letter(), designs=designs)


def test_a_font_that_is_not_ours_is_a_fault(tmp_path: Path) -> None:
    wish = '<p style="font-family: DejaVu Sans">x</p>'

    with pytest.raises(DesignFault, match="DejaVu Sans"):
        render.pdf(letter(), designs=designs_with(tmp_path, body=wish))


@pytest.mark.parametrize("mistake", ["{{ letter.nothing }}", "{% if %}", '{% include "gone.html" %}'])
def test_a_mistake_in_a_design_is_one_sentence(mistake: str, tmp_path: Path) -> None:
    designs = designs_with(tmp_path)
    (designs / "sign_on_letter" / "letter.html").write_text(mistake)

    with pytest.raises(DesignFault, match="“sign_on_letter” cannot be read"):
        render.pdf(letter(), designs=designs)


def test_an_unknown_design_is_one_sentence() -> None:
    with pytest.raises(DesignFault, match="“poster”"):
        render.pdf(letter(design="poster"))
    with pytest.raises(DesignFault, match="sample.json"):
        render.proof("poster")


def test_the_screen_shows_the_same_words_as_the_paper() -> None:
    shown = render.html(letter())

    assert shown.startswith('<article class="paper" lang="en">')
    assert [block for block in read(shown).blocks] == list(render.said(letter()).blocks)


def test_the_screen_leaves_the_first_heading_to_its_page() -> None:
    shown = render.html(letter(body="## Ask"))

    assert "<h1" not in shown
    assert "<h2>RE:" in shown
    assert "<h3>Ask</h3>" in shown


def test_every_block_of_paper_is_read_back() -> None:
    said = render.said(letter(body="See [us](https://network.example/)."))

    assert said.links == ("https://network.example/",)
    assert said.names == letter().manifest
    assert (said.title, said.author, said.language) == ("Support for H.R. 1144", "Example Network", "en")


def test_a_letter_to_nobody_still_prints() -> None:
    empty: LetterContent = letter(recipients=(), contact=(), body="", signatories=Signatories())

    assert ua1_faults(render.pdf(empty)) == []

"""The check reads a finished letter as an opponent would; every leak planted here is found."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from advocacy.editions import check as checking
from advocacy.editions import reading
from advocacy.editions.check import check, expected
from advocacy.editions.names import Forbidden
from advocacy.letters import fonts, render
from advocacy.letters.content import Line, Signatories
from tests.letters.paper import HIDDEN, SCRIPTS, a_testimony, changed, designs_with, letter, wanted

BODY_LEAKS = {
    "plain": f"<p>{HIDDEN}</p>",
    "transparent": f'<p style="color:transparent">{HIDDEN}</p>',
    "white": f'<p style="color:white">{HIDDEN}</p>',
    "opacity": f'<p style="opacity:0">{HIDDEN}</p>',
    "overflow": f'<div style="overflow:hidden;height:0"><p>{HIDDEN}</p></div>',
    "off the page": f'<p style="position:absolute;left:-40in">{HIDDEN}</p>',
    "behind the text": f'<p style="position:absolute;top:2in;z-index:-1;color:white">{HIDDEN}</p>',
    "tiny": f'<p style="font-size:0.2pt">{HIDDEN}</p>',
    "spaced letters": f"<p>{'&#8202;'.join(HIDDEN)}</p>",
    "split across elements": "<p><b>Rowan</b><br><i>Verborgen</i></p>",
    "another language": '<p lang="es">Firmado por Rowan Verborgen</p>',
    "arabic": '<p lang="ar">روان مثال</p>',
    "drawn by the style": f'<style>.closing::after {{ content: "{HIDDEN}" }}</style>',
    "in the foot": f'<style>@page {{ @bottom-center {{ content: "{HIDDEN}" }} }}</style>',
    "bookmark": f"<div style=\"bookmark-level:1;bookmark-label:'{HIDDEN}'\">&#160;</div>",
    "link": '<p><a href="https://office.example/?from=rowan.verborgen">.</a></p>',
    "description": f'<img src="../dot.png" alt="{HIDDEN}">',
    "one word of it": "<p>Rowan</p>",
}
HEAD_LEAKS = {
    "title": f"<title>{HIDDEN}</title>",
    "author": f'<meta name="author" content="{HIDDEN}">',
    "keywords": f'<meta name="keywords" content="{HIDDEN}">',
    "subject": f'<meta name="description" content="{HIDDEN}">',
    "tool": f'<meta name="generator" content="{HIDDEN}">',
    "attachment": '<link rel="attachment" href="../leak.txt">',
}
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c6360606000000004000127342b0e0000000049454e44ae426082"
)


@pytest.fixture
def clean() -> bytes:
    return render.pdf(letter())


def test_a_clean_letter_passes(clean: bytes) -> None:
    assert check(clean, wanted(letter())).findings == ()


def test_a_clean_testimony_passes() -> None:
    said = a_testimony(witness=Line("Nguyễn Mẫu"))

    assert check(render.pdf(said), wanted(said)).findings == ()


@pytest.mark.parametrize("design", render.names())
def test_every_sample_passes(design: str) -> None:
    content = render.sample(design)
    assert check(render.pdf(content), expected(content, render.said(content), content.manifest)).passed


def test_a_long_letter_with_every_script_passes() -> None:
    lines = tuple(f"{name} {number}" for number in range(40) for name in SCRIPTS)
    said = letter(signatories=Signatories((), lines, 9))

    assert check(render.pdf(said), wanted(said)).findings == ()


def test_a_letter_with_links_headings_and_nested_lists_passes() -> None:
    lists = "1. a\n\n2. b\n   - c\n   - d\n\n> e — “f” ﬁ"
    body = f"# One\n\n### Two\n\nSee [our page](https://network.example/a?b=1).\n\n{lists}"
    said = letter(body=body)

    assert check(render.pdf(said), wanted(said)).findings == ()


JOINED = (
    "ภาษาไทย กำลัง น้ำ",
    "မြန်မာ ကြီး",
    "ភាសាខ្មែរ ស្រី",
    "श्रीमती त्रिपाठी",
    "മലയാളം ക്ഷ",
    "ພາສາລາວ ຄໍາ",
    "བོད་ཡིག",
    "שרה שָׂרָה",
    "عبد الله فضل الله",
    "عَبْدُ نَاصِر",
    "Ọmọ́lọ́lá Adébáyọ̀",
    "Dinétah ǫ́ ǫ",
)


@pytest.mark.parametrize("name", JOINED)
def test_a_name_whose_letters_join_is_not_held_back(name: str) -> None:
    said = letter(signatories=Signatories((), (name, "Wren Sample"), 0))

    assert check(render.pdf(said), wanted(said)).findings == ()


def test_names_whose_letters_join_pass_side_by_side() -> None:
    said = letter(signatories=Signatories(JOINED, JOINED, 0))

    assert check(render.pdf(said), wanted(said)).findings == ()


@pytest.mark.parametrize("leak", ["สมชาย", "Rowan", "กำลัง"])
def test_a_leak_beside_joined_names_is_found(leak: str) -> None:
    said = letter(signatories=Signatories((), JOINED, 0))
    more = letter(signatories=Signatories((), (*JOINED, leak), 0))

    assert not check(render.pdf(more), wanted(said)).passed


@pytest.mark.parametrize("leak", BODY_LEAKS)
def test_a_name_hidden_on_the_page_is_found(leak: str, tmp_path: Path) -> None:
    designs = designs_with(tmp_path, body=BODY_LEAKS[leak])
    (designs / "dot.png").write_bytes(DOT)

    report = check(render.pdf(letter(), designs=designs), wanted(letter()))

    assert not report.passed, leak


@pytest.mark.parametrize("leak", HEAD_LEAKS)
def test_a_name_hidden_in_the_head_is_found(leak: str, tmp_path: Path) -> None:
    designs = designs_with(tmp_path, head=HEAD_LEAKS[leak])
    (designs / "leak.txt").write_text(HIDDEN)

    assert not check(render.pdf(letter(), designs=designs), wanted(letter())).passed, leak


def test_a_name_beside_a_missing_glyph_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "refuse_unprintable", lambda text: None)
    designs = designs_with(tmp_path, body=f"<p>\U0001f98a {HIDDEN}</p>")

    report = check(render.pdf(letter(), designs=designs), wanted(letter()))

    assert "unreadable" in {finding.kind for finding in report.findings}


def _describe(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[0].ActualText = String(HIDDEN)


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["list.txt"] = pikepdf.AttachedFileSpec(pdf, b"signers")


def _write_note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("a note"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _add_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, V=String(HIDDEN))]))


def _leave_metadata(pdf: pikepdf.Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", f"<x>{HIDDEN}</x></rdf:RDF>".encode())
    pdf.Root.Metadata.write(text)


def _comment_metadata(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes() + b"<!-- somebody -->")


def _name_a_key(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources[Name("/RowanVerborgen")] = 1


def _keep_a_loose_object(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.Later = pdf.make_stream(b"BT (somebody) Tj ET")


def _draw_untagged(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    pdf.pages[0].contents_add(f"BT {font} 9 Tf 20 20 Td <0024> Tj ET".encode())


def _draw_inline_picture(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI")


def _fill_in_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = HIDDEN


def _point_elsewhere(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://tracker.example/"))
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=action)]
    )


def _wave_a_key(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Hint = String("an-nguyen")


def _speak_a_mark(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span << /ActualText (somebody) >> BDC EMC")


def _name_a_mark(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Somebody BMC EMC")


def _draw_a_curve(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 m 1 1 2 2 3 3 c S")


def _remark_between_orders(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n% somebody was here")


def _write_in_the_margin(pdf: pikepdf.Pdf) -> None:
    name = "an-" + "nguyen"
    text = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", f"<x>{name}</x></rdf:RDF>".encode())
    pdf.Root.Metadata.write(text)


def _stretch_a_namespace(pdf: pikepdf.Pdf) -> None:
    found = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(found.replace(b'rdf:about=""', b"rdf:about='http://www.w3.org/somebody'", 1))


CHANGES: dict[Callable[[pikepdf.Pdf], None], str] = {
    _describe: "hidden text",
    _attach: "attachment",
    _write_note: "note",
    _add_script: "script",
    _add_form: "form",
    _leave_metadata: "hidden text",
    _comment_metadata: "hidden text",
    _name_a_key: "name",
    _keep_a_loose_object: "part",
    _draw_untagged: "unexplained text",
    _draw_inline_picture: "drawing",
    _wave_a_key: "hidden text",
    _speak_a_mark: "drawing",
    _name_a_mark: "drawing",
    _draw_a_curve: "drawing",
    _remark_between_orders: "drawing",
    _write_in_the_margin: "hidden text",
    _stretch_a_namespace: "hidden text",
    _fill_in_author: "hidden text",
    _point_elsewhere: "link",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_finished_file_that_was_tampered_with_is_stopped(
    change: Callable[[pikepdf.Pdf], None], clean: bytes
) -> None:
    report = check(changed(clean, change), wanted(letter()))

    assert CHANGES[change] in {finding.kind for finding in report.findings}


def test_words_added_behind_the_end_of_the_file_are_found(clean: bytes) -> None:
    report = check(clean + HIDDEN.encode() + b"\n%%EOF\n", wanted(letter()))

    assert {finding.kind for finding in report.findings} >= {"file", "name"}


def test_a_remark_between_the_parts_of_the_file_is_found(clean: bytes) -> None:
    head, mark, tail = clean.partition(b"\n1 0 obj")

    report = check(head + b"\n% somebody" + mark + tail, wanted(letter()))

    assert "file" in {finding.kind for finding in report.findings}


def test_a_file_behind_a_password_is_stopped(clean: bytes) -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(clean)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))

    assert "file" in {finding.kind for finding in check(locked.getvalue(), wanted(letter())).findings}


def test_a_file_that_is_no_pdf_is_stopped() -> None:
    assert not check(b"<html>not here</html>", wanted(letter())).passed


def test_a_line_that_the_manifest_does_not_hold_is_found(clean: bytes) -> None:
    said = letter()
    fewer = tuple(line for line in said.manifest if line != "李示例")

    report = check(clean, expected(said, render.said(said), fewer))

    assert any(
        "李示例" in finding.detail for finding in report.findings if finding.kind == "unexplained text"
    )


def test_a_line_that_the_paper_lost_is_found() -> None:
    fewer = letter(signatories=Signatories((), ("Wren Sample",), 0))
    said = letter(signatories=Signatories((), ("Juniper", "Wren Sample"), 0))

    report = check(render.pdf(fewer), wanted(said))

    assert "missing line" in {finding.kind for finding in report.findings}


def test_lines_in_another_order_are_found() -> None:
    said = letter(signatories=Signatories((), ("Aster Sample", "Wren Sample"), 0))
    turned = expected(said, render.said(said), ("Wren Sample", "Aster Sample"))

    assert not check(render.pdf(said), turned).passed


def test_another_count_of_the_unnamed_is_found(clean: bytes) -> None:
    assert not check(clean, wanted(letter(signatories=replace(letter().signatories, others=4)))).passed


def test_a_full_name_in_the_approved_text_is_found() -> None:
    said = letter(body=f"As {HIDDEN} told us, homes matter.")

    assert ("name", "the approved text") in {
        (finding.kind, finding.where) for finding in check(render.pdf(said), wanted(said)).findings
    }


def test_a_single_word_name_may_stand_in_the_text_as_a_word(clean: bytes) -> None:
    assert "hope" in letter().body
    assert check(clean, wanted(letter(), Forbidden("Hope", whole_name=False))).passed


def test_a_single_word_name_may_not_be_a_signature_line() -> None:
    said = letter(signatories=Signatories((), ("Hope", "Hope Sample"), 0))

    names = [finding for finding in check(render.pdf(said), wanted(said)).findings if finding.kind == "name"]

    assert [(finding.where, finding.detail) for finding in names] == [("a signature line", "Hope")]


def test_a_full_name_inside_a_signature_line_is_found() -> None:
    said = letter(signatories=Signatories((), (f"Dr {HIDDEN}, advocate",), 0))

    assert not check(render.pdf(said), wanted(said)).passed


def test_a_name_that_only_looks_alike_is_let_through() -> None:
    said = letter(body="The Montana Leeds office agreed.")

    assert check(render.pdf(said), wanted(said, Forbidden("Ana Lee", whole_name=True))).passed


def test_drafters_read_no_name(tmp_path: Path) -> None:
    designs = designs_with(tmp_path, body=BODY_LEAKS["white"])

    report = check(render.pdf(letter(), designs=designs), wanted(letter()))

    assert "under review" in report.for_drafters
    assert "Rowan" not in report.for_drafters


def test_one_reader_alone_passes_nothing(clean: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(reading.NoSecondReader, match="poppler-utils"):
        check(clean, wanted(letter()))


def test_each_reader_finds_a_white_name_by_itself(tmp_path: Path) -> None:
    designs = designs_with(tmp_path, body=BODY_LEAKS["white"])
    data = render.pdf(letter(), designs=designs)

    for read in (reading.by_pypdf, reading.by_pdftotext):
        assert HIDDEN in " ".join(" ".join(read(data)).split())


letters_of_names = st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F) | st.sampled_from("’-  ")


@given(st.lists(st.text(letters_of_names, min_size=1, max_size=60), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_consented_names_pass_and_any_other_name_is_found(drawn: list[str]) -> None:
    lines = tuple(
        text for name in drawn if (text := " ".join(name.split())) and any(c.isalpha() for c in text)
    )
    said = letter(signatories=Signatories((), lines, 0))
    data = render.pdf(said)

    assert check(data, wanted(said)).findings == ()
    if lines:
        assert not check(data, expected(said, render.said(said), said.manifest[1:])).passed


def test_the_expected_lines_never_come_from_the_page(clean: bytes) -> None:
    nobody = expected(letter(), render.said(letter()), ())

    assert not any(line in "".join(nobody.blocks) for line in ("WrenSample", "李示例"))
    assert checking.check(clean, nobody).findings

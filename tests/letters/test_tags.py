"""The tag tree after the repair: whole lists, labels, and running lines that no reader speaks."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from advocacy.letters import render
from advocacy.letters.content import Signatories
from advocacy.letters.tags import elements
from tests.letters.paper import letter

LONG = " ".join(f"word{number}" for number in range(900))


def _kinds(data: bytes) -> list[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot)]


def _tree(data: bytes) -> list[Any]:
    def below(element: Any) -> list[Any]:
        inside = [
            child
            for child in element.get("/K", [])
            if isinstance(child, pikepdf.Dictionary) and "/S" in child
        ]
        return [
            str(element.S)[1:],
            *[below(child) for child in inside if str(child.S) not in ("/Span", "/NonStruct")],
        ]

    with pikepdf.open(BytesIO(data)) as pdf:
        return below(pdf.Root.StructTreeRoot.K[0])


@pytest.mark.parametrize("signers", [10, 60, 200])
def test_one_group_of_signers_is_one_list_on_any_number_of_pages(signers: int) -> None:
    names = tuple(f"Person {number:03} Sample" for number in range(signers))

    kinds = _kinds(render.pdf(letter(body="", signatories=Signatories(names, names, 0))))

    assert kinds.count("L") == 2
    assert kinds.count("LI") == kinds.count("LBody") == 2 * signers


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    short, long = _kinds(render.pdf(letter(body="one"))), _kinds(render.pdf(letter(body=LONG)))

    assert short.count("P") == long.count("P")


def test_two_paragraphs_that_meet_at_a_page_end_stay_two() -> None:
    body = "\n\n".join(f"Paragraph {number}." for number in range(120))

    assert (
        _kinds(render.pdf(letter(body=body))).count("P")
        == _kinds(render.pdf(letter(body="one"))).count("P") + 119
    )


def test_an_item_over_two_pages_is_one_item() -> None:
    kinds = _kinds(render.pdf(letter(body=f"1. {LONG}\n2. two", signatories=Signatories())))

    assert kinds.count("LI") == kinds.count("Lbl") == kinds.count("LBody") == 2


def test_a_nested_list_over_two_pages_stays_whole() -> None:
    inner = "\n".join(f"   - inner {number}" for number in range(70))
    kinds = _kinds(render.pdf(letter(body=f"1. outer\n{inner}\n2. two", signatories=Signatories())))

    assert kinds.count("L") == 2
    assert kinds.count("LI") == kinds.count("Lbl") == 72


def test_a_number_is_a_label_and_a_name_has_none() -> None:
    kinds = _kinds(render.pdf(letter(body="1. **Homes**\n2. *Wages*")))

    assert kinds.count("Lbl") == 2
    assert kinds.count("LI") == 2 + len(letter().manifest)


def test_a_bold_beginning_is_not_taken_for_the_label() -> None:
    data = render.pdf(letter(body="- **Homes** first", signatories=Signatories()))

    with pikepdf.open(BytesIO(data)) as pdf:
        item = next(element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/LI")
        assert [str(child.S) for child in item.K] == ["/Lbl", "/LBody"]
        assert str(item.K[1].K[0].S) == "/NonStruct"


def test_running_lines_are_artifacts() -> None:
    names = tuple(f"Person {number:03} Sample" for number in range(120))

    with pikepdf.open(BytesIO(render.pdf(letter(signatories=Signatories((), names, 0))))) as pdf:
        for sheet in pdf.pages:
            steps = list(pikepdf.parse_content_stream(sheet))
            feet = [step for step in steps if str(step.operator) == "BDC" and step.operands[0] == "/Artifact"]
            assert len(feet) == 2
            assert all(step.operands[1].Type == "/Pagination" for step in feet)


def test_headings_lists_and_paragraphs_stand_as_they_are_written() -> None:
    tree = _tree(render.pdf(letter(body="## Ask\n\n1. a", signatories=Signatories((), ("Wren",), 1))))

    after_heading = tree[tree.index(["H1"]) :]
    item = ["LI", ["Lbl"], ["LBody"]]
    names = ["Div", ["H2"], ["L", ["LI", ["LBody"]]], ["P"]]
    assert after_heading == [["H1"], ["H2"], ["L", item], ["P"], names]

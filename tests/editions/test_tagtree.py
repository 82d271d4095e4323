"""Broken tag trees that a validator lets through, each broken here on purpose and each named."""

from collections.abc import Callable

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from advocacy.editions import tagtree
from advocacy.letters import render
from advocacy.letters.content import LetterContent, Signatories
from advocacy.letters.tags import elements
from tests.letters.paper import SCRIPTS, changed, letter

NAMES = tuple(f"Person {number:03} Sample" for number in range(120))


@pytest.fixture(scope="module")
def long_letter() -> LetterContent:
    body = "See [our page](https://network.example/)."
    return letter(body=body, signatories=Signatories(("Sample Housing (CA)", "Sample Aid (MD)"), NAMES, 0))


@pytest.fixture(scope="module")
def whole(long_letter: LetterContent) -> bytes:
    return render.pdf(long_letter)


@pytest.fixture(scope="module")
def groups(long_letter: LetterContent) -> tuple[tuple[str, ...], ...]:
    return (long_letter.signatories.organisations, long_letter.signatories.individuals)


def _names(pdf: pikepdf.Pdf) -> pikepdf.Object:
    lists = [found for found in elements(pdf.Root.StructTreeRoot) if found.S == "/L"]
    return max(lists, key=lambda found: len(found.K))


def _collide(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.StructParents = pdf.pages[0].obj.StructParents


def _lose_half(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K = Array(list(_names(pdf).K)[::2])


def _reverse(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K = Array(reversed(list(_names(pdf).K)))


def _wrong_parent(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K[3].P = pdf.Root.StructTreeRoot


def _no_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def _swap_owners(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _say_twice(pdf: pikepdf.Pdf) -> None:
    item = _names(pdf).K[0].K[-1].K[0]
    item.K = Array([item.K[0], item.K[0]])


def _ask_for_nothing(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K[0].K[-1].K[0].K.append(999)


def _empty_item(pdf: pikepdf.Pdf) -> None:
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, K=Array()))
    item = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LI, P=_names(pdf), K=Array([body])))
    body.P = item
    _names(pdf).K.append(item)


def _bodyless_item(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K[0].K[-1].S = Name.P


def _strange_child(pdf: pikepdf.Pdf) -> None:
    _names(pdf).K[0].S = Name.P


def _two_lists(pdf: pikepdf.Pdf) -> None:
    whole = _names(pdf)
    items = list(whole.K)
    second = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.L, P=whole.P, K=Array(items[50:])))
    whole.K = Array(items[:50])
    for item in items[50:]:
        item.P = second
    whole.P.K.append(second)


def _no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _draw_unmarked(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    pdf.pages[0].contents_add(f"BT {font} 9 Tf 20 20 Td <0024> Tj ET".encode())


BREAKS: dict[Callable[[pikepdf.Pdf], None], str] = {
    _collide: "share one entry",
    _lose_half: "pieces that the tag tree does not reach",
    _reverse: "signature list 2 are read in another order",
    _wrong_parent: "names another parent",
    _no_parent_tree: "has no parent tree",
    _swap_owners: "one owner in the tag tree and another",
    _say_twice: "reached more than once",
    _ask_for_nothing: "asks for a piece that page",
    _empty_item: "A list item says nothing",
    _bodyless_item: "A list item has no body",
    _strange_child: "A list holds something that is no item",
    _two_lists: "Signature list 2 is read as 2 lists",
    _no_tree: "has no tag tree",
    _draw_unmarked: "neither marked nor set apart",
}


def test_a_long_letter_has_a_whole_tree(whole: bytes, groups: tuple[tuple[str, ...], ...]) -> None:
    assert tagtree.faults(whole, groups) == ()


@pytest.mark.parametrize("broken", BREAKS, ids=lambda change: change.__name__)
def test_a_broken_tree_is_named(
    broken: Callable[[pikepdf.Pdf], None], whole: bytes, groups: tuple[tuple[str, ...], ...]
) -> None:
    faults = tagtree.faults(changed(whole, broken), groups)

    assert any(BREAKS[broken] in fault for fault in faults), faults


@pytest.mark.parametrize("broken", [_collide, _lose_half, _reverse])
def test_the_validator_alone_would_have_passed_it(
    broken: Callable[[pikepdf.Pdf], None], whole: bytes
) -> None:
    report = page.validate_pdf_bytes(
        changed(whole, broken), profile="ua1", limits=page.SafetyLimits.unlimited()
    )

    assert report.is_compliant


def test_half_the_names_are_counted(whole: bytes, groups: tuple[tuple[str, ...], ...]) -> None:
    faults = tagtree.faults(changed(whole, _lose_half), groups)

    assert "Signature list 2 is read with 60 of its 120 lines, or with other words." in faults


def test_a_fault_holds_no_name(whole: bytes, groups: tuple[tuple[str, ...], ...]) -> None:
    for broken in BREAKS:
        assert not any("Sample" in fault for fault in tagtree.faults(changed(whole, broken), groups))


def test_names_of_every_script_are_read_whole() -> None:
    said = letter(signatories=Signatories((), SCRIPTS, 0))

    assert tagtree.faults(render.pdf(said), (said.signatories.individuals,)) == ()


def test_another_list_is_not_taken_for_the_signers() -> None:
    said = letter(body="- one\n- two", signatories=Signatories((), (), 4))

    assert tagtree.faults(render.pdf(said), (("Wren Sample",),)) == (
        "Signature list 1 is read with 0 of its 1 lines, or with other words.",
    )

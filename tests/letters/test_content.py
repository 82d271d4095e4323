"""What a letter may know, and in which order it stands."""

import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.letters import content
from advocacy.letters.content import Signatories, from_json, in_printed_order, spoken_version, to_json
from tests.letters.paper import a_testimony, letter


def test_accents_and_case_do_not_move_a_name() -> None:
    assert in_printed_order(["Zoe", "émile", "Eva", "Đức", "Dara"]) == ("Dara", "Đức", "émile", "Eva", "Zoe")


def test_signatories_are_sorted_however_they_arrive() -> None:
    assert Signatories(("B", "A"), ("d", "C"), 0).lines == ("A", "B", "C", "d")


@given(st.permutations(["Wren", "wren", "Wrén", "محمد", "李", "A member", ""]))
def test_the_order_never_tells_who_came_first(lines: list[str]) -> None:
    assert in_printed_order(lines) == in_printed_order(sorted(lines))


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer"):
        Signatories(others=-1)


def test_everybody_counts_in_the_total() -> None:
    assert Signatories(("A",), ("B", "C"), 4).total == 7


def test_a_letter_cannot_be_changed_after_it_is_made() -> None:
    with pytest.raises(FrozenInstanceError):
        letter().title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize("made", [letter(copies=("Office of the Speaker",)), a_testimony()])
def test_what_was_written_as_json_comes_back_the_same(made: content.LetterContent) -> None:
    assert from_json(to_json(made)) == made


def test_json_is_the_same_every_time() -> None:
    assert to_json(letter()) == to_json(letter())
    assert json.loads(to_json(letter()))["title"] == "Support for H.R. 1144"


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (130, 1), (131, 2), (260, 2), (261, 3)])
def test_a_spoken_text_is_timed_at_a_calm_pace(words: int, minutes: int) -> None:
    assert content.spoken_minutes(words) == minutes
    assert spoken_version(a_testimony(spoken="word " * words)).minutes == minutes


def test_the_spoken_sheet_names_nobody() -> None:
    sheet = spoken_version(a_testimony())

    assert sheet.manifest == ()
    assert "Wren" not in repr(sheet)


def test_the_witness_is_in_the_manifest_once_and_on_paper_twice() -> None:
    assert a_testimony().manifest == ("Wren Sample",)
    assert a_testimony().printed_names == ("Wren Sample", "Wren Sample")


def test_a_preview_without_signers_holds_no_line() -> None:
    assert content.without_signers(letter()).manifest == ()

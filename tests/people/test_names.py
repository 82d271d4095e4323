"""A name prints as its person writes it; what cannot be seen is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.people.names import BadName, LongName, clean_line, words_of


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Mẫu",
        "Ana-Lucía Ejemplo",
        "Siobhán O'Sample",
        "محمد مثال",
        "李示例",
        "نمونه\u200cای",
        "क्\u200dष",
        "Zoë d’Exemple",
    ],
)
def test_a_real_name_is_left_as_it_is(name: str) -> None:
    assert clean_line(name) == name


def test_a_name_typed_in_pieces_is_put_together() -> None:
    assert clean_line("Ana-Luci\u0301a") == "Ana-Luc\u00eda"


@pytest.mark.parametrize("space", ["  ", "\u00a0", "\u2003", "\u3000", " \u202f "])
def test_any_space_is_one_space(space: str) -> None:
    assert clean_line(f"{space}Wren{space}Sample{space}") == "Wren Sample"


@pytest.mark.parametrize(
    "mark",
    [
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200b",
        "\u200e",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u061c",
        "\u180e",
    ]
    + ["\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\ue000", "\U000e0041"]
    + ["\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"],
)
def test_what_hides_turns_or_breaks_a_line_is_refused(mark: str) -> None:
    with pytest.raises(BadName):
        clean_line(f"Wren{mark}Sample")


@pytest.mark.parametrize("name", ["\u200dWren", "Wren\u200d", "Wr\u200cen", "\u0301Wren", "\u0e31"])
def test_a_mark_that_has_nothing_to_join_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        clean_line(name)


def test_two_hundred_characters_are_enough() -> None:
    assert clean_line("a" * 200) == "a" * 200
    with pytest.raises(LongName):
        clean_line("a" * 201)


@given(st.text())
def test_what_is_accepted_is_one_visible_line_and_stays_so(text: str) -> None:
    try:
        line = clean_line(text)
    except (BadName, LongName):
        return

    assert clean_line(line) == line
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


def test_a_name_has_the_words_people_see() -> None:
    assert words_of("Ana-Lucía de la  Ejemplo") == ("Ana-Lucía", "de", "la", "Ejemplo")

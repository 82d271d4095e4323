"""What a text of ours may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.wording import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    EmptyText,
    TextTooLong,
    clean_text,
    clean_title,
    text_hash,
)


def test_line_ends_from_any_machine_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\n\ne"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\ufeff", "\u2066", "\x00", "\x1b", "\u00ad"])
def test_a_mark_that_hides_or_reverses_words_is_taken_out(hidden: str) -> None:
    assert clean_text(f"help {hidden}first") == "help first"


def test_names_from_everywhere_stay_as_they_are() -> None:
    names = "Nguyễn Mẫu, محمد مثال, 李示例, Ana-Lucía Ejemplo"

    assert clean_text(names) == names


def test_markup_and_formulas_stay_text() -> None:
    typed = '<script>alert(1)</script> =HYPERLINK("http://x")'

    assert clean_text(typed) == typed


def test_a_title_is_one_line() -> None:
    assert clean_title("  Housing\r\nBcc: everybody ") == "Housing Bcc: everybody"


def test_too_long_and_too_empty_are_refused_by_name() -> None:
    with pytest.raises(TextTooLong):
        clean_title("x" * (LONGEST_TITLE + 1))
    with pytest.raises(TextTooLong):
        clean_text("x" * (LONGEST_TEXT + 1))
    with pytest.raises(EmptyText):
        clean_text("\u200b\n")


def test_the_hash_covers_title_text_and_every_stance_in_any_order() -> None:
    base = text_hash("t", "b", ["one", "two"])

    assert base == text_hash("t", "b", ["two", "one"])
    assert (
        len({base, text_hash("T", "b", ["one", "two"]), text_hash("t", "b", ["one"]), text_hash("t", "", [])})
        == 4
    )


@given(st.text(min_size=1, max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = clean_text(text)
    except EmptyText:
        return
    assert clean_text(once) == once

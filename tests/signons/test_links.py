"""Keys and typed codes."""

import pytest

from advocacy.people.typed_codes import CODE_LENGTH, CROCKFORD, make_code, read_code, spell
from advocacy.signons.links import make_key


def test_a_key_holds_32_random_bytes_and_no_two_are_the_same() -> None:
    keys = {make_key() for _ in range(200)}

    assert len(keys) == 200
    assert {len(key) for key in keys} == {43}


def test_a_code_is_ten_signs_that_cannot_be_mistaken() -> None:
    codes = [make_code() for _ in range(200)]

    assert len(set(codes)) == 200
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CROCKFORD) for code in codes)
    assert not set("ILOU") & set(CROCKFORD)


@pytest.mark.parametrize(
    "typed", ["7ABCD-EFGH0", "7abcd efgh0", " 7ABCDEFGHO ", "7aBcD\u00a0eFgHo", "7-A-B-C-D-E-F-G-H-0"]
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_code(typed) == "7ABCDEFGH0"


@pytest.mark.parametrize(
    "typed",
    ["", "7ABCD", "7ABCDEFGH01", "7ABCDEFGHU", "７ABCDEFGH0", "7ABCDEFGH\0", "'; DROP--", "x" * 10_000],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_spelt_code_reads_back() -> None:
    code = make_code()

    assert spell(code)[5] == "-"
    assert read_code(spell(code)) == code

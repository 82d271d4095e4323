"""No number in the office lets anybody tell what a few people did."""

import pytest

from advocacy.signons.queries import Progress
from advocacy.signons.small_numbers import FEW, NEARLY_ALL, NOT_TOLD, told, told_part


def test_a_number_is_told_from_five_up() -> None:
    assert [told(n) for n in range(7)] == [FEW] * 5 + ["5", "6"]


def test_nobody_can_work_out_how_many_of_a_few_have_not_answered() -> None:
    for whole in range(40):
        classes: dict[str, list[int]] = {}
        for part in range(whole + 1):
            classes.setdefault(told_part(part, whole), []).append(part)
        for words, parts in classes.items():
            if words.isdecimal():
                assert parts == [int(words)]
                assert min(parts[0], whole - parts[0]) >= 5
            else:
                # Words hide which of five numbers it is, at least: never one of them alone.
                assert len(parts) >= min(5, whole + 1), (whole, words)


@pytest.mark.parametrize(
    ("invited", "signed", "words", "many"),
    [
        (5, 5, NOT_TOLD, False),
        (9, 4, NOT_TOLD, False),
        (10, 4, FEW, False),
        (10, 5, "5", True),
        (10, 6, NEARLY_ALL, True),
        (40, 12, "12", True),
        (40, 36, NEARLY_ALL, True),
    ],
)
def test_how_many_said_yes_is_told_beside_how_many_were_asked(
    invited: int, signed: int, words: str, many: bool
) -> None:
    progress = Progress(invited, signed, 0)

    assert (progress.signed_told, progress.has_many) == (words, many)

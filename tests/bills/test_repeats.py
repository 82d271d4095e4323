"""The same event told twice is one step, and two events are never one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.bills.repeats import fold, same_words
from advocacy.bills.snapshot import StepFact
from tests.bills import recorded
from tests.bills.made import INTRODUCED, REFERRED, step


def at(hour: int, told: StepFact) -> StepFact:
    return replace(told, at=datetime(2026, 3, 2, hour, tzinfo=UTC))


def test_a_chamber_and_the_library_tell_one_step_in_the_chamber_s_words() -> None:
    library = StepFact(
        INTRODUCED.on, "Passed/agreed to in Senate: Passed Senate.", codes=("17000",), systems=("9",)
    )
    chamber = StepFact(INTRODUCED.on, "Passed Senate. (consideration: CR S8894)", systems=("0",))

    for order in ((library, chamber), (chamber, library)):
        (only,) = fold(order)
        assert only.text == "Passed Senate. (consideration: CR S8894)"
        assert only.codes == ("17000",)
        assert set(only.systems) == {"0", "9"}


def test_a_joint_referral_is_one_step_with_every_committee() -> None:
    rows = [replace(REFERRED, committees=(code,)) for code in ("hsfa00", "hsju00", "hsed00")]

    assert [told.committees for told in fold(rows)] == [("hsfa00", "hsju00", "hsed00")]


def test_the_same_words_at_two_times_of_a_day_are_two_steps() -> None:
    twice = step("2026-03-02", "Considered as unfinished business.")

    assert len(fold([at(10, twice), at(15, twice)])) == 2


def test_a_telling_without_a_clock_joins_the_first_that_has_one() -> None:
    plain = step("2026-03-02", "Considered as unfinished business.")

    told = fold([plain, at(10, plain), at(15, plain)])

    assert [one.at for one in told] == [at(10, plain).at, at(15, plain).at]


def test_the_same_words_on_two_days_are_two_steps_oldest_first() -> None:
    later = replace(REFERRED, on=REFERRED.on.replace(day=9))

    assert fold([later, REFERRED]) == (REFERRED, later)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Passed Senate. (text: CR S1)", "Passed  Senate"),
        ("Passed/agreed to in House: On passage Passed.", "On passage Passed."),
        ("Referred to the Committee.", "REFERRED TO THE COMMITTEE"),
    ],
)
def test_words_that_differ_only_in_dress_are_the_same(one: str, other: str) -> None:
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize(
    ("bill", "steps"), [("hr/4323", 17), ("hr/1144", 4), ("s/146", 17), ("hjres/87", 19)]
)
def test_a_recorded_bill_has_each_event_once(recordings: Path, bill: str, steps: int) -> None:
    told = recorded.read(recordings / "congress-v3-derived" / "119" / bill).steps or ()

    assert len(told) == steps
    assert len({(one.on, same_words(one.text), one.at) for one in told}) == steps


@given(some.lists(some.sampled_from([INTRODUCED, REFERRED, at(9, REFERRED), at(10, REFERRED)]), max_size=12))
def test_folding_again_changes_nothing(steps: list[StepFact]) -> None:
    once = fold(steps)

    assert fold(once) == once
    assert {told.text for told in once} == {told.text for told in steps}

"""What differs between two looks at a bill."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from advocacy.bills.changes import Change, ChangeKind, between
from advocacy.bills.snapshot import ReferralFact, Snapshot, TextFact
from tests.bills import made, recorded

TODAY = date(2026, 11, 23)


def kinds(old: Snapshot, new: Snapshot) -> list[ChangeKind]:
    return [change.kind for change in between(old, new, today=TODAY)]


def test_two_equal_looks_differ_in_nothing() -> None:
    assert between(made.snapshot(), made.snapshot(), today=TODAY) == ()


def test_a_new_step_is_told_with_its_day_and_the_stage_it_brings() -> None:
    found = between(
        made.snapshot(), made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.REPORTED)), today=TODAY
    )

    assert Change(ChangeKind.STEP, "", made.REPORTED.text, made.REPORTED.on) in found
    assert Change(ChangeKind.STAGE, "in committee", "reported", made.REPORTED.on) in found


def test_a_change_reads_as_a_line() -> None:
    assert str(Change(ChangeKind.STAGE, "in committee", "reported")) == "stage: in committee → reported"
    assert str(Change(ChangeKind.STEP, "", "Introduced in House")) == "step: Introduced in House"
    assert str(Change(ChangeKind.CORRECTION, "Passed House", "")) == "correction: Passed House"


def test_a_step_that_vanished_is_a_correction() -> None:
    found = between(made.snapshot(), made.snapshot(steps=(made.INTRODUCED,)), today=TODAY)

    assert Change(ChangeKind.CORRECTION, made.REFERRED.text, "", made.REFERRED.on) in found


def test_one_of_two_equal_steps_vanishing_is_seen() -> None:
    twice = made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.REFERRED))

    assert kinds(twice, made.snapshot()) == [ChangeKind.CORRECTION]


def test_a_step_told_in_other_dress_is_no_change() -> None:
    dressed = replace(
        made.REFERRED, text=made.REFERRED.text.upper() + " (consideration: CR H12)", codes=("H11100",)
    )

    assert kinds(made.snapshot(), made.snapshot(steps=(made.INTRODUCED, dressed))) == []


def test_a_cosponsor_who_left_is_told_with_the_day() -> None:
    left = replace(made.JOINED, withdrawn_on=date(2026, 4, 1))

    found = between(made.snapshot(), made.snapshot(sponsors=(made.LEAD, left)), today=TODAY)

    assert found == (Change(ChangeKind.SPONSOR_LEFT, made.JOINED.name, "", date(2026, 4, 1)),)


def test_a_part_not_told_is_no_change() -> None:
    silent = made.snapshot(sponsors=None, referrals=None, texts=None)

    assert kinds(made.snapshot(), silent) == kinds(silent, made.snapshot()) == []


def test_titles_laws_committees_and_texts_each_have_their_kind() -> None:
    new = made.snapshot(
        title="Wren Sample Act",
        laws=("Public Law 119-900",),
        referrals=(ReferralFact("Proofs Committee", "Senate", "sszz00"),),
        texts=(TextFact("Enrolled Bill"),),
    )

    assert kinds(made.snapshot(), new) == [
        ChangeKind.TITLE,
        ChangeKind.STAGE,
        ChangeKind.LAW,
        ChangeKind.COMMITTEE,
        ChangeKind.COMMITTEE_LEFT,
        ChangeKind.TEXT,
        ChangeKind.TEXT_GONE,
    ]


def test_a_recorded_bill_tells_each_day_only_what_is_new(recordings: Path) -> None:
    days = [recorded.read(day) for day in sorted((recordings / "sequences" / "119hr4323").iterdir())]

    for old, new in zip(days, days[1:], strict=False):
        found = kinds(old, new)
        assert ChangeKind.CORRECTION not in found
        added = len(new.steps or ()) - len(old.steps or ())
        assert found.count(ChangeKind.STEP) == added


def test_a_recorded_cosponsor_joins_one_day_and_leaves_the_next(recordings: Path) -> None:
    first, second, third = [
        recorded.read(day) for day in sorted((recordings / "sequences" / "119hr1415").iterdir())
    ]

    joined = [
        change.after for change in between(first, second, today=TODAY) if change.kind is ChangeKind.SPONSOR
    ]
    left = [
        change.before
        for change in between(second, third, today=TODAY)
        if change.kind is ChangeKind.SPONSOR_LEFT
    ]

    assert left and set(left) <= set(joined)

"""Where each recorded bill stands, as a person reads it, and the rules one by one."""

from datetime import date
from pathlib import Path

import pytest

from advocacy.bills.identifiers import make_key
from advocacy.bills.snapshot import StepFact
from advocacy.bills.status import Stage, Standing, congress_ends_on, died, is_final, standing
from tests.bills import made, recorded
from tests.bills.made import step

TODAY = date(2026, 11, 23)

# Determined by reading every action of each bill.
RECORDED = {
    "hr/2": Stage.RESERVED,
    "hr/21": Stage.PASSED_ONE,
    "hr/520": Stage.IN_COMMITTEE,
    "hr/633": Stage.REPORTED,
    "hr/863": Stage.IN_COMMITTEE,
    "hr/1144": Stage.ORDERED_REPORTED,
    "hr/1185": Stage.IN_COMMITTEE,
    "hr/1379": Stage.IN_COMMITTEE,
    "hr/1415": Stage.IN_COMMITTEE,
    "hr/2796": Stage.IN_COMMITTEE,
    "hr/2961": Stage.IN_COMMITTEE,
    "hr/4323": Stage.LAW,
    "hr/4929": Stage.IN_COMMITTEE,
    "hr/6227": Stage.IN_COMMITTEE,
    "hr/8818": Stage.IN_COMMITTEE,
    "hres/205": Stage.IN_COMMITTEE,
    "hres/1024": Stage.IN_COMMITTEE,
    "hjres/87": Stage.LAW,
    "s/61": Stage.IN_COMMITTEE,
    "s/146": Stage.LAW,
    "s/1748": Stage.IN_COMMITTEE,
    "s/2255": Stage.IN_COMMITTEE,
    "s/2584": Stage.PASSED_ONE,
    "sres/39": Stage.AGREED,
}


def stands(*steps: StepFact, bill: str = "H.R. 9001", today: date = TODAY, **more: object) -> Standing:
    key = make_key("us", "119", bill)
    return standing(key, **{"title": "An Act", "steps": steps, "today": today, **more})  # type: ignore[arg-type]


def test_every_recorded_bill_is_in_the_table(recordings: Path) -> None:
    folder = recordings / "congress-v3-derived" / "119"

    assert {f"{bill.parent.name}/{bill.name}" for bill in folder.glob("*/*")} == set(RECORDED)


@pytest.mark.parametrize("bill", RECORDED)
def test_a_recorded_bill_stands_where_a_reader_would_say(recordings: Path, bill: str) -> None:
    told = recorded.read(recordings / "congress-v3-derived" / "119" / bill)

    found = standing(
        told.key,
        title=told.title,
        steps=told.steps or (),
        laws=told.laws,
        introduced_on=told.introduced_on,
        today=TODAY,
    )

    assert found.stage is RECORDED[bill]
    assert found.rule and found.sentence


@pytest.mark.parametrize("bill", [bill for bill, stage in RECORDED.items() if stage is Stage.LAW])
def test_a_law_is_known_by_its_steps_where_no_law_is_listed(recordings: Path, bill: str) -> None:
    told = recorded.read(recordings / "congress-v3-derived" / "119" / bill)

    found = standing(told.key, title=told.title, steps=told.steps or (), today=TODAY)

    assert (found.stage, found.rule) == (Stage.LAW, "coded:became-law")


@pytest.mark.parametrize("bill", RECORDED)
def test_words_alone_lead_to_the_same_stage_as_codes(recordings: Path, bill: str) -> None:
    told = recorded.read(recordings / "congress-v3-derived" / "119" / bill)
    bare = [StepFact(one.on, one.text) for one in told.steps or ()]

    found = standing(told.key, title=told.title, steps=bare, introduced_on=told.introduced_on, today=TODAY)

    assert found.stage is RECORDED[bill]


def test_the_way_of_one_bill_from_day_to_day(recordings: Path) -> None:
    days = sorted((recordings / "sequences" / "119hr4323").iterdir())

    told = [recorded.read(day) for day in days]
    stages = [
        standing(one.key, title=one.title, steps=one.steps or (), laws=one.laws, today=TODAY).stage
        for one in told
    ]

    assert stages == [
        Stage.IN_COMMITTEE,
        Stage.IN_COMMITTEE,
        Stage.ORDERED_REPORTED,
        Stage.REPORTED,
        Stage.PASSED_ONE,
        Stage.PASSED_BOTH,
        Stage.PRESENTED,
        Stage.LAW,
    ]


def test_the_rule_says_whether_codes_or_words_spoke() -> None:
    assert stands(made.REPORTED).rule == "coded:reported"
    assert stands(step("2026-05-06", "Reported by the Committee on Samples.")).rule == "worded:reported"


def test_a_law_the_source_lists_counts_before_any_step() -> None:
    found = stands(made.VETOED, laws=["Public Law 119-900"])

    assert (found.stage, found.rule) == (Stage.LAW, "law-listed")
    assert "Public Law 119-900" in found.sentence


def test_a_failed_motion_to_recommit_is_not_a_failed_bill() -> None:
    motion = step("2026-06-10", "On motion to recommit Failed by the Yeas and Nays: 205 - 216 (Roll no. 26).")

    assert stands(motion, made.PASSED).stage is Stage.PASSED_ONE


def test_a_bill_voted_down_failed_until_a_chamber_takes_it_up_again() -> None:
    down = step("2026-06-09", "On passage Failed by the Yeas and Nays: 100 - 300.")

    assert stands(made.REPORTED, down).stage is Stage.FAILED
    assert stands(made.REPORTED, down, made.PASSED).stage is Stage.PASSED_ONE


def test_a_failed_override_leaves_a_vetoed_bill_whatever_the_clerk_writes_after() -> None:
    failed = step("2026-09-20", "Failed of passage in House over veto by the Yeas and Nays.", "33000")
    clerical = step("2026-09-21", "Message on House action sent to the Senate.")

    found = stands(made.PASSED, made.VETOED, failed, clerical)

    assert (found.stage, found.rule) == (Stage.VETOED, "coded:veto-override-failed")


def test_a_veto_that_was_overridden_is_a_law() -> None:
    assert stands(made.PASSED, made.VETOED, made.LAW).stage is Stage.LAW


def test_a_simple_resolution_is_done_when_its_own_chamber_agrees() -> None:
    assert stands(made.PASSED, bill="H.Res. 1").stage is Stage.AGREED
    assert stands(made.PASSED, bill="H.R. 1").stage is Stage.PASSED_ONE


def test_a_concurrent_resolution_needs_both_chambers_and_no_signature() -> None:
    senate = step("2026-07-01", "Passed Senate without amendment.", "17000")

    assert stands(made.PASSED, bill="H.Con.Res. 1").stage is Stage.PASSED_ONE
    assert stands(made.PASSED, senate, bill="H.Con.Res. 1").stage is Stage.AGREED


def test_a_second_chamber_that_changed_the_text_sends_it_back() -> None:
    changed = step("2026-07-01", "Passed Senate with an amendment by Unanimous Consent.", "17000")
    agreed = step(
        "2026-07-09", "On motion that the House agree to the Senate amendment Agreed to by voice vote."
    )

    assert stands(made.PASSED, changed).stage is Stage.DIFFERENCES
    assert stands(made.PASSED, changed, agreed).stage is Stage.PASSED_BOTH


def test_a_discharged_committee_leaves_the_bill_before_the_chamber() -> None:
    discharged = step("2026-05-06", "Senate Committee on Samples discharged by Unanimous Consent.", "14500")

    assert stands(made.REFERRED, discharged).stage is Stage.ON_CALENDAR


def test_a_committee_s_vote_is_not_yet_its_report() -> None:
    ordered = step("2026-05-01", "Ordered to be Reported in the Nature of a Substitute by Voice Vote.")

    assert stands(made.REFERRED, ordered).stage is Stage.ORDERED_REPORTED
    assert stands(made.REFERRED, ordered, made.REPORTED).stage is Stage.REPORTED


def test_an_unfinished_bill_dies_with_its_congress_on_a_day_no_action_names() -> None:
    assert congress_ends_on(made.KEY) == date(2027, 1, 3)
    assert stands(made.REPORTED, today=date(2027, 1, 2)).stage is Stage.REPORTED
    assert stands(made.REPORTED, today=date(2027, 1, 3)).stage is Stage.DIED


@pytest.mark.parametrize(
    "last", [made.LAW, made.VETOED, step("2026-12-30", "Presented to President.", "28000")]
)
def test_what_is_finished_or_on_the_desk_outlives_its_congress(last: StepFact) -> None:
    assert stands(made.PASSED, last, today=date(2027, 1, 4)).stage is not Stage.DIED


def test_a_state_s_session_has_no_end_we_could_know() -> None:
    key = make_key("de", "153", "HB 201")

    assert congress_ends_on(key) is None
    assert not died(key, Stage.IN_COMMITTEE, date(2040, 1, 1))


def test_a_reserved_number_that_became_a_bill_is_one() -> None:
    assert stands(title="Reserved for the Minority Leader.").stage is Stage.RESERVED
    assert stands(made.INTRODUCED, title="Reserved for the Minority Leader.").stage is Stage.INTRODUCED


def test_nothing_known_is_said_and_not_guessed() -> None:
    assert stands().stage is Stage.UNKNOWN
    assert stands(step("2026-03-02", "Something new happened.")).stage is Stage.UNKNOWN
    assert stands(introduced_on=date(2026, 3, 2)).stage is Stage.INTRODUCED


def test_only_the_ends_of_a_bill_s_way_are_final() -> None:
    assert (
        is_final(made.LAW) and is_final(made.VETOED) and is_final(step("2026-01-01", "Withdrawn by sponsor"))
    )
    assert not is_final(made.PASSED) and not is_final(step("2026-01-01", "Held at the desk."))

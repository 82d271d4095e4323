"""What a step was: codes first, words from the start of the sentence."""

import pytest

from advocacy.bills.events import Event, changes_the_text, event_of, is_told_by_structure
from advocacy.bills.snapshot import StepFact
from tests.bills.made import step


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Introduced in Senate", Event.INTRODUCED),
        ("Submitted in House", Event.INTRODUCED),
        ("Prefiled for the 2026 session", Event.INTRODUCED),
        ("Read twice and referred to the Committee on the Judiciary.", Event.REFERRED),
        ("Received in the Senate and Read twice and referred to the Committee on Finance.", Event.REFERRED),
        ("Introduced and Assigned to Judiciary Committee in House", Event.REFERRED),
        ("Committee on Veterans' Affairs. Hearings held.", Event.REFERRED),
        ("Committee on Indian Affairs. Ordered to be reported without amendment favorably.", Event.ORDERED),
        ("Committee on Indian Affairs. Reported by Senator Sample without amendment.", Event.REPORTED),
        ("Reported (Amended) by the Committee on Judiciary. H. Rept. 119-347.", Event.REPORTED),
        ("Placed on Senate Legislative Calendar under General Orders. Calendar No. 110.", Event.CALENDAR),
        ("Senate Committee on the Judiciary discharged by Unanimous Consent.", Event.DISCHARGED),
        ("On passage Passed without objection. (text: CR H9359)", Event.PASSED_HOUSE),
        (
            "On motion to suspend the rules and pass the bill, as amended Agreed to by voice vote.",
            Event.PASSED_HOUSE,
        ),
        ("On agreeing to the resolution Agreed to by voice vote.", Event.PASSED_HOUSE),
        ("Passed Senate by Voice Vote.", Event.PASSED_SENATE),
        (
            "Introduced in the Senate, read twice, considered, read the third time, and passed.",
            Event.PASSED_SENATE,
        ),
        ("On motion to suspend the rules and pass the bill Failed by the Yeas and Nays.", Event.FAILED),
        ("Senate agreed to the House amendment by Unanimous Consent.", Event.AGREED_CHANGES),
        ("Presented to President.", Event.PRESENTED),
        ("Transmitted to Governor", Event.PRESENTED),
        ("Signed by Governor", Event.LAW),
        ("Became Public Law No: 119-73.", Event.LAW),
        ("Became law without Governor's signature", Event.LAW),
        ("Vetoed by Governor", Event.VETOED),
        ("Withdrawn at sponsor's request", Event.WITHDRAWN),
    ],
)
def test_words_say_what_happened(text: str, event: Event) -> None:
    assert event_of(step("2026-03-02", text)) is event


@pytest.mark.parametrize(
    "text",
    [
        "POSTPONED PROCEEDINGS - The Chair put the question and announced that the noes had prevailed.",
        "On motion to recommit Failed by the Yeas and Nays: 205 - 216 (Roll no. 26).",
        "Motion to reconsider laid on the table Agreed to without objection.",
        "Mr. Sample moved to suspend the rules and pass the bill, as amended.",
        "Rules Committee Resolution H. Res. 354 Reported to House.",
        "Message on Senate action sent to the House.",
        "Received in the Senate, read twice.",
        "Motion to Discharge Committee filed by Mr. Sample. Petition No: 119-5.",
        "Subcommittee on Samples Discharged.",
        "Committee recommended measure be held for further study",
        "DEBATE - The House proceeded with one hour of debate on the bill that was vetoed by nobody.",
    ],
)
def test_what_only_sounds_like_an_event_is_none(text: str) -> None:
    assert event_of(step("2026-03-02", text)) is None


def test_a_code_counts_before_words() -> None:
    told = step("2026-03-02", "Passed Senate.", "H37100", "8000")

    assert event_of(told) is Event.PASSED_HOUSE
    assert is_told_by_structure(told)
    assert not is_told_by_structure(step("2026-03-02", "Passed Senate.", "H99999"))


def test_a_kind_is_structure_as_well() -> None:
    told = StepFact(step("2026-03-02", "x").on, "Filed with the archivist.", kinds=("BecameLaw",))

    assert event_of(told) is Event.LAW
    assert is_told_by_structure(told)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Passed Senate without amendment by Voice Vote.", False),
        ("Passed Senate with an amendment by Unanimous Consent.", True),
        ("Passed Senate with amendments by Unanimous Consent.", True),
        ("On motion to suspend the rules and pass the bill, as amended Agreed to by voice vote.", True),
        ("Passed Senate by Voice Vote.", False),
    ],
)
def test_an_amended_passage_is_seen(text: str, changed: bool) -> None:
    assert changes_the_text(step("2026-03-02", text)) is changed


def test_a_very_long_step_is_read_by_its_beginning() -> None:
    assert event_of(step("2026-03-02", "Vetoed by Governor. " + "and " * 5000)) is Event.VETOED
    assert event_of(step("2026-03-02", "and " * 5000 + "referred to the committee")) is None

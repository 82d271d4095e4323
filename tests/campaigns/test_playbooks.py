"""Reading playbooks: sound ones as values, wrong ones as faults that name file and line."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from advocacy.bills.identifiers import BillKey
from advocacy.campaigns.faults import PlaybookFaults
from advocacy.campaigns.playbooks import Deadline, read, read_all
from advocacy.positions.stances import Stance
from tests.campaigns.sample import SHEET, VENUES, sample, write_sample


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PlaybookFaults) as found:
        read(folder, VENUES)
    return [str(fault) for fault in found.value.faults]


def with_sheet(tmp_path: Path, old: str, new: str) -> list[str]:
    """The faults of the sample once one passage of its `campaign.toml` reads differently."""
    folder = write_sample(tmp_path)
    assert old in SHEET
    (folder / "campaign.toml").write_text(SHEET.replace(old, new, 1), "utf-8")
    return faults_of(folder)


def with_text(tmp_path: Path, file: str, text: str | bytes) -> list[str]:
    folder = write_sample(tmp_path)
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return faults_of(folder)


def test_a_sound_playbook_is_read_whole(tmp_path: Path) -> None:
    found = sample(tmp_path)

    assert (found.name, found.title, found.review_days) == ("sample", "A sample campaign", 365)
    assert found.bill is not None and found.bill.key == BillKey("us", "119", "HR", 1144)
    assert (found.bill.stance, found.bill.text_version) == (Stance.SUPPORT_IF_AMENDED, "Introduced in House")
    assert [office.venue for office in found.letter.offices] == ["us_house", "us_senate"]
    assert [office.email for office in found.letter.offices] == [None, "samples@senate.example"]
    assert [note.language for note in found.notes] == ["en", "es"]
    assert found.testimony is not None and found.testimony.hearing_days == 17
    assert found.letter.implies_survivor and not found.testimony.letter.implies_survivor


def test_bill_testimony_and_spanish_may_be_left_out(tmp_path: Path) -> None:
    folder = write_sample(tmp_path)
    sheet = SHEET[: SHEET.index("[bill]")] + SHEET[SHEET.index("[deadlines]") : SHEET.index("[testimony]")]
    (folder / "campaign.toml").write_text(sheet)
    for file in ("invitation.es.md", "testimony.md", "testimony-spoken.md"):
        (folder / file).unlink()
    for file in ("position.md", "letter.md", "invitation.md"):
        (folder / file).write_text("# Title\n\nText.\n")

    found = read(folder, VENUES)

    assert found.bill is None and found.testimony is None and len(found.notes) == 1


def test_a_deadline_is_told_by_the_clocks_of_its_zone() -> None:
    begun = datetime(2026, 11, 23, 15, tzinfo=UTC)

    soft = Deadline(11, time(17)).instant(begun, "America/New_York")
    hard = Deadline(15, time(12)).instant(begun, "America/New_York")

    assert soft.isoformat() == "2026-12-04T17:00:00-05:00"
    assert hard.isoformat() == "2026-12-08T12:00:00-05:00"


def test_late_in_the_evening_the_day_of_the_zone_counts() -> None:
    past_midnight_in_utc = datetime(2026, 11, 24, 3, tzinfo=UTC)

    assert Deadline(0, time(23)).instant(past_midnight_in_utc, "America/New_York").day == 23


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "A sample campaign"', "", "line 1: “title” is missing: words in quotation marks."),
        ('"A sample campaign"', '" "', "line 1: “title” is empty."),
        ('"A sample campaign"', "5", "line 1: “title” must be words in quotation marks."),
        ("title =", "titel =", "line 1: A playbook does not know “titel”. Is it spelt right?"),
        (
            '"America/New_York"',
            '"America"',
            "line 3: “America” is not a time zone. Write it as America/New_York, Europe/Zurich or the like.",
        ),
        ('"America/New_York"', '"../etc/passwd"', "line 3: “../etc/passwd” is not a time zone."),
        ('"us 119 H.R. 1144"', '"xx 119 H.R. 1144"', "line 6: “xx” is not a place we know."),
        (
            "support_if_amended",
            "love",
            "line 7: “love” is not known here. Write one of: administrative, monitor",
        ),
        ('"17:00"', '"5 pm"', "line 11: “5 pm” is not a time of day. Write it as 17:00."),
        ("days = 11", "days = -1", "line 11: “days” must lie between 0 and 3650 days."),
        ("days = 11", "days = true", "line 11: “days” must be a whole number of days."),
        ("days = 11", "days = 16", "line 12: The hard deadline must not come before the soft one."),
        (
            "implies_survivor = true",
            'implies_survivor = "yes"',
            "line 15: “implies_survivor” must be true or false.",
        ),
        (
            "implies_survivor = true",
            "",
            "line 14: “letter.implies_survivor” is missing: true or false.",
        ),
        ('"us_house"', '"mars"', "line 21: “mars” is not known here. Write one of: us_house, us_senate."),
        (
            'salutation = "Dear Ranking Member:"',
            "",
            "line 23: “letter.recipients.1.salutation” is missing: words in quotation marks.",
        ),
        ("hearing_days = 17", 'place = ""', "line 33: “place” is empty."),
        ("[testimony]", "[testimny]", "line 30: A playbook does not know “testimny”. Is it spelt right?"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    faults = with_sheet(tmp_path, old, new)

    assert any(told.startswith(f"sample/campaign.toml, {fault}") for told in faults), faults


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (fault,) = with_sheet(tmp_path, 'zone = "America/New_York"', "zone = America")

    assert fault.startswith("sample/campaign.toml, line 3: ")


def test_a_missing_part_is_one_fault_and_not_one_for_each_line_in_it(tmp_path: Path) -> None:
    faults = with_sheet(tmp_path, SHEET[SHEET.index("[deadlines]") : SHEET.index("[letter]")], "")

    assert faults == ["sample/campaign.toml, line 1: “deadlines” is missing: a part headed [deadlines]."]


def test_a_letter_to_nobody_is_a_fault(tmp_path: Path) -> None:
    recipients = SHEET[SHEET.index("[[letter") : SHEET.index("[testimony]")]

    assert with_sheet(tmp_path, recipients, "") == [
        "sample/campaign.toml, line 14: “letter.recipients” is missing: parts headed [[letter.recipients]]."
    ]
    for wrong in ("recipients = []", "recipients = [5]"):
        folder = write_sample(tmp_path, wrong)
        (folder / "campaign.toml").write_text(SHEET.replace(recipients, wrong + "\n"), "utf-8")
        assert faults_of(folder) == [
            f"{wrong}/campaign.toml, line 17: There must be parts headed [[letter.recipients]]."
        ]


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("letter.md", "", "line 1: This file is empty."),
        ("letter.md", "Dear Chair\n", "line 1: The first line must be the title, after a # and a space."),
        ("letter.md", "# Title\n\n", "line 2: There is a title but no text below it."),
        ("letter.md", b"# Title\n\n\xff\xfe", "line 1: This file is not written in UTF-8."),
        ("letter.md", "# T\n\n{{ name }}\n", "line 3: Nothing fills “{{ name }}”. Known places: {{ bill }}"),
        ("letter.md", "# T\n\nDear {{\n", "line 3: There are curly brackets here that nothing fills."),
        ("letter.md", "# T\n\nFor $[amount].\n", "line 3: “[amount]” looks like a gap that was never"),
        ("position.md", "# T\n\nTODO say why\n", "line 3: “TODO” looks like a gap that was never filled."),
        ("invitation.es.md", "# T\n\nLorem ipsum dolor\n", "line 3: “Lorem ipsum” looks like a gap"),
        ("campaign.toml", b"\xff", "line 1: This file is not written in UTF-8."),
    ],
)  # fmt: skip
def test_a_wrong_text_is_told_with_its_line(tmp_path: Path, file: str, text: str | bytes, fault: str) -> None:
    (told,) = with_text(tmp_path, file, text)

    assert told.startswith(f"sample/{file}, {fault}")


@pytest.mark.parametrize(
    "file",
    ["campaign.toml", "position.md", "letter.md", "invitation.md", "testimony.md", "testimony-spoken.md"],
)
def test_a_missing_file_is_told_by_name(tmp_path: Path, file: str) -> None:
    folder = write_sample(tmp_path)
    (folder / file).unlink()

    assert faults_of(folder) == [f"sample/{file}, line 1: This file is missing."]


def test_a_link_and_a_single_curly_bracket_are_no_gaps(tmp_path: Path) -> None:
    folder = write_sample(tmp_path)
    (folder / "letter.md").write_text("# T\n\nSee [the law](https://law.example) and {this}.\n")

    assert read(folder, VENUES).letter.text.body == "See [the law](https://law.example) and {this}."


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write_sample(tmp_path)
    (folder / "campaign.toml").write_text(
        SHEET.replace("us_senate", "moon").replace("17:00", "soon"), "utf-8"
    )
    (folder / "letter.md").write_text("")

    assert [fault.split(":")[0] for fault in faults_of(folder)] == [
        "sample/campaign.toml, line 11",
        "sample/campaign.toml, line 27",
        "sample/letter.md, line 1",
    ]


def test_a_wrong_playbook_keeps_no_other_from_being_started(tmp_path: Path) -> None:
    write_sample(tmp_path, "good")
    (write_sample(tmp_path, "wrong") / "letter.md").unlink()
    (tmp_path / "README.md").write_text("Not a playbook.")

    shelf = read_all(tmp_path, VENUES)

    assert [one.name for one in shelf.playbooks] == ["good"]
    assert [str(fault) for fault in shelf.faults] == ["wrong/letter.md, line 1: This file is missing."]
    assert shelf.find("good") is shelf.playbooks[0] and shelf.find("wrong") is None


def test_no_folder_is_an_empty_shelf(tmp_path: Path) -> None:
    assert read_all(tmp_path / "nowhere", VENUES).playbooks == ()


def test_the_example_in_the_readme_is_a_sound_sheet(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "campaigns" / "README.md"
    example = readme.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    office = SHEET[SHEET.rindex("office =") :]

    folder = write_sample(tmp_path)
    (folder / "campaign.toml").write_text(example.replace("# as above", office), "utf-8")

    assert read(folder, VENUES).title == "What people in the office call it"

"""A bill's record in a campaign's folder, and what is wrong with one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from advocacy.bills.by_hand import BY_HAND, BadRecord, HandEntry, entry_snapshot, read_record
from advocacy.bills.status import Stage, standing
from advocacy.paths import CAMPAIGNS
from tests.bills import made, recorded

RECORD = CAMPAIGNS / "reauthorisation" / "bill.toml"
LEAST = 'reference = "us 119 hr 9001"\ntitle = "Wren Sample Act"\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "bill.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_demonstration_s_record_reads_and_stands_where_it_should() -> None:
    told = read_record(RECORD)

    found = standing(told.key, title=told.title, steps=told.steps or (), today=date(2026, 11, 23))

    assert told.key.reference == "us 119 H.R. 1144"
    assert found.stage is Stage.ORDERED_REPORTED
    assert told.as_of == datetime(2026, 6, 4, 12, tzinfo=UTC)


def test_the_demonstration_s_record_is_true(recordings: Path) -> None:
    told = read_record(RECORD)
    truth = recorded.read(recordings / "congress-v3-derived" / "119" / "hr" / "1144")

    assert (told.title, told.source, told.source_url) == (truth.title, truth.source, truth.source_url)
    assert (told.introduced_on, told.sponsors, told.referrals) == (
        truth.introduced_on,
        truth.sponsors,
        truth.referrals,
    )
    assert told.texts == truth.texts
    assert [(one.on, one.text, one.codes) for one in told.steps or ()] == [
        (one.on, one.text, one.codes) for one in truth.steps or ()
    ]


def test_a_record_needs_a_reference_and_a_title_and_no_more(tmp_path: Path) -> None:
    told = read_record(write(tmp_path, LEAST))

    assert (told.key, told.title, told.source) == (made.KEY, "Wren Sample Act", BY_HAND)
    assert (told.steps, told.sponsors, told.as_of) == ((), (), None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('title = "x"', r"reference: is missing"),
        ('reference = "us 119 hr 1"', r"title: is missing"),
        ('reference = "us 119 HB 1"\ntitle = "x"', r"reference: Congress has no “HB”"),
        (LEAST + "colour = 1", r"colour: is not a key we know"),
        (LEAST + 'introduced = "2025-02-07"', r"introduced: must be a day without quotes"),
        (LEAST + "introduced = 2025-02-07T10:00:00Z", r"introduced: must be a day"),
        (LEAST + "laws = 7", r"laws: must be a list of texts"),
        (LEAST + "source = true", r"source: must be text"),
        (LEAST + 'source_url = "javascript:alert(1)"', r"source_url: must be a web address"),
        (LEAST + "steps = 3", r"steps: must be a list of records"),
        (LEAST + 'steps = [{text = "x"}]', r"steps\[1\]\.on: a step needs its day"),
        (LEAST + "steps = [{on = 2025-02-07}]", r"steps\[1\]\.text: is missing"),
        (LEAST + 'cosponsors = [{name = "x"}, {nam = "y"}]', r"cosponsors\[2\]\.nam: is not a key"),
        (
            LEAST + "committees = [{name = 'x', activities = [{on = 2025-02-07}]}]",
            r"activities\[1\]\.what: is missing",
        ),
        (LEAST + "versions = [{type = 'x', url = 'ftp://x'}]", r"versions\[1\]\.url: must be a web address"),
        ("title = x\n" + LEAST, r"line 1"),
    ],
)
def test_a_wrong_record_names_the_file_and_the_key(tmp_path: Path, text: str, sentence: str) -> None:
    file = write(tmp_path, text)

    with pytest.raises(BadRecord, match=sentence) as raised:
        read_record(file)

    assert str(raised.value).startswith(f"{file}: ")


def test_a_missing_or_unreadable_record_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="cannot be read"):
        read_record(tmp_path / "none.toml")

    (tmp_path / "bill.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadRecord, match="bill.toml"):
        read_record(tmp_path / "bill.toml")


def test_what_is_typed_is_cleaned_and_an_empty_part_removes_nothing() -> None:
    typed = HandEntry(
        made.KEY, " Wren\x00 Sample Act ", sponsors=(" ", "Sen. Mẫu"), source_url="javascript:x"
    )

    told = entry_snapshot(typed)

    assert (told.title, told.source_url) == ("Wren Sample Act", "")
    assert [one.name for one in told.sponsors or ()] == ["Sen. Mẫu"]
    assert (told.steps, told.referrals, told.texts) == (None, None, None)

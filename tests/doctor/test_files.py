"""The files beside the database: each fault is made, and found."""

from collections import namedtuple
from pathlib import Path

import pytest

from advocacy.config import Config
from advocacy.doctor import files
from advocacy.doctor.files import check_files, room_left
from advocacy.doctor.finding import Finding, State
from advocacy.key_file import Keys

Disk = namedtuple("Disk", "total used free")


def findings(folder: Path, **settings: str) -> dict[str, Finding]:
    config = Config.from_environment({"VAR": str(folder), **settings})
    return {one.about: one for one in check_files(config)}


def test_whole_files_are_fine(tmp_path: Path) -> None:
    Keys.make(tmp_path / "keys" / "keys.json")

    found = findings(tmp_path / "var", KEYS_FILE=str(tmp_path / "keys" / "keys.json"))

    assert {one.state for one in found.values()} == {State.OK}
    assert not (tmp_path / "var").exists()


def test_a_missing_key_file_is_said_and_none_is_made(tmp_path: Path) -> None:
    assert findings(tmp_path)["KEYS_FILE"].state is State.WRONG
    assert list(tmp_path.iterdir()) == []


def test_keys_that_others_may_read_are_wrong(tmp_path: Path) -> None:
    Keys.make(tmp_path / "keys.json")
    (tmp_path / "keys.json").chmod(0o644)

    found = findings(tmp_path)["KEYS_FILE"]

    assert found.state is State.WRONG
    assert "chmod 0400" in found.line


def test_keys_in_one_folder_with_the_data_are_worth_a_look(tmp_path: Path) -> None:
    Keys.make(tmp_path / "keys.json")

    assert findings(tmp_path)["keys.apart"].state is State.LOOK


@pytest.mark.parametrize(
    ("setting", "file"), [("ERASURES_FILE", "erasures.jsonl"), ("JOURNAL_FILE", "journal.jsonl")]
)
def test_a_list_that_cannot_be_read_is_wrong(tmp_path: Path, setting: str, file: str) -> None:
    (tmp_path / file).write_text("not a line of ours\n")

    assert findings(tmp_path)[setting].state is State.WRONG


@pytest.mark.parametrize("setting", ["ERASURES_FILE", "JOURNAL_FILE"])
def test_a_list_that_cannot_be_written_is_wrong(
    tmp_path: Path, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "access", lambda _place, _mode: False)

    assert findings(tmp_path)[setting].state is State.WRONG


@pytest.mark.parametrize(
    ("free", "state"), [(10 * 1024**3, State.OK), (1024**3, State.LOOK), (1024**2, State.WRONG)]
)
def test_a_disk_is_said_to_be_full_before_it_is(
    tmp_path: Path, free: int, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _folder: Disk(free * 2, free, free))

    assert room_left(tmp_path).state is state

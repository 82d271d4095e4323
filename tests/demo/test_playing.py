"""The demo leaves what it says, and says so when a promise does not hold."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from advocacy.demo import playing, proving, stage
from advocacy.demo.cast import NOT_IN_A_LETTER, NOT_ON_THE_WEB
from advocacy.demo.playing import play
from advocacy.demo.telling import Broken
from tests.conftest import NOW


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "out"
    play(out, NOW)
    return out


def test_the_folder_holds_what_was_said(played: Path) -> None:
    assert {path.name for path in played.iterdir()} == {
        "roster.csv",
        "mail",
        "pages",
        "editions",
        "testimony.pdf",
        "manifest.json",
        "summary.md",
    }
    assert {path.name for path in (played / "editions").iterdir()} == {"edition-1.pdf", "edition-2.pdf"}
    assert all(page.name[:2].isdigit() for page in (played / "pages").iterdir())


def test_the_manifest_names_files_hashes_and_promises(played: Path) -> None:
    manifest = json.loads((played / "manifest.json").read_text("utf-8"))

    assert [paper["file"] for paper in manifest["papers"]] == [
        "editions/edition-1.pdf",
        "editions/edition-2.pdf",
        "testimony.pdf",
    ]
    assert all(len(paper["sha256"]) == 64 for paper in manifest["papers"])
    assert len(manifest["promises"]) == 7


def test_nobody_stands_in_the_folder_but_in_the_roster_and_where_she_agreed(played: Path) -> None:
    told = [(path, NOT_IN_A_LETTER) for path in (*played.glob("*.md"), *played.glob("*.json"))]
    shown = [(path, NOT_ON_THE_WEB) for path in played.glob("pages/*public*")]

    assert len(shown) == 2
    for path, names in (*told, *shown):
        said = path.read_text("utf-8")
        assert not any(name in said for name in names), path.name


@pytest.fixture
def one_line_more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Our own printer, gone wrong: it adds somebody who asked only to be counted."""
    prove = proving._text
    monkeypatch.setattr(proving, "_text", lambda printed: f"{prove(printed)} Dee Counted-Only")
    yield


@pytest.mark.usefixtures("one_line_more")
def test_a_broken_promise_is_said_without_the_name(tmp_path: Path) -> None:
    with pytest.raises(Broken) as broken:
        play(tmp_path / "out", NOW)

    assert "edition-1" in str(broken.value)
    assert "Dee" not in str(broken.value)


def test_a_step_that_answers_wrongly_is_a_broken_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.Album, "keep", _refuse)

    with pytest.raises(Broken, match="answered 500"):
        play(tmp_path / "out", NOW)


def _refuse(album: stage.Album, name: str, page: object, *, status: int = 200) -> str:
    raise playing.WrongTurn(f"{name} answered 500 instead of {status}")

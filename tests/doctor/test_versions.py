"""Programs and libraries: too old or missing is said."""

import pytest

from advocacy.doctor import versions
from advocacy.doctor.finding import State
from advocacy.letters.faults import MissingFont


def test_this_machine_is_fine() -> None:
    assert [one.line for one in versions.check_versions() if one.state is not State.OK] == []


@pytest.mark.parametrize(
    ("what", "old"), [("Python", "3.10.9"), ("WeasyPrint", "69.1"), ("SQLite", "3.39.4"), ("Pango", "1.48.0")]
)
def test_an_old_version_is_wrong(what: str, old: str) -> None:
    assert versions.new_enough(what, old).state is State.WRONG


def test_a_missing_reader_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.shutil, "which", lambda _name: None)

    assert _found("pdftotext").state is State.WRONG


def test_missing_fonts_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.fonts, "missing_packages", lambda: ("fonts-noto-cjk",))
    assert _found("fonts").state is State.LOOK

    def refuse() -> None:
        raise MissingFont("none")

    monkeypatch.setattr(versions.fonts, "refuse_missing_text_fonts", refuse)
    assert _found("fonts").state is State.WRONG


def _found(about: str) -> versions.Finding:
    return next(one for one in versions.check_versions() if one.about == about)

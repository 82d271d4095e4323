"""Every character has a picture, or nothing is printed."""

import re

import pytest

from advocacy.letters import fonts
from advocacy.letters.faults import CannotPrint, MissingFont, MissingGlyph, UnsafeCharacter
from advocacy.paths import LETTERS
from tests.letters.paper import SCRIPTS


def test_the_style_sheet_names_our_families_in_our_order() -> None:
    css = (LETTERS / "fonts.css").read_text(encoding="utf-8")

    assert tuple(re.findall(r'"([^"]+)"', css)) == fonts.FAMILIES


@pytest.mark.parametrize(
    "name", [*SCRIPTS, "עברית", "उदाहरण", "ภาษาไทย", "한국어", "日本語", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ელ", "Ǩ"]
)
def test_names_of_many_scripts_have_pictures(name: str) -> None:
    fonts.refuse_unprintable(name)


def test_a_missing_picture_is_named_with_its_code_point() -> None:
    with pytest.raises(MissingGlyph, match=r"“🦊” \(U\+1F98A, fox face\)"):
        fonts.refuse_unprintable("Wren 🦊 Sample")


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\u2066", "\x00", "\x1b", "\ufeff", "\u2028", "\ue000", "\u200e"]
)
def test_hidden_characters_are_refused(hidden: str) -> None:
    with pytest.raises(UnsafeCharacter, match=rf"U\+{ord(hidden):04X}"):
        fonts.refuse_unprintable(f"Wren{hidden}Sample")


@pytest.mark.parametrize("joined", ["می\u200cشود", "क्\u200dष", "two\nlines", "hard\u00a0space"])
def test_joiners_and_white_space_are_let_through(joined: str) -> None:
    fonts.refuse_unprintable(joined)


def test_a_combining_mark_counts_as_printable() -> None:
    fonts.refuse_unprintable("Nguye\u0302\u0303n")


def test_a_missing_font_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {name: path for name, path in fonts._installed().items() if "CJK" not in name}
    monkeypatch.setattr(fonts, "_installed", lambda: installed)

    with pytest.raises(MissingFont, match=r"U\+674E.*fonts-noto-cjk"):
        fonts.refuse_unprintable("李示例")


def test_without_its_typeface_no_letter_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", dict)

    with pytest.raises(MissingFont, match="fonts-noto-core"):
        fonts.refuse_missing_text_fonts()


def test_every_refusal_can_be_caught_as_one() -> None:
    assert all(issubclass(kind, CannotPrint) for kind in (MissingFont, MissingGlyph, UnsafeCharacter))


def test_nothing_is_missing_on_a_machine_that_was_set_up() -> None:
    assert fonts.missing_packages() == ()


def test_fonts_are_looked_for_where_debian_and_macos_keep_them() -> None:
    places = [str(folder) for folder in fonts.folders(fonts.Path("/home/wren"))]

    assert "/usr/share/fonts" in places
    assert "/home/wren/Library/Fonts" in places

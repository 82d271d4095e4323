"""What each venue does with what it gets, and every fault of a venue file by name."""

import re
from datetime import date
from pathlib import Path

import pyphen
import pytest

from advocacy.letters import venues
from advocacy.paths import LETTERS
from advocacy.positions.stances import Stance

GOOD = (LETTERS / "venues" / "us_house.toml").read_text(encoding="utf-8")


def _faults(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(venues.BadVenues) as raised:
        venues.load(folder)
    return raised.value.faults


def _grade(text: str) -> float:
    words = re.findall(r"[A-Za-z']+", text)
    parts = pyphen.Pyphen(lang="en_US")
    syllables = sum(1 + len(parts.positions(word)) for word in words)
    return 0.39 * len(words) / len(re.findall(r"[.!?]", text)) + 11.8 * syllables / len(words) - 15.59


def test_the_venues_of_the_first_letters_are_known() -> None:
    assert {"us_house", "us_senate", "md_general_assembly", "federal_agency"} <= set(venues.known())


@pytest.mark.parametrize("key", sorted(venues.load(LETTERS / "venues")))
def test_a_signer_is_told_in_plain_words_what_becomes_public(key: str) -> None:
    venue = venues.known()[key]

    assert _grade(venue.becomes_public("en")) <= 6
    assert venue.becomes_public("es-MX") == venue.what_becomes_public["es"]
    assert venue.becomes_public("fr") == venue.what_becomes_public["en"]


def test_a_venue_that_posts_says_so_and_one_we_do_not_know_is_taken_to() -> None:
    assert not any(map(venues.is_public, ("us_house", "us_senate")))
    assert venues.is_public("md_general_assembly")
    assert venues.is_public("somewhere_else")


def test_each_venue_has_its_own_word() -> None:
    assert venues.stance_word("md_general_assembly", Stance.SUPPORT_IF_AMENDED) == "Favorable with amendments"
    assert venues.stance_word("us_house", "support_if_amended") == "Support if amended"
    assert venues.stance_word("somewhere_else", "oppose") == "Oppose"


def test_a_word_that_loses_meaning_comes_with_a_warning() -> None:
    maryland = venues.known()["md_general_assembly"].stances

    assert maryland["oppose_unless_amended"].loses_meaning
    assert not maryland["support"].loses_meaning


def test_watching_a_bill_has_no_printed_word_anywhere() -> None:
    assert not any("monitor" in venue.stances for venue in venues.known().values())


def test_a_document_is_measured_against_the_page_limit() -> None:
    assert venues.known()["md_general_assembly"].pages_over(5) == 3
    assert venues.known()["us_house"].pages_over(50) == 0


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "U.S. House of Representatives"', "", "broken.toml, name: is missing."),
        ('paper = "letter"', 'paper = "legal"', "broken.toml, paper: must be letter or a4."),
        ("posts_on_web = false", 'posts_on_web = "no"', "broken.toml, posts_on_web: must be true or false."),
        (
            "last_checked = 2026-11-23",
            'last_checked = "soon"',
            "broken.toml, last_checked: must be a date such as",
        ),
        ("public_record", "publik_record", "broken.toml, publik_record: is not a known key."),
        ("{measure}", "{signer}", "broken.toml, file_name: {signer} cannot be filled in."),
        ("{measure}", "{measure", "broken.toml, file_name: its brackets do not match."),
        ("{measure}", "/{measure}", "broken.toml, file_name: may hold letters, digits"),
        ("es = ", "xx = ", "broken.toml, what_becomes_public.es: is missing."),
        (
            'neutral = { word = "Neutral", short',
            "neutral = { short",
            "broken.toml, stances.neutral: needs a word",
        ),
        ("neutral =", "neutrall =", "broken.toml, stances.neutrall: is no stance"),
        ("[stances]", "[stances]\nmonitor = { word = 'x', short = 'x' }", "stances.monitor: is no stance"),
        ("[stances]", "[stances", "broken.toml: "),
    ],
)
def test_a_fault_names_its_file_and_its_key(old: str, new: str, fault: str, tmp_path: Path) -> None:
    assert any(fault in found for found in _faults(tmp_path, GOOD.replace(old, new, 1)))


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("paper = 3")

    faults = _faults(tmp_path, 'name = ""')

    assert any(fault.startswith("broken.toml, name: must be some words") for fault in faults)
    assert any(fault.startswith("other.toml, paper: must be some words") for fault in faults)


def test_every_venue_says_where_its_rules_come_from() -> None:
    for venue in venues.known().values():
        assert venue.source
        assert venue.last_checked >= date(2026, 11, 23)

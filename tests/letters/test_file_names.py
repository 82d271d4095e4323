"""What a sent file is called."""

import re
from datetime import date

import pytest

from advocacy.letters import file_names, venues
from advocacy.letters.content import Line
from tests.letters.paper import a_testimony, letter

TODAY = date(2026, 12, 4)


def test_a_file_is_named_by_its_venues_custom() -> None:
    assert file_names.edition_file_name("md_general_assembly", a_testimony(), TODAY, 1) == "HB0417_EN_FAV.pdf"
    for title in ("Support if amended: H.R. 1144", "Support if amended – H.R. 1144"):
        assert file_names.edition_file_name("us_house", letter(title=title), TODAY, 3) == (
            "EN_Letter_HR1144_Support-if-amended_2026-12-04_EN_v3.pdf"
        )


@pytest.mark.parametrize("key", [*sorted(venues.known()), ""])
def test_no_two_editions_share_a_name_on_one_day(key: str) -> None:
    for said in (letter(), letter(title="A very long title indeed: " * 9), a_testimony()):
        names = {file_names.edition_file_name(key, said, TODAY, edition) for edition in range(1, 13)}

        assert len(names) == 12


@pytest.mark.parametrize("key", [*sorted(venues.known()), ""])
def test_a_file_name_is_short_plain_and_names_no_signer(key: str) -> None:
    long = letter(title="Ünusually long título / with: <odd> signs, " * 9, version_label="v" * 300)
    for said in (letter(), long, a_testimony(witness=Line("Zora Sample"))):
        name = file_names.edition_file_name(key, said, TODAY, 2)

        assert re.fullmatch(r"[A-Za-z0-9_-]+\.pdf", name)
        assert len(name) < 80
        assert "Zora" not in name

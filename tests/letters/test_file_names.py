"""What a sent file is called."""

import re
from datetime import UTC, datetime

import pytest

from advocacy.letters import file_names, venues
from advocacy.letters.content import Line
from tests.letters.paper import a_testimony, letter

NOW = datetime(2026, 12, 4, 20, tzinfo=UTC)


def test_a_file_is_named_by_its_venues_custom() -> None:
    assert file_names.edition_file_name("md_general_assembly", a_testimony(), NOW) == "HB0417_EN_FAV.pdf"
    said = letter(title="Support if amended: H.R. 1144")
    assert file_names.edition_file_name("us_house", said, NOW) == (
        "EN_Letter_HR1144_Support-if-amended_2026-12-04_EN_v3.pdf"
    )


@pytest.mark.parametrize("key", [*sorted(venues.known()), ""])
def test_a_file_name_is_short_plain_and_names_no_signer(key: str) -> None:
    long = letter(title="Ünusually long título / with: <odd> signs, " * 9, version_label="v" * 300)
    for said in (letter(), long, a_testimony(witness=Line("Zora Sample"))):
        name = file_names.edition_file_name(key, said, NOW)

        assert re.fullmatch(r"[A-Za-z0-9_-]+\.pdf", name)
        assert len(name) < 80
        assert "Zora" not in name

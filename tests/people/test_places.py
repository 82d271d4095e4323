"""States by either spelling, and the regions around them."""

import pytest

from advocacy.people.places import REGIONS, STATES, read_state, region_of


def test_every_state_lies_in_exactly_one_region() -> None:
    assert sorted(state for states in REGIONS.values() for state in states) == sorted(STATES)
    assert all(region_of(state) for state in STATES)


@pytest.mark.parametrize(
    ("text", "state"),
    [("OH", "OH"), ("oh", "OH"), ("O.H.", "OH"), ("Ohio", "OH"), (" new  york ", "NY"), ("D.C.", "DC")]
    + [("District of Columbia", "DC"), ("the District of Columbia", "DC"), ("Puerto Rico", "PR")],
)
def test_a_state_is_known_by_either_spelling(text: str, state: str) -> None:
    assert read_state(text) == state


@pytest.mark.parametrize("text", ["", "XX", "Ohi", "Atlantis", "OH; DROP TABLE", "Ontario"])
def test_what_is_not_a_state_is_none(text: str) -> None:
    assert read_state(text) is None


def test_nowhere_has_no_region() -> None:
    assert region_of("XX") is None

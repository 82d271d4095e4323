"""The table of who may open what."""

import pytest

from advocacy.people.access import OPEN_PAGES, TABLE, clashes, is_open, may
from advocacy.people.roles import Role


def test_a_page_nobody_listed_is_closed_to_every_role() -> None:
    assert not may(list(Role), "office.something_new")


def test_nobody_without_a_role_opens_a_listed_page() -> None:
    assert not any(may([], endpoint) for endpoint in TABLE)


def test_every_listed_page_is_open_to_somebody() -> None:
    assert all(TABLE.values())


def test_the_way_in_is_open_to_anybody() -> None:
    assert all(may([], endpoint) for endpoint in OPEN_PAGES)


@pytest.mark.parametrize("endpoint", ["signer.door", "site.home", "demo.who"])
def test_the_doors_without_a_guard_are_open(endpoint: str) -> None:
    assert is_open(endpoint)


def test_no_page_stands_in_the_table_and_is_open_as_well() -> None:
    assert not [endpoint for endpoint in TABLE if is_open(endpoint)]


def test_whoever_keeps_the_roster_should_not_run_the_sign_ons() -> None:
    held = [Role.MEMBERSHIP_COFACILITATOR, Role.PWG_COFACILITATOR, Role.STEERING]

    assert clashes(held) == ((Role.MEMBERSHIP_COFACILITATOR, Role.PWG_COFACILITATOR),)
    assert clashes([Role.STEERING, Role.PWG_MEMBER]) == ()

"""The custodians' copies of the keys: which count today, and until when."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.key_file import Keys
from advocacy.people.custody import GRACE, Copies, CopiesMissing, Stands, check_copies, copies, prove
from advocacy.people.roles import Role
from advocacy.rotating import rotate
from advocacy.vault import active_key, open_database
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "apart" / "keys.json"
    Keys.make(found)
    return found


@pytest.fixture
def house(database_url: str, path: Path) -> Iterator[Database]:
    """An installation with keys of its own, which may be renewed."""
    opened = open_database(database_url, path)
    yield opened
    opened.close()


@pytest.fixture
def custodians(house: Database, now: datetime) -> tuple[UUID, UUID]:
    with house.transaction() as session:
        return make.prove_copies(session, now)


def told(house: Database, day: date) -> Copies:
    with house.reading() as session:
        return copies(session, day)


def renewed_on(house: Database, day: date) -> None:
    rotate(house)
    with house.transaction() as session:
        active_key(session, alone=True).since = day


def test_two_proved_copies_are_enough_without_an_end(
    house: Database, custodians: tuple[UUID, UUID], now: datetime
) -> None:
    found = told(house, now.date())

    assert (found.counting, found.lasting, found.are_enough, found.enough_until) == (2, 2, True, None)
    assert {one.person_id for one in found.proved} == set(custodians)


def test_one_copy_is_not_enough_nor_one_person_twice(house: Database, path: Path, now: datetime) -> None:
    with house.transaction() as session:
        kim = make.hand(session, "Kim Desk", Role.CUSTODIAN, now=now)
        make.hand(session, "Toni Desk", Role.CUSTODIAN, now=now)
        for _ in range(2):
            prove(session, Keys.read(path), kim, now.date())
        with pytest.raises(CopiesMissing):
            check_copies(session, now.date())

    found = told(house, now.date())
    assert [one.stands for one in found.proved if one.person_id != kim] == [Stands.NEVER]
    assert found.counting == 1


def test_whose_term_is_over_keeps_no_letter_open(
    house: Database, custodians: tuple[UUID, UUID], now: datetime
) -> None:
    after = now.date() + timedelta(days=366)

    assert told(house, after) == Copies(())
    with house.reading() as session, pytest.raises(CopiesMissing):
        check_copies(session, after)


@pytest.mark.parametrize(
    ("later", "stands", "enough"),
    [(timedelta(), Stands.FOR_NOW, True), (GRACE, Stands.FOR_NOW, True), (GRACE + DAY, Stands.OLD, False)],
)
def test_copies_of_before_a_rotation_count_for_two_weeks(
    house: Database,
    custodians: tuple[UUID, UUID],
    now: datetime,
    later: timedelta,
    stands: Stands,
    enough: bool,
) -> None:
    renewed_on(house, now.date())

    found = told(house, now.date() + later)

    assert {one.stands for one in found.proved} == {stands}
    assert found.are_enough is enough
    assert found.enough_until == (now.date() + GRACE if enough else None)
    assert found.lasting == 0


def test_a_second_rotation_ends_the_two_weeks_of_the_first(
    house: Database, custodians: tuple[UUID, UUID], now: datetime
) -> None:
    renewed_on(house, now.date())
    renewed_on(house, now.date() + DAY)

    assert {one.stands for one in told(house, now.date() + DAY).proved} == {Stands.OLD}


def test_one_new_copy_and_one_of_before_are_enough_until_that_one_ends(
    house: Database, path: Path, custodians: tuple[UUID, UUID], now: datetime
) -> None:
    renewed_on(house, now.date())
    with house.transaction() as session:
        prove(session, Keys.read(path), custodians[0], now.date())

    found = told(house, now.date())

    assert (found.counting, found.lasting, found.enough_until) == (2, 1, now.date() + GRACE)
    assert told(house, now.date() + GRACE + DAY).counting == 1

"""She asks us to rest: an explicit choice, a day she can read, and back again when she wants."""

from datetime import date

import pytest

from advocacy.people.models import Person
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

PAUSE = "Do not ask me anything for a while"


def page(house: House) -> Phone:
    return house.phone(house.cast.dee).press("More ways to stop").press(PAUSE)


def rests(house: House) -> date | None:
    with house.database.reading() as session:
        return session.get_one(Person, house.cast.dee).rests_until


@pytest.mark.parametrize(
    ("choices", "until"),
    [
        ({"answer": "month"}, date(2026, 12, 23)),
        ({"answer": "three"}, date(2027, 2, 23)),
        ({"answer": "six"}, date(2027, 5, 23)),
        ({"answer": "day", "day": "2027-01-31"}, date(2027, 1, 31)),
    ],
)
def test_nothing_is_asked_of_her_until_the_day_she_chose(
    house: House, choices: dict[str, str], until: date
) -> None:
    phone = page(house)
    assert phone.ticked == []
    phone.press("Go on", **choices)

    assert rests(house) == until
    assert f"We will not ask you anything until {until.day} {until:%B} {until.year}." in phone.state


def test_a_bare_press_changes_nothing_and_says_so(house: House) -> None:
    before = house.rows()
    phone = page(house).press("Go on", 422)

    assert "Please choose one. Nothing was changed." in phone.words
    assert house.rows()["person"] == before["person"]


@pytest.mark.parametrize("day", ["", "soon", "2026-11-23", "2020-01-01", "2099-01-01", "2026-13-40"])
def test_a_day_that_cannot_be_is_said_to_be_none_and_her_choice_stays(house: House, day: str) -> None:
    phone = page(house).press("Go on", 422, answer="day", day=day)

    assert "Please choose a day from tomorrow on, within two years." in phone.words
    assert phone.ticked == ["answer=day"]
    assert rests(house) is None


def test_no_leaves_everything_and_twice_is_once(house: House) -> None:
    page(house).press("Go on", answer="no")
    assert rests(house) is None
    page(house).press("Go on", answer="month")
    page(house).press("Go on", answer="month")
    assert rests(house) == date(2026, 12, 23)


def test_she_may_be_asked_again_when_she_says_so(house: House) -> None:
    page(house).press("Go on", answer="six")
    phone = page(house)
    assert "For now we leave you alone until 23 May 2027." in phone.words
    phone.press("Go on", answer="again")

    assert "We may ask you again." in phone.state
    assert rests(house) is None

"""Three acts on one page, at every stage; each an explicit choice, none ticked, none with a reason."""

from collections.abc import Callable

import pytest

from advocacy.people.models import Person
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone
from tests.web.signer.test_leaving import goes_out, off, signs


def ways(house: House) -> Phone:
    phone = house.phone(house.cast.wren)
    return phone.press("More ways to stop")


def never_signed(house: House, clock: Clock) -> None:
    """She was asked and has not answered."""


def signed(house: House, clock: Clock) -> None:
    signs(house)


def sent(house: House, clock: Clock) -> None:
    signs(house)
    goes_out(house)


def closed(house: House, clock: Clock) -> None:
    clock.forward(days=20)


def closed_over_her(house: House, clock: Clock) -> None:
    signs(house)
    clock.forward(days=20)


def taken_off(house: House, clock: Clock) -> None:
    signs(house)
    off(house)


def said_no(house: House, clock: Clock) -> None:
    house.phone(house.cast.wren).press("No, and do not ask").press("Go on", answer="yes")


STAGES = {
    never_signed: ["no_more", "mail", "erase", "none"],
    signed: ["off", "mail", "erase", "none"],
    sent: ["off", "mail", "erase", "none"],
    closed: ["mail", "erase", "none"],
    closed_over_her: ["off", "mail", "erase", "none"],
    taken_off: ["no_more", "mail", "erase", "none"],
    said_no: ["mail", "erase", "none"],
}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_every_act_stands_on_one_page_at_every_stage(
    house: House, clock: Clock, stage: Callable[[House, Clock], None]
) -> None:
    stage(house, clock)
    phone = ways(house)

    assert phone.options["act"] == STAGES[stage]
    assert phone.ticked == []
    assert not phone.soup.find_all(["textarea", "select"])
    assert ("Your name is not on this letter." in phone.words) == ("off" not in STAGES[stage])


def test_a_bare_press_does_nothing_and_says_so(house: House) -> None:
    signs(house)
    phone = ways(house)
    before = house.rows()

    phone.press("Go on", 422)

    assert "Please choose one. Nothing was changed." in phone.words
    assert house.rows() == before


def test_taking_off_from_there_is_one_choice_and_one_press(house: House) -> None:
    signs(house)
    phone = ways(house).press("Go on", act="off")

    assert phone.state == "Done. We took your name off."
    assert len(house.consents()) == 4


def test_stopping_mail_there_takes_no_name_off(house: House) -> None:
    signs(house)
    phone = ways(house).press("Go on", act="mail")

    assert phone.state == "Done. We will send you no more emails. What you signed stays as it is."
    assert len(house.consents()) == 8
    with house.database.reading() as session:
        assert session.get_one(Person, house.cast.wren).mail_stopped_on is not None


def test_no_more_questions_is_said_there_too(house: House) -> None:
    ways(house).press("Go on", act="no_more")

    assert house.invitation(house.cast.wren).declined_on is not None


def test_back_leads_to_where_she_was(house: House) -> None:
    signs(house)
    before = house.rows()
    phone = ways(house).press("Go on", act="none")

    assert phone.state == "You have signed."
    assert {name: rows for name, rows in house.rows().items() if name != "link"} == {
        name: rows for name, rows in before.items() if name != "link"
    }


def test_before_she_chooses_she_reads_where_copies_went(house: House) -> None:
    sent(house, Clock(house.now))

    words = ways(house).words

    assert "The Honorable Sample Chair, on 23 November 2026" in words
    assert "We cannot take those copies back." in words


def test_what_is_not_offered_is_not_done(house: House) -> None:
    signs(house)
    key = house.key(house.cast.wren)
    house.client.post("/s/leave", data={"key": key, "act": "no_more"})

    assert house.invitation(house.cast.wren).declined_on is None
    assert len(house.consents()) == 8

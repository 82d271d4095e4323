"""Count me now, show my name once confirmed: the whole way, and every way around it that a link might try."""

import pytest

from advocacy.people.raising import raises_waiting, refuse_raise
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

WAY = "Count me now, show my name once confirmed"
NOT_YET = "Not yet. You are only counted now."


def dee_asks(house: House) -> Phone:
    phone = house.phone(house.cast.dee).press(WAY)
    return phone.choose(form_recipient="later.chosen_name", form_web="count_only", form_press="count_only")


def test_dee_may_ask_for_more_and_is_only_counted(house: House) -> None:
    phone = house.phone(house.cast.dee).press(WAY)
    assert phone.ticked == []
    assert phone.options["recipient"][0] == "count_only"
    assert "Until then you are only counted." in phone.words

    phone = dee_asks(house)
    assert NOT_YET in phone.words
    phone.press("Sign", agree="yes")

    assert house.forms()["recipient"] == "chosen_name"
    with house.database.reading() as session:
        assert len(raises_waiting(session)) == 1


def test_her_page_says_that_it_is_not_shown_yet_and_then_that_it_never_is(house: House) -> None:
    phone = dee_asks(house).press("Sign", agree="yes")
    assert NOT_YET in phone.press("Show how I appear").words

    with house.database.transaction() as session:
        refuse_raise(session, raises_waiting(session)[0].id, by=house.cast.lee, today=house.now.date())
    again = house.phone(house.cast.dee).press("Show how I appear")
    assert NOT_YET not in again.words
    assert "Dee" not in again.words


@pytest.mark.parametrize(
    "value", ["chosen_name", "full_name", "later.", "later.everything", "later.count_only"]
)
def test_a_form_above_her_limit_is_never_taken_without_the_raise(house: House, value: str) -> None:
    phone = house.phone(house.cast.dee).press(WAY)
    before = house.rows()
    sent = {"key": phone.key, "more": "1", "text": phone.soup.select_one("#choices [name=text]")["value"]}  # type: ignore[index]
    choices = {f"form-{audience}": value for audience in ("recipient", "web", "press")}

    for path in ("/s/check", "/s/sign"):
        answer = phone.client.post(path, data={**sent, **choices, "agree": "yes", "mark": "x"})
        assert answer.status_code != 200
    assert house.rows() == before


def test_a_link_can_not_turn_a_look_at_less_into_a_wish_for_more(house: House) -> None:
    phone = house.phone(house.cast.dee).press("Count me, no name")
    answer = phone.client.post(
        "/s/sign",
        data={
            **phone.fields(phone.soup.select_one("#signing")),
            "agree": "yes",
            "form-web": "later.full_name",
        },  # type: ignore[arg-type]
    )

    assert answer.status_code != 200 or house.consents() == []
    assert house.consents() == []


def test_whoever_chooses_within_her_limit_is_offered_nothing_above_it(house: House) -> None:
    phone = house.phone(house.cast.river).press("Choose for each")

    assert not any("later." in value for values in phone.options.values() for value in values)

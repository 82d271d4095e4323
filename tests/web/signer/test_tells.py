"""A private word at the door when the chosen name leads to the others she goes by. Never a refusal."""

from sqlalchemy import select

from advocacy.people.limits import Form
from advocacy.signons.models import Notice
from tests.make import EVERYTHING, ask_alone, person
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

SAYS = "It could lead to you."


def phone_of(house: House, chosen_name: str) -> Phone:
    with house.database.transaction() as session:
        found = person(session, "Maria Sample", now=house.now, limits=EVERYTHING, chosen_name=chosen_name)
        ask_alone(session, house.version.letter_id, found.id, house.now)
        id = found.id
    return house.phone(id)


def test_she_is_told_before_she_chooses_and_before_she_signs(house: House) -> None:
    phone = phone_of(house, "Maria Oak").press("Choose for each")
    assert SAYS in phone.words
    phone.choose(form_recipient=Form.CHOSEN_NAME, form_web=Form.COUNT_ONLY, form_press=Form.COUNT_ONLY)
    assert SAYS in phone.words

    phone.press("Sign", agree="yes")
    assert house.forms()["recipient"] == Form.CHOSEN_NAME
    with house.database.reading() as session:
        assert all(SAYS not in notice.body for notice in session.scalars(select(Notice)))


def test_a_name_that_leads_nowhere_is_not_warned_of(house: House) -> None:
    assert SAYS not in phone_of(house, "River").press("Choose for each").words


def test_no_word_where_another_form_is_chosen(house: House) -> None:
    phone = phone_of(house, "Maria Oak").press("Choose for each")
    phone.choose(form_recipient=Form.INITIALS, form_web=Form.COUNT_ONLY, form_press=Form.COUNT_ONLY)

    assert SAYS not in phone.words

"""After her name is off: putting it back from the same link, and what becomes of copies that are out."""

from sqlalchemy import select

from advocacy.editions.models import CorrectionWish
from advocacy.people.models import MailMode, Person
from tests.make import CHOSEN, COUNTED, FULL, sign
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone
from tests.web.signer.test_leaving import goes_out, off, signs


def offers_back(phone: Phone) -> bool:
    return "Put my name back" in phone.buttons


def test_the_same_link_puts_her_name_back_as_it_was(house: House, clock: Clock) -> None:
    signs(house, recipient=FULL, web=CHOSEN)
    before = house.forms()
    phone = off(house)
    assert "You can put it back as it was until 30 November 2026." in phone.words
    clock.forward(days=6)

    phone = Phone(house.client, key=phone.key).open().press("Put my name back")
    assert "Wren Sample" in phone.words and "Wrenna" in phone.words
    assert phone.ticked == []
    phone.press("Go on", answer="yes")

    assert phone.state == "Done. Your name is back as it was."
    assert house.forms() == before
    assert house.phone(house.cast.wren).state == "You have signed."


def test_after_seven_days_the_link_offers_nothing_to_put_back(house: House, clock: Clock) -> None:
    signs(house)
    phone = off(house)
    asked = house.client.post("/s/put-back", data={"key": phone.key})
    clock.forward(days=8)

    assert "Yes, put it back" in asked.text
    assert not offers_back(house.phone(house.cast.wren))
    late = house.client.post(
        "/s/put-back", data={"key": phone.key, "answer": "yes", "back": "recipient count"}
    )
    assert late.status_code == 409
    assert "It cannot be put back now." in late.text
    assert len(house.consents()) == 4


def test_a_bare_press_puts_nothing_back_and_says_so(house: House) -> None:
    signs(house)
    phone = off(house).press("Put my name back")
    before = house.rows()

    phone.press("Go on", 422)

    assert "Please choose yes or no. Nothing was changed." in phone.words
    assert house.rows() == before


def test_not_now_leaves_it_off_and_it_can_still_come_back(house: House) -> None:
    signs(house)
    phone = off(house).press("Put my name back").press("Go on", answer="no")

    assert phone.state == "We took your name off."
    assert offers_back(phone)


def test_off_for_good_cannot_be_put_back(house: House) -> None:
    signs(house)
    phone = off(house).press("Put my name back").press("Go on", answer="never")

    assert phone.state == "Done. Your name stays off."
    assert not offers_back(house.phone(house.cast.wren))


def test_nothing_names_her_until_she_asks_to_put_it_back(house: House) -> None:
    signs(house, recipient=FULL, web=CHOSEN)
    phone = off(house)

    for page in (phone, house.phone(house.cast.wren)):
        assert "Wren" not in page.answer.text


def test_where_her_mail_may_be_read_the_link_alone_puts_nothing_back(house: House) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.wren, house.now, FULL)
        session.get_one(Person, house.cast.wren).mail_mode = MailMode.WATCHED
    key = house.key(house.cast.wren)
    house.client.post("/s/withdraw", data={"key": key, "answer": "yes"})

    for path in ("/s/put-back", "/s/correct", "/s/leave"):
        answer = house.client.post(path, data={"key": key, "answer": "yes", "back": "recipient"})
        assert "Your word" in answer.text
        assert "back" not in Phone(house.client).see(answer).state
    assert house.consents() == []


# ---- copies that are out


def test_she_chooses_whether_the_office_is_asked_to_use_a_new_copy(house: House) -> None:
    signs(house)
    goes_out(house)
    phone = off(house)
    assert "Should we send them a new copy?" in phone.words
    assert phone.ticked == []

    phone.press("Tell us", answer="yes")

    assert phone.state.startswith("Done. We will send a new copy")
    assert wishes(house) == 1
    again = house.phone(house.cast.wren)
    assert "It has not gone yet: The Honorable Sample Chair." in again.words
    again.press("Tell us", answer="no")
    assert again.state == "Done. We will not draw attention to it."
    assert wishes(house) == 0


def wishes(house: House) -> int:
    with house.database.reading() as session:
        return len(session.scalars(select(CorrectionWish)).all())


def test_she_reads_when_the_new_copy_left(house: House) -> None:
    signs(house)
    goes_out(house)
    off(house).press("Tell us", answer="yes")
    goes_out(house)

    words = house.phone(house.cast.wren).words

    assert "A new copy without your line went to The Honorable Sample Chair, on 23 November 2026." in words
    assert "Should we send them" not in words


def test_a_press_without_a_choice_asks_nothing_of_anybody(house: House) -> None:
    signs(house)
    goes_out(house)
    phone = off(house).press("Tell us", 422)

    assert "Please choose yes or no. Nothing was changed." in phone.words
    assert wishes(house) == 0


def test_whoever_was_in_no_copy_is_not_asked_about_copies(house: House) -> None:
    signs(house, recipient=COUNTED)
    goes_out(house)

    assert "new copy?" not in off(house).words

"""Taking a name off with the true sentence at every stage, saying no, stopping mail: each by a yes."""

import pytest

from advocacy.editions.models import Way
from advocacy.letters.models import LetterVersion
from advocacy.people.models import Person
from advocacy.signons.links import Purpose
from tests.make import (
    CHOSEN,
    COUNTED,
    FULL,
    Choice,
    edition_of,
    hand_over,
    office_of,
    printed,
    sign,
    withdraw,
)
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone


def off(house: House, answer: str = "yes") -> Phone:
    """Wren opens her link and takes her name off."""
    return house.phone(house.cast.wren).press("Take my name off").press("Go on", answer=answer)


def signs(house: House, recipient: Choice = FULL, web: Choice = COUNTED, press: Choice = COUNTED) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.wren, house.now, recipient, web, press)
        sign(session, house.version.letter_id, house.cast.river, house.now, CHOSEN)


def goes_out(house: House) -> None:
    edition = edition_of(printed(house.database, house.version, house.cast, house.now))
    with house.database.transaction() as session:
        version = session.get_one(LetterVersion, house.version.id)
        office = office_of(session, version)
        hand_over(
            session, edition, office.id, house.cast, house.now, Way.IN_PERSON, receipt="Left at the desk"
        )


def test_before_any_print_nobody_outside_saw_it(house: House) -> None:
    signs(house)
    phone = off(house)

    assert phone.state == "Done. We took your name off."
    assert "Your name is not on this letter. No one outside our team saw it." in phone.words
    assert len(house.consents()) == 4


def test_after_a_print_that_was_not_sent_the_old_copy_stays(house: House) -> None:
    signs(house)
    printed(house.database, house.version, house.cast, house.now)

    assert "The old copy will not be sent. A new copy will not have your name." in off(house).words


def test_after_it_was_sent_she_reads_where_and_when_before_and_after(house: House) -> None:
    signs(house)
    goes_out(house)
    asking = house.phone(house.cast.wren).press("Take my name off")
    assert "The Honorable Sample Chair, on 23 November 2026" in asking.words
    assert "We cannot take those copies back." in asking.words

    phone = off(house)

    assert "New copies will not have your name. We cannot take back the copies they have:" in phone.words
    assert "The Honorable Sample Chair, on 23 November 2026" in phone.words
    assert "Asking may draw attention. You choose." in phone.words
    assert "web page" not in phone.words


def test_whoever_was_not_in_the_copy_is_told_so(house: House) -> None:
    signs(house, recipient=COUNTED)
    goes_out(house)

    phone = off(house)

    assert "The letter was sent. Your name was not in it." in phone.words


def test_a_line_on_the_web_or_given_to_reporters_is_spoken_of(house: House) -> None:
    signs(house, web=FULL, press=FULL)
    goes_out(house)

    phone = off(house)

    assert "It is off our web page now. Copies other people saved may still be out there." in phone.words
    assert "You are off our list for news reporters." in phone.words


def test_the_same_truth_is_told_when_she_comes_back(house: House) -> None:
    signs(house)
    goes_out(house)
    off(house)

    phone = house.phone(house.cast.wren)

    assert phone.state == "We took your name off."
    assert "We cannot take back the copies they have:" in phone.words


def test_taking_off_takes_fewer_steps_than_signing_and_works_after_the_letter_closed(
    house: House, clock: Clock
) -> None:
    signs(house)
    clock.forward(days=20)

    assert off(house).state == "Done. We took your name off."


def test_taking_off_twice_is_once(house: House) -> None:
    signs(house)
    key = house.key(house.cast.wren)
    house.client.post("/s/withdraw", data={"key": key, "answer": "yes"})
    before = house.rows()

    again = house.client.post("/s/withdraw", data={"key": key, "answer": "yes"})

    assert "Done." in again.text
    assert house.rows() == before


def test_whoever_never_signed_is_told_so(house: House) -> None:
    answer = house.client.post("/s/withdraw", data={"key": house.key(house.cast.wren), "answer": "yes"})

    assert "You had not signed." in answer.text


def test_she_can_sign_again_while_it_is_open(house: House) -> None:
    signs(house)
    off(house)
    phone = house.phone(house.cast.wren).press("I want to sign after all")
    phone.press("Count me, no name").press("Sign", agree="yes")

    assert phone.state == "Thank you. You have signed."


def test_a_spoken_withdrawal_shows_at_the_door(house: House) -> None:
    signs(house)
    with house.database.transaction() as session:
        withdraw(session, house.version.letter_id, house.cast.wren, house.now)

    assert house.phone(house.cast.wren).state == "We took your name off."


# ---- a press without an answer, and no


ACTS = [("Take my name off", "/s/withdraw"), ("No, and do not ask me again", "/s/decline")]
ACTS.append(("Stop emails", "/s/stop-mail"))


@pytest.mark.parametrize(("label", "path"), ACTS)
def test_a_press_without_an_answer_changes_nothing_and_says_so(house: House, label: str, path: str) -> None:
    if "name" in label:
        signs(house)
    phone = house.phone(house.cast.wren).press(label)
    before = house.rows()

    phone.press("Go on", 422)

    assert "Please choose yes or no. Nothing was changed." in phone.words
    assert house.rows() == before


@pytest.mark.parametrize(("label", "path"), ACTS)
def test_no_leads_back_and_changes_nothing(house: House, label: str, path: str) -> None:
    if "name" in label:
        signs(house)
    phone = house.phone(house.cast.wren)
    before, state = house.rows(), phone.state
    phone.press(label).press("Go on", answer="no")
    before.pop("link")

    assert phone.state == state
    assert {name: rows for name, rows in house.rows().items() if name != "link"} == before


@pytest.mark.parametrize(("label", "path"), ACTS)
def test_nobody_is_asked_why(house: House, label: str, path: str) -> None:
    signs(house) if "name" in label else None
    phone = house.phone(house.cast.wren).press(label)

    assert [field["type"] for field in phone.soup.find_all("input") if field["type"] != "hidden"] == [
        "radio"
    ] * 2
    assert not phone.soup.find_all("textarea")


# ---- no, and stop


def test_saying_no_ends_the_asking_and_can_be_taken_back(house: House) -> None:
    phone = house.phone(house.cast.wren).press("No, and do not ask").press("Go on", answer="yes")
    assert phone.state == "Done. We will not ask you about this letter again."
    assert house.invitation(house.cast.wren).declined_on is not None

    phone = house.phone(house.cast.wren)
    assert phone.state.startswith("You said no.")
    phone.press("I want to sign after all").press("Count me, no name").press("Sign", agree="yes")

    assert house.invitation(house.cast.wren).declined_on is None


def test_whoever_has_signed_is_not_made_to_decline(house: House) -> None:
    signs(house)
    answer = house.client.post("/s/decline", data={"key": house.key(house.cast.wren), "answer": "yes"})

    assert "You have signed." in answer.text
    assert house.invitation(house.cast.wren).declined_on is None


def test_stopping_mail_leaves_what_she_signed(house: House) -> None:
    signs(house)
    phone = house.phone(house.cast.wren).press("Stop emails").press("Go on", answer="yes")

    assert phone.state == "Done. We will send you no more emails. What you signed stays as it is."
    assert stopped(house)
    assert len(house.consents()) == 8


def stopped(house: House) -> bool:
    with house.database.reading() as session:
        return session.get_one(Person, house.cast.wren).mail_stopped_on is not None


# ---- the one press of a mail program (RFC 8058)


def test_one_click_from_anywhere_stops_mail_and_nothing_else(house: House) -> None:
    signs(house)
    key = house.key(house.cast.wren, Purpose.STOP_MAIL)
    answer = house.client.post(
        f"/stop/{key}", data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 200
    assert stopped(house)
    assert len(house.consents()) == 8


def test_opening_the_address_never_stops_mail(house: House) -> None:
    key = house.key(house.cast.wren, Purpose.STOP_MAIL)
    before = house.rows()

    pages = {house.client.get(f"/stop/{one}").data for one in (key, "unknown", "A" * 43)}
    house.client.head(f"/stop/{key}")

    assert len(pages) == 1
    assert house.rows() == before


def test_its_button_alone_changes_nothing_and_a_yes_stops_mail(house: House) -> None:
    path = f"/stop/{house.key(house.cast.wren, Purpose.STOP_MAIL)}"
    phone = Phone(house.client).see(house.client.get(path))
    phone.press("Go on", 422)
    assert not stopped(house)

    phone.press("Go on", answer="yes")

    assert stopped(house)


def test_every_stop_key_gets_the_same_answer(house: House) -> None:
    good, sign_key = house.key(house.cast.wren, Purpose.STOP_MAIL), house.key(house.cast.dee)
    sent = {"List-Unsubscribe": "One-Click"}
    answers = [house.client.post(f"/stop/{key}", data=sent) for key in (good, "nothing", sign_key)]

    assert len({(answer.status_code, answer.data) for answer in answers}) == 1
    assert stopped(house)


def test_a_stop_key_opens_no_letter(house: House) -> None:
    key = house.key(house.cast.wren, Purpose.STOP_MAIL)

    assert house.client.post("/s/withdraw", data={"key": key, "answer": "yes"}).status_code == 404

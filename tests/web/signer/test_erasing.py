"""Erase me, at the door: the whole truth before it, an explicit yes, and then her link opens nothing."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from advocacy.config import Config
from advocacy.editions.legal_holds import Order, agree_to_hold, ask_for_hold
from advocacy.editions.models import Edition
from advocacy.ledger import Ledger
from advocacy.people.models import MailMode, Person
from tests.make import FULL, ZONE, edition_of, printed, sign
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone
from tests.web.signer.test_leaving import goes_out, signs

DONE = "Done. You are erased."


def asks(house: House) -> Phone:
    return house.phone(house.cast.wren).press("More ways to stop").press("Go on", act="erase")


def erased(house: House) -> bool:
    with house.database.reading() as session:
        return session.get_one(Person, house.cast.wren).erased_on is not None


def files(house: House) -> int:
    with house.database.reading() as session:
        return len(session.scalars(select(Edition).where(Edition.pdf.is_not(None))).all())


def test_before_it_she_reads_what_goes_and_what_can_no_longer_be_shown(house: House) -> None:
    signs(house)
    phone = asks(house)

    assert "Your name, your email and all we wrote down about you." in phone.words
    assert "Every link we sent you. This one stops working too." in phone.words
    assert "After this we can no longer show what you agreed to." in phone.words
    assert "PDF" not in phone.words
    assert phone.ticked == []
    assert not erased(house)


def test_before_it_was_sent_she_reads_which_files_go_and_of_no_copies(house: House) -> None:
    signs(house)
    printed(house.database, house.version, house.cast, house.now)
    phone = asks(house)

    assert "Our PDF files that show you: 1." in phone.words
    assert "We cannot call back" not in phone.words
    phone.press("Go on", answer="yes")
    assert files(house) == 0


def test_after_it_was_sent_she_reads_where_copies_are_that_nobody_can_call_back(house: House) -> None:
    signs(house)
    goes_out(house)
    phone = asks(house)

    assert "We cannot call back the copies these offices have:" in phone.words
    assert "The Honorable Sample Chair, on 23 November 2026" in phone.words
    assert "Wren" not in phone.answer.text


def test_a_yes_erases_her_and_the_page_after_it_names_nothing(house: House, config: Config) -> None:
    signs(house)
    phone = asks(house)
    key = phone.key
    phone.press("Go on", answer="yes")

    assert phone.state == DONE
    assert "We can no longer show what you agreed to." in phone.words
    assert erased(house)
    assert len(Ledger(config.erasures_file).marks()) == 1
    assert not phone.soup.find_all("form")
    assert key not in phone.answer.text
    assert "Wren" not in phone.answer.text and "Chair" not in phone.answer.text


def test_afterwards_her_link_is_like_any_string(house: House) -> None:
    signs(house)
    phone = asks(house)
    phone.press("Go on", answer="yes")
    hers, made_up = (
        house.client.post("/s/erase", data={"key": key, "answer": "yes"}) for key in (phone.key, "A" * 43)
    )

    assert hers.status_code == made_up.status_code == 404
    assert hers.data == made_up.data


def test_a_bare_press_erases_nobody_and_says_so(house: House) -> None:
    signs(house)
    phone = asks(house)
    before = house.rows()

    phone.press("Go on", 422)

    assert "Please choose yes or no. Nothing was changed." in phone.words
    assert house.rows() == before


def test_no_leads_back_and_changes_nothing(house: House) -> None:
    signs(house)
    phone = asks(house).press("Go on", answer="no")

    assert phone.state == "You have signed."
    assert not erased(house)


def test_coming_from_the_other_ways_is_not_yet_an_answer(house: House) -> None:
    signs(house)

    assert "Please choose yes or no." not in asks(house).words


@pytest.mark.parametrize("days", [0, 20])
def test_whoever_never_signed_can_be_erased_too_and_after_the_close(
    house: House, clock: Clock, days: int
) -> None:
    clock.forward(days=days)
    asks(house).press("Go on", answer="yes")

    assert erased(house)


def test_where_her_mail_may_be_read_the_link_alone_erases_nobody(house: House, now: datetime) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.wren, now, FULL)
        session.get_one(Person, house.cast.wren).mail_mode = MailMode.WATCHED
    key = house.key(house.cast.wren)

    answer = house.client.post("/s/erase", data={"key": key, "answer": "yes"})

    assert "Your word" in answer.text
    assert not erased(house)


def test_it_is_said_in_spanish(house: House) -> None:
    phone = house.phone(house.cast.ana).press("Más formas de parar").press("Seguir", act="erase")

    assert "Después ya no podremos mostrar lo que usted aceptó." in phone.words
    phone.press("Seguir", answer="yes")
    assert phone.state == "Hecho. Borramos todo sobre usted."


@pytest.mark.parametrize(("language", "told"), [("en", "held by law until"), ("es", "La ley nos obliga")])
def test_a_copy_that_counsel_holds_is_told_before_and_after_with_its_day(
    house: House, language: str, told: str
) -> None:
    signs(house)
    made = edition_of(printed(house.database, house.version, house.cast, house.now))
    with house.database.transaction() as session:
        session.get_one(Person, house.cast.wren).language = language
        order = Order("Sample & Sample", "Order 12", date(2026, 12, 24))
        held = ask_for_hold(session, made, order, by=house.cast.amara, zone=ZONE, now=house.now)
        agree_to_hold(session, held.id, by=house.cast.jo, now=house.now)
    phone = house.phone(house.cast.wren)
    phone = (
        asks(house) if language == "en" else phone.press("Más formas de parar").press("Seguir", act="erase")
    )

    assert told in phone.words and "24" in phone.words and "PDF" not in phone.words
    phone.press("Go on" if language == "en" else "Seguir", answer="yes")
    assert told in phone.words
    assert erased(house) and files(house) == 1

"""A receipt of what she said: on screen, on paper, as a file, by mail only if asked."""

import json
from typing import Any

import pytest

from advocacy.config import Config
from advocacy.people.models import MailMode, Person
from advocacy.signons.models import Notice
from advocacy.web.signer.notices import words_of_page
from tests.mailbox import Mail, post
from tests.make import FULL, person, sign
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone
from tests.web.signer.test_own import own

WREN = "wrensample@members.example"
CHOICES = {"form_recipient": "full_name", "form_web": "initials", "form_press": "count_only"}


def wren_signs(house: House, phone: Phone | None = None) -> Phone:
    """Wren goes all the way through the pages: her full name to the office, initials on the web."""
    phone = (phone or house.phone(house.cast.wren)).press("Show me how I would appear", **CHOICES)
    return phone.press("Sign", agree="yes")


def notices(house: House) -> list[Notice]:
    with house.database.reading() as session:
        return session.query(Notice).all()


def file_of(phone: Phone) -> dict[str, Any]:
    """Press for the file, and read it."""
    button = phone.button("Save it as a file")
    form = button.find_parent("form")
    answer = phone.client.post("/s/receipt/file", data=phone.fields(form))  # type: ignore[arg-type]
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="note.json"'
    found: dict[str, Any] = json.loads(answer.text)
    return found


# ---- what she was shown is kept, and no line of anybody with it


def test_every_word_she_was_shown_is_kept_but_no_line_of_hers(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Show me how I would appear", **CHOICES)
    shown = words_of_page(phone.answer.text).replace("Wren Sample", "…").replace("W. S.", "…")
    phone.press("Sign", agree="yes")

    [notice] = notices(house)
    assert notice.body == shown
    assert notice.language == "en"
    assert "A copy already sent cannot be called back." in notice.body
    assert {consent.notice_sha256 for consent in house.consents()} == {notice.sha256}
    assert phone.key not in notice.body


def test_two_who_are_shown_the_same_share_one_notice(house: House) -> None:
    for one in (house.cast.dee, house.cast.nguyen):
        house.phone(one).press("Count me, no name").press("Sign", agree="yes")

    assert len(notices(house)) == 1


def test_the_record_says_which_language_she_read_not_which_is_hers(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Español").read().press("Contar conmigo")
    phone.press("Firmar", agree="yes")

    assert {consent.language for consent in house.consents()} == {"es"}
    assert [notice.language for notice in notices(house)] == ["es"]


@pytest.mark.parametrize("way", ["link", "code", "own page"])
def test_the_record_says_how_she_came_to_say_yes(house: House, way: str) -> None:
    phones = {
        "link": lambda: house.phone(house.cast.wren),
        "code": lambda: Phone(house.client, code=house.code(house.cast.wren)).open(),
        "own page": lambda: own(house, house.cast.wren).press("Open").read(),
    }
    phones[way]().press("Count me, no name").press("Sign", agree="yes")

    assert {consent.method for consent in house.consents()} == {way}


def test_whoever_did_not_sign_leaves_no_notice(house: House) -> None:
    house.phone(house.cast.wren).press("Count me, no name").press("Sign", 422)

    assert notices(house) == []


# ---- in plain words


def test_the_receipt_says_what_to_whom_until_when_and_how_to_take_it_back(house: House) -> None:
    words = wren_signs(house).press("My receipt").words

    assert "Support for H.R. 1144" in words
    assert "The office that gets it Wren Sample You said yes on 23 November 2026 by your link." in words
    assert "Our web page W. S." in words
    assert "This holds until 30 days after we send it." in words
    assert "It goes to: The Honorable Sample Chair" in words
    assert "You said yes. (The office that gets it, Our web page, News reporters, The count)" in words
    assert "How to take it back" in words
    assert "The words we showed you before you signed" in words


def test_it_is_in_spanish_for_whoever_reads_spanish(house: House) -> None:
    phone = house.phone(house.cast.ana).press("Contar conmigo").press("Firmar", agree="yes")

    assert phone.press("Mi comprobante").state == "Este es su comprobante"


def test_after_she_took_her_name_off_it_says_so_and_shows_no_line(house: House) -> None:
    wren_signs(house).press("Take my name off").press("Go on", answer="yes")

    words = house.phone(house.cast.wren).press("My receipt").words

    assert "Nothing stands now." in words
    assert "You took your name off." in words
    assert "Wren Sample" not in words


def test_whoever_said_nothing_has_no_receipt(house: House) -> None:
    answer = house.client.post("/s/receipt", data={"key": house.key(house.cast.wren)})

    assert "receipt" not in answer.text
    assert "You have not signed yet." in answer.text


def test_each_letter_has_its_receipt_on_her_own_page(house: House) -> None:
    wren_signs(house)

    phone = own(house, house.cast.wren).press("Show me what I said").press("My receipt")

    assert "Wren Sample" in phone.words


# ---- as a file


def test_the_file_has_the_fields_of_the_standard_and_is_hers_alone(house: House) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.nguyen, house.now, FULL)
    told = file_of(wren_signs(house).press("My receipt"))

    assert told["record_header"]["schema_version"] == "ISO/IEC TS 27560:2023"
    assert set(told) == {
        "receipt_metadata",
        "record_header",
        "pii_processing",
        "party_identification",
        "event",
    }
    by_reader = {one["purpose_type"]: one for one in told["pii_processing"]}
    office = by_reader["audience: recipient"]
    assert office["shown_as"] == "Wren Sample"
    assert office["recipient_third_parties"] == ["The Honorable Sample Chair"]
    assert {
        "privacy_notice",
        "language",
        "purpose",
        "lawful_basis",
        "pii_controllers",
        "storage_locations",
    } <= set(office)
    assert {"retention_period", "jurisdiction", "withdrawal_method", "collection_method"} <= set(office)
    [notice] = notices(house)
    assert office["privacy_notice"] == {"sha256": notice.sha256, "text": notice.body}
    assert [one["event_state"] for one in told["event"]] == ["given"] * 4
    assert {one["event_time"] for one in told["event"]} == {"2026-11-23"}
    everything = json.dumps(told, ensure_ascii=False)
    assert "Nguyễn" not in everything
    assert str(house.cast.wren) not in everything


# ---- by mail


def receipts_to(house: House, config: Config) -> list[Mail]:
    return [
        mail
        for mail in post(config, house.database, house.now)
        if "note" in mail.subject and "Here is" in mail.body
    ]


def test_nothing_is_mailed_unless_she_asks(house: House, config: Config) -> None:
    phone = wren_signs(house).press("My receipt")
    phone.press("Send", 422)

    assert "Please choose yes or no." in phone.words
    assert receipts_to(house, config) == []


def test_the_mail_says_days_and_a_number_and_nothing_that_names_her_or_the_letter(
    house: House, config: Config
) -> None:
    phone = wren_signs(house).press("My receipt")
    phone.press("Send", answer="yes")
    assert phone.state == "Done. The email is on its way."
    house.client.post("/s/receipt/mail", data={"key": house.key(house.cast.wren), "answer": "yes"})

    [mail] = receipts_to(house, config)
    told = f"{mail.subject} {mail.body}".lower()
    assert "from 2026-11-23 to 2027-" in told
    assert "the words you chose" in told
    unsaid = ("wren", "w. s.", "1144", "letter", "sign", "surviv", "bill", "support", "chair", "/s#", "name")
    assert not [word for word in unsaid if word in told]


@pytest.mark.parametrize("mode", [MailMode.DISCREET, MailMode.WATCHED, MailMode.NONE, "shared"])
def test_it_is_not_offered_nor_sent_where_mail_is_not_safe(house: House, config: Config, mode: str) -> None:
    with house.database.transaction() as session:
        wren = session.get_one(Person, house.cast.wren)
        if mode == "shared":
            person(session, "Fern Sample", now=house.now, email=WREN)
        else:
            wren.mail_mode = mode
        sign(session, house.version.letter_id, house.cast.wren, house.now, FULL)
    key = house.key(house.cast.wren)

    page = house.client.post("/s/receipt", data={"key": key}).text
    house.client.post("/s/receipt/mail", data={"key": key, "answer": "yes"})

    assert "Send it to my email" not in page
    assert receipts_to(house, config) == []


def test_a_mailbox_that_is_no_longer_safe_gets_no_receipt_that_waits(house: House, config: Config) -> None:
    wren_signs(house).press("My receipt").press("Send", answer="yes")
    with house.database.transaction() as session:
        session.get_one(Person, house.cast.wren).mail_mode = MailMode.WATCHED

    assert receipts_to(house, config) == []

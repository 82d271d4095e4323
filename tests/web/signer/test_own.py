"""A page of her own: nothing names her until she asks; then what she said, where it went, who looked."""

from datetime import timedelta
from uuid import UUID

import pytest

from advocacy import audit
from advocacy.editions.models import Way
from advocacy.people.limits import Preset
from advocacy.people.models import MailMode
from advocacy.signons.lost import make_own_link
from tests.make import (
    COUNTED,
    FULL,
    ask_members,
    edition_of,
    hand_over,
    letter,
    office_of,
    person,
    printed,
    sign,
    withdraw,
)
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone
from tests.web.signer.test_words import HARDEST, grade, our_words


def own_key(house: House, person_id: UUID) -> str:
    with house.database.transaction() as session:
        return make_own_link(session, person_id, house.now)[0]


def own(house: House, person_id: UUID) -> Phone:
    """Her own page, opened by a fresh link."""
    return Phone(house.client, key=own_key(house, person_id)).open()


def wren_signs(house: House) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.wren, house.now, FULL, COUNTED, COUNTED)


def sent(house: House) -> None:
    """Two people hand the letter over."""
    done = printed(house.database, house.version, house.cast, house.now)
    with house.database.transaction() as session:
        office = office_of(session, house.version)
        hand_over(session, edition_of(done), office.id, house.cast, house.now, Way.PORTAL, "receipt 1")


# ---- before she asks


def test_nothing_on_it_names_her_or_a_letter_until_she_asks(house: House) -> None:
    wren_signs(house)

    page = own(house, house.cast.wren).answer.text

    assert not [word for word in ("Wren", "Sample", "1144", "You have signed") if word in page]
    assert "We have asked you about one letter." in page
    assert "We asked you on 23 November 2026." in page


def test_whoever_was_asked_nothing_is_told_so(house: House) -> None:
    assert "We have not asked you anything yet." in own(house, house.cast.amara).words


# ---- once she asks


def test_she_reads_the_letter_the_form_the_line_and_until_when(house: House) -> None:
    wren_signs(house)

    words = own(house, house.cast.wren).press("Show me what I said").words

    assert "Support for H.R. 1144" in words
    assert "We asked you on 23 November 2026. You have signed." in words
    assert "The office that gets it Wren Sample Until 30 days after we send the letter." in words
    assert "No copy with your line has gone out." in words


def test_she_reads_where_a_line_of_hers_has_gone_and_when(house: House) -> None:
    wren_signs(house)
    sent(house)

    words = own(house, house.cast.wren).press("Show me what I said").words

    assert "Copies with your line went to: The Honorable Sample Chair, on 23 November 2026" in words
    assert "No copy" not in words


def test_she_never_reads_what_somebody_else_was_asked_or_said(house: House) -> None:
    wren_signs(house)
    sent(house)

    words = own(house, house.cast.dee).press("Show me what I said").words

    assert "Wren" not in words
    assert "You have not signed yet." in words
    assert "Copies with your line" not in words


# ---- who looked


def test_who_looked_is_told_by_role_and_day_and_never_by_name(house: House) -> None:
    wren_signs(house)
    sent(house)

    words = own(house, house.cast.wren).press("Show me what I said").words

    assert "A person who leads the work on letters printed a paper with your line." in words
    assert "Times: 1. The last time:" in words
    assert "Amara" not in words


def test_if_nobody_looked_it_says_so(house: House) -> None:
    words = own(house, house.cast.dee).press("Show me what I said").words

    assert "No one has looked at your name" in words


def test_a_revealed_name_is_told_with_its_reason_and_an_unknown_act_is_not_hidden(house: House) -> None:
    with house.database.transaction() as session:
        audit.record(
            session,
            "name.reveal",
            actor=house.cast.lee,
            about="person",
            id=house.cast.dee,
            why="She asked us to post her a paper.",
        )
        audit.record(session, "secret.act", actor=house.cast.jo, about="person", id=house.cast.dee, why="x9")

    words = own(house, house.cast.dee).press("Show me what I said").words

    assert "A person who looks after our members did something that has to do with you." in words
    assert "The reason: “She asked us to post her a paper.”" in words
    assert words.count("did something that has to do with you.") == 2
    assert "x9" not in words


# ---- her letters from there


def test_from_her_page_she_signs_any_of_her_letters(house: House) -> None:
    phone = own(house, house.cast.wren).press("Open")
    assert phone.state == "You have not signed yet."

    phone.read().press("Count me, no name").press("Sign", agree="yes")

    assert phone.state == "Thank you. You have signed."
    assert house.forms()["count"] == "count_only"


def test_her_key_opens_no_letter_of_somebody_else(house: House) -> None:
    unknown = house.client.post("/s", data={"key": "A" * 43})
    foreign = {"key": own_key(house, house.cast.wren), "letter": str(house.invitation(house.cast.dee).id)}

    for path in ("/s", "/s/check", "/s/sign", "/s/withdraw"):
        answer = house.client.post(path, data={**foreign, "answer": "yes", "agree": "yes", "way": "count"})
        assert (answer.status_code, answer.data) == (404, unknown.data)


def test_her_key_without_a_letter_is_no_key_to_a_letter(house: House) -> None:
    key = own_key(house, house.cast.wren)

    for path in ("/s/check", "/s/sign", "/s/withdraw", "/s/decline", "/s/stop-mail"):
        assert house.client.post(path, data={"key": key, "answer": "yes"}).status_code == 404


def test_a_key_to_one_letter_opens_no_page_of_her_own(house: House) -> None:
    assert house.client.post("/s/off", data={"key": house.key(house.cast.wren)}).status_code == 404


def test_a_typed_code_opens_it_too(house: House) -> None:
    with house.database.transaction() as session:
        code = make_own_link(session, house.cast.wren, house.now)[1]

    phone = Phone(house.client, code=code).open().press("Open")

    assert phone.state == "You have not signed yet."


def test_the_link_works_for_one_day(house: House, clock: Clock) -> None:
    key = own_key(house, house.cast.wren)
    clock.forward(hours=23, minutes=59)
    assert house.client.post("/s", data={"key": key}).status_code == 200
    clock.forward(minutes=1)

    assert house.client.post("/s", data={"key": key}).data == house.client.post("/s", data={"key": "x"}).data


def test_either_language_is_one_press_away_and_keeps_the_letter_open(house: House) -> None:
    phone = own(house, house.cast.wren).press("Open").press("Español")

    assert phone.state == "Todavía no ha firmado."


# ---- off everything


def test_one_act_takes_her_name_off_every_letter(house: House) -> None:
    wren_signs(house)
    with house.database.transaction() as session:
        other = letter(session, house.cast, now=house.now, title="Another", body="Other words.")
        ask_members(session, other, house.cast, house.now)
        sign(session, other.letter_id, house.cast.wren, house.now, FULL)
    phone = own(house, house.cast.wren)
    phone.press("Take my name off every letter").press("Go on", 422)
    assert len(house.consents()) == 8

    phone.press("Go on", answer="yes")

    assert phone.state == "Done. Your name is off every letter."
    assert house.consents() == []


def test_what_cannot_be_called_back_is_said_when_it_is_off_everything(house: House) -> None:
    wren_signs(house)
    sent(house)
    phone = own(house, house.cast.wren).press("Take my name off every letter").press("Go on", answer="yes")

    assert "We cannot take back the copies they have: The Honorable Sample Chair" in phone.words


def test_a_name_taken_off_is_said_to_be_off(house: House) -> None:
    wren_signs(house)
    with house.database.transaction() as session:
        withdraw(session, house.version.letter_id, house.cast.wren, house.now)

    words = own(house, house.cast.wren).press("Show me what I said").words

    assert "We took your name off." in words
    assert "Wren Sample" not in words
    assert "You or our program took your name off a letter." in words


# ---- somebody may read her mail


@pytest.fixture
def quill(house: House) -> UUID:
    with house.database.transaction() as session:
        found = person(
            session,
            "Quill Sample",
            now=house.now,
            limits=Preset.PUBLIC_ADVOCATE,
            mail_mode=MailMode.WATCHED,
            recognition_word="blue teapot",
        ).id
        ask_members(session, house.version, house.cast, house.now)
        sign(session, house.version.letter_id, found, house.now, FULL)
    return found


def test_where_her_mail_is_read_the_link_only_takes_off(house: House, quill: UUID) -> None:
    phone = own(house, quill)
    assert phone.state == "This link can only take a name off."
    assert "23 November" not in phone.words

    phone.press("Take my name off").press("Go on", answer="yes")

    assert phone.state == "Done. If a name was on a letter, it is off now."
    assert house.consents() == []


def test_her_word_opens_her_page_and_each_letter_from_it(house: House, quill: UUID) -> None:
    phone = own(house, quill).press("Go on", word="Blue Teapot")
    assert "Quill Sample" in phone.press("Show me what I said").words

    assert phone.press("Open").state == "You have signed."


def test_saying_no_to_taking_off_leads_back_to_the_word(house: House, quill: UUID) -> None:
    phone = own(house, quill).press("Take my name off").press("Go on", answer="no")

    assert phone.state == "This link can only take a name off."
    assert len(house.consents()) == 4


def test_the_word_lasts_an_hour_there_as_well(house: House, quill: UUID, clock: Clock) -> None:
    phone = own(house, quill).press("Go on", word="blue teapot")
    clock.at += timedelta(minutes=61)

    assert phone.press("Show me what I said").state == "This link can only take a name off."


# ---- easy to read


def test_every_page_here_can_be_read_after_six_years_of_school(house: House) -> None:
    wren_signs(house)
    sent(house)
    phone = own(house, house.cast.wren)
    pages = {"own": phone.answer.text, "shown": phone.press("Show me what I said").answer.text}
    pages["off"] = own(house, house.cast.wren).press("Take my name off every letter").answer.text
    pages["receipt"] = house.phone(house.cast.wren).press("My receipt").answer.text
    pages["paper"] = house.phone(house.cast.wren).press("See the page with my line").answer.text
    pages["lost"] = house.client.get("/s/lost").text
    pages["sent"] = house.client.post("/s/lost", data={"email": "a@b.example"}).text

    grades = {name: grade(our_words(page)) for name, page in pages.items()}
    assert {name: found for name, found in grades.items() if found > HARDEST} == {}


def test_everything_a_phone_loads_for_them_is_below_fifty_kilobytes(house: House) -> None:
    wren_signs(house)
    page = own(house, house.cast.wren).press("Show me what I said").answer.data
    own_files = sum(len(house.client.get(f"/static/signer.{kind}").data) for kind in ("css", "js"))

    assert own_files > 0
    assert len(page) + own_files < 50_000


def test_from_what_she_signed_a_press_leads_to_a_page_of_her_own(house: House) -> None:
    wren_signs(house)

    assert 'href="/s/lost"' in house.phone(house.cast.wren).answer.text

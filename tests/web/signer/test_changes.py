"""The letter changed, or goes to one more office: what she is shown, and what only her yes can change."""

from datetime import timedelta

import pytest

from advocacy.campaigns.amended import Answer, amended, answer
from advocacy.letters.actions import approve, set_recipients, write_version
from advocacy.letters.mending import agree_typo, say_typo
from advocacy.people.limits import Audience
from advocacy.signons.asking_again import Why
from advocacy.signons.models import Asking
from advocacy.signons.one_more_office import ask_about_offices
from advocacy.signons.queries import signers_for
from tests import make
from tests.campaigns.amending import about_a_bill, amend
from tests.make import CHAIR, CHOSEN, COUNTED, RANKING
from tests.web.conftest import Clock
from tests.web.signer.conftest import Build, House

WRONG = "We ask for **three** things.\n\n1. Homes.\n2. Wages.\n3. Care for those who recieve no help."
RIGHT = WRONG.replace("recieve", "receive")
OTHER = WRONG.replace("three", "four")


@pytest.fixture
def house(build: Build) -> House:
    """A letter with a typo that River signed with her name and Dee to be counted."""
    built = build(body=WRONG)
    with built.database.transaction() as session:
        make.sign(session, built.version.letter_id, built.cast.river, built.now, CHOSEN)
        make.sign(session, built.version.letter_id, built.cast.dee, built.now, COUNTED)
    return built


def mend(house: House, body: str = RIGHT) -> None:
    later = house.now + timedelta(minutes=1)
    with house.database.transaction() as session:
        old = house.version
        new = write_version(
            session,
            old.letter_id,
            title=old.title,
            body=body,
            by=house.cast.amara,
            based_on=1,
            now=later,
        )
        approve(session, new.id, by=house.cast.jo, now=later)
        said = say_typo(session, new.id, by=house.cast.jo, now=later)
        agree_typo(session, said, by=house.cast.amara, now=later)


def change(house: House) -> None:
    later = house.now + timedelta(minutes=1)
    with house.database.transaction() as session:
        make.edit(session, house.cast, house.version.letter_id, now=later, body=OTHER)


def add_office(house: House) -> None:
    with house.database.transaction() as session:
        set_recipients(session, house.version.letter_id, (CHAIR, RANKING))
        ask_about_offices(session, house.version.letter_id, house.now)


def lines(house: House) -> list[str]:
    with house.database.reading() as session:
        shown = signers_for(session, house.version.id, Audience.RECIPIENT, house.now)
        return [one.line for one in shown.individuals]


def marked(phone: object, tag: str) -> list[str]:
    soup = phone.soup  # type: ignore[attr-defined]
    return [" ".join(found.get_text().split()) for found in soup.select(f".change {tag}")]


def test_other_words_are_shown_word_by_word_and_nothing_is_ticked(house: House, clock: Clock) -> None:
    change(house)
    clock.forward(minutes=2)
    phone = house.phone(house.cast.river)

    assert phone.state.startswith("The letter has changed since you signed it.")
    assert marked(phone, "del") == ["Taken out: three"]
    assert marked(phone, "ins") == ["Put in: four"]
    assert phone.ticked == []
    assert "River" not in phone.answer.text


def test_what_changed_is_shown_as_she_reads_it_without_the_marks_of_the_writer(
    house: House, clock: Clock
) -> None:
    change(house)
    clock.forward(minutes=2)
    shown = house.phone(house.cast.river).soup.select_one(".change")

    assert shown is not None
    assert "*" not in shown.get_text()


def test_a_mended_typo_is_told_once_she_looks_and_her_yes_stands(house: House, clock: Clock) -> None:
    mend(house)
    clock.forward(minutes=2)
    phone = house.phone(house.cast.river)

    assert phone.state == "You have signed."
    assert marked(phone, "ins") == []
    phone.press("Show how I appear")
    assert marked(phone, "ins") == ["Put in: receive"]
    assert "Your yes still counts." in phone.words


def test_whoever_never_signed_sees_no_change(house: House, clock: Clock) -> None:
    change(house)
    clock.forward(minutes=2)

    assert "What changed" not in house.phone(house.cast.wren).words


def test_who_did_not_answer_in_time_reads_that_she_is_left_out(house: House, clock: Clock) -> None:
    change(house)
    clock.forward(days=11)

    assert "Your name is not on the new letter." in house.phone(house.cast.river).words


def test_one_more_office_is_one_question_and_a_yes_adds_just_that(house: House) -> None:
    add_office(house)
    before = {row.id for row in house.consents()}
    phone = house.phone(house.cast.river)
    phone.press("Answer for this office")

    assert RANKING.office in phone.words
    assert CHAIR.office not in phone.words
    assert phone.ticked == []
    assert lines(house) == []
    phone.press("Go on", answer="yes")
    assert lines(house) == ["River"]
    assert {row.id for row in house.consents()} == before
    assert "Answer for this office" not in phone.buttons


def test_a_press_without_an_answer_adds_nothing(house: House) -> None:
    add_office(house)
    rows = house.rows()["consent"]
    phone = house.phone(house.cast.river).press("Answer for this office").press("Go on", 422)

    assert "Please choose yes or no." in phone.words
    assert house.rows()["consent"] == rows


def test_a_no_is_kept_and_not_asked_again(house: House) -> None:
    add_office(house)
    phone = house.phone(house.cast.river).press("Answer for this office").press("Go on", answer="no")

    assert lines(house) == []
    assert "Answer for this office" not in phone.buttons
    assert "Answer for this office" not in house.phone(house.cast.river).buttons


def test_an_answer_to_another_list_of_offices_adds_nothing(house: House) -> None:
    add_office(house)
    phone = house.phone(house.cast.river).press("Answer for this office")
    third = make.letters.Office("Sample Office", "Dear Office:", "Room 9", "us_house")
    with house.database.transaction() as session:
        set_recipients(session, house.version.letter_id, (CHAIR, RANKING, third))
    phone.press("Go on", 409, answer="yes")

    assert "The list of offices changed" in phone.words
    assert lines(house) == []


def test_whoever_is_only_counted_is_not_asked_about_an_office(house: House) -> None:
    add_office(house)

    assert "Answer for this office" not in house.phone(house.cast.dee).buttons
    with house.database.reading() as session:
        asked = session.query(Asking).filter_by(why=Why.NEW_OFFICE).all()
        assert [one.invitation_id for one in asked] == [house.invitation(house.cast.river).id]


def test_after_the_close_no_office_is_added(house: House, clock: Clock) -> None:
    add_office(house)
    phone = house.phone(house.cast.river).press("Answer for this office")
    clock.forward(days=11)
    phone.press("Go on", answer="yes")

    assert lines(house) == []
    assert "Answer for this office" not in phone.buttons


def amend_bill(house: House, said: Answer | None = None) -> None:
    later = house.now + timedelta(minutes=1)
    with house.database.transaction() as session:
        about_a_bill(session, house.version.letter_id, house.now)
        amend(session, later)
        if said is not None:
            (one,) = amended(session, house.version.letter_id)
            answer(session, one.letter_id, one.text_id, said, by=house.cast.jo, now=later)


CHANGED = "The bill this letter is about has changed since the letter was written."


def test_whoever_reads_the_letter_is_told_that_its_bill_changed(house: House, clock: Clock) -> None:
    amend_bill(house)
    clock.forward(minutes=2)

    for person_id in (house.cast.wren, house.cast.river):
        told = house.phone(person_id).words
        assert CHANGED in told
        assert "We have not checked yet" in told


def test_she_is_told_what_came_of_it(house: House, clock: Clock) -> None:
    amend_bill(house, Answer.HOLDS)
    clock.forward(minutes=2)

    assert "We checked. The letter is still right." in house.phone(house.cast.wren).words


def test_who_signed_is_told_that_the_letter_must_change(house: House, clock: Clock) -> None:
    amend_bill(house, Answer.MUST_CHANGE)
    clock.forward(minutes=2)
    phone = house.phone(house.cast.river)

    assert phone.state == "You have signed."
    assert "So the letter must change" in phone.words
    assert "River" not in phone.answer.text
    assert "This letter is closed." in house.phone(house.cast.wren).words


def test_where_no_bill_changed_nothing_is_said_of_it(house: House) -> None:
    assert "bill this letter" not in house.phone(house.cast.wren).words

"""Delivery by two people, in two browsers."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from advocacy.db import Database
from advocacy.editions.models import Delivery, Way
from advocacy.letters.actions import Office, set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.mail.actions import mark_failed, mark_uncertain
from advocacy.mail.models import Message
from advocacy.people.roles import Role
from tests import make
from tests.make import Cast
from tests.page import Reader, Reviewed, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.papers import at, field_in, form_at, path_of, printed, sit


@pytest.fixture
def page(reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> str:
    """Amara has printed an edition; the page of its deliveries."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL)
    sit(reader, cast.amara)
    return f"{path_of(printed(reader, letter))}/deliveries"


@pytest.fixture
def sit_elsewhere(app: Flask, cast: Cast) -> Callable[[str], Reader]:
    """Another browser, with somebody of the cast in front of it."""

    def opened(who: str) -> Reader:
        client = app.test_client()
        assert isinstance(client, Reviewed)
        other = Reader(client)
        sit(other, getattr(cast, who))
        return other

    return opened


def propose(reader: Reader, page: str, way: Way | str, status: int = 303) -> Seen:
    seen = reader.get(page)
    action = form_at(seen, "/propose")
    return reader.post(action, {field_in(seen, action, "-way"): str(way)}, status)


def second(reader: Reader) -> Seen:
    seen = reader.get("/office/seconding")
    (action,) = [action for _, action in seen.forms() if "/seconding/" in action]
    return reader.follow(reader.post(action))


def deliver(reader: Reader, page: str, receipt: str = "", status: int = 303) -> Seen:
    seen = reader.get(page)
    action = form_at(seen, "/deliver")
    way = seen.soup.find("form", action=action).find("input", attrs={"name": field_in(seen, action, "-way")})  # type: ignore[union-attr]
    sent = {str(way["name"]): str(way["value"])}  # type: ignore[index]
    if way["value"] != "email":  # type: ignore[index]
        sent[field_in(seen, action, "-receipt")] = receipt
    return reader.post(action, sent, status)


def delivered(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(row.way, row.receipt) for row in session.query(Delivery)]


def test_an_emailed_letter_takes_two_people_and_three_presses(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader], database: Database
) -> None:
    jo = sit_elsewhere("jo")
    seen = reader.follow(propose(reader, page, Way.EMAIL))
    assert "Proposed: by email to chair@house.example. It waits for a second person" in seen.words
    assert "You proposed it, so somebody else seconds it." in seen.words
    assert "Two people agree: by email to chair@house.example." in second(jo).words
    seen = reader.follow(deliver(reader, page))

    assert "waits to leave, in a minute or so" in seen.words
    assert delivered(database) == [("email", "")]


def test_the_second_person_reads_exactly_what_is_agreed(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader]
) -> None:
    jo = sit_elsewhere("jo")
    propose(reader, page, Way.PORTAL)
    words = jo.get("/office/seconding").words
    hash = reader.get(page).soup.select_one("code.hash").get_text()  # type: ignore[union-attr]

    assert "To The Honorable Sample Chair, Room 1, House Office Building How through their portal" in words
    assert hash in words
    assert "Letter" in words
    assert "Signers 1" in words
    assert "Wren" not in words


def test_one_person_in_two_browsers_is_one_person(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader], database: Database
) -> None:
    propose(reader, page, Way.EMAIL)
    again, jo = sit_elsewhere("amara"), sit_elsewhere("jo")
    assert "You proposed this. Somebody else seconds it." in again.get("/office/seconding").words
    (action,) = [action for _, action in jo.get("/office/seconding").forms() if "/seconding/" in action]

    assert "This takes two different people." in again.post(action, status=409).words
    assert delivered(database) == []


def test_seconding_twice_is_seconding_once(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader]
) -> None:
    propose(reader, page, Way.EMAIL)
    jo = sit_elsewhere("jo")
    (action,) = [action for _, action in jo.get("/office/seconding").forms() if "/seconding/" in action]
    for _ in range(2):
        jo.post(action)

    assert "Nothing waits for a second person." in jo.get("/office/seconding").words


def test_the_letter_says_how_many_offices_have_it(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    database: Database,
    letter: LetterVersion,
) -> None:
    assert "Sent printed, not delivered" in reader.get(at(letter)).words
    propose(reader, page, Way.POST)
    second(sit_elsewhere("jo"))
    deliver(reader, page, "postmark 24 November")
    assert "Sent delivered" in reader.get(at(letter)).words
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [make.CHAIR, make.RANKING])

    assert "Sent delivered to 1 of 2 offices" in reader.get(at(letter)).words


def test_what_is_handed_over_needs_a_receipt_and_keeps_it(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader], database: Database
) -> None:
    jo = sit_elsewhere("jo")
    propose(reader, page, Way.PORTAL)
    second(jo)
    assert "Write down how you know it arrived" in deliver(jo, page, " ", 422).words
    assert "hidden character" in deliver(jo, page, "A\u202eB", 422).words
    seen = jo.follow(deliver(jo, page, "MD-4711"))

    assert "Through their portal" in seen.words
    assert "was handed over . Receipt: MD-4711." in seen.words
    assert delivered(database) == [("portal", "MD-4711")]


def test_pressing_deliver_twice_delivers_once(
    reader: Reader, page: str, sit_elsewhere: Callable[[str], Reader], database: Database
) -> None:
    propose(reader, page, Way.EMAIL)
    second(sit_elsewhere("jo"))
    seen = reader.get(page)
    action = form_at(seen, "/deliver")
    for _ in range(2):
        reader.post(action, {field_in(seen, action, "-way"): "email"})

    assert len(delivered(database)) == 1


def test_nothing_is_delivered_that_nobody_seconded(reader: Reader, page: str, database: Database) -> None:
    seen = reader.get(page)
    action = form_at(seen, "/propose")
    name = field_in(seen, action, "-way")
    propose(reader, page, Way.EMAIL)
    seen = reader.post(f"{action.removesuffix('/propose')}/deliver", {name: "email"}, 422)

    assert "Please propose it again." in seen.words
    assert delivered(database) == []


def test_a_changed_answer_stops_it_at_every_step(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    database: Database,
    cast: Cast,
    letter: LetterVersion,
    now: datetime,
) -> None:
    propose(reader, page, Way.EMAIL)
    jo = sit_elsewhere("jo")
    second(jo)
    seen = reader.get(page)
    send, name = form_at(seen, "/deliver"), field_in(seen, form_at(seen, "/deliver"), "-way")
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.wren, now)

    assert "Nothing can leave from this edition." in reader.get(page).words
    for action in (send, f"{send.removesuffix('/deliver')}/propose"):
        seen = reader.post(action, {name: "email"}, 422)
        assert "so it may not leave" in seen.words
    assert delivered(database) == []


def test_a_void_edition_has_nothing_to_second(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    database: Database,
    cast: Cast,
    letter: LetterVersion,
    now: datetime,
) -> None:
    propose(reader, page, Way.EMAIL)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.wren, now)

    assert "There is nothing to second." in sit_elsewhere("jo").get("/office/seconding").words


def test_an_office_added_later_is_not_in_the_edition(
    reader: Reader, page: str, database: Database, letter: LetterVersion
) -> None:
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [make.CHAIR, make.RANKING])

    assert "This file was not made for this office." in reader.get(page).words


def test_an_office_without_an_address_is_not_offered_email(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        nowhere = Office("Clerk", "", "Room 9", "us_house")
        letter = make.letter(session, cast, now=now, offices=[nowhere])
    sit(reader, cast.amara)
    page = f"{path_of(printed(reader, letter))}/deliveries"

    assert "By email" not in reader.get(page).words
    assert "Not a valid choice" in propose(reader, page, Way.EMAIL, 422).words


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (mark_uncertain, "may or may not have left; look under Mail"),
        (mark_failed, "was not taken by their mail server; try another way"),
    ],
)
def test_the_page_says_how_far_an_emailed_copy_came(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    database: Database,
    now: datetime,
    happens: Callable[..., None],
    told: str,
) -> None:
    propose(reader, page, Way.EMAIL)
    second(sit_elsewhere("jo"))
    deliver(reader, page)
    with database.transaction() as session:
        happens(session, session.query(Message).one().id, now, "for a test")

    assert told in reader.get(page).words


def test_a_changed_address_ends_the_agreement(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    database: Database,
    letter: LetterVersion,
) -> None:
    propose(reader, page, Way.EMAIL)
    mended = Office(make.CHAIR.office, "", make.CHAIR.address, make.CHAIR.venue, email="other@house.example")
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [mended])

    assert "Nothing waits for a second person." in sit_elsewhere("jo").get("/office/seconding").words
    assert "By email to other@house.example" in reader.get(page).words


def test_an_office_of_another_letter_is_not_here(
    reader: Reader, page: str, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        other = make.letter(session, cast, now=now)
        theirs = make.office_of(session, other).id
    address = f"{page}/{theirs}/propose"

    reader.post(address, {}, 404)


def test_who_drafts_sees_where_it_went_and_presses_nothing(
    reader: Reader, page: str, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.sam)
    seen = reader.get(page)

    assert "Not sent yet." in seen.words
    assert [action for _, action in seen.forms()] == ["/office/sign-out"]
    reader.get("/office/seconding", 403)
    assert at(letter, "/editions") not in seen.links()


def test_a_deputy_seconds_in_advance_and_it_holds_for_the_days_agreed(
    reader: Reader, page: str, app: Flask, hire: Hire, clock: Clock, cast: Cast, database: Database
) -> None:
    seen = reader.get(page)
    action = form_at(seen, "/propose")
    sent = {field_in(seen, action, "-way"): "portal", field_in(seen, action, "-hours"): "240"}
    reader.post(action, sent)
    deputy = Reader(app.test_client())
    deputy.post(f"/demo/{hire(Role.DEPUTY, name='Del Deputy')}")
    second(deputy)
    clock.forward(days=9, hours=23)
    sit(reader, cast.amara)

    deliver(reader, page, "Receipt 7")

    assert delivered(database) == [("portal", "Receipt 7")]


def test_what_was_agreed_for_two_days_is_nothing_on_the_third(
    reader: Reader,
    page: str,
    sit_elsewhere: Callable[[str], Reader],
    clock: Clock,
    cast: Cast,
    database: Database,
) -> None:
    propose(reader, page, Way.PORTAL)
    second(sit_elsewhere("jo"))
    seen = reader.get(page)
    action = form_at(seen, "/deliver")
    sent = {field_in(seen, action, "-way"): "portal", field_in(seen, action, "-receipt"): "Receipt 7"}
    clock.forward(days=2)
    sit(reader, cast.amara)
    reader.get(page)

    assert "Please propose it again." in reader.post(action, sent, 422).words
    assert delivered(database) == []

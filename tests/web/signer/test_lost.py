"""A lost link: the same words, status and time for an address we know and for one we do not."""

import time
from datetime import timedelta
from functools import partial

import pytest

from advocacy.config import Config
from advocacy.db import Database
from advocacy.people.actions import stop_mail
from advocacy.people.models import MailMode
from advocacy.retention import forget_due
from advocacy.signons.lost import MOST_A_DAY, ask_again
from advocacy.signons.models import Link, LostLink
from advocacy.web.signer.pace import SHORTEST
from tests.mailbox import Mail, post
from tests.make import ZONE, ask_members, letter, person
from tests.page import Reviewed
from tests.timing import TOLD_APART, medians_of, spread
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

WREN = "wrensample@members.example"
KINDS = {
    "known": WREN,
    "capitals": WREN.upper(),
    "unknown": "nobody@members.example",
    "watched": "quillsample@members.example",
    "no mail": "fernsample@members.example",
    "not an address": "hello",
    "script": "<script>alert(1)</script>",
    "very long": "x" * 10_000,
    "a broken line": "a@b.example\r\nBcc: c@d.example",
}


@pytest.fixture
def house(house: House) -> House:
    """Two more people: one whose mail is read, and one who wants none."""
    with house.database.transaction() as session:
        person(session, "Quill Sample", now=house.now, mail_mode=MailMode.WATCHED, recognition_word="teapot")
        person(session, "Fern Sample", now=house.now, mail_mode=MailMode.NONE)
        ask_members(session, house.version, house.cast, house.now)
    return house


def to(mails: list[Mail], address: str) -> list[Mail]:
    return [mail for mail in mails if mail.to == address and "/s#" in mail.body]


def new_links(house: House, config: Config, email: str, *, times: int = 1) -> list[Mail]:
    """What has come to an address once it was asked for so many times, the invitations left out."""
    before = to(post(config, house.database, house.now), email.lower())
    for _ in range(times):
        house.client.post("/s/lost", data={"email": email})
    after = to(post(config, house.database, house.now), email.lower())
    return [mail for mail in after if mail not in before]


# ---- one answer


def test_every_address_gets_the_same_bytes_and_status(house: House) -> None:
    answers = {kind: house.client.post("/s/lost", data={"email": email}) for kind, email in KINDS.items()}

    assert {(one.status_code, one.data) for one in answers.values()} == {(200, answers["unknown"].data)}
    assert dict(answers["known"].headers) == dict(answers["unknown"].headers)


def test_asked_too_often_the_answer_stays_the_same(house: House) -> None:
    answers = {house.client.post("/s/lost", data={"email": WREN}).data for _ in range(MOST_A_DAY + 2)}

    assert len(answers) == 1


def test_the_page_is_the_same_for_everybody_and_writes_nothing(house: House) -> None:
    before = house.rows()

    assert house.client.get("/s/lost").data == house.client.get("/s/lost?email=" + WREN).data
    assert house.rows() == before


def test_it_is_one_press_from_the_first_page_and_from_a_link_that_failed(house: House) -> None:
    for page in (house.client.get("/s"), house.client.post("/s", data={"key": "x"})):
        assert 'href="/s/lost"' in page.text


def test_an_empty_field_is_said_to_be_empty_and_nothing_is_written(house: House) -> None:
    before = house.rows()

    answer = house.client.post("/s/lost", data={"email": "  "})

    assert (answer.status_code, "Please type your email address." in answer.text) == (422, True)
    assert house.rows() == before


def test_asking_looks_nobody_up_and_writes_alike_for_all(house: House) -> None:
    before = house.rows()

    for email in KINDS.values():
        house.client.post("/s/lost", data={"email": email})

    after = house.rows()
    assert [name for name in after if after[name] != before[name]] == ["lost_link"]
    with house.database.reading() as session:
        rows = session.query(LostLink).all()
        assert sorted((row.asked, row.waiting, len(row.mailbox)) for row in rows)[-1] == (2, True, 32)
        assert len(rows) == len(KINDS) - 1


def seconds(client: Reviewed, email: str) -> float:
    began = time.perf_counter()
    client.post("/s/lost", data={"email": email})
    return time.perf_counter() - began


def test_no_answer_comes_before_its_time(house: House) -> None:
    assert all(seconds(house.client, email) >= SHORTEST for email in (WREN, "nobody@members.example"))


@pytest.mark.long
def test_known_and_unknown_take_the_same_time_within_five_milliseconds(house: House) -> None:
    kinds = ("known", "unknown", "no mail", "not an address")
    taken = medians_of({kind: partial(seconds, house.client, KINDS[kind]) for kind in kinds})

    assert spread(taken) < TOLD_APART, taken


# ---- what comes, to whom, and how often


def test_the_new_link_opens_her_own_page_with_all_her_letters(house: House, config: Config) -> None:
    with house.database.transaction() as session:
        other = letter(session, house.cast, now=house.now, title="Another", body="Other words.")
        ask_members(session, other, house.cast, house.now)

    mails = new_links(house, config, WREN)

    assert [mail.subject for mail in mails] == ["Your new link"]
    assert "We have asked you about 2 letters." in Phone(house.client, key=mails[0].key).open().words
    assert "We have asked you about 2 letters." in Phone(house.client, code=mails[0].code).open().words


def test_a_few_a_day_across_all_campaigns_and_again_the_next(
    house: House, config: Config, clock: Clock
) -> None:
    post(config, house.database, house.now)
    got = 0
    for _ in range(MOST_A_DAY + 3):
        got += len(new_links(house, config, WREN))
    assert got == MOST_A_DAY

    clock.forward(days=1)
    house.now = clock.at
    assert len(new_links(house, config, WREN)) == 1


def test_pressed_several_times_before_the_mail_leaves_one_comes(house: House, config: Config) -> None:
    assert len(new_links(house, config, WREN, times=3)) == 1


@pytest.mark.parametrize("kind", ["unknown", "no mail", "not an address"])
def test_nothing_comes_where_nobody_may_be_written_to(house: House, config: Config, kind: str) -> None:
    before = post(config, house.database, house.now)

    house.client.post("/s/lost", data={"email": KINDS[kind]})

    assert post(config, house.database, house.now) == before


def test_whoever_said_stop_gets_none_whoever_types_her_address(house: House, config: Config) -> None:
    with house.database.transaction() as session:
        stop_mail(session, house.cast.wren, house.now)

    assert new_links(house, config, WREN) == []


def test_who_says_stop_after_asking_gets_none(house: House, config: Config) -> None:
    house.client.post("/s/lost", data={"email": WREN})
    with house.database.transaction() as session:
        stop_mail(session, house.cast.wren, house.now)

    assert to(post(config, house.database, house.now), WREN) == []


def test_where_her_mail_is_read_the_new_link_only_takes_off(house: House, config: Config) -> None:
    mails = new_links(house, config, KINDS["watched"])

    assert "teapot" not in mails[0].body
    assert Phone(house.client, key=mails[0].key).open().state == "This link can only take a name off."


def test_what_was_asked_and_keys_that_ended_are_forgotten(
    house: House, config: Config, database: Database
) -> None:
    new_links(house, config, WREN)
    house.client.post("/s/lost", data={"email": "nobody@members.example"})
    post(config, house.database, house.now)

    forget_due(database, zone=ZONE, now=house.now + timedelta(days=1))

    with database.reading() as session:
        assert session.query(LostLink).all() == []
        assert session.query(Link).filter_by(purpose="own").all() == []


def test_what_still_waits_is_not_forgotten(house: House, database: Database) -> None:
    with database.transaction() as session:
        ask_again(session, WREN, house.now)

    forget_due(database, zone=ZONE, now=house.now + timedelta(days=2))

    with database.reading() as session:
        assert len(session.query(LostLink).all()) == 1

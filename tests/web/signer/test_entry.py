"""The first page is one for everybody; keys and codes open only their own; the rest is not told apart."""

import statistics
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from flask import Flask

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.people.actions import stop_mail
from advocacy.people.limits import Preset
from advocacy.people.models import MailMode, Person
from advocacy.people.typed_codes import spell
from advocacy.signons.links import Purpose
from advocacy.signons.models import Link
from advocacy.throttling import Throttle
from advocacy.web.signer.pace import SHORTEST
from tests.make import ask_members, letter, person
from tests.page import Reviewed
from tests.timing import TOLD_APART, medians_of, spread
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

PATHS = ["/s", "/s/", "/s/check", "/s/sign", "/s/withdraw", "/s/anything/else", "/s?key=abc"]


# ---- the page before anything is known


@pytest.mark.parametrize("path", PATHS)
def test_every_address_of_the_door_gives_the_same_bytes(client: Reviewed, path: str) -> None:
    first = client.get("/s")

    assert client.get(path).data == first.data
    assert client.get(path).status_code == 200


def test_the_first_page_holds_no_word_of_any_letter(house: House) -> None:
    text = house.client.get("/s").text.lower()

    unspoken = ["1144", "letter ", "traffick", "surviv", "bill", "campaign", "network", "advoca", "sign "]
    assert not [word for word in unspoken if word in text]


def test_asking_for_the_head_alone_works(client: Reviewed) -> None:
    answer = client.head("/s/check")

    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("path", ["/s", "/s/check"])
def test_the_door_sets_no_cookie_and_is_kept_by_nobody(client: Reviewed, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "Set-Cookie" not in headers
    assert "ETag" not in headers


def test_a_cookie_of_the_office_changes_nothing_at_the_door(house: House) -> None:
    plain = house.client.get("/s").data
    house.client.set_cookie("office", "something")

    assert house.client.get("/s").data == plain


def test_the_door_loads_its_own_two_files_and_nothing_else(client: Reviewed) -> None:
    phone = Phone(client).see(client.get("/s"))

    files = [tag["src"] for tag in phone.soup.find_all("script")]
    files += [tag["href"] for tag in phone.soup.find_all("link", rel="stylesheet")]
    assert [name.split("?")[0] for name in files] == ["/static/signer.js", "/static/signer.css"]


def test_everything_a_phone_loads_is_below_fifty_kilobytes(house: House) -> None:
    phone = house.phone(house.cast.wren)

    files = [client_file(house, str(tag["src"])) for tag in phone.soup.find_all("script")]
    files += [client_file(house, str(tag["href"])) for tag in phone.soup.find_all("link", rel="stylesheet")]
    assert sum(files) + len(phone.answer.data) < 50_000


def client_file(house: House, address: str) -> int:
    return len(house.client.get(address).data)


# ---- keys and codes


def test_a_typed_code_opens_the_same_page_as_the_key(house: House) -> None:
    code = house.code(house.cast.dee)

    for spelled in (code, spell(code), spell(code).lower(), f" {code[:3]} {code[3:]} "):
        assert Phone(house.client, code=spelled).open().state == "You have not signed yet."


def test_whoever_came_by_code_goes_all_the_way_by_code(house: House) -> None:
    phone = Phone(house.client, code=house.code(house.cast.dee)).open()

    phone.press("Count me, no name").press("Sign", agree="yes")

    assert phone.state == "Thank you. You have signed."


def test_a_key_is_never_in_an_address(house: House) -> None:
    key = house.key(house.cast.wren)
    phone = Phone(house.client, key=key).open()

    tags = phone.soup.find_all(["a", "form", "link"])
    addresses = [str(tag.get("href") or tag.get("action")) for tag in tags]
    assert not [address for address in addresses if key in address]


def strings_that_open_nothing(house: House) -> dict[str, dict[str, str]]:
    good = house.key(house.cast.dee)
    return {
        "nothing": {},
        "empty": {"key": "", "code": ""},
        "unknown": {"key": "A" * 43},
        "mangled": {"key": good[:-1]},
        "doubled": {"key": good + good},
        "very long": {"key": "k" * 10_000},
        "script": {"key": "<script>alert(1)</script>"},
        "hidden": {"key": "\u202e\u200b\x00" + good},
        "another purpose": {"key": house.key(house.cast.dee, Purpose.STOP_MAIL)},
        "revoked": {"key": revoked(house)},
        "expired": {"key": expired(house)},
        "a wrong code": {"code": "AAAAA-AAAAA"},
        "no code at all": {"code": "hello"},
        "a broken line": {"code": "A\r\nSet-Cookie: x=1"},
    }


def revoked(house: House) -> str:
    key = house.key(house.cast.river)
    with house.database.transaction() as session:
        newest = session.query(Link).order_by(Link.id).filter_by(purpose=Purpose.SIGN).all()
        for link in newest:
            if link.invitation_id == house.invitation(house.cast.river).id:
                link.revoked_at = house.now
    return key


def expired(house: House) -> str:
    with house.database.transaction() as session:
        long_ago = house.now - timedelta(days=300)
        old = letter(session, house.cast, now=long_ago, title="Old", body="Old words.")
        ask_members(session, old, house.cast, long_ago)
        session.expunge_all()
    return House(house.database, house.client, house.cast, old, long_ago).key(house.cast.dee)


def test_every_string_that_opens_nothing_gives_one_same_answer(house: House) -> None:
    answers = {
        name: house.client.post("/s", data=sent) for name, sent in strings_that_open_nothing(house).items()
    }

    assert {(answer.status_code, answer.data) for answer in answers.values()} == {
        (404, answers["unknown"].data)
    }
    assert "This link or code did not work." in answers["unknown"].text


@pytest.mark.parametrize("path", ["/s/check", "/s/sign", "/s/withdraw", "/s/decline", "/s/stop-mail"])
def test_every_step_turns_an_unknown_key_away_alike(house: House, path: str) -> None:
    sent = {"key": "A" * 43, "answer": "yes", "agree": "yes"}

    assert house.client.post(path, data=sent).data == house.client.post("/s", data={"key": "B" * 43}).data


def test_every_string_that_opens_nothing_takes_the_same_time(house: House) -> None:
    strings = strings_that_open_nothing(house)
    kinds = ("unknown", "mangled", "revoked", "expired", "another purpose")
    taken = {kind: statistics.median(seconds(house, strings[kind]) for _ in range(3)) for kind in kinds}

    assert max(taken.values()) - min(taken.values()) < 0.05, taken
    assert min(taken.values()) >= SHORTEST


@pytest.mark.long
def test_no_patience_tells_strings_that_open_nothing_apart(house: House) -> None:
    strings = strings_that_open_nothing(house)
    kinds = ("unknown", "mangled", "revoked", "expired", "another purpose")
    taken = medians_of({kind: partial(seconds, house, strings[kind]) for kind in kinds})

    assert spread(taken) < TOLD_APART, taken


def seconds(house: House, sent: dict[str, str]) -> float:
    began = time.monotonic()
    house.client.post("/s", data=sent)
    return time.monotonic() - began


def test_a_key_for_one_letter_shows_no_other(house: House) -> None:
    with house.database.transaction() as session:
        other = letter(session, house.cast, now=house.now, title="Another matter", body="Other words.")
        ask_members(session, other, house.cast, house.now)

    assert "Another matter" not in house.phone(house.cast.wren).answer.text


def test_a_key_ends_thirty_days_after_the_last_thing_it_reaches(house: House, clock: Clock) -> None:
    key = house.key(house.cast.wren)
    clock.forward(days=10 + 30)

    assert house.client.post("/s", data={"key": key}).status_code == 404


# ---- guessing gets slow, and locks nobody out


def test_only_typed_codes_are_counted_and_no_address_is_kept(house: House) -> None:
    house.client.post("/s", data={"key": "A" * 43})
    house.client.post("/s", data={})
    assert throttles(house) == []

    house.client.post("/s", data={"code": "AAAAA-AAAAA"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert [row.failures for row in throttles(house)] == [1, 1]
    assert not [row for row in throttles(house) if b"192" in row.bucket or len(row.bucket) != 32]


def test_one_neighbourhood_is_one_bucket_and_another_is_not(house: House) -> None:
    for address in ("192.0.2.7", "192.0.2.200", "198.51.100.1", "2001:db8::1", "not an address"):
        house.client.post("/s", data={"code": "AAAAA"}, environ_overrides={"REMOTE_ADDR": address})

    assert sorted(row.failures for row in throttles(house)) == [1, 1, 1, 2, 5]


def throttles(house: House) -> list[Throttle]:
    with house.database.reading() as session:
        return session.query(Throttle).all()


def test_after_many_wrong_codes_all_wait_alike_and_the_right_one_still_opens(
    house: House,
) -> None:
    code = house.code(house.cast.dee)
    house.client.post("/s", data={})
    untroubled = max(seconds(house, {"code": "AAAAA-AAAAA"}) for _ in range(2))
    with house.database.transaction() as session:
        for row in session.query(Throttle):
            row.failures = 9

    began = time.monotonic()
    phone = Phone(house.client, code=code).open()
    took = time.monotonic() - began

    assert phone.state == "You have not signed yet."
    assert 0.4 <= took < 1.5 + 3 * untroubled
    assert seconds(house, {"code": "AAAAA-AAAAA"}) >= 0.4 + SHORTEST


# ---- somebody may read her mail


@pytest.fixture
def watched(house: House) -> UUID:
    with house.database.transaction() as session:
        found = person(
            session,
            "Quill Sample",
            chosen_name="Quill",
            now=house.now,
            limits=Preset.PUBLIC_ADVOCATE,
            mail_mode=MailMode.WATCHED,
            recognition_word="Blue  Teapot",
        ).id
    with house.database.transaction() as session:
        ask_members(session, house.version, house.cast, house.now)
    return found


def test_a_watched_link_shows_no_letter_no_name_and_not_whether_she_signed(
    house: House, watched: UUID
) -> None:
    before = house.phone(watched).words
    into(house, watched).press("Count me, no name").press("Sign", agree="yes")

    assert house.phone(watched).words == before
    assert "1144" not in before
    assert "Quill" not in before


def into(house: House, person_id: UUID, word: str = "blue teapot") -> Phone:
    return house.phone(person_id).press("Go on", word=word).read()


@pytest.mark.parametrize("word", ["Blue Teapot", " blue teapot ", "BLUE TEAPOT"])
def test_her_word_opens_the_rest_however_she_writes_it(house: House, watched: UUID, word: str) -> None:
    assert into(house, watched, word).state == "You have not signed yet."


@pytest.mark.parametrize("word", ["green teapot", "x" * 10_000, "<b>", "\u202e"])
def test_a_wrong_word_stays_outside_and_is_counted(house: House, watched: UUID, word: str) -> None:
    phone = house.phone(watched).press("Go on", 422, word=word)

    assert "That is not the word we know." in phone.words
    assert [row.failures for row in throttles(house)] == [1, 1]


def test_the_word_itself_stands_on_no_page(house: House, watched: UUID) -> None:
    phone = into(house, watched)

    assert "teapot" not in phone.answer.text.lower()


@pytest.mark.parametrize("path", ["/s", "/s/check", "/s/sign", "/s/decline", "/s/stop-mail"])
def test_no_step_but_taking_off_opens_without_the_word(house: House, watched: UUID, path: str) -> None:
    key, before = house.key(watched), house.rows()
    sent = {"key": key, "answer": "yes", "agree": "yes", "way": "count", "proof": "9999999999.abc"}

    answer = house.client.post(path, data=sent)

    assert "This link can only take a name off." in answer.text
    assert house.rows() == before


def test_the_proof_of_her_word_lasts_an_hour_and_serves_nobody_else(
    house: House, watched: UUID, clock: Clock
) -> None:
    phone = into(house, watched)
    proof = phone.fields(phone.button("Count me, no name").find_parent("form"))["proof"]  # type: ignore[arg-type]
    clock.forward(minutes=59)
    phone.press("Count me, no name")
    clock.forward(minutes=1)

    phone.press("Sign", agree="yes")

    assert phone.state == "This link can only take a name off."
    later = f"{int(proof.split('.')[0]) + 9999}.{proof.split('.')[1]}"
    forged = house.client.post("/s", data={"key": house.key(watched), "proof": later})
    assert "This link can only take a name off." in forged.text


def test_somebody_without_a_word_is_not_let_in_by_an_empty_one(house: House, watched: UUID) -> None:
    with house.database.transaction() as session:
        session.get_one(Person, watched).recognition_word = None

    assert "This link can only take a name off." in house.phone(watched).words
    assert house.phone(watched).press("Go on", word="").state == "This link can only take a name off."


def test_a_watched_link_takes_her_name_off(house: House, watched: UUID) -> None:
    into(house, watched).press("Count me, no name").press("Sign", agree="yes")
    phone = house.phone(watched).press("Take my name off")
    phone.press("Go on", answer="yes")

    assert phone.state == "Done. If a name was on a letter, it is off now."
    assert house.consents() == []


def test_saying_no_to_taking_off_shows_no_letter_on_a_watched_link(house: House, watched: UUID) -> None:
    phone = house.phone(watched).press("Take my name off").press("Go on", answer="no")

    assert phone.state == "This link can only take a name off."


# ---- hosts and other sites


def test_the_door_on_its_own_host_answers_at_its_root(house: House, config: Config) -> None:
    apart = replace(config, base_url="https://office.example", signer_url="https://door.example", demo=False)
    app: Flask = create_app(apart, house.database, clock=lambda: house.now)
    client = app.test_client()
    answer = client.post("/s", data={"key": house.key(house.cast.dee)}, base_url="https://door.example")

    assert client.get("/", base_url="https://door.example").status_code == 200
    assert "You have not signed yet." in answer.text
    assert client.get("/stop/x", base_url="https://door.example").status_code == 200


@pytest.mark.parametrize("path", ["/s", "/s/check", "/s/sign", "/s/withdraw"])
def test_what_another_site_sends_to_the_door_is_refused(house: House, path: str) -> None:
    before = house.rows()
    sent = {"key": house.key(house.cast.dee), "answer": "yes", "agree": "yes"}
    before = house.rows()

    answer = house.client.post(path, data=sent, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "open the link from your email again" in answer.text
    assert house.rows() == before


def test_stopped_mail_is_said_and_not_offered_again(house: House) -> None:
    with house.database.transaction() as session:
        stop_mail(session, house.cast.dee, house.now)

    assert "Stop emails" not in house.phone(house.cast.dee).buttons

"""Less from now on, everywhere: at once, by the link, and never more."""

from datetime import timedelta

import pytest

from advocacy.people.limiting import say_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Limits, Preset
from advocacy.people.queries import naming_limits
from advocacy.signons.lost import make_own_link
from advocacy.signons.queries import signers_for
from tests.make import FULL, sign
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

LESS = "Show less of me from now on"
DONE = "From now on we show less of you"
NOW = timedelta(seconds=0)


def limits(house: House, later: timedelta = NOW) -> Limits:
    with house.database.reading() as session:
        return naming_limits(session, house.cast.wren, house.now + later)


def shown(house: House, audience: Audience) -> list[str]:
    with house.database.reading() as session:
        return [one.line for one in signers_for(session, house.version.id, audience, house.now).individuals]


def wren_signs(house: House) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.wren, house.now, FULL, FULL, FULL)


def asks(house: House) -> Phone:
    phone = house.phone(house.cast.wren)
    return phone.press("More ways to stop").press(LESS) if "More ways to stop" in phone.buttons else phone


def less(house: House, status: int = 200, **fields: str) -> Phone:
    phone = Phone(house.client, key=house.key(house.cast.wren))
    return phone.see(house.client.post("/s/less", data={"key": phone.key, **fields}), status)


def test_she_finds_it_at_the_door(house: House) -> None:
    phone = asks(house)

    assert "How much less may we show?" in phone.words
    assert phone.ticked == []
    assert phone.options["answer"] == ["count", "offices", "no_press", "chosen", "no"]


def test_only_the_count_takes_every_line_off_at_once(house: House) -> None:
    wren_signs(house)
    assert shown(house, Audience.RECIPIENT) == ["Wren Sample"]

    assert DONE in less(house, answer="count").words
    for audience in (Audience.RECIPIENT, Audience.WEB, Audience.PRESS):
        assert shown(house, audience) == []
        assert limits(house)[audience] == NOTHING_BUT_COUNT


def test_reporters_alone_can_be_left_out(house: House) -> None:
    wren_signs(house)
    less(house, answer="no_press")

    assert shown(house, Audience.PRESS) == []
    assert shown(house, Audience.WEB) == ["Wren Sample"]


def test_the_legal_name_alone_can_be_left_out(house: House) -> None:
    wren_signs(house)
    less(house, answer="chosen")

    assert shown(house, Audience.RECIPIENT) == []
    assert "chosen_name" in limits(house)[Audience.WEB]
    assert "initials" not in limits(house)[Audience.WEB]


@pytest.mark.parametrize("fields", [{}, {"asked": "1"}, {"asked": "1", "answer": "public_advocate"}])
def test_a_bare_press_changes_nothing(house: House, fields: dict[str, str]) -> None:
    key = house.key(house.cast.wren)
    before = house.rows()
    answer = house.client.post("/s/less", data={"key": key, **fields})

    assert answer.status_code == (422 if fields else 200)
    assert house.rows() == before


def test_no_answer_shows_more_than_now_nor_lets_more_come(house: House) -> None:
    with house.database.transaction() as session:
        wait, public = timedelta(hours=24), Preset.PUBLIC_ADVOCATE.limits()
        nothing = Preset.COUNT_ME_ONLY.limits()
        say_limits(session, house.cast.wren, nothing, by=None, by_voice=False, wait=wait, now=house.now)
        say_limits(session, house.cast.wren, public, by=None, by_voice=True, wait=wait, now=house.now)
    less(house, answer="offices")

    assert limits(house, timedelta(days=3)) == Preset.COUNT_ME_ONLY.limits()


def test_it_works_from_her_own_page_too(house: House) -> None:
    with house.database.transaction() as session:
        key, _ = make_own_link(session, house.cast.wren, house.now)
    phone = Phone(house.client, key=key).arrive()
    phone.press(LESS).press("Go on", answer="count")

    assert DONE in phone.words
    assert limits(house) == Preset.COUNT_ME_ONLY.limits()


def test_a_key_that_opens_nothing_lowers_nothing(house: House) -> None:
    before = house.rows()

    assert house.client.post("/s/less", data={"key": "x" * 43, "answer": "count"}).status_code == 404
    assert {name: rows for name, rows in house.rows().items() if name != "throttle"} == {
        name: rows for name, rows in before.items() if name != "throttle"
    }

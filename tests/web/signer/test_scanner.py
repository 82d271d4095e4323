"""A mail scanner opens every link, runs scripts and presses every button: no row of any table changes."""

import pytest
from bs4 import BeautifulSoup

from advocacy.signons.links import Purpose
from tests.make import FULL, sign
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

Sent = tuple[str, tuple[tuple[str, str], ...]]


def press_every_lone_button(house: House, path: str, sent: dict[str, str], depth: int) -> set[Sent]:
    """Send each form on the page as it stands, and each form on what comes back; what was sent, each once."""
    pressed: set[Sent] = set()
    waiting = [(path, sent)]
    for _ in range(depth):
        forms = [form for address, fields in waiting for form in lone_buttons(house, address, fields)]
        fresh = {_sent(address, fields): (address, fields) for address, fields in forms}
        waiting = [fresh[form] for form in fresh if form not in pressed]
        pressed |= set(fresh)
    return pressed


def lone_buttons(house: House, path: str, sent: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """What each button of a page would send, and where."""
    phone = Phone(house.client)
    answer = house.client.post(path, data=sent) if sent else house.client.get(path)
    phone.soup = BeautifulSoup(answer.text, "html.parser")
    return [phone.sent_by(button, path) for button in phone.soup.find_all("button")]


def _sent(path: str, fields: dict[str, str]) -> Sent:
    return path, tuple(sorted(fields.items()))


@pytest.mark.parametrize("signed", [False, True])
def test_a_bot_that_presses_every_button_on_every_page_changes_no_row(house: House, signed: bool) -> None:
    if signed:
        with house.database.transaction() as session:
            sign(session, house.version.letter_id, house.cast.wren, house.now, FULL)
    keys = {person: house.key(person) for person in (house.cast.wren, house.cast.dee)}
    before = house.rows()

    pressed = [press_every_lone_button(house, "/s", {"key": key}, 5) for key in keys.values()]

    assert sum(map(len, pressed)) > 60
    assert {path for forms in pressed for path, _ in forms} >= {"/s", "/s/check", "/s/sign", "/s/stop-mail"}
    assert house.rows() == before


def test_a_bot_at_the_address_that_stops_mail_changes_no_row(house: House) -> None:
    path = f"/stop/{house.key(house.cast.wren, Purpose.STOP_MAIL)}"
    before = house.rows()

    house.client.head(path)
    assert len(press_every_lone_button(house, path, {}, 2)) == 1

    assert house.rows() == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_never_writes(house: House, method: str) -> None:
    key, before = house.key(house.cast.wren), house.rows()

    for path in ("/s", "/s/check", "/s/sign", "/s/withdraw", f"/s?key={key}", f"/s/{key}", f"/stop/{key}"):
        house.client.open(path, method=method)

    assert house.rows() == before


def test_a_key_in_the_address_opens_nothing(house: House) -> None:
    key = house.key(house.cast.wren)

    assert house.client.post(f"/s?key={key}", data={}).status_code == 404

"""The pages say "call us", so they show a number, but to nobody who only found the address."""

from dataclasses import replace

import pytest
from flask import Flask

from advocacy.config import Config
from tests.web.signer.conftest import House

NUMBER = "(202) 555-0142"


@pytest.fixture
def config(config: Config) -> Config:
    return replace(config, call_us=NUMBER)


def test_a_key_shows_whom_to_call(house: House) -> None:
    page = house.phone(house.cast.dee).answer.text

    assert f"You can call us: {NUMBER}." in page


def test_the_page_for_everybody_shows_no_number(app: Flask) -> None:
    seen = app.test_client()

    assert NUMBER not in seen.get("/s").text
    assert NUMBER not in seen.post("/s", data={"key": "nobody"}).text

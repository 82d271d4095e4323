"""What a person reads when something does not work."""

import logging

import pytest
from flask import Flask, abort
from sqlalchemy.exc import IntegrityError

from advocacy.config import Config
from advocacy.web.errors import FAULTS, sentence_of
from tests.page import Reader


@pytest.fixture
def built() -> dict[Config, Flask]:
    """An application of each test's own: these give it addresses that break."""
    return {}


@pytest.mark.parametrize("kind", FAULTS)
def test_every_named_fault_says_a_whole_sentence(kind: type[Exception]) -> None:
    sentence = sentence_of(kind())

    assert sentence[0].isupper()
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("kind", FAULTS)
def test_every_named_fault_has_its_page(app: Flask, reader: Reader, kind: type[Exception]) -> None:
    def fails() -> str:
        raise kind

    app.add_url_rule("/fails", view_func=fails)
    seen = reader.get("/fails", FAULTS[kind])

    assert sentence_of(kind()) in seen.words


@pytest.mark.parametrize("status", [400, 404, 413, 418, 429, 503])
def test_every_other_answer_has_a_page_too(app: Flask, reader: Reader, status: int) -> None:
    app.add_url_rule("/stops", view_func=lambda: abort(status))

    assert reader.get("/stops", status).heading


def test_a_fault_nobody_foresaw_shows_an_id_and_nothing_else(
    app: Flask, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False

    def breaks() -> str:
        raise RuntimeError("Wren Sample, wren@members.example")

    app.add_url_rule("/breaks", view_func=breaks)
    with caplog.at_level(logging.DEBUG):
        seen = reader.get("/breaks", 500)

    id = seen.soup.code
    assert id is not None
    assert id.get_text() in caplog.text
    assert "kind=RuntimeError place=test_errors.py" in caplog.text
    assert "Wren" not in caplog.text + seen.words


def test_two_who_write_the_same_at_once_are_told_so(
    app: Flask, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False

    def collides() -> str:
        raise IntegrityError("INSERT", {}, Exception("Key (email)=(wren@members.example)"))

    app.add_url_rule("/collides", view_func=collides)
    seen = reader.get("/collides", 409)

    assert "this press changed nothing" in seen.words
    assert "kind=IntegrityError place=" in caplog.text
    assert "wren" not in caplog.text + seen.words


@pytest.mark.parametrize("path", ["/breaks", "/s/breaks"])
def test_a_press_that_failed_is_never_taken_for_saved(app: Flask, path: str) -> None:
    app.testing = False

    def breaks() -> str:
        raise RuntimeError

    app.add_url_rule(path, view_func=breaks, methods=["GET", "POST"], endpoint="breaks")
    client = app.test_client()

    assert "may not have been saved" in client.post(path).text
    assert "saved" not in client.get(path).text


def test_a_wrong_method_says_which_one_is_right(reader: Reader) -> None:
    seen = reader.post("/demo", {}, 405)

    assert "GET" in seen.answer.headers["Allow"]

"""Fields that refuse what cannot be seen, and forms that belong to one session."""

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict

from advocacy.web.forms import Line, OfficeForm, Prose, described, is_ours, token_for


class NoteForm(OfficeForm):
    title = Line("Title")
    text = Prose("Text")


def filled(**fields: str) -> NoteForm:
    return NoteForm(MultiDict({"csrf_token": token_for("key"), **fields}))


@pytest.fixture(autouse=True)
def _signed_in(app: Flask) -> object:
    with app.test_request_context():
        g.form_token = token_for("key")
        yield


def test_a_line_is_tidied() -> None:
    form = filled(title="  Nguyễn   Mẫu ")

    assert form.validate()
    assert form.title.data == "Nguyễn Mẫu"


@pytest.mark.parametrize("typed", ["a\u202eb", "a\r\nBcc: b", "a\u200bb", "a\0b", "x" * 201])
def test_a_line_that_hides_something_is_sent_back(typed: str) -> None:
    form = filled(title=typed)

    assert not form.validate()
    assert form.title.errors


def test_prose_keeps_its_lines_whatever_the_browser_sends() -> None:
    assert filled(text="one\r\ntwo\rthree\0").text.data == "one\ntwo\nthree"


@pytest.mark.parametrize("token", ["", "x", token_for("another key")])
def test_a_form_of_another_session_is_refused(token: str) -> None:
    form = NoteForm(MultiDict({"csrf_token": token}))

    assert not form.validate()
    assert not is_ours(token)


def test_without_a_session_no_token_is_right() -> None:
    g.form_token = ""

    assert not is_ours("")


def test_fields_nobody_listed_are_ignored() -> None:
    assert not hasattr(filled(role="manager"), "role")


def test_a_field_points_to_its_hint_and_its_fault() -> None:
    form = filled(title="a\u200bb")
    form.validate()

    assert described(form.title, "Short.") == {
        "aria-describedby": "title-hint title-wrong",
        "aria-invalid": "true",
    }
    assert described(form.text, "", rows=9) == {"rows": 9}

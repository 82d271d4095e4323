"""One view for htmx and for a plain browser."""

import pytest
from flask import Flask, make_response

from advocacy.web.htmx import go, reswap, wants_part

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        (HTMX, True),
        ({**HTMX, "HX-Boosted": "true"}, False),
        ({**HTMX, "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_only_a_plain_htmx_request_wants_a_part(app: Flask, headers: dict[str, str], part: bool) -> None:
    with app.test_request_context(headers=headers):
        assert wants_part() is part


def test_a_browser_is_sent_on_and_htmx_is_told_to_go(app: Flask) -> None:
    with app.test_request_context():
        assert (go("/office/").status_code, go("/office/").headers["Location"]) == (303, "/office/")
    with app.test_request_context(headers=HTMX):
        assert (go("/office/").status_code, go("/office/").headers["HX-Redirect"]) == (200, "/office/")


def test_an_answer_can_be_put_before_another(app: Flask) -> None:
    with app.test_request_context():
        answer = reswap(make_response("x"), "beforebegin", "#count")

    assert (answer.headers["HX-Reswap"], answer.headers["HX-Retarget"]) == ("beforebegin", "#count")


def test_a_cache_never_mistakes_a_part_for_a_page(app: Flask) -> None:
    assert "HX-Request" in app.test_client().get("/").headers["Vary"]

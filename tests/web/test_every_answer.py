"""Each address of the application, by each method, answers with every header and to no other site."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advocacy.people.roles import Role
from advocacy.web.security import POLICY
from tests.web.conftest import Hire

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
FILES = ["/static/house.css", "/static/signer.css", "/static/vendor/pico.min.css", "/static/nothing.css"]
WITHIN = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>")
KINDS = {"uuid": str(UUID(int=7)), "int": "7"}


def addresses(app: Flask) -> Iterator[str]:
    """Every rule of the application, with something that is not there in place of each id."""
    for rule in app.url_map.iter_rules():
        yield WITHIN.sub(lambda found: KINDS.get(found[1] or "", "nothing"), rule.rule)


def lacking(told: Mapping[str, str]) -> set[str]:
    """What an answer should carry and does not."""
    held = {
        "policy": told.get("Content-Security-Policy") == POLICY,
        "kind": told.get("X-Content-Type-Options") == "nosniff",
        "opener": told.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": told.get("Cross-Origin-Resource-Policy") == "same-origin",
        "frame": told.get("X-Frame-Options") == "DENY",
        "permissions": "camera=()" in told.get("Permissions-Policy", ""),
        "referrer": told.get("Referrer-Policy") in ("no-referrer", "same-origin"),
        "robots": "noindex" in told.get("X-Robots-Tag", ""),
        "vary": "HX-Request" in told.get("Vary", ""),
        "no other site": not any(name.lower().startswith("access-control") for name in dict(told)),
        "server": "Server" not in told,
    }
    return {name for name, holds in held.items() if not holds}


def walk(client: FlaskClient, paths: list[str], **told: str) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    for path in paths:
        for method in METHODS:
            answer = client.open(path, method=method, headers=told)
            yield f"{method} {path}", answer.status_code, answer.headers
            answer.close()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_every_answer_to_nobody_carries_every_header(app: Flask, elsewhere: bool) -> None:
    told = ELSEWHERE if elsewhere else {}
    for asked, status, headers in walk(app.test_client(), list(addresses(app)), **told):
        assert lacking(headers) == set(), (asked, status)
        assert "no-store" in headers["Cache-Control"], asked
        assert status < 500 or "/readyz" in asked, asked


def test_every_answer_to_the_manager_carries_every_header(app: Flask, hire: Hire) -> None:
    client = app.test_client()
    client.post(f"/demo/{hire(Role.MANAGER)}")
    assert client.get("/office/").status_code == 200
    # Signing out would end the walk.
    paths = [path for path in addresses(app) if "sign-out" not in path and "/demo" not in path]
    for asked, status, headers in walk(client, paths, **{"Sec-Fetch-Site": "same-origin"}):
        assert lacking(headers) == set(), (asked, status)
        assert "no-store" in headers["Cache-Control"], asked
        assert status < 500 or "/readyz" in asked, asked


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    "told", [{}, {"Range": "bytes=999999999-"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}]
)
def test_a_file_that_is_served_refused_or_unchanged_carries_every_header(
    app: Flask, path: str, told: dict[str, str]
) -> None:
    seen = set()
    for asked, status, headers in walk(app.test_client(), [path], **told):
        seen.add(status)
        assert lacking(headers) == set(), (asked, status)
        kept = "immutable" in headers["Cache-Control"]
        assert kept == (status in (200, 206, 304)) or status == 416, (asked, status)
    assert 405 in seen or path.endswith("nothing.css")

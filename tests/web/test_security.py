"""Headers on every answer, nothing from other sites, and a signer's host that knows only its door."""

from dataclasses import replace

import pytest
from flask import Flask, request

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.web.security import POLICY
from tests.page import Reader, Reviewed

EVERYWHERE = [
    "/",
    "/office/",
    "/office/sign-in",
    "/healthz",
    "/nothing-here",
    "/s/nothing",
    "/static/house.css",
]


@pytest.fixture
def two_hosts(config: Config, database: Database) -> Flask:
    apart = replace(config, base_url="https://office.example", signer_url="https://door.example", demo=False)
    made = create_app(apart, database)
    made.test_client_class = Reviewed
    return made


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_same_policy(client: Reviewed, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Server" not in answer.headers


@pytest.mark.parametrize("path", EVERYWHERE)
def test_secure_transport_is_promised_only_where_there_is_some(
    client: Reviewed, two_hosts: Flask, path: str
) -> None:
    there = two_hosts.test_client().get(path, base_url="https://office.example")

    assert there.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get(path).headers


def test_a_file_may_be_kept_because_its_address_changes_with_it(client: Reviewed) -> None:
    address = client.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert "?v=" in address
    assert "immutable" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("host", ["door.example:443", "door.example:80", "door.example:8443"])
@pytest.mark.parametrize("path", ["/", "/office/sign-in", "/healthz", "/static/house.css"])
def test_a_port_in_the_host_opens_nothing_more_at_the_signers_host(
    two_hosts: Flask, host: str, path: str
) -> None:
    client = two_hosts.test_client()
    answer = client.get(path, base_url=f"https://{host}")
    bare = client.get(path, base_url="https://door.example")

    assert (answer.status_code, answer.data) == (bare.status_code, bare.data)


def test_the_folder_of_files_is_not_listed_and_not_left(client: Reviewed) -> None:
    for path in ("/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/vendor/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused(reader: Reader, site: str) -> None:
    seen = reader.post(
        "/office/sign-in", {"email": "wren@members.example"}, 403, headers={"Sec-Fetch-Site": site}
    )

    assert seen.heading == "This is not open to you"
    assert "sent from another web site" in seen.words


def test_an_older_browser_is_judged_by_its_origin(reader: Reader, config: Config) -> None:
    good = {"email": "wren@members.example"}

    reader.post("/office/sign-in", good, 200, headers={"Origin": config.base_url})
    reader.post("/office/sign-in", good, 403, headers={"Origin": "https://elsewhere.example"})
    reader.post("/office/sign-in", good, 403, headers={"Origin": "null"})


def test_the_browsers_own_word_decides_before_the_origin(reader: Reader, config: Config) -> None:
    told = {"Sec-Fetch-Site": "cross-site", "Origin": config.base_url}

    reader.post("/office/sign-in", {"email": "wren@members.example"}, 403, headers=told)


@pytest.mark.parametrize(
    "path", ["/office/", "/office/sign-in", "/healthz", "/letters/x", "/static/house.css"]
)
def test_the_signers_host_answers_nothing_but_the_door(two_hosts: Flask, path: str) -> None:
    answer = two_hosts.test_client().get(path, base_url="https://door.example")

    assert answer.status_code == 404
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "The Network" not in answer.text
    assert "house.css" not in answer.text


def test_the_root_of_the_signers_host_is_as_bland_as_the_door(two_hosts: Flask) -> None:
    client = two_hosts.test_client()
    root = client.get("/", base_url="https://door.example")
    door = client.get("/s", base_url="https://door.example")

    assert (root.status_code, root.data) == (door.status_code, door.data)


def test_a_host_nobody_set_is_refused(two_hosts: Flask) -> None:
    assert two_hosts.test_client().get("/", base_url="https://elsewhere.example").status_code == 400


def test_a_body_without_end_is_refused(reader: Reader) -> None:
    seen = reader.post("/office/sign-in", {"email": "x" * 7_000_000}, 413)

    assert seen.heading == "That is too large"


@pytest.mark.parametrize("path", ["/s", "/s/check", "/s/nothing"])
def test_an_error_at_the_signers_door_names_nobody(client: Reviewed, path: str) -> None:
    answer = client.delete(path)

    assert answer.status_code in (404, 405)
    assert "Network" not in answer.text
    assert "office" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE"])
def test_odd_methods_find_nothing(client: Reviewed, method: str) -> None:
    assert client.open("/office/sign-in", method=method).status_code == 405


@pytest.mark.parametrize(("behind", "seen"), [(True, "198.51.100.7"), (False, "127.0.0.1")])
def test_only_our_own_web_server_is_believed_where_somebody_comes_from(
    config: Config, database: Database, behind: bool, seen: str
) -> None:
    app = create_app(replace(config, behind_proxy=behind), database)
    came: list[str | None] = []

    @app.before_request
    def note() -> None:
        came.append(request.remote_addr)

    app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})

    assert came == [seen]

"""The signer's own host answers nothing but the door, and no address of ours sends anybody elsewhere."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.people.roles import Role
from tests.web.conftest import Hire
from tests.web.test_every_answer import FILES, WITHIN, addresses

OFFICE, DOOR = "https://office.example", "https://door.example"
# The names by which programs are told where to go on, and the two shapes of a way out of ours.
PLACES = ("next", "to", "from", "back", "url", "return", "return_to", "redirect", "done", "target", "path")
WANTED = dict.fromkeys(PLACES, "https://elsewhere.example/")
WANTED_TOO = dict.fromkeys(PLACES, "//elsewhere.example")


@pytest.fixture
def two_hosts(config: Config, database: Database) -> Flask:
    return create_app(replace(config, base_url=OFFICE, signer_url=DOOR, demo=False), database)


def test_each_address_that_is_not_the_doors_is_nothing_at_the_signers_host(two_hosts: Flask) -> None:
    client = two_hosts.test_client()
    nothing = client.get("/nothing-here", base_url=DOOR).data
    others = [rule for rule in two_hosts.url_map.iter_rules() if not rule.endpoint.startswith("signer.")]
    assert len(others) > 100

    for rule in others:
        path = WITHIN.sub("7", rule.rule)
        if path == "/":  # there the door itself answers
            continue
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = client.open(
                path, method=method, base_url=DOOR, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert (answer.status_code, answer.data) == (404, nothing), (method, path)
            answer.close()


@pytest.mark.parametrize("path", [path for path in FILES if "signer" not in path])
def test_the_offices_files_are_nothing_at_the_signers_host(two_hosts: Flask, path: str) -> None:
    assert two_hosts.test_client().get(path, base_url=DOOR).status_code == 404


def test_no_address_sends_anybody_elsewhere(app: Flask, config: Config, hire: Hire) -> None:
    client = app.test_client()
    client.post(f"/demo/{hire(Role.MANAGER)}")
    ours = {"", *(urlsplit(url).netloc for url in (config.base_url, config.signer_url, config.exit_url))}
    told = {
        "Sec-Fetch-Site": "same-origin",
        "Referer": "https://elsewhere.example/",
        "HX-Current-URL": "https://elsewhere.example/",
    }

    for path in addresses(app):
        if "sign-out" in path:
            continue
        seen = (
            client.get(path, query_string=WANTED, headers=told),
            client.post(path, query_string=WANTED, data=WANTED_TOO, headers={**told, "HX-Request": "true"}),
        )
        for answer in seen:
            for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "Refresh"):
                sent_to = answer.headers.get(name, "")
                assert "elsewhere" not in urlsplit(sent_to).netloc, (path, name, sent_to)
                assert urlsplit(sent_to).netloc in ours, (path, name, sent_to)
                assert not sent_to.startswith(("//", "/\\")), (path, name, sent_to)
            answer.close()

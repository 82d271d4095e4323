"""A mail scanner and a search engine go through everything they can reach, and nothing is different after."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from itertools import product
from mailbox import Maildir
from urllib.parse import SplitResult, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.demo.cast import SIGNERS
from advocacy.demo.loading import sign_as
from advocacy.demo.scene import Scene, decide, invite_members, open_letter, record_organisations, set_scene
from advocacy.demo.scene import ask_witness as ask_wren
from advocacy.editions.models import Way
from advocacy.migrations.tables import METADATA
from advocacy.organisations.asking import Described, ask_organisation
from advocacy.organisations.open_pages import open_the_page
from advocacy.people.sessions import Way as Entry
from advocacy.people.sessions import sit
from advocacy.people.sign_in import ask
from advocacy.signons.lost import make_own_link
from advocacy.signons.models import SignOn
from advocacy.worker import postman
from tests import make
from tests.page import Reviewed
from tests.rows import row_hashes

_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True)
class World:
    """The whole path has been walked once: everything that can be reached is there."""

    config: Config
    database: Database
    scene: Scene
    edition: str
    now: datetime

    def client(self, **settings: object) -> FlaskClient:
        """A stranger who reads pages."""
        app = create_app(replace(self.config, **settings), self.database, clock=lambda: self.now)  # type: ignore[arg-type]
        app.testing, app.test_client_class = True, Reviewed
        return app.test_client()

    def links(self) -> list[str]:
        """Every address in every mail that left, those in its head too."""
        box = Maildir(self.config.var / "mail", create=False)
        found: list[str] = []
        for name in sorted(box.keys()):
            mail = message_from_bytes(box.get_bytes(name), policy=policy.default)
            body = mail.get_body(("plain",))
            words = [str(value) for value in mail.values()]
            found += _LINK.findall(" ".join([*words, body.get_content() if body else ""]))
        return found


@pytest.fixture
def world(config: Config, database: Database, now: datetime) -> World:
    """Asked, signed, printed, delivered; two members wait, and somebody in the office asked for a link."""
    with database.transaction() as session:
        begun = set_scene(session, now)
        decide(session, begun, now)
        version = open_letter(session, begun.letter_id, begun, now)
        open_letter(session, begun.testimony_id, begun, now)
        record_organisations(session, version.id, begun, now)
        invite_members(session, begun, now)
        ask_wren(session, begun, now)
        ask(session, "amara@example.test", now=now, today=now.date())
    postman(config, database, lambda: now).round()
    with database.transaction() as session:
        for part in SIGNERS[:4]:
            sign_as(session, part, begun.letter_id, now)
    hands = {name: begun.hands[name] for name in ("amara", "jo", "sam", "lee")}
    nobody = dict.fromkeys(("dee", "river", "wren", "nguyen", "ana"), hands["amara"])
    cast = make.Cast(**hands, **nobody)
    edition = make.edition_of(make.printed(database, version, cast, now))
    with database.transaction() as session:
        first, second = make.recipients(session, begun.letter_id)[:2]
        make.hand_over(session, edition, first.id, cast, now, Way.EMAIL)
        make.propose_delivery(session, edition, second.id, Way.POST, by=cast.amara, now=now)
    postman(config, database, lambda: now).round()
    return World(config, database, begun, str(edition), now)


# ---- the mail


def test_opening_every_emailed_link_changes_no_row(world: World) -> None:
    client, links = world.client(demo=False), world.links()
    before = row_hashes(world.database)

    for link in links:
        for method in ("HEAD", "GET", "OPTIONS"):
            client.open(local(link), method=method)

    assert len({urlsplit(link).path for link in links}) > 15
    assert row_hashes(world.database) == before


def test_a_bot_with_the_keys_that_presses_every_button_changes_no_row(world: World) -> None:
    """What a scanner does that runs scripts: the key is filled in, then buttons are pressed as they stand."""
    client = world.client(demo=False)
    links = [link for link in world.links() if "#" in link or "/stop/" in link]
    before = row_hashes(world.database)

    pressed = sum(press(client, link) for link in links)

    assert pressed > 2 * len(links)
    assert row_hashes(world.database) == before


def local(link: str) -> str:
    """What of a link reaches the server."""
    parts = urlsplit(link.rstrip(">,."))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def press(client: FlaskClient, link: str) -> int:
    """Open a link, press each button there, and each button behind it; how many were pressed."""
    key = urlsplit(link).fragment.rstrip(">,.")
    first = client.get(local(link)).text
    pressed = 0
    for path, fields in buttons(first, local(link), key):
        answer = client.post(path, data=fields)
        pressed += 1
        for further, carried in buttons(answer.text, path, ""):
            client.post(further, data=carried)
            pressed += 1
    return pressed


def buttons(page: str, here: str, key: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each button of a page: where it leads and what it sends when nobody chose anything."""
    for button in BeautifulSoup(page, "html.parser").find_all("button"):
        form = button.find_parent("form")
        if not isinstance(form, Tag):
            continue
        fields = {str(field["name"]): str(field.get("value", "")) for field in _standing(form)}
        if button.get("name"):
            fields[str(button["name"])] = str(button.get("value", ""))
        if key and "key" in fields:
            fields["key"] = key
        yield str(form.get("action") or here), fields


def _standing(form: Tag) -> list[Tag]:
    fields = form.find_all(["input", "select", "textarea"])
    return [
        field
        for field in fields
        if field.get("name") and (field.get("type") not in ("radio", "checkbox") or field.has_attr("checked"))
    ]


# ---- every page


def test_reading_every_page_as_anybody_changes_no_row(world: World) -> None:
    """Following every link from every desk, with GET and HEAD, writes nothing: pages only show."""
    for who in (None, "amara", "lee", "chris"):
        client = world.client()
        if who is not None:
            with world.database.transaction() as session:
                client.set_cookie(
                    "office", sit(session, world.scene.hands[who], way=Entry.LINK, now=world.now)
                )
        before = row_hashes(world.database)

        seen = crawl(client)

        assert row_hashes(world.database) == before, who
        assert len(seen) > (30 if who == "amara" else 3), (who, sorted(seen))


def crawl(client: FlaskClient) -> set[str]:
    """Every page that can be reached by links, asked for twice: for its head, and whole."""
    seen, waiting = set[str](), ["/", "/office/", "/s", "/stop/x", "/office/enter", "/inbox", "/demo"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        client.head(path)
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            waiting += [one for one in _led_to(answer.text, path) if one not in seen]
        waiting += [answer.headers["Location"]] if 300 <= answer.status_code < 400 else []
    return seen


def _led_to(page: str, here: str) -> list[str]:
    links = [str(link["href"]) for link in BeautifulSoup(page, "html.parser").find_all("a", href=True)]
    inside = [urlsplit(link) for link in links if link.startswith(("/", "?"))]
    return [(part.path or urlsplit(here).path) + (f"?{part.query}" if part.query else "") for part in inside]


def test_reading_every_address_there_is_with_keys_that_hold_changes_no_row(world: World) -> None:
    """Not by links: every address the application answers to, for everything stored and every kind of key."""
    values = stored(world) | {"key": keys_of_every_kind(world), "slug": [open_a_page(world)]}
    for who in (None, "amara", "lee"):
        client = world.client()
        if who is not None:
            with world.database.transaction() as session:
                client.set_cookie(
                    "office", sit(session, world.scene.hands[who], way=Entry.LINK, now=world.now)
                )
        rules = [rule for rule in client.application.url_map.iter_rules() if "GET" in (rule.methods or ())]
        before = row_hashes(world.database)

        for path in (path for rule in rules for path in addresses(rule, values)):
            # No worker runs here, and the page a machine asks says so with 503.
            assert client.get(path).status_code < 500 or path == "/readyz", path
            client.head(path)

        assert row_hashes(world.database) == before, who


def stored(world: World) -> dict[str, list[str]]:
    """For each name of an address that is an id, one that is stored; and what else addresses hold."""
    with world.database.reading() as session:
        ids = {
            f"{table.name}_id": [str(id) for id in session.scalars(select(table.c.id).limit(1))]
            for table in METADATA.sorted_tables
            if "id" in table.c
        }
    return ids | {"n": ["1"], "language": ["en", "es"], "rest": ["x", "check", "stop-mail"]}


def keys_of_every_kind(world: World) -> list[str]:
    """Keys that hold: those that were mailed, and one to a person's own page."""
    mailed = [found.fragment.rstrip(">,.") or found.path.rpartition("/")[2] for found in _keyed(world)]
    with world.database.transaction() as session:
        own, _ = make_own_link(session, session.scalars(select(SignOn.person_id)).first(), world.now)  # type: ignore[arg-type]
    return [own, *dict.fromkeys(mailed)]


def _keyed(world: World) -> list[SplitResult]:
    found = [urlsplit(link) for link in world.links()]
    return [one for one in found if one.fragment or one.path.startswith("/stop/")]


def open_a_page(world: World) -> str:
    """The open page of the letter, and an organisation that was asked: its keys are mailed."""
    with world.database.transaction() as session:
        letter, by = world.scene.letter_id, world.scene.hands["amara"]
        how = {"email": "val@samplevalley.example", "may_sign": True, "language": "en", "now": world.now}
        ask_organisation(session, letter, Described("Sample Valley Union"), by=by, **how)  # type: ignore[arg-type]
        slug = open_the_page(session, letter, by=by, now=world.now).slug
    postman(world.config, world.database, lambda: world.now).round()
    return slug


def addresses(rule: Rule, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The addresses of one rule, with everything that can stand in it."""
    names = sorted(rule.arguments)
    assert all(values.get(name) for name in names), f"nothing to put into {rule.rule}"
    for chosen in product(*(values[name] for name in names)):
        path = rule.rule
        for name, value in zip(names, chosen, strict=True):
            path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
        yield path


def test_a_stranger_who_presses_every_button_outside_the_office_changes_no_row(world: World) -> None:
    client = world.client(demo=False)
    letter, position = world.scene.letter_id, world.scene.position_id
    outside = ["/", f"/letters/{letter}", f"/positions/{position}", "/office/sign-in", "/office/enter", "/s"]
    before = row_hashes(world.database)

    pressed = 0
    for path in outside:
        for action, fields in buttons(client.get(path).text, path, ""):
            client.post(action, data=fields)
            pressed += 1

    assert pressed >= 3
    assert row_hashes(world.database) == before

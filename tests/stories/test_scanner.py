"""A mail scanner and a search engine go through everything they can reach, and nothing is different after."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from urllib.parse import SplitResult, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from advocacy.bills.desk.asked import ask, lines_of
from advocacy.bills.desk.work import write_note
from advocacy.bills.legislators.models import Committee, Legislator
from advocacy.bills.models import SourceReading
from advocacy.bills.texts.keeping import paste
from advocacy.organisations.asking import Described, ask_organisation
from advocacy.organisations.open_pages import open_the_page
from advocacy.signons.lost import make_own_link
from advocacy.signons.models import SignOn
from advocacy.worker import postman
from tests.rows import row_hashes
from tests.stories.world import World

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
            world.seat(client, world.scene.hands[who])
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
    values = world.stored() | {"key": keys_of_every_kind(world), "slug": [open_a_page(world)]}
    values |= bills_of_every_kind(world)
    for who in (None, "amara", "lee"):
        client = world.client()
        if who is not None:
            world.seat(client, world.scene.hands[who])
        rules = [rule for rule in client.application.url_map.iter_rules() if "GET" in (rule.methods or ())]
        before = row_hashes(world.database)

        for path in (path for rule in rules for path in addresses(rule, values)):
            # No worker runs here, and the page a machine asks says so with 503.
            assert client.get(path).status_code < 500 or path == "/readyz", path
            client.head(path)

        assert row_hashes(world.database) == before, who


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


def bills_of_every_kind(world: World) -> dict[str, list[str]]:
    """What stands in the addresses of bills: an answer, texts, a note, whoever decides, a list asked for."""
    by, bill, now = world.scene.hands["amara"], world.scene.bill_id, world.now
    with world.database.transaction() as session:
        asked = ask(session, lines_of("us 119 HR 2"), by=by, now=now)
        texts = [paste(session, bill, name, "Words.", on=None, by=by, now=now) for name in ("One", "Two")]
        note = write_note(session, bill, "Call the clerk.", by=by, today=now.date())
        reading = session.scalars(select(SourceReading.id).where(SourceReading.bill_id == bill)).first()
        here = {"jurisdiction": "us", "from_on": now.date(), "chamber": "lower"}
        person = Legislator(code="X1", name="Ana Ejemplo", surname="Ejemplo", **here)
        person.party = person.state = person.district = ""
        body = Committee(code="hsxx00", name="Samples", names=[], **here)
        body.parent = body.address = body.phone = body.url = ""
        session.add_all([person, body])
        session.flush()
        found = {"list_id": asked, "text_id": texts[0], "other_id": texts[1], "note_id": note}
        found |= {"legislator_id": person.id, "committee_id": body.id, "bill_id": bill, "reading_id": reading}
        return {name: [str(id)] for name, id in found.items()}


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

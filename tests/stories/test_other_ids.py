"""An id that is somebody else's, or something else's, is answered like an id that never was, to the byte."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from advocacy.migrations.tables import METADATA
from advocacy.people.access import TABLE, may
from advocacy.people.roles import Role
from advocacy.web.forms import token_for
from tests.rows import row_hashes
from tests.stories.world import World, everybody, newcomer

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NEVER = str(UUID(int=7))
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
# Among the ids tried in the place of another, one of each kind of thing somebody could want to see.
WANTED = ("person_id", "sign_on_id", "letter_id", "edition_id", "seconded_act_id", "term_id")


def rules(client: FlaskClient) -> list[Rule]:
    """The addresses of the office that hold an id."""
    found = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint in TABLE]
    return [rule for rule in found if "_id>" in rule.rule]


def filled(rule: Rule, values: dict[str, str]) -> str:
    """The address of a rule, with an id that never was where there is no value."""
    usual = {"n": "1", "language": "en", "word": "holds"}
    return _PLACE.sub(lambda found: values.get(found[1]) or usual.get(found[1]) or NEVER, rule.rule)


def told(client: FlaskClient, path: str, method: str, token: str = "") -> tuple[object, ...]:
    """All that an answer tells, but for the address it was asked for."""
    answer = client.open(path, method=method, data={"csrf_token": token} if method != "GET" else None)
    body = answer.get_data(as_text=True) if answer.mimetype == "text/html" else answer.data.hex()
    ids = [part for part in path.split("/") if len(part) == 36]
    seen = [(name, value) for name, value in answer.headers if name != "Content-Length"]
    told = answer.status_code, body, str(seen)
    return tuple(_without(part, ids) if isinstance(part, str) else part for part in told)


def _without(text: str, ids: list[str]) -> str:
    for id in ids:
        text = text.replace(id, "this")
    return text


def stored(world: World) -> dict[str, str]:
    """An id of each kind, under the names the addresses give them."""
    found = {name: values[0] for name, values in world.stored().items() if values}
    renamed = {
        "version_id": "letter_version_id",
        "proposal_id": "seconded_act_id",
        "message_id": "message_id",
    }
    return found | {name: found[kind] for name, kind in renamed.items() if kind in found}


def test_a_role_that_may_not_learns_nothing_from_an_id(world: World) -> None:
    app, ids, asked = world.plain_app(), stored(world), 0
    for role, person in everybody(world).items():
        client = app.test_client()
        token = token_for(world.seat(client, person))
        before = row_hashes(world.database)
        for rule in rules(client):
            if may([role], rule.endpoint):
                continue
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                real = told(client, filled(rule, ids), method, token)
                assert real == told(client, filled(rule, {}), method, token), (role, rule, method)
                assert real[0] == 403, (role, rule, method)
                asked += 1
        assert row_hashes(world.database) == before, role
    assert asked > 300


@pytest.mark.parametrize("known", [False, True])
def test_nobody_and_whose_term_ended_last_night_learn_nothing_from_an_id(world: World, known: bool) -> None:
    client, token, ids = world.plain_app().test_client(), "", stored(world)
    if known:
        person = newcomer(world, Role.MANAGER, until=date(2026, 11, 22))
        token = token_for(world.seat(client, person))
    for rule in rules(client):
        for method in METHODS:
            real = told(client, filled(rule, ids), method, token)
            assert real == told(client, filled(rule, {}), method, token), (rule, method)
            assert real[0] in (303, 401, 405) or method == "OPTIONS", (rule, method, real[0])


def test_what_is_something_else_is_answered_like_what_never_was(world: World) -> None:
    app, ids, people = world.plain_app(), stored(world), everybody(world)
    told_apart = []
    for role in Role:
        client = app.test_client()
        token = token_for(world.seat(client, people[role]))
        for rule in rules(client):
            if role is min(TABLE[rule.endpoint]):
                for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                    told_apart += list(_told_apart(client, rule, method, token, ids))
    assert told_apart == []


def _told_apart(
    client: FlaskClient, rule: Rule, method: str, token: str, ids: dict[str, str]
) -> Iterator[tuple[object, ...]]:
    for name in (name for name in rule.arguments if name.endswith("_id")):
        never = told(client, filled(rule, {**ids, name: NEVER}), method, token)
        if not 404 <= int(str(never[0])) < 500:
            yield rule.endpoint, method, name, never[0]
        for kind in WANTED:
            if ids[kind] != ids.get(name):
                answer = told(client, filled(rule, {**ids, name: ids[kind]}), method, token)
                if answer != never:
                    yield rule.endpoint, method, name, kind, answer[0], never[0]


def test_what_belongs_to_another_letter_is_answered_like_what_never_was(world: World) -> None:
    app, people, crossed = world.plain_app(), everybody(world), 0
    client = app.test_client()
    for rule in rules(client):
        for name, of_another in _of_the_other_letter(world, rule):
            role = min(TABLE[rule.endpoint])
            token = token_for(world.seat(client, people[role]))
            here = {"letter_id": str(world.scene.testimony_id)}
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                never = told(client, filled(rule, {**here, name: NEVER}), method, token)
                assert told(client, filled(rule, {**here, name: of_another}), method, token) == never, rule
                crossed += 1
    assert crossed > 5


def _of_the_other_letter(world: World, rule: Rule) -> Iterator[tuple[str, str]]:
    if "letter_id" not in rule.arguments:
        return
    tables = {f"{table.name}_id": table for table in METADATA.sorted_tables if "letter_id" in table.c}
    tables |= {"version_id": METADATA.tables["letter_version"], "sign_on_id": METADATA.tables["sign_on"]}
    for name in rule.arguments - {"letter_id", "person_id"}:
        table = tables.get(name)
        if table is not None and "letter_id" in table.c:
            asked = select(table.c.id).where(table.c.letter_id == world.scene.letter_id).limit(1)
            with world.database.reading() as session:
                yield from ((name, str(id)) for id in session.scalars(asked))

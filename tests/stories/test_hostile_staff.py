"""Somebody in the office with bad intent opens all her role opens, and sends more than she was asked for."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select

from advocacy.letters.models import LetterApproval, LetterVersion
from advocacy.people.access import TABLE, may
from advocacy.people.models import Person, SecondedAct, Term
from advocacy.people.roles import Role
from advocacy.web.forms import token_for
from tests.rows import row_hashes
from tests.stories.test_other_ids import filled, stored
from tests.stories.world import World, everybody

SOMEBODY = str(UUID(int=99))
EXTRA = {
    **dict.fromkeys(
        ("id", "ids", "person_id", "member_id", "by", "actor", "written_by", "approved_by"), SOMEBODY
    ),
    **dict.fromkeys(("proposed_by", "seconded_by", "confirmed_by", "set_by", "verified_by"), SOMEBODY),
    **dict.fromkeys(
        ("used_at", "seconded_at", "confirmed_at", "in_force_at", "until_at"), "2026-11-01T00:00"
    ),
    **dict.fromkeys(("roles", "ceiling", "limit", "limits", "facts"), "manager full_name survivor"),
    **dict.fromkeys(("audience", "audiences"), "press"),
    **dict.fromkeys(("is_admin", "is_confirmed", "is_verified", "implies_survivor", "demo"), "1"),
    **dict.fromkeys(("sha256", "hash", "mark"), "0" * 64),
}
"""Names of columns, and what programs elsewhere call them: what a form that takes everything would take."""

KEPT_FROM_ALL = ("term", "key_proof", "active_key", "delivery", "text_change", "letter_approval")
"""What one person alone changes by no press of hers."""
KEPT_FROM = {
    Role.MEMBERSHIP_COFACILITATOR: ("seconded_act", "edition", "letter_version", "opening", "invitation"),
    **dict.fromkeys(
        set(Role) - {Role.MEMBERSHIP_COFACILITATOR},
        ("person", "naming_limit", "limit_raise", "consent", "sign_on", "group_member"),
    ),
}


PASSED_OVER = {"office.sign_out", "office.sign_out_everywhere", "office.bill_refresh", "office.bill_track"}


def hidden_words(world: World) -> Mapping[str, str]:
    """What no page may tell whoever does not keep the roster: of members not printed by that name."""
    never_printed = (
        "June Placeholder-Smith",
        "Dee Counted-Only",
        "Avery Muster",
        "Ohio Example",
        "Quinn Silent",
    )
    names = {name: name for name in never_printed}
    addresses = {f"{who}@example.test": who for who in ("wren", "juniper", "avery", "dee", "ana", "quinn")}
    phones = {f"202-555-01{n}": "a telephone" for n in range(57, 73)}
    return names | addresses | phones


def open_to(client: FlaskClient, role: Role) -> Iterator[tuple[str, str]]:
    """Each address and method a role may use, but for what ends her session or asks a server elsewhere."""
    for rule in client.application.url_map.iter_rules():
        if rule.endpoint in TABLE and may([role], rule.endpoint) and rule.endpoint not in PASSED_OVER:
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield rule.rule, method


def test_whatever_she_sends_no_page_tells_a_name_that_is_not_hers_to_read(world: World) -> None:
    app, ids, people, hidden = world.plain_app(), stored(world), everybody(world), hidden_words(world)
    rules = {rule.rule: rule for rule in app.url_map.iter_rules()}
    for role in Role:
        client, before, asked = app.test_client(), row_hashes(world.database), 0
        for address, method in open_to(client, role):
            token, path = token_for(world.seat(client, people[role])), filled(rules[address], ids)
            sent = {"data": {"csrf_token": token, **EXTRA}} if method != "GET" else {"query_string": EXTRA}
            answer = client.open(path, method=method, **sent)
            asked += 1

            assert answer.status_code < 500, (role, method, path)
            if role is not Role.MEMBERSHIP_COFACILITATOR and answer.mimetype == "text/html":
                assert [word for word in hidden if word in answer.text] == [], (role, method, path)
            answer.close()

        after = row_hashes(world.database)
        for name in (*KEPT_FROM_ALL, *KEPT_FROM[role]):
            assert after[name] == before[name], (role, name)
        assert asked > 10


# ---- forms that are filled in rightly, with more in them than they ask for


def form_at(client: FlaskClient, page: str, action: str) -> dict[str, str]:
    """The fields of a form as its page holds them."""
    soup = BeautifulSoup(client.get(page).text, "html.parser")
    form = soup.find("form", action=action)
    assert isinstance(form, Tag), (page, action)
    fields = form.find_all(["input", "textarea"])
    return {
        str(field["name"]): str(field.get("value") or field.get_text())
        for field in fields
        if field.get("name") and field.get("type") not in ("radio", "checkbox")
    }


def sits(world: World, name: str) -> tuple[FlaskClient, str]:
    client = world.plain_app().test_client()
    return client, token_for(world.seat(client, world.scene.hands[name]))


def test_fields_nobody_asked_for_change_nothing_about_a_role(world: World) -> None:
    client, token = sits(world, "pat")
    given = {
        "email": "sam@example.test",
        "role": "finance",
        "begins_on": "2026-12-01",
        "ends_on": "2027-03-01",
    }
    before = row_hashes(world.database)["term"]
    more = {
        **EXTRA,
        "proposed_by": str(world.scene.hands["noor"]),
        "seconded_by": str(world.scene.hands["kim"]),
    }

    answer = client.post("/office/roles", data={**more, **given, "csrf_token": token})

    assert answer.status_code == 303
    with world.database.reading() as session:
        act = session.scalars(select(SecondedAct).where(SecondedAct.act == "role.give")).one()
        assert (act.proposed_by, act.seconded_by, act.used_at) == (world.scene.hands["pat"], None, None)
    assert row_hashes(world.database)["term"] == before


def test_fields_nobody_asked_for_change_nothing_about_a_letter(world: World) -> None:
    client, token = sits(world, "amara")
    page = f"/office/letters/{world.scene.letter_id}/edit"
    fields = form_at(client, page, page)
    fields["body"] += "\n\nOne more sentence."
    more = {**EXTRA, "letter_id": str(world.scene.testimony_id), "written_by": str(world.scene.hands["jo"])}

    answer = client.post(page, data={**more, **fields, "csrf_token": token})

    assert answer.status_code == 303
    with world.database.reading() as session:
        written = session.scalars(
            select(LetterVersion).order_by(LetterVersion.written_at.desc(), LetterVersion.n.desc())
        )
        newest = next(one for one in written if "One more sentence." in one.body)
        assert (newest.letter_id, newest.written_by) == (world.scene.letter_id, world.scene.hands["amara"])
        assert newest.sha256 != "0" * 64
        assert session.get(LetterApproval, newest.id) is None


def test_fields_nobody_asked_for_change_nothing_about_a_person(world: World) -> None:
    client, token = sits(world, "lee")
    page = "/office/people/new"
    fields = form_at(client, page, "/office/people/new")
    fields |= {"name": "Nova Newcomer", "email": "nova@example.test", "language": "en", "mail_mode": "full"}
    fields |= {"answer": "count_me_only", "state": "OH"}
    before = row_hashes(world.database)["term"]

    answer = client.post(page, data={**EXTRA, **fields, "role": "manager", "csrf_token": token})

    assert answer.status_code == 303, answer.text
    with world.database.reading() as session:
        newest = session.scalars(select(Person).order_by(Person.joined_on.desc())).all()
        assert UUID(SOMEBODY) not in {one.id for one in newest}
        assert session.scalars(select(Term).where(Term.person_id == UUID(SOMEBODY))).all() == []
    assert row_hashes(world.database)["term"] == before

"""The record in plain words, for those who answer for the office. It names nobody."""

import ast
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

import advocacy
from advocacy import audit
from advocacy.db import Database
from advocacy.editions.actions import DELIVER
from advocacy.people.roles import Role
from advocacy.web.office.record import ACTS, MOST
from advocacy.web.signer.tongues import tongue
from tests.page import Reader
from tests.test_audit import tampering

Sit = Callable[..., UUID]
_PACKAGE = Path(advocacy.__file__).parent
# Her own coming in is nobody's look at her, and of her erasure she cannot read: her page is gone with her.
_NOT_TOLD = {"office.enter", "office.prove", "person.erase"}
_PUT_TOGETHER = {f"{DELIVER}.propose", f"{DELIVER}.second", DELIVER}


def acts_in_code(about: Collection[str] = ()) -> Iterator[str]:
    """The name of every act our code puts on record in so many letters, or only of those about these."""
    for path in _PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr != "record" or len(node.args) < 2 or not isinstance(node.args[1], ast.Constant):
                continue
            said = {word.arg: word.value for word in node.keywords}.get("about")
            if not about or (isinstance(said, ast.Constant) and said.value in about):
                yield str(node.args[1].value)


def put(database: Database, act: str, times: int = 1, actor: UUID | None = None, why: str = "") -> None:
    for _ in range(times):
        with database.transaction() as session:
            audit.record(session, act, actor=actor, about="letter", id=uuid4(), why=why)


def test_every_act_has_its_plain_words() -> None:
    acts = set(acts_in_code()) | _PUT_TOGETHER

    assert len(acts) > 20
    assert acts <= set(ACTS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_act_about_a_person_has_words_for_her(language: str) -> None:
    acts = set(acts_in_code(about=("person", "sign_on"))) - _NOT_TOLD

    assert len(acts) > 10
    assert {f"looked.{act.replace('.', '_')}" for act in acts} <= set(tongue(language).sentences)


def test_it_tells_what_was_done_on_which_day(reader: Reader, sit_down: Sit, database: Database) -> None:
    me = sit_down(Role.MANAGER)
    put(database, "letter.approve", actor=me)
    put(database, "edition.freeze", actor=UUID(int=0xABC << 116), why="0123456789abcdef" * 4)
    put(database, "term.give", why="pwg_cofacilitator")
    put(database, "something.quite_new")
    words = reader.get("/office/record").words

    assert "Approved a letter’s text you" in words
    assert "Printed an edition somebody abc000 file 0123456789ab" in words
    assert "Gave somebody a role Policy Working Group co-facilitator" in words
    assert "Something, quite new" in words


def test_nobody_is_named(reader: Reader, sit_down: Sit, database: Database) -> None:
    wren = sit_down(Role.STEERING, name="Wren Sample")
    put(database, "letter.approve", actor=wren)
    answer = reader.get("/office/record").answer

    assert "Wren" not in answer.text
    assert wren.hex not in answer.text.replace("-", "")


def test_a_hundred_stand_on_a_page_the_newest_first(
    reader: Reader, sit_down: Sit, database: Database
) -> None:
    sit_down(Role.MANAGER)
    put(database, "letter.open", MOST + 5)
    first = reader.get("/office/record")
    (older,) = [link for link in first.links() if "before=" in link]
    second = reader.get(older)

    assert len(first.soup.select("tbody tr")) == MOST
    numbers = [int(row.td.get_text()) for row in first.soup.select("tbody tr") if row.td]
    assert numbers == sorted(numbers, reverse=True)
    assert 0 < len(second.soup.select("tbody tr")) < MOST
    assert second.soup.select("tbody tr")[0].td.get_text() == str(numbers[-1] - 1)  # type: ignore[union-attr]
    assert "/office/record" in second.links()
    assert not [link for link in second.links() if "before=" in link]


@pytest.mark.parametrize("before", ["0", "-5", "x", "9" * 18])
def test_an_odd_address_breaks_nothing(reader: Reader, sit_down: Sit, before: str) -> None:
    sit_down(Role.MANAGER)

    reader.get(f"/office/record?before={before}")


def test_anybody_who_may_read_it_may_check_it(reader: Reader, sit_down: Sit, database: Database) -> None:
    sit_down(Role.STEERING)
    put(database, "letter.open", 3)

    assert "The record holds. All" in reader.get("/office/record?check=1").words


def test_a_changed_entry_is_found(reader: Reader, sit_down: Sit, database: Database) -> None:
    sit_down(Role.MANAGER)
    put(database, "letter.open", 3)
    with tampering(database) as session:
        session.execute(text("UPDATE audit_entry SET act = 'letter.close' WHERE n = 2"))
    words = reader.get("/office/record?check=1").words
    assert "The record does not hold at entry 2. Tell both custodians today." in words


@pytest.mark.parametrize("role", [Role.PWG_MEMBER, Role.PWG_COFACILITATOR, Role.MEMBERSHIP_COFACILITATOR])
def test_the_record_is_for_those_who_answer_for_the_office(reader: Reader, sit_down: Sit, role: Role) -> None:
    sit_down(role)

    reader.get("/office/record", 403)

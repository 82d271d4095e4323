"""The roster pages of the membership group."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.db import Database
from advocacy.people.limits import Form, Preset
from advocacy.people.models import Language, MailMode, Person
from advocacy.people.roles import Role
from advocacy.people.roster import COLUMNS
from tests.page import Reader, Seen

GOOD = """name,email,naming_limit,groups
Wren Ejemplo,wren@x.example,public_advocate,Ohio
Nguyễn Mẫu,n@x.example,,Ohio
"""


@pytest.fixture(autouse=True)
def _membership(sit_down: Callable[..., UUID]) -> None:
    sit_down(Role.MEMBERSHIP_COFACILITATOR, name="Nobody Inparticular")


def send(reader: Reader, content: str | bytes, status: int = 303, attested: bool = True) -> Seen:
    raw = content if isinstance(content, bytes) else content.encode()
    data = {"file": (BytesIO(raw), "roster.csv"), **({"attested": "y"} if attested else {})}
    reader.get("/office/people/roster")
    return reader.post("/office/people/roster", data, status)


def people(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_good_file_is_taken_in_and_counted(reader: Reader) -> None:
    seen = reader.follow(send(reader, GOOD))

    assert "2 people were added" in seen.words
    assert "Nguyễn Mẫu" in seen.words
    assert "Ohio 2 people" in seen.words


def test_what_each_person_allowed_can_be_read(reader: Reader) -> None:
    send(reader, GOOD)
    rows = {
        row.th.get_text(): row.get_text(" ") for row in reader.get("/office/people").soup.tbody.find_all("tr")
    }

    assert "offices, the web, the press" in rows["Wren Ejemplo"]
    assert "nobody: counted only" in rows["Nguyễn Mẫu"]


def test_the_same_file_twice_adds_nobody_twice(reader: Reader, database: Database) -> None:
    send(reader, GOOD)
    before = people(database)
    seen = reader.follow(send(reader, GOOD))

    assert people(database) == before
    assert "0 people were added. 2 were known already" in seen.words


def test_every_fault_is_named_by_its_line_and_nothing_is_taken_in(reader: Reader, database: Database) -> None:
    before = people(database)
    seen = send(reader, GOOD + "Secretname Hidden,no-address,,\n,empty@x.example,,\n", 422)

    assert "Line 4: email is not an address" in seen.words
    assert "Line 5: name is empty." in seen.words
    assert "Secretname" not in seen.answer.text
    assert people(database) == before


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"%PDF-1.7 \x00", "name\nWren\n", '"name,email\nx']
)
def test_what_is_no_roster_is_said_to_be_none(
    reader: Reader, database: Database, content: str | bytes
) -> None:
    before = people(database)

    assert "Nothing was taken in" in send(reader, content, 422).words
    assert people(database) == before


def test_without_the_word_of_each_person_nothing_is_taken_in(reader: Reader, database: Database) -> None:
    before = people(database)
    seen = send(reader, GOOD, 422, attested=False)

    assert "tick the box" in seen.words
    assert people(database) == before


def test_the_page_names_every_word_a_column_takes(reader: Reader) -> None:
    words = reader.get("/office/people/roster").words

    for word in (*Preset, *Form, *MailMode, *Language):
        assert word in words.split() or f"{word}:" in words or f"{word}," in words or f"{word}." in words
    for column in COLUMNS:
        assert column in words


def test_a_form_without_a_file_asks_for_one(reader: Reader) -> None:
    reader.get("/office/people/roster")

    assert "Please choose a file." in reader.post("/office/people/roster", {"attested": "y"}, 422).words


def test_hostile_words_are_only_words(reader: Reader) -> None:
    send(reader, "name,email,groups\n<script>x</script>,a@x.example,<b>\n=HYPERLINK(1),b@x.example,\n")
    seen = reader.get("/office/people")

    assert "<script>x</script>" in seen.words
    assert "=HYPERLINK(1)" in seen.words


def test_the_numbers_in_the_address_are_only_numbers(reader: Reader) -> None:
    assert "<b>" not in reader.get("/office/people?added=<b>&known=x").answer.text


def test_her_own_clocks_stand_beside_her_name(reader: Reader) -> None:
    send(reader, "name,email,time_zone\nWren Ejemplo,wren@x.example,pacific/honolulu\n")

    assert "Honolulu time" in reader.get("/office/people").words

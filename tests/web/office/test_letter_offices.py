"""Where a letter goes, and the box at the top of a testimony."""

from datetime import datetime

import pytest

from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.letters.queries import header, recipients
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.office.papers import at, sit

CHAIR = {
    "office": "The Honorable Sample Chair",
    "salutation": "Dear Chair Sample:",
    "address": "Room 1, House Office Building",
    "email": "chair@house.example",
    "venue": "us_house",
}
CLERK = {**CHAIR, "office": "Clerk of Samples", "email": "", "venue": "us_house_committee"}
NOBODY = dict.fromkeys(CHAIR, "")


@pytest.fixture(autouse=True)
def _sam_writes(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.sam)


def save(
    reader: Reader, letter: LetterVersion, *rows: dict[str, str], status: int = 303, **more: str
) -> Seen:
    reader.get(at(letter, "/offices"))
    sent = {f"offices-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return reader.post(at(letter, "/offices"), {**sent, **more}, status)


def offices(database: Database, letter: LetterVersion) -> list[tuple[str, str | None, str]]:
    with database.reading() as session:
        return [(row.office, row.email, row.venue) for row in recipients(session, letter.letter_id)]


def test_the_offices_are_there_with_a_row_for_one_more(reader: Reader, letter: LetterVersion) -> None:
    seen = reader.get(at(letter, "/offices"))
    legends = [legend.get_text() for legend in seen.soup.find_all("legend")]

    assert legends == ["Office 1", "One more office"]
    assert "The committee puts this paper on the web" in seen.words


def test_an_office_is_added_and_an_empty_row_left_out(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(save(reader, letter, CHAIR, CLERK, NOBODY))

    assert offices(database, letter) == [
        ("The Honorable Sample Chair", "chair@house.example", "us_house"),
        ("Clerk of Samples", None, "us_house_committee"),
    ]
    assert "No email address on file" in seen.words


def test_an_office_whose_name_is_emptied_is_taken_out(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    save(reader, letter, {**CHAIR, "office": ""}, CLERK)

    assert [office for office, _, _ in offices(database, letter)] == ["Clerk of Samples"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"venue": ""}, "Please choose: people are told what becomes public there."),
        ({"venue": "nowhere"}, "Not a valid choice"),
        ({"email": "chair at house"}, "This is not an email address."),
        ({"office": "A\u200bB"}, "hidden character"),
        ({"address": "x" * 501}, "too long for an address"),
    ],
)
def test_a_wrong_row_says_so_and_keeps_every_word(
    reader: Reader, database: Database, letter: LetterVersion, wrong: dict[str, str], told: str
) -> None:
    seen = save(reader, letter, {**CHAIR, "salutation": "Kept"}, {**CLERK, **wrong}, status=422)

    assert told in seen.words
    assert "nothing you wrote is lost" in seen.words
    assert seen.soup.find("input", attrs={"value": "Kept"})
    assert len(offices(database, letter)) == 1


def test_another_row_can_be_had_without_a_script(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = save(reader, letter, CHAIR, CLERK, status=200, more="1")

    assert len(seen.soup.find_all("fieldset")) == 3
    assert len(offices(database, letter)) == 1


def test_an_office_that_stays_is_the_same_office(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    with database.reading() as session:
        before = make.office_of(session, letter).id
    save(reader, letter, CLERK, CHAIR)
    with database.reading() as session:
        assert make.office_of(session, letter).id == before


def test_the_box_of_a_testimony_is_filled_in(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
    box = {
        "bill": "HB 418",
        "bill_title": "Another",
        "committee": "Judiciary",
        "hearing_on": "2027-03-01",
        "place": "",
    }
    reader.get(at(letter, "/box"))
    assert (
        "Please name the committee." in reader.post(at(letter, "/box"), {**box, "committee": ""}, 422).words
    )
    seen = reader.follow(reader.post(at(letter, "/box"), box))

    assert "HB 418, Another Judiciary Hearing on 1 March 2027" in seen.words
    with database.reading() as session:
        assert header(session, letter.letter_id).place == ""  # type: ignore[union-attr]

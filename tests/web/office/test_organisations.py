"""Organisations on a letter."""

from datetime import datetime

import pytest

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.signons.counting import organisations_on
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit

SHORE = {
    "public_name": "Example Workers’ Center",
    "state": "TX",
    "authoriser": "Val Placeholder, director",
    "on_file": "y",
}


@pytest.fixture(autouse=True)
def _amara_records(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)


def record(reader: Reader, letter: LetterVersion, status: int = 303, **changed: str) -> Seen:
    reader.get(at(letter, "/organisations"))
    sent = {name: value for name, value in {**SHORE, **changed}.items() if value or name != "on_file"}
    return reader.post(at(letter, "/organisations"), sent, status)


def lines(database: Database, letter: LetterVersion) -> list[str]:
    with database.reading() as session:
        return [one.line for one in organisations_on(session, letter.letter_id)]


def test_an_organisation_is_recorded_and_its_authoriser_shown_nowhere(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(record(reader, letter))

    assert "Example Workers’ Center (TX) yes to version 1, recorded 23 November 2026" in seen.words
    assert lines(database, letter) == ["Example Workers’ Center (TX)"]
    assert "Val Placeholder" not in seen.words.replace("such as “Val Placeholder, director”", "")


def test_the_same_organisation_twice_is_one(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    record(reader, letter)
    record(reader, letter)

    assert len(lines(database, letter)) == 1


def test_nearly_the_same_name_is_asked_about(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    record(reader, letter)
    seen = record(reader, letter, 422, public_name="Example Workers Center")

    assert "Is it the same one?" in seen.words
    assert len(lines(database, letter)) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"public_name": ""}, "Please give the name it goes by in public."),
        ({"public_name": "A\u202eB"}, "hidden character"),
        ({"authoriser": ""}, "Please say who spoke for it"),
        ({"on_file": ""}, "Please record only what you have in writing"),
        ({"state": "ZZ"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(
    reader: Reader, database: Database, letter: LetterVersion, changed: dict[str, str], told: str
) -> None:
    seen = record(reader, letter, 422, **changed)

    assert told in seen.words
    kept = "authoriser" if "authoriser" not in changed else "public_name"
    assert seen.soup.find("input", attrs={"name": kept, "value": SHORE[kept]})
    assert lines(database, letter) == []


def test_hostile_names_stay_words(reader: Reader, letter: LetterVersion) -> None:
    seen = reader.follow(record(reader, letter, public_name='=HYPERLINK("x")<script>', state=""))

    assert '=HYPERLINK("x")<script>' in seen.words


def test_it_comes_off_at_its_word_and_twice_is_nothing_more(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(record(reader, letter))
    (off,) = [action for _, action in seen.forms() if action.endswith("/off")]
    reader.post(off)

    assert lines(database, letter) == []
    reader.post(off, status=404)


def test_it_does_not_come_off_through_another_letters_address(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        other = make.letter(session, cast, now=now)
    seen = reader.follow(record(reader, letter))
    (off,) = [action for _, action in seen.forms() if action.endswith("/off")]
    reader.post(off.replace(str(letter.letter_id), str(other.letter_id)), status=404)

    assert len(lines(database, letter)) == 1


def test_after_a_change_of_text_it_is_asked_again(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    record(reader, letter)
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="Other words.")
    seen = reader.get(at(letter, "/organisations"))

    assert "It is left off until it says yes to version 2." in seen.words


def test_nothing_is_recorded_while_the_letter_is_closed(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, clock: Clock
) -> None:
    clock.forward(days=11)
    sit(reader, cast.amara)

    assert "so nothing can be recorded now" in reader.get(at(letter, "/organisations")).words
    reader.post(at(letter, "/organisations"), SHORE, 422)
    assert lines(database, letter) == []

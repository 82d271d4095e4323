"""Writing a letter."""

from datetime import datetime

import pytest

from advocacy.db import Database
from advocacy.letters.actions import write_version
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.letters.queries import versions
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.office.papers import at, sit

WORDS = {"title": "Support for H.R. 1144", "body": "We ask for **four** things.", "spoken": "", "note": ""}


@pytest.fixture(autouse=True)
def _amara_writes(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)


def save(reader: Reader, letter: LetterVersion, status: int = 303, **changed: str) -> Seen:
    reader.get(at(letter, "/edit"))
    return reader.post(at(letter, "/edit"), {**WORDS, "based_on": str(letter.n), **changed}, status)


def bodies(database: Database, letter: LetterVersion) -> list[str]:
    with database.reading() as session:
        return [version.body for version in versions(session, letter.letter_id)]


def test_the_newest_words_are_there_to_be_changed(reader: Reader, letter: LetterVersion) -> None:
    seen = reader.get(at(letter, "/edit"))

    assert seen.soup.textarea is not None
    assert seen.soup.textarea.get_text().strip() == letter.body
    assert "Save as version 2" in seen.words


def test_saving_makes_the_next_version(reader: Reader, database: Database, letter: LetterVersion) -> None:
    seen = reader.follow(save(reader, letter, note="asks for one more"))

    assert bodies(database, letter)[1] == WORDS["body"]
    assert "asks for one more" in seen.words
    assert "version 1. Their yes is to those words." in seen.words


def test_the_same_words_saved_twice_are_one_version(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    save(reader, letter)
    save(reader, letter)

    assert len(bodies(database, letter)) == 2


def test_somebody_quicker_loses_nobody_a_word(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        write_version(
            session,
            letter.letter_id,
            title=letter.title,
            body="We ask for **five** things.",
            by=cast.sam,
            based_on=1,
            now=now,
        )
    seen = save(reader, letter, 422)

    assert "Somebody saved version 2 while you were writing." in seen.words
    assert [tag.get_text() for tag in seen.soup.find_all("del")] == ["five"]
    assert [tag.get_text() for tag in seen.soup.find_all("ins")] == ["four"]
    assert seen.soup.textarea is not None
    assert WORDS["body"] in seen.soup.textarea.get_text()
    based_on = seen.soup.find("input", attrs={"name": "based_on"})
    reader.post(at(letter, "/edit"), {**WORDS, "based_on": str(based_on["value"])})  # type: ignore[index]
    assert bodies(database, letter)[2] == WORDS["body"]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title", "", "Please give it a title."),
        ("title", "A\u202eB", "hidden character"),
        ("body", "", "Please write the text."),
        ("body", "x" * 60_001, "longer than any letter"),
        ("body", " \n ", "A letter needs a title and a text."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(
    reader: Reader, database: Database, letter: LetterVersion, field: str, typed: str, told: str
) -> None:
    seen = save(reader, letter, 422, **{"note": "kept", field: typed})

    assert told in seen.words
    note = seen.soup.find("input", attrs={"name": "note"})
    assert note["value"] == "kept"  # type: ignore[index]
    assert len(bodies(database, letter)) == 1


@pytest.mark.parametrize("based_on", ["", "-1", "9" * 40, "two", "0"])
def test_a_mangled_form_is_no_quicker_than_anybody(
    reader: Reader, database: Database, letter: LetterVersion, based_on: str
) -> None:
    save(reader, letter, 422, based_on=based_on)

    assert len(bodies(database, letter)) == 1


def test_hostile_words_stay_words(reader: Reader, letter: LetterVersion) -> None:
    seen = reader.follow(save(reader, letter, body="<script>alert(1)</script> [x](javascript:alert(1))"))

    assert "<script>alert(1)</script>" in seen.words
    assert not [link for link in seen.links() if link.startswith("javascript")]


def test_a_look_at_the_paper_saves_nothing(reader: Reader, database: Database, letter: LetterVersion) -> None:
    reader.get(at(letter, "/edit"))
    seen = reader.post(at(letter, "/preview"), {**WORDS, "body": "## A heading\n\nNew."}, 200)

    assert seen.heading == "Change the text"
    assert "Dear Chair Sample: A heading New. Sincerely," in seen.words
    assert len(bodies(database, letter)) == 1


def test_the_live_preview_is_the_paper_alone(reader: Reader, letter: LetterVersion) -> None:
    reader.get(at(letter, "/edit"))
    seen = reader.post(at(letter, "/preview"), {**WORDS, "title": ""}, 200, headers={"HX-Request": "true"})

    assert seen.soup.h1 is None
    assert seen.soup.article is not None
    assert "four things" in seen.words


def test_what_cannot_be_printed_is_said_while_writing(reader: Reader, letter: LetterVersion) -> None:
    reader.get(at(letter, "/edit"))
    seen = reader.post(at(letter, "/preview"), {**WORDS, "body": "Hello \U0001f600"}, 200)

    assert "cannot be printed: none of our fonts holds it." in seen.words


def test_a_testimony_counts_the_words_it_takes_to_say(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
    reader.get(at(letter, "/edit"))
    seen = reader.post(at(letter, "/preview"), {**WORDS, "spoken": "word " * 130}, 200)

    assert "Spoken version: 130 words, about 1 minute." in seen.words


def test_those_who_were_asked_are_spoken_of_before_the_text_changes(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)

    assert "People were asked to sign version 1." in reader.get(at(letter, "/edit")).words

"""Writing a letter in short, in the office: for one version, in both languages, for no other text."""

from datetime import datetime

import pytest

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.letters.summaries import summaries
from tests import make
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import at, sit

WORDS = {
    "note_en": "It names violence.",
    "short_en": "It asks for homes.",
    "note_es": "",
    "short_es": "Pide casas.",
}


@pytest.fixture(autouse=True)
def _sam_writes(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.sam)


def told(database: Database, letter: LetterVersion) -> dict[str, tuple[str, str]]:
    with database.reading() as session:
        return {code: (one.summary, one.content_note) for code, one in summaries(session, letter.id).items()}


def test_a_letter_is_said_in_short_in_both_languages(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    reader.get(at(letter, "/short"))
    seen = reader.follow(reader.post(at(letter, "/short"), {**WORDS, "version_id": str(letter.id)}))

    assert told(database, letter) == {
        "en": ("It asks for homes.", "It names violence."),
        "es": ("Pide casas.", ""),
    }
    assert "It names violence. It asks for homes." in seen.words


def test_words_for_an_older_version_are_called_out_of_date(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    reader.get(at(letter, "/short"))
    reader.post(at(letter, "/short"), {**WORDS, "version_id": str(letter.id)})
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="We ask for nothing.")

    assert (
        f"is of version {letter.n}, so it is out of date and nobody sees it" in reader.get(at(letter)).words
    )
    seen = reader.get(at(letter, "/short"))
    assert "These words are out of date." in seen.words
    assert "It asks for homes." in seen.soup.find("textarea", attrs={"name": "short_en"}).text  # type: ignore[union-attr]


def test_whoever_is_overtaken_is_told_and_loses_no_word(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    reader.get(at(letter, "/short"))
    with database.transaction() as session:
        newer = make.edit(session, cast, letter.letter_id, now=now, body="We ask for nothing.")
        session.expunge_all()

    seen = reader.post(at(letter, "/short"), {**WORDS, "version_id": str(letter.id)}, 422)

    assert f"Somebody saved version {newer.n} meanwhile" in seen.words
    assert "It asks for homes." in seen.soup.find("textarea", attrs={"name": "short_en"}).text  # type: ignore[union-attr]
    assert seen.soup.find("input", attrs={"name": "version_id"})["value"] == str(newer.id)  # type: ignore[index]
    assert told(database, newer) == {}


def test_too_many_words_are_not_short(reader: Reader, database: Database, letter: LetterVersion) -> None:
    reader.get(at(letter, "/short"))
    sent = {**WORDS, "short_en": "word " * 200, "version_id": str(letter.id)}

    assert "too long to be short" in reader.post(at(letter, "/short"), sent, 422).words
    assert told(database, letter) == {}

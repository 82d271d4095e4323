"""A letter in short belongs to one version of it, and to no other words."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.letters.summaries import newest_summaries, summaries, summary_for, write_summary
from tests import make
from tests.make import Cast

SHORT = "It asks for homes, wages and care."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def cast(session: Session, now: datetime) -> Cast:
    return make.cast(session, now)


@pytest.fixture
def version(session: Session, cast: Cast, now: datetime) -> LetterVersion:
    return make.letter(session, cast, now=now)


def write(
    session: Session, version: LetterVersion, now: datetime, short: str, note: str = "", language: str = "en"
) -> None:
    by = make.hand(session, "Amara", now=now)
    write_summary(session, version.id, language, summary=short, content_note=note, by=by, now=now)


@pytest.mark.both_databases
def test_a_version_is_said_in_short_in_each_language(
    session: Session, version: LetterVersion, now: datetime
) -> None:
    write(session, version, now, SHORT, "It names violence.")
    write(session, version, now, "Pide casas.", language="es")

    found = summary_for(session, version.id, "en")
    assert found is not None
    assert (found.summary, found.content_note) == (SHORT, "It names violence.")
    assert list(summaries(session, version.id)) == ["en", "es"]


def test_where_her_language_is_missing_the_other_stands(
    session: Session, version: LetterVersion, now: datetime
) -> None:
    write(session, version, now, SHORT)

    found = summary_for(session, version.id, "es")
    assert found is not None
    assert found.language == "en"


def test_what_was_said_of_one_version_is_not_said_of_the_next(
    session: Session, cast: Cast, version: LetterVersion, now: datetime
) -> None:
    write(session, version, now, SHORT)
    newer = make.edit(session, cast, version.letter_id, now=now, body="We ask for nothing.")

    assert summary_for(session, newer.id, "en") is None
    assert newest_summaries(session, version.letter_id)[0] == version.n


def test_emptied_words_are_gone(session: Session, version: LetterVersion, now: datetime) -> None:
    write(session, version, now, SHORT)
    write(session, version, now, "  ")
    write(session, version, now, "")

    assert summary_for(session, version.id, "en") is None
    assert newest_summaries(session, version.letter_id) == (0, {})


def test_the_same_words_twice_are_once(session: Session, version: LetterVersion, now: datetime) -> None:
    write(session, version, now, SHORT)
    first = summaries(session, version.id)["en"].written_by
    write(session, version, now, f" {SHORT} ")

    assert summaries(session, version.id)["en"].written_by == first

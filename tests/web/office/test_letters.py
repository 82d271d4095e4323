"""Letters: what is there, where each stands, what changed, and approving."""

from datetime import datetime
from uuid import uuid4

import pytest

from advocacy.db import Database
from advocacy.letters.actions import set_recipients, write_version
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.letters.queries import approval
from advocacy.people.roles import Role
from tests import make
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import at, sit


def next_version(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        return write_version(
            session,
            letter.letter_id,
            title=letter.title,
            body="We ask for **four** things.",
            by=cast.amara,
            based_on=letter.n,
            note="one more",
            now=now,
        )


def test_an_empty_office_says_where_letters_come_from(reader: Reader, cast: Cast) -> None:
    sit(reader, cast.amara)

    assert "There are no letters yet." in reader.get("/office/letters").words


def test_the_list_says_where_each_letter_stands(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.sam)
    seen = reader.get("/office/letters")

    assert f"/office/letters/{letter.letter_id}" in seen.links()
    assert "Sign-on letter · not printed" in seen.words
    assert "open until 3 December 2026, 10:00 EST in New York (15:00 UTC)." in seen.words
    assert "Too few asked to tell how many and 0 organisations so far." in seen.words


def test_a_letter_shows_its_words_on_paper_and_nobody_under_them(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL)
    sit(reader, cast.amara)
    seen = reader.get(at(letter))

    assert seen.heading == "Support for H.R. 1144"
    assert "RE: Support for H.R. 1144 Dear Chair Sample:" in seen.words
    assert "1 person" not in seen.words
    assert "Wren" not in seen.words


def test_each_office_stands_with_the_rules_of_its_venue(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.amara)
    seen = reader.get(at(letter))

    assert "The Honorable Sample Chair" in seen.words
    assert "The office will have your line." in seen.words
    assert "No limit of pages" in seen.words
    assert "Last checked" in seen.words


def test_a_word_that_loses_our_meaning_is_pointed_out(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    office = make.letters.Office("House Committee", "", "Annapolis", "md_general_assembly")
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, offices=[office], stance="oppose_unless_amended")
    sit(reader, cast.amara)
    seen = reader.get(at(letter))

    assert "Something is lost in that word." in seen.words
    assert "2 pages at most" in seen.words


def test_a_letter_that_says_survivors_says_what_that_means(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, implies_survivor=True)
    sit(reader, cast.amara)

    assert "This letter says that it comes from survivors." in reader.get(at(letter)).words


def test_a_testimony_shows_its_box_and_the_length_of_its_spoken_version(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY, spoken="word " * 255)
    sit(reader, cast.amara)
    seen = reader.get(at(letter))

    assert "255 words, about 2 minutes" in seen.words
    assert "HB 417, A Sample Bill Committee on Samples Hearing on 11 February 2027, Room 3" in seen.words
    assert "Submitted by The witness’s line" in seen.words


def test_somebody_else_approves_and_the_writer_cannot(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    newer = next_version(database, letter, cast, now)
    approve = at(letter, f"/versions/{newer.id}/approve")
    sit(reader, cast.amara)
    seen = reader.get(at(letter))
    assert "You wrote version 2. Somebody else has to read and approve it." in seen.words
    assert ("post", approve) not in seen.forms()
    assert "Nobody approves alone what they wrote." in reader.post(approve, status=409).words

    sit(reader, cast.sam)
    assert ("post", approve) in reader.get(at(letter)).forms()
    seen = reader.follow(reader.post(approve))

    assert "Version 2 is approved" in seen.words
    with database.reading() as session:
        assert approval(session, newer.id).approved_by == cast.sam  # type: ignore[union-attr]


def test_approving_twice_is_approving_once(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.sam)
    for _ in range(2):
        reader.post(at(letter, f"/versions/{letter.id}/approve"))


def test_a_version_of_another_letter_is_not_approved_here(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        other = make.letter(session, cast, now=now)
    sit(reader, cast.sam)

    reader.post(at(letter, f"/versions/{other.id}/approve"), status=404)


def test_two_versions_are_compared_in_the_text_and_as_a_list(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    next_version(database, letter, cast, now)
    sit(reader, cast.sam)
    seen = reader.get(at(letter, "/compare"))

    assert "Changed “three” to “four”" in seen.words
    assert [tag.get_text() for tag in seen.soup.find_all("ins")] == ["four"]
    assert "The words are the same." in reader.get(at(letter, "/compare?before=2&after=2")).words


def test_a_version_that_is_not_there_is_not_compared(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.sam)

    reader.get(at(letter, "/compare?before=1&after=9"), 404)


@pytest.mark.parametrize("more", ["", "/edit", "/compare", "/signons", "/editions", "/offices", "/box"])
def test_what_was_never_there_and_the_id_of_something_else_have_one_answer(
    reader: Reader, cast: Cast, letter: LetterVersion, more: str
) -> None:
    sit(reader, cast.amara)
    never, other = (reader.get(f"/office/letters/{id}{more}", 404) for id in (uuid4(), letter.id))

    assert never.words == other.words


def test_a_letter_without_an_office_asks_for_one_first(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [])
    sit(reader, cast.amara)

    assert "No office yet." in reader.get(at(letter)).words


def test_steering_reads_and_changes_nothing(
    reader: Reader, database: Database, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        noor = make.hand(session, "Noor Desk", Role.STEERING, now=now)
    sit(reader, noor)

    assert [action for _, action in reader.get(at(letter)).forms()] == ["/office/sign-out"]
    reader.get(at(letter, "/edit"), 403)

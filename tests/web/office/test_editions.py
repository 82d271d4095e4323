"""Printing for the offices, and what came of it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions import printing
from advocacy.editions.check import Finding, Report
from advocacy.editions.corrections import answer_correction
from advocacy.editions.models import Edition, HeldPrint, Way
from advocacy.editions.sweeping import destroy_all_void
from advocacy.letters import fonts
from advocacy.letters.faults import DesignFault, MissingFont
from advocacy.letters.models import LetterKind, LetterVersion
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.office.papers import at, path_of, printed, sit


@pytest.fixture(autouse=True)
def _amara_prints(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)


def refused(reader: Reader, letter: LetterVersion) -> Seen:
    reader.get(at(letter, "/editions"))
    return reader.post(at(letter, "/editions"), status=422)


def frozen(database: Database) -> int:
    with database.reading() as session:
        return session.query(Edition).count()


def test_nothing_printed_yet_says_so(reader: Reader, letter: LetterVersion) -> None:
    assert "Nothing has been printed yet." in reader.get(at(letter, "/editions")).words


def test_an_edition_tells_numbers_and_gives_the_very_file(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL)
        make.sign(session, letter.letter_id, cast.dee, now)
    seen = printed(reader, letter)

    assert seen.heading == "Edition 1"
    assert "ready 2 signers on 1 page, from version 1 of the text." in seen.words
    assert "Wren" not in seen.answer.text
    file = reader.client.get(f"{path_of(seen)}/file.pdf")
    assert file.data.startswith(b"%PDF-")
    assert file.mimetype == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("inline; filename=")
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in file.headers["X-Robots-Tag"]


def test_the_file_is_for_those_who_hand_it_over(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    address = path_of(printed(reader, letter))
    sit(reader, cast.sam)

    assert f"{address}/file.pdf" not in reader.get(address).links()
    reader.get(f"{address}/file.pdf", 403)
    reader.post(at(letter, "/editions"), status=403)


def test_the_same_print_twice_is_one_edition(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    assert path_of(printed(reader, letter)) == path_of(printed(reader, letter))
    assert frozen(database) == 1


def test_a_changed_answer_voids_it_and_the_page_says_so_gently(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL)
    address = path_of(printed(reader, letter))
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.wren, now)
    seen = reader.get(address)

    assert "This edition is void. Somebody changed an answer since it was made" in seen.words
    assert "Wren" not in seen.answer.text


def test_a_newer_edition_supersedes_the_older_one(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    first = path_of(printed(reader, letter))
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="Other words.")
    printed(reader, letter)
    listed = reader.get(at(letter, "/editions")).words

    assert listed.index("Edition 2 ready") < listed.index("Edition 1")
    assert "void" in reader.get(first).words


def test_a_print_under_review_never_says_why(
    reader: Reader, database: Database, letter: LetterVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Report((Finding("forbidden name", "page 1", "Wren Sample"),))
    monkeypatch.setattr(printing, "check", lambda *_: found)
    seen = printed(reader, letter)

    assert "Under review." in seen.words
    assert "Wren" not in seen.answer.text
    assert "forbidden" not in seen.words
    assert frozen(database) == 0
    with database.reading() as session:
        assert session.query(HeldPrint).count() == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (MissingFont(), "A font this letter needs is not installed on this machine."),
        (DesignFault("A file this design asks for is missing: “x.png”."), "is missing: “x.png”."),
    ],
)
def test_a_fault_of_the_printer_is_a_sentence_and_freezes_nothing(
    reader: Reader,
    database: Database,
    letter: LetterVersion,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    told: str,
) -> None:
    def breaks() -> None:
        raise fault

    monkeypatch.setattr(fonts, "refuse_missing_text_fonts", breaks)
    seen = refused(reader, letter)

    assert "It was not printed." in seen.words
    assert told in seen.words
    assert frozen(database) == 0


def test_a_character_no_font_holds_is_named(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, body="Hello \U0001f600")

    assert "(U+1F600, grinning face) cannot be printed" in refused(reader, letter).words
    assert frozen(database) == 0


def test_a_testimony_without_its_witness_is_not_printed(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)

    assert "A testimony needs its witness’s line." in refused(reader, letter).words.replace("'", "’")


def test_a_letter_that_was_never_open_is_not_printed(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        begun = make.letters.begin_letter(session, kind=LetterKind.SIGN_ON, by=cast.sam, now=now)
        version = make.letters.write_version(
            session, begun.id, title="T", body="B", by=cast.sam, based_on=0, now=now
        )

    assert "once it has been open" in reader.get(at(version, "/editions")).words
    reader.post(at(version, "/editions"), status=409)


def test_a_destroyed_file_leaves_its_hash(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    address = path_of(printed(reader, letter))
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
    destroy_all_void(database, now)
    seen = reader.get(address)

    assert "23 November 2026. Its hash stays." in seen.words
    reader.get(f"{address}/file.pdf", 404)


def test_a_corrected_copy_is_asked_for_without_a_name_or_a_number(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        for person, choice in ((cast.wren, make.FULL), (cast.river, make.CHOSEN)):
            make.sign(session, letter.letter_id, person, now, recipient=choice)
        _goes_out(session, letter, cast, now)
        for person in (cast.wren, cast.river):
            make.withdraw(session, letter.letter_id, person, now)
            visit = make.come(session, letter.letter_id, person, now)
            answer_correction(session, visit, ask=True, zone=make.ZONE, now=now)

    seen = reader.get(at(letter, "/editions"))
    note = seen.soup.find("blockquote")
    assert seen.words.count("A corrected copy is asked for: The Honorable Sample Chair.") == 1
    assert note is not None
    words = "Please use the enclosed copy in place of the one sent on 23 November 2026. Thank you."
    assert note.get_text() == words
    assert not any(name in seen.answer.text for name in ("Wren", "River", "two people"))
    sit(reader, cast.sam)
    assert "corrected copy" not in reader.get(at(letter, "/editions")).words
    with database.transaction() as session:
        _goes_out(session, letter, cast, now)
    sit(reader, cast.amara)
    assert "corrected copy" not in reader.get(at(letter, "/editions")).words


def _goes_out(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    edition = make.frozen(session, letter, cast, now)
    office = make.office_of(session, letter)
    make.hand_over(session, edition.id, office.id, cast, now, Way.IN_PERSON, receipt="At the desk")


def test_one_press_prints_a_file_for_each_group_and_says_for_whom_each_is(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        letter = make.letter(
            session, cast, now=now, offices=[make.CHAIR, make.POSTING], body="To two houses."
        )
        make.sign(session, letter.letter_id, cast.river, now, recipient=make.CHOSEN)
    seen = printed(reader, letter)

    assert f"For {make.CHAIR.office} only." in seen.words
    assert f"For {make.POSTING.office} only." in seen.words
    assert seen.words.count("ready") == 2
    assert "River" not in seen.answer.text
    one = reader.get(next(link for link in seen.links() if "/office/editions/" in link))
    assert "not everybody who may be shown here may be shown there" in one.words

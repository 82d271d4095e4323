"""The open page: for organisations only, opted into, and silent about who has signed."""

import pytest
from sqlalchemy import select

from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.models import Message
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.open_pages import NoPageHere, close_the_page, open_the_page
from tests import make
from tests.make import FULL, Cast
from tests.page import Reader
from tests.rows import row_hashes
from tests.web.conftest import Clock
from tests.web.organisation.conftest import YES

FORM = {**YES, "email": "val@samplevalley.example", "authorised": "yes"}


@pytest.fixture
def path(database: Database, letter: LetterVersion, cast: Cast, clock: Clock) -> str:
    """The address of the letter's open page."""
    with database.transaction() as session:
        return f"/o/{open_the_page(session, letter.letter_id, by=cast.amara, now=clock()).slug}"


def mails(database: Database) -> list[Message]:
    with database.reading() as session:
        return list(session.scalars(select(Message).where(Message.kind == "organisation_authoriser")))


def test_there_is_none_unless_somebody_opened_it(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, clock: Clock, path: str
) -> None:
    assert reader.get(path).heading == letter.title
    with database.transaction() as session:
        close_the_page(session, letter.letter_id, by=cast.amara, now=clock())
    closed, never = reader.get(path, 404), reader.get("/o/AAAAAAAAAAAA", 404)

    assert closed.answer.data == never.answer.data
    reader.post(path, FORM, 404)
    assert mails(database) == []


def test_opened_again_it_has_its_old_address_and_twice_is_once(
    database: Database, letter: LetterVersion, cast: Cast, clock: Clock, path: str
) -> None:
    with database.transaction() as session:
        close_the_page(session, letter.letter_id, by=cast.amara, now=clock())
        close_the_page(session, letter.letter_id, by=cast.amara, now=clock())
        again = [open_the_page(session, letter.letter_id, by=cast.amara, now=clock()) for _ in range(2)]

    assert {f"/o/{page.slug}" for page in again} == {path}


def test_it_tells_the_letter_and_nothing_of_who_signed(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, clock: Clock, path: str
) -> None:
    empty = reader.get(path).answer.data
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, clock(), FULL, FULL, FULL)
        make.sign(session, letter.letter_id, cast.dee, clock())

    assert reader.get(path).answer.data == empty
    assert b"The Honorable Sample Chair" in empty
    assert b"three" in empty


def test_looking_writes_nothing(reader: Reader, database: Database, path: str) -> None:
    before = row_hashes(database)
    reader.get(path)
    reader.get(f"{path}/sent")

    assert row_hashes(database) == before


def test_a_closed_letter_has_no_open_page(reader: Reader, clock: Clock, path: str) -> None:
    clock.forward(days=11)

    reader.get(path, 404)


def test_a_testimony_cannot_have_one(database: Database, cast: Cast, clock: Clock) -> None:
    with database.transaction() as session:
        testimony = make.letter(session, cast, now=clock(), kind=LetterKind.TESTIMONY)
        with pytest.raises(NoPageHere):
            open_the_page(session, testimony.letter_id, by=cast.amara, now=clock())


def test_what_comes_in_signs_nothing_and_writes_to_the_authoriser(
    reader: Reader, database: Database, path: str
) -> None:
    seen = reader.follow(reader.post(path, FORM))

    assert "Nothing is signed until that person follows the link" in seen.words
    with database.reading() as session:
        assert session.scalars(select(OrganisationSignOn)).all() == []
        (ask,) = session.scalars(select(OrganisationAsk))
        assert (ask.public_name, ask.asked_by) == (FORM["public_name"], None)
        assert b"val@" not in (ask.email or b"")
    assert len(mails(database)) == 1


def test_the_answer_is_the_same_whoever_is_named(reader: Reader, path: str) -> None:
    first = reader.post(path, FORM).answer
    again = reader.post(path, FORM).answer
    other = reader.post(path, {**FORM, "email": "nobody@elsewhere.example"}).answer

    assert len({(one.status_code, one.headers["Location"]) for one in (first, again, other)}) == 1


def test_nobodys_mailbox_is_filled_by_a_stranger(reader: Reader, database: Database, path: str) -> None:
    for n in range(6):
        reader.post(path, {**FORM, "public_name": f"Sample House {n % 4}"})

    assert len(mails(database)) == 3


def test_many_at_once_are_slowed_and_never_locked_out(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    held: list[float] = []
    monkeypatch.setattr("advocacy.web.patience.hold_back", lambda began, wait: held.append(wait))
    for n in range(12):
        reader.post(path, {**FORM, "email": f"somebody{n}@samplevalley.example"})

    assert held[0] == 0
    assert held == sorted(held)
    assert 0 < held[-1] <= 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"authorised": ""}, "Please tick this only if you are authorised."),
        ({"email": "val"}, "This is not an email address."),
        ({"public_name": "Look at HTTPS://evil.example"}, "Please leave out web and email addresses"),
        ({"authoriser": "www.evil.example"}, "Please leave out web and email addresses"),
        ({"authoriser": ""}, "Please give the name of the person who may sign for it."),
        ({"approval": "board", "board_on": "2026-11-01"}, "a day that is still to come"),
    ],
)
def test_a_fault_is_said_and_the_rest_kept(
    reader: Reader, database: Database, path: str, changed: dict[str, str], told: str
) -> None:
    seen = reader.post(path, {**FORM, **changed}, 422)

    assert told in seen.words
    assert seen.soup.find("input", attrs={"name": "title", "value": "director"})
    assert mails(database) == []


def test_it_can_be_read_in_spanish(reader: Reader, path: str) -> None:
    seen = reader.get(f"{path}?language=es")

    assert "Esta página es para organizaciones." in seen.words
    assert seen.soup.html is not None
    assert seen.soup.html["lang"] == "es"


def test_another_site_cannot_fill_it_in(reader: Reader, database: Database, path: str) -> None:
    reader.post(path, FORM, 403, headers={"Sec-Fetch-Site": "cross-site"})

    assert mails(database) == []


def test_no_person_and_no_sign_on_is_written_down(database: Database, reader: Reader, path: str) -> None:
    before = row_hashes(database)
    reader.post(path, FORM)
    after = row_hashes(database)

    assert {table for table in after if after[table] != before[table]} == {
        "data_key",
        "message",
        "organisation_ask",
        "throttle",
    }

"""Opening a letter for sign-ons, and closing it."""

from datetime import UTC, datetime

import pytest

from advocacy.db import Database
from advocacy.letters.actions import approve, set_recipients, write_version
from advocacy.letters.models import Letter, LetterKind, LetterVersion
from advocacy.letters.queries import current_opening
from tests import make
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit


@pytest.fixture(autouse=True)
def _amara_opens(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)


def open_it(reader: Reader, letter: LetterVersion, closes_at: str, status: int = 303, **further: str) -> Seen:
    reader.get(at(letter, "/open"))
    sent = {"closes_at": closes_at, "version_id": str(letter.id), **further}
    return reader.post(at(letter, "/open"), sent, status)


def closes(database: Database, letter: LetterVersion) -> datetime:
    with database.reading() as session:
        opening = current_opening(session, letter.letter_id)
        assert opening is not None
        return opening.closes_at


def test_the_end_is_said_in_the_time_people_live_by(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(open_it(reader, letter, "2026-12-04T17:00"))

    assert "open until 4 December 2026, 17:00 EST in New York (22:00 UTC)" in seen.words
    assert closes(database, letter) == datetime(2026, 12, 4, 22, 0, tzinfo=UTC)


def test_the_page_names_the_clocks_it_means(reader: Reader, letter: LetterVersion) -> None:
    assert "By the clocks of New York." in reader.get(at(letter, "/open")).words


@pytest.mark.parametrize(
    ("closes_at", "told"),
    [
        ("2027-03-14T02:30", "skip this time"),
        ("2027-11-07T01:30", "comes twice"),
        ("2026-11-23T09:59", "This moment has passed."),
        ("soon", "Please give a day and a time"),
        ("", "Please give the last day and time."),
    ],
)
def test_a_moment_that_cannot_be_is_sent_back(
    reader: Reader, database: Database, letter: LetterVersion, closes_at: str, told: str
) -> None:
    before = closes(database, letter)
    seen = open_it(reader, letter, closes_at, 422)

    assert told in seen.words
    assert closes(database, letter) == before


def test_words_nobody_approved_are_not_opened(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        newer = write_version(
            session, letter.letter_id, title="T", body="New", by=cast.sam, based_on=1, now=now
        )

    assert "has not been approved" in reader.get(at(letter, "/open")).words
    assert "has not been approved yet" in open_it(reader, newer, "2026-12-04T17:00", 422).words


def test_a_page_opened_before_the_text_changed_opens_nothing(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    before = closes(database, letter)
    with database.transaction() as session:
        newer = write_version(
            session, letter.letter_id, title="T", body="New", by=cast.sam, based_on=1, now=now
        )
        approve(session, newer.id, by=cast.jo, now=now)

    assert "Somebody else saved a newer version" in open_it(reader, letter, "2026-12-04T17:00", 422).words
    assert closes(database, letter) == before


def test_a_letter_that_goes_nowhere_is_not_opened(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [])

    assert "Say first which office this goes to" in open_it(reader, letter, "2026-12-04T17:00", 422).words


def test_those_who_signed_older_words_are_told_of_before(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
        write_version(session, letter.letter_id, title="T", body="New", by=cast.sam, based_on=1, now=now)

    assert (
        "People were asked to sign version 1. Their yes is to those words."
        in reader.get(at(letter, "/open")).words
    )


def test_it_can_be_closed_at_once(
    reader: Reader, database: Database, letter: LetterVersion, clock: Clock
) -> None:
    reader.get(at(letter, "/open"))
    seen = reader.follow(reader.post(at(letter, "/close")))

    assert "closed since 23 November 2026, 10:00 EST" in seen.words
    assert closes(database, letter) == clock.at
    assert "not open for signing now" in reader.post(at(letter, "/close"), status=409).words


def test_a_closed_letter_can_be_opened_again(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, clock: Clock
) -> None:
    clock.forward(days=11)
    sit(reader, cast.amara)
    seen = reader.follow(open_it(reader, letter, "2026-12-08T12:00"))

    assert "open until 8 December 2026, 12:00 EST" in seen.words
    assert closes(database, letter) > clock.at


def test_who_only_drafts_does_not_open(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.sam)

    reader.get(at(letter, "/open"), 403)
    reader.post(at(letter, "/close"), status=403)


@pytest.mark.parametrize(
    ("zone", "typed", "ends", "said"),
    [
        ("America/New_York", "2026-11-30T23:59", (2026, 12, 1, 4, 59), "23:59 EST in New York (1 December"),
        ("Pacific/Honolulu", "2026-11-30T23:59", (2026, 12, 1, 9, 59), "23:59 HST in Honolulu (1 December"),
        ("America/Phoenix", "2026-11-30T23:59", (2026, 12, 1, 6, 59), "23:59 MST in Phoenix (1 December"),
        ("Pacific/Kiritimati", "2026-12-01T08:00", (2026, 11, 30, 18, 0), "(30 November 2026, 18:00 UTC)"),
    ],
)
def test_the_end_is_meant_by_the_clocks_it_names(
    reader: Reader,
    database: Database,
    letter: LetterVersion,
    zone: str,
    typed: str,
    ends: tuple[int, int, int, int, int],
    said: str,
) -> None:
    seen = reader.follow(open_it(reader, letter, typed, closes_zone=zone))

    assert said in seen.words
    assert closes(database, letter) == datetime(*ends, tzinfo=UTC)
    assert said in reader.get(at(letter)).words
    assert f'<option selected value="{zone}">' in reader.get(at(letter, "/open")).answer.text


@pytest.mark.parametrize(
    ("zone", "typed", "told"),
    [
        ("America/Chicago", "2027-03-14T02:30", "skip this time"),
        ("Pacific/Honolulu", "2027-03-14T02:30", ""),
        ("America/Phoenix", "2027-11-07T01:30", ""),
        ("Australia/Lord_Howe", "2027-04-04T01:45", "comes twice"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "skip this time"),
        ("Mars/Base", "2026-12-04T17:00", "Please choose one of these places."),
    ],
)
def test_a_time_is_refused_only_where_it_cannot_be(
    reader: Reader, database: Database, letter: LetterVersion, zone: str, typed: str, told: str
) -> None:
    before = closes(database, letter)
    seen = open_it(reader, letter, typed, 422 if told else 303, closes_zone=zone)

    assert told in seen.words
    assert (closes(database, letter) == before) is bool(told)


def test_closing_at_once_keeps_the_clocks(reader: Reader, letter: LetterVersion) -> None:
    reader.follow(open_it(reader, letter, "2026-12-04T17:00", closes_zone="Pacific/Honolulu"))
    seen = reader.follow(reader.post(at(letter, "/close")))

    assert "closed since 23 November 2026, 05:00 HST in Honolulu (15:00 UTC)" in seen.words


def pay(database: Database, letter: LetterVersion) -> int | None:
    with database.reading() as session:
        return session.get_one(Letter, letter.letter_id).pay_dollars


def test_a_sign_on_is_unpaid_unless_somebody_says_otherwise(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    assert pay(database, letter) == 0
    form = reader.get(at(letter, "/open")).soup
    assert [one["value"] for one in form.find_all("input", attrs={"name": "pay", "checked": True})] == [
        "unpaid"
    ]

    open_it(reader, letter, "2026-12-04T17:00", pay="paid", dollars="$1,250")

    assert pay(database, letter) == 1250
    open_it(reader, letter, "2026-12-05T17:00", pay="unpaid", dollars="1250")
    assert pay(database, letter) == 0


@pytest.mark.parametrize("typed", ["", "0", "-5", "a lot", "12.50", "1000000", "²"])
def test_an_amount_that_is_none_is_said_beside_its_field_and_nothing_changes(
    reader: Reader, database: Database, letter: LetterVersion, typed: str
) -> None:
    before = closes(database, letter)

    seen = open_it(reader, letter, "2026-12-04T17:00", 422, pay="paid", dollars=typed)

    assert "Please give whole dollars, like 150." in seen.words
    assert (pay(database, letter), closes(database, letter)) == (0, before)


def test_a_testimony_cannot_be_opened_before_its_pay_was_said(
    reader: Reader, database: Database, cast: Cast, clock: Clock
) -> None:
    with database.transaction() as session:
        text = make.letter(session, cast, now=clock(), kind=LetterKind.TESTIMONY, title="On housing")
    assert not reader.get(at(text, "/open")).soup.find("input", attrs={"name": "pay", "checked": True})

    refused = open_it(reader, text, "2026-12-04T17:00", 422)
    assert "Please say whether people are paid for this." in refused.words
    assert pay(database, text) is None

    open_it(reader, text, "2026-12-04T17:00", pay="paid", dollars="150")
    assert pay(database, text) == 150


def test_what_could_not_be_opened_changes_no_pay(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    stale = {
        "closes_at": "2026-12-04T17:00",
        "version_id": str(letter.letter_id),
        "pay": "paid",
        "dollars": "9",
    }
    reader.get(at(letter, "/open"))
    reader.post(at(letter, "/open"), stale, 422)

    assert pay(database, letter) == 0

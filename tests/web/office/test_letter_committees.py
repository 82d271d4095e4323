"""A letter written to the committee that has its bill: shown first, and never re-addressed by itself."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.legislators.actions import take_in
from advocacy.bills.legislators.models import Committee
from advocacy.bills.legislators.reading import read_files
from advocacy.bills.snapshot import ReferralFact
from advocacy.campaigns.addressing import address, addressed
from advocacy.campaigns.envelopes import Whom
from advocacy.db import Database
from advocacy.letters.models import LetterVersion, Recipient
from advocacy.letters.queries import recipients
from advocacy.signons.asking_again import Why
from advocacy.signons.models import Asking
from tests import make
from tests.bills import made
from tests.bills.legislators.files import SEATS, congress
from tests.campaigns.amending import about_a_bill
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.office.papers import at, sit

DAY = date(2026, 11, 1)
CHAIR, RANKING = "The Honorable Nydia S. Velázquez", "The Honorable Henry Johnson"
OTHER_CHAIR = SEATS.replace("Nydia Velázquez", "Henry Johnson", 1).replace("X000001", "X000002", 1)


def seat(database: Database, folder: Path, now: datetime, day: date = DAY, **files: str) -> None:
    (told,) = read_files(congress(folder, **files), day)
    with database.transaction() as session:
        take_in(session, told, origin="made up", today=day, now=now)


def refer(database: Database, now: datetime, *codes: str) -> None:
    referrals = tuple(ReferralFact("Samples Committee", "House", code) for code in codes)
    with database.transaction() as session:
        track(session, made.snapshot(referrals=referrals), now)


@pytest.fixture
def committee(
    reader: Reader, cast: Cast, database: Database, letter: LetterVersion, tmp_path: Path, now: datetime
) -> UUID:
    """The committee that has the bill of the letter."""
    sit(reader, cast.sam)
    seat(database, tmp_path / "c", now)
    with database.transaction() as session:
        about_a_bill(session, letter.letter_id, now)
    refer(database, now, "hsxx00")
    with database.reading() as session:
        return session.scalars(select(Committee.id).where(Committee.code == "hsxx00")).one()


def offices(database: Database, letter: LetterVersion) -> list[str]:
    with database.reading() as session:
        return [row.office for row in recipients(session, letter.letter_id)]


def page(letter: LetterVersion, committee: UUID, whom: str = "leaders") -> str:
    return at(letter, f"/committees/{committee}?whom={whom}")


def shown_in(seen: Seen) -> dict[str, str]:
    return {name: str(seen.soup.select_one(f"input[name={name}]")["value"]) for name in ("mark", "whom")}  # type: ignore[index]


def write(
    reader: Reader, letter: LetterVersion, committee: UUID, whom: str = "leaders", status: int = 303
) -> Seen:
    seen = reader.get(page(letter, committee, whom))
    return reader.post(at(letter, f"/committees/{committee}"), shown_in(seen), status)


def test_the_committee_that_has_the_bill_is_offered(
    reader: Reader, committee: UUID, letter: LetterVersion
) -> None:
    seen = reader.get(at(letter, "/committees"))

    assert "They have the bill House Committee on Samples" in seen.words
    assert "Every other committee there Small Samples" in seen.words


def test_who_comes_is_shown_and_only_then_written_to(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion
) -> None:
    before = offices(database, letter)
    seen = reader.get(page(letter, committee))

    assert f"New {CHAIR} {RANKING}" in seen.words
    assert "1 Sample House Washington DC 20515" in seen.words
    assert "Dear Chair Velázquez:" in seen.words and "Dear Ranking Member Johnson:" in seen.words
    assert offices(database, letter) == before

    write(reader, letter, committee)
    write(reader, letter, committee)
    assert offices(database, letter) == [*before, CHAIR, RANKING]


def test_a_committee_as_a_whole_is_one_office(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion
) -> None:
    write(reader, letter, committee, "whole")

    with database.reading() as session:
        row = session.scalars(select(Recipient).where(Recipient.office == "Committee on Samples")).one()
    assert row.salutation == "Dear Chair Velázquez, Ranking Member Johnson, and Members of the Committee:"
    assert row.address == "U.S. House of Representatives\n2 Sample House\nWashington, DC 20515"


def test_another_chair_is_shown_before_anything_is_addressed_anew(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion, tmp_path: Path, now: datetime
) -> None:
    write(reader, letter, committee)
    seat(database, tmp_path / "c", now, DAY + timedelta(days=2), seats=OTHER_CHAIR.rpartition("HSXX08")[0])
    before = offices(database, letter)

    seen = reader.get(at(letter))
    assert "House Committee on Samples is not as it was" in seen.words
    assert f"No longer: {CHAIR}." in seen.words
    assert offices(database, letter) == before
    assert f"No longer {CHAIR} As before {RANKING}" in reader.get(page(letter, committee)).words

    write(reader, letter, committee)
    assert CHAIR not in offices(database, letter) and RANKING in offices(database, letter)
    assert "is not as it was" not in reader.get(at(letter)).words


def test_a_committee_that_lost_the_bill_is_said(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion, now: datetime
) -> None:
    write(reader, letter, committee)
    refer(database, now, "hsxx08")

    assert "It has no bill of this letter any more." in reader.get(at(letter)).words
    assert "They have the bill Small Samples" in reader.get(at(letter, "/committees")).words


def test_what_changed_since_it_was_shown_is_shown_again(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion, tmp_path: Path, now: datetime
) -> None:
    shown = reader.get(page(letter, committee))
    seat(database, tmp_path / "c", now, DAY + timedelta(days=2), seats=OTHER_CHAIR)
    before = offices(database, letter)

    seen = reader.post(at(letter, f"/committees/{committee}"), shown_in(shown), 409)
    assert "Other people sit on this committee by now." in seen.words
    assert offices(database, letter) == before


def test_offices_typed_by_hand_stay(
    reader: Reader, database: Database, committee: UUID, letter: LetterVersion, tmp_path: Path, now: datetime
) -> None:
    typed = offices(database, letter)
    write(reader, letter, committee, "everybody")
    write(reader, letter, committee, "whole")

    assert offices(database, letter) == [*typed, "Committee on Samples"]


@pytest.mark.both_databases
def test_whoever_signed_is_asked_about_the_new_offices_alone(
    database: Database, cast: Cast, letter: LetterVersion, tmp_path: Path, now: datetime
) -> None:
    seat(database, tmp_path / "c", now)
    with database.transaction() as session:
        about_a_bill(session, letter.letter_id, now)
        make.sign(session, letter.letter_id, cast.river, now, recipient=make.CHOSEN)
    with database.transaction() as session:
        committee = session.scalars(select(Committee).where(Committee.code == "hsxx00")).one()
        found = addressed(session, letter.letter_id, committee, Whom.LEADERS, DAY)
        how = {"mark": found.mark, "by": cast.sam, "now": now, "today": DAY}
        address(session, letter.letter_id, committee, Whom.LEADERS, **how)
        asked = session.scalars(select(Asking).where(Asking.why == Why.NEW_OFFICE)).all()
    assert len(asked) == 1

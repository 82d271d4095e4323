"""The pages of those who decide: a legislator, a committee on a day, names that are nobody's yet."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.legislators.actions import take_in
from advocacy.bills.legislators.models import Committee, Legislator
from advocacy.bills.legislators.reading import read_files
from advocacy.bills.models import Bill
from advocacy.bills.snapshot import ReferralFact, SponsorFact
from advocacy.db import Database
from tests.bills.legislators.files import congress
from tests.bills.made import snapshot
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import sit


@pytest.fixture
def ids(reader: Reader, cast: Cast, database: Database, tmp_path: Path, now: datetime) -> tuple[UUID, UUID]:
    sit(reader, cast.sam)
    (told,) = read_files(congress(tmp_path / "c"), date(2026, 11, 1))
    sponsors = (SponsorFact("Anybody", leads=True, person_code="X000001"), SponsorFact("Nobody We Know"))
    referrals = (ReferralFact("Samples Committee", "House", "hsxx00"),)
    with database.transaction() as session:
        take_in(session, told, origin="made up", today=date(2026, 11, 1), now=now)
        track(session, snapshot(sponsors=sponsors, referrals=referrals), now)
        person = session.scalars(select(Legislator.id).where(Legislator.code == "X000001")).one()
        return person, session.scalars(select(Committee.id).where(Committee.code == "hsxx00")).one()


def test_a_legislator_has_party_seats_offices_and_bills(reader: Reader, ids: tuple[UUID, UUID]) -> None:
    words = reader.get(f"/office/legislators/{ids[0]}").words.replace(" ,", ",")

    assert "Democrat, ZZ, district At Large" in words
    assert "House Committee on Samples, Chairwoman" in words
    assert "1 Sample House" in words
    assert "H.R. 9001 Sample Safe Harbour Act leads it" in words
    assert "As of" in words


def test_a_committee_shows_its_members_of_a_day_and_our_bills(reader: Reader, ids: tuple[UUID, UUID]) -> None:
    words = reader.get(f"/office/committees/{ids[1]}").words.replace(" ,", ",")

    assert "Nydia S. Velázquez, Chairwoman Henry Johnson, Ranking Member" in words
    assert "Small Samples" in words
    assert "H.R. 9001" in words
    assert "Nobody known on that day" in reader.get(
        f"/office/committees/{ids[1]}?on=2026-10-31"
    ).words.replace(" ,", ",")


def test_a_bill_links_whom_it_knows_and_names_the_others(
    reader: Reader, ids: tuple[UUID, UUID], database: Database
) -> None:
    with database.reading() as session:
        bill = session.scalars(select(Bill.id)).one()
    soup = reader.get(f"/office/bills/{bill}").soup
    links = {link["href"]: link.get_text() for link in soup.find_all("a")}

    assert links[f"/office/legislators/{ids[0]}"] == "Anybody"
    assert "Samples" in links[f"/office/committees/{ids[1]}"]
    assert "Nobody We Know" in soup.get_text()
    assert "Nobody We Know" not in links.values()


def test_a_name_that_is_nobody_is_listed(reader: Reader, ids: tuple[UUID, UUID]) -> None:
    words = reader.get("/office/legislators").words.replace(" ,", ",")

    assert "Nobody We Know US, on 1 of our bills" in words
    assert "US: 3 people" in words


def test_a_person_says_who_a_name_is_and_takes_it_back(
    reader: Reader, ids: tuple[UUID, UUID], database: Database
) -> None:
    page = "/office/legislators/name?place=us&name=Nobody+We+Know"
    sent = {"place": "us", "name": "Nobody We Know"}
    reader.get(page)
    assert "Please choose who it is." in reader.post("/office/legislators/name", sent, 422).words

    reader.post("/office/legislators/name", {**sent, "who": str(ids[0])})
    seen = reader.get("/office/legislators")
    assert "nobody we know US is Nydia S. Velázquez" in seen.words
    reader.get(page, 404)

    reader.post("/office/legislators/name/off", {"place": "us", "name": "nobody we know"})
    assert "What one of us said" not in reader.get("/office/legislators").words
    reader.post("/office/legislators/name/off", {"place": "us", "name": "nobody we know"}, 404)

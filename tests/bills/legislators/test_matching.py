"""A name on a bill is somebody by id first, by a person's word, or by an exact name; else nobody."""

from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key
from advocacy.bills.legislators.actions import take_in
from advocacy.bills.legislators.matching import match
from advocacy.bills.legislators.models import Legislator
from advocacy.bills.legislators.queries import unmatched, words_kept
from advocacy.bills.legislators.reading import read_files
from advocacy.bills.legislators.saying import say_who, unsay_who
from advocacy.bills.snapshot import SponsorFact
from advocacy.db import Database
from tests.bills.legislators.files import congress, person, states
from tests.bills.made import snapshot

DAY = date(2026, 11, 23)


@pytest.fixture
def taken(database: Database, tmp_path: Path, now: datetime) -> Database:
    people = {
        "a": person("Ana Muster", 1, district=1, others="{name: A. Muster}"),
        "b": person("Anton Muster", 2, district=2, others="{name: A. Muster}"),
    }
    for origin in (congress(tmp_path / "c"), states(tmp_path / "s", people)):
        for told in read_files(origin, DAY):
            with database.transaction() as session:
                take_in(session, told, origin=origin, today=DAY, now=now)
    return database


def who(database: Database, place: str, sponsor: SponsorFact) -> tuple[str, str]:
    with database.reading() as session:
        found = match(session, place, [sponsor])[sponsor]
        return (found.legislator.name if found.legislator else "", found.how)


@pytest.mark.parametrize(
    ("place", "sponsor", "name", "how"),
    [
        ("us", SponsorFact("Anybody", person_code="X000001"), "Nydia S. Velázquez", "id"),
        ("us", SponsorFact("Rep. Velázquez, Nydia Sample [D-ZZ-At Large]"), "Nydia S. Velázquez", "name"),
        ("us", SponsorFact("Velazquez, Nydia"), "", ""),
        ("us", SponsorFact("Johnson, Henry C. \u201cHank\u201d"), "Henry Johnson", "name"),
        ("us", SponsorFact("Sen. Ejemplo, Ana [I-ZZ]"), "Ana Ejemplo", "name"),
        ("us", SponsorFact("Johnson"), "", ""),
        ("us", SponsorFact("Ana Muster"), "", ""),
        ("de", SponsorFact("ANA  MUSTER"), "Ana Muster", "name"),
        ("de", SponsorFact("A. Muster"), "", ""),
        ("de", SponsorFact("A. Muster", district="2"), "Anton Muster", "name"),
    ],
)
def test_who_a_name_is(taken: Database, place: str, sponsor: SponsorFact, name: str, how: str) -> None:
    assert who(taken, place, sponsor) == (name, how)


@pytest.mark.both_databases
def test_what_is_unmatched_is_listed_until_a_person_says_who_it_is(taken: Database, now: datetime) -> None:
    sponsors = (SponsorFact("A. Muster", leads=True), SponsorFact("Ana Muster"))
    with taken.transaction() as session:
        track(session, snapshot(make_key("de", "153", "HB 1"), sponsors=sponsors), now)
    with taken.reading() as session:
        (left,) = unmatched(session)
        anton = session.scalars(select(Legislator).where(Legislator.name == "Anton Muster")).one().id
    assert (left.name, left.bills, len(left.likely)) == ("A. Muster", 1, 2)

    with taken.transaction() as session:
        say_who(session, "de", "A. Muster", anton, by=uuid4(), now=now)
    assert who(taken, "de", SponsorFact("A. MUSTER")) == ("Anton Muster", "said")
    with taken.reading() as session:
        assert unmatched(session) == ()
        assert [person.name for _, person in words_kept(session)] == ["Anton Muster"]

    with taken.transaction() as session:
        unsay_who(session, "de", "A. Muster", by=uuid4())
    assert who(taken, "de", SponsorFact("A. Muster")) == ("", "")

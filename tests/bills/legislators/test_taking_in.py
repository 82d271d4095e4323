"""Legislators and committees are taken in from their files; what is over keeps its last day."""

import io
import tarfile
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from advocacy.bills.legislators.actions import take_in
from advocacy.bills.legislators.keeping import Report
from advocacy.bills.legislators.models import Committee, Legislator, LegislatorOffice
from advocacy.bills.legislators.opening import CannotRead
from advocacy.bills.legislators.queries import leaders, members_on, readings
from advocacy.bills.legislators.reading import read_files
from advocacy.db import Database
from tests.bills.legislators.files import COMMITTEES, PEOPLE, SEATS, committee, congress, person, states

DAY = date(2026, 11, 23)
LATER = DAY + timedelta(days=30)


def take(database: Database, origin: str, now: datetime, day: date = DAY) -> Report:
    (told,) = read_files(origin, day)
    with database.transaction() as session:
        return take_in(session, told, origin=origin, today=day, now=now)


def seated(database: Database, code: str, day: date = DAY) -> list[tuple[str, str]]:
    with database.reading() as session:
        id = session.scalars(select(Committee.id).where(Committee.code == code)).one()
        return [(one.seat.name, one.seat.role) for one in members_on(session, id, day)]


@pytest.mark.both_databases
def test_people_offices_committees_and_seats_are_taken_in(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    report = take(database, congress(tmp_path / "c"), now)

    assert (report.added, report.ended, report.unmatched, report.faults) == (3 + 1 + 2 + 3, 0, [], [])
    assert seated(database, "hsxx00") == [
        ("Nydia Velázquez", "chair"),
        ("Henry Johnson", "ranking member"),
    ]
    assert seated(database, "hsxx08") == [("Henry Johnson", "member")]
    with database.reading() as session:
        person = session.scalars(select(Legislator).where(Legislator.code == "X000001")).one()
        room = session.scalars(select(LegislatorOffice)).one()
        part = session.scalars(select(Committee).where(Committee.code == "hsxx08")).one()
    assert (person.name, person.district, person.chamber) == ("Nydia S. Velázquez", "At Large", "lower")
    assert (room.address, room.contact_form) == (
        "1 Sample House\nWashington DC 20515",
        "https://sample.example/w",
    )
    assert part.parent == "hsxx00"


def test_the_same_words_again_change_nothing(database: Database, tmp_path: Path, now: datetime) -> None:
    origin = congress(tmp_path / "c")
    take(database, origin, now)
    again = take(database, origin, now + timedelta(days=1), LATER)

    assert (again.added, again.changed, again.ended) == (0, 0, 0)
    with database.reading() as session:
        assert [one.read_at for one in readings(session)] == [now + timedelta(days=1)]


@pytest.mark.both_databases
def test_a_seat_not_told_any_more_ends_that_day_and_is_still_read_for_days_before(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    take(database, congress(tmp_path / "c"), now)
    new = SEATS.replace("Chairwoman, bioguide: X000001", "Chairman, bioguide: X000002").replace(
        "- {name: Henry Johnson, party: minority, rank: 1, title: Ranking Member, bioguide: X000002}\n", ""
    )
    report = take(
        database, congress(tmp_path / "c", seats=new.replace("Nydia Velázquez", "Henry Johnson")), now, LATER
    )

    assert report.ended == 2
    assert seated(database, "hsxx00", LATER) == [("Henry Johnson", "chair")]
    assert seated(database, "hsxx00", LATER - timedelta(days=1)) == [
        ("Nydia Velázquez", "chair"),
        ("Henry Johnson", "ranking member"),
    ]


def test_whoever_is_gone_from_the_whole_list_leaves_every_seat(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    take(database, congress(tmp_path / "c"), now)
    fewer = PEOPLE[PEOPLE.index("- id: {bioguide: X000002}") :]
    take(database, congress(tmp_path / "c", people=fewer), now, LATER)

    with database.reading() as session:
        gone = session.scalars(select(Legislator).where(Legislator.gone_on.is_not(None))).one()
    assert (gone.code, gone.gone_on) == ("X000001", LATER)
    assert seated(database, "hsxx00", LATER) == [("Henry Johnson", "ranking member")]


def test_a_list_that_breaks_off_ends_nobody(database: Database, tmp_path: Path, now: datetime) -> None:
    take(database, congress(tmp_path / "c"), now)
    short = PEOPLE[: PEOPLE.index("- id: {bioguide: X000002}")]
    report = take(database, congress(tmp_path / "c", people=short), now, LATER)

    assert report.ended == 0
    assert report.faults == ["2 of 3 people of us are missing, more than half: nobody was ended."]


def test_a_broken_record_is_named_by_file_and_line_and_the_rest_goes_on(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    broken = PEOPLE.replace("{bioguide: X000002}", "{govtrack: 2}")
    report = take(database, congress(tmp_path / "c", people=broken, committees="- [: {"), now)

    assert [fault.rpartition("/")[2] for fault in report.faults] == [
        "committees-current.yaml, line 1: did not find expected node content.",
        "legislators-current.yaml, line 6: bioguide is missing.",
    ]
    assert report.unmatched == ["the committee hsxx00", "the committee hsxx08"]
    with database.reading() as session:
        assert session.scalar(select(func.count(Legislator.id))) == 2


def test_a_fault_in_the_middle_writes_nothing(
    database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("advocacy.bills.legislators.actions.take_seats", fails)
    with pytest.raises(RuntimeError):
        take(database, congress(tmp_path / "c"), now)
    with database.reading() as session:
        assert session.scalar(select(func.count(Legislator.id))) == 0


def test_open_states_members_are_found_by_id_or_else_by_an_exact_other_name(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    members = """\
- {name: Anything, role: chair, person_id: ocd-person/00000000-0000-4000-8000-000000000001}
- {name: A. Muster, role: 1st vice chair}
- {name: Somebody Else, role: member}"""
    people = {"a": person("Ana Muster", 1), "b": person("Anton Muster", 2, others="{name: A. Muster}")}
    report = take(database, states(tmp_path, people, {"c": committee(members)}), now)

    assert [one.partition(" (")[0] for one in report.unmatched] == ["Somebody Else"]
    with database.reading() as session:
        seats = members_on(session, session.scalars(select(Committee.id)).one(), DAY)
        assert [one.legislator and one.legislator.name for one in seats] == [
            "Ana Muster",
            "Anton Muster",
            None,
        ]
        assert [one.seat.title for one in leaders(seats)] == ["chair", "1st vice chair"]


def test_one_broken_file_ends_nobody_of_its_place(database: Database, tmp_path: Path, now: datetime) -> None:
    people = {letter: person(f"{letter.upper()} Muster", n) for n, letter in enumerate("abcd")}
    take(database, states(tmp_path, people), now)
    broken = take(database, states(tmp_path, {**people, "d": "id: ["}), now, LATER)
    gone = take(database, states(tmp_path, {k: people[k] for k in "abc"}), now, LATER)

    assert (broken.ended, len(broken.faults)) == (0, 1)
    assert gone.ended == 1


def test_one_file_alone_ends_nobody_else(database: Database, tmp_path: Path, now: datetime) -> None:
    take(database, states(tmp_path, {"a": person("Ana Muster", 1), "b": person("Bo Muster", 2)}), now)
    report = take(database, str(tmp_path / "data/de/legislature/a.yml"), now, LATER)

    assert (report.added, report.changed, report.ended) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "line 2: it refers to another part of itself"),
        ("[" * 100_000, "line 1: it is nested deeper"),
        ("- " * 100_000, "line 1: it is nested deeper"),
        ("? " * 100_000, "line 1: it is nested deeper"),
        ("a: !!python/object/apply:os.system [echo]\n", "line 1: could not determine a constructor"),
        ("x" * 8_000_001, "it is larger than 8 million letters"),
        ("a: \x00", "line 1: this is not YAML that can be read"),
    ],
    ids=["references", "brackets", "dashes", "questions", "objects", "huge", "zero"],
)
def test_hostile_yaml_is_refused_with_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    (told,) = read_files(str(tmp_path / "x.yml"), DAY)

    assert len(told.faults) == 1
    assert says in told.faults[0]


def test_archives_are_read_and_their_other_files_left_alone(tmp_path: Path) -> None:
    inside = {"x-main/legislators-current.yaml": PEOPLE, "x-main/committees-current.yaml": COMMITTEES}
    inside["x-main/../../etc/passwd"] = "no"
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, text in inside.items():
            archive.writestr(name, text)
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as packed:
        for name, text in inside.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            packed.addfile(entry, io.BytesIO(text.encode()))

    for name in ("x.zip", "x.tar.gz"):
        (told,) = read_files(str(tmp_path / name), DAY)
        assert (len(told.people), len(told.committees), told.faults) == (3, 2, [])


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        ("http://sample.example/x.zip", "is not an https address"),
        ("file:///etc/passwd", "is not an https address"),
        ("nowhere", "neither a file nor a folder"),
    ],
)
def test_what_cannot_be_read_is_said(origin: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_files(origin, DAY)


def test_an_archive_that_breaks_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(CannotRead, match="breaks off"):
        read_files(str(tmp_path / "x.zip"), DAY)

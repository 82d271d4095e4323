"""The roster goes out once, for a reason, by two; and whoever takes it in again gets the same people."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.people.actions import ProposalEnded, SamePerson, add_person, second
from advocacy.people.exporting import ask_for_roster, asked_for_roster, write_roster
from advocacy.people.models import Person, SecondedAct
from advocacy.people.queries import limits_of
from advocacy.people.roster import read_roster
from advocacy.people.roster_file import guarded
from tests.make import Cast

WHY = "We move to another program."
ROSTER = b"""name,email,chosen_name,state,language,limit_recipient,limit_web,mail_mode,groups,handles,phone,\
time_zone
Opal Madeup,opal@example.test,O.,OH,es,chosen_name+survivor,initials,discreet,R;W,@opalmadeup,+1 555 0100,\
America/Chicago
=cmd|x Madeup,formula@example.test,,,en,,,,,,,
-Dash Madeup,dash@example.test,,,en,full_name+affiliation,state,,,,,
"""


def taken_in(database: Database, content: bytes, now: datetime) -> None:
    with database.transaction() as session:
        for row in read_roster(content):
            add_person(session, row, by=None, now=now)


def written(database: Database, by: Cast, now: datetime) -> bytes:
    with database.transaction() as session:
        act = ask_for_roster(session, WHY, by=by.amara, now=now)
        second(session, act.id, by=by.lee, now=now)
        return write_roster(session, act, by=by.amara, now=now)


def told(content: bytes) -> set[object]:
    """The people of a file, whatever lines they stand on."""
    return {
        (one.name, one.email, one.chosen_name, one.state, one.language, one.mail_mode, one.handles)
        + (one.phone, one.time_zone, one.groups, one.recognition_word, tuple(sorted(one.limits.items())))
        for one in read_roster(content)
    }


def test_taken_in_again_the_file_makes_the_same_people(database: Database, cast: Cast, now: datetime) -> None:
    taken_in(database, ROSTER, now)

    out = written(database, cast, now)

    assert told(ROSTER) <= told(out)
    with database.reading() as session:
        everybody = session.scalars(select(Person.id)).all()
        limits = limits_of(session, everybody, now)
    assert len(read_roster(out)) == len(everybody)
    assert sorted(map(str, limits.values())) == sorted(str(limits[id]) for id in everybody)


def test_no_cell_of_it_is_a_formula(database: Database, cast: Cast, now: datetime) -> None:
    taken_in(database, ROSTER, now)

    text = written(database, cast, now).decode("utf-8-sig")

    assert "'=cmd|x Madeup" in text
    assert "'-Dash Madeup" in text
    assert "'@opalmadeup" in text
    assert "'+1 555 0100" in text


@pytest.mark.parametrize("cell", ["=1+1", "'=1", " =1", "@x", "-x", "+1", "''=x", "O'Hara", "'Aisha", ""])
def test_a_guard_comes_off_as_it_went_on(cell: str) -> None:
    content = f'name,email,handles\nOpal Madeup,o@example.test,"{guarded(cell)}"\n'.encode()

    (row,) = read_roster(content)

    assert row.handles == cell.strip()
    assert not guarded(cell).startswith(("=", "+", "-", "@"))


def test_it_is_written_once_and_the_reason_is_on_record(
    database: Database, cast: Cast, now: datetime
) -> None:
    written(database, cast, now)

    with database.transaction() as session:
        act = session.scalars(select(SecondedAct).where(SecondedAct.act == "roster.export")).one()
        with pytest.raises(ProposalEnded):
            write_roster(session, act, by=cast.amara, now=now)
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "roster.export")).one()
        assert entry.why.endswith(f"people: {WHY}")
        assert asked_for_roster(session, now) == []


@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=24)])
def test_without_a_second_person_within_a_day_nothing_is_written(
    database: Database, cast: Cast, now: datetime, after: timedelta
) -> None:
    with database.transaction() as session:
        act = ask_for_roster(session, WHY, by=cast.amara, now=now)
        assert ask_for_roster(session, WHY, by=cast.amara, now=now) is act
        with pytest.raises(SamePerson):
            second(session, act.id, by=cast.amara, now=now)
        if after:
            second(session, act.id, by=cast.lee, now=now)
        with pytest.raises(ProposalEnded):
            write_roster(session, act, by=cast.amara, now=now + after)


def test_whoever_was_erased_is_not_in_it(database: Database, cast: Cast, now: datetime) -> None:
    before = written(database, cast, now)
    assert b"Samplewater" in before
    with database.transaction() as session:
        session.get_one(Person, cast.river).erased_on = now.date()

    assert b"Samplewater" not in written(database, cast, now)

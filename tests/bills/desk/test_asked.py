"""Many bills asked for at once: each line has its own end, and what stops one stops no other."""

from datetime import datetime
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.desk.asked import (
    MOST,
    NotATable,
    NothingAsked,
    TooManyAsked,
    ask,
    follow_asked,
    lines_of,
    list_asked,
    text_of_file,
)
from advocacy.bills.desk.work import Priority, work_of
from advocacy.bills.identifiers import BillKey, make_key
from advocacy.bills.sources.source import BillUnknown, SourceResting
from advocacy.db import Database
from tests.bills import made
from tests.make import Cast

TABLE = """reference,title,how pressing,tags
us 119 H.R. 9002,One,First,"housing, vacatur"
us 119 H.R. 9001,Two,,courts
us 119 XR 1,Three,,
us 119 H.R. 9003,Four,Now,
de 153 HB 201,Five,,
"""


def asked(database: Database, text: str, by: UUID, now: datetime) -> UUID:
    with database.transaction() as session:
        return ask(session, lines_of(text), by=by, now=now)


def ends(database: Database, list_id: UUID) -> list[tuple[int, str, str]]:
    with database.reading() as session:
        return [(row.n, row.state, row.told.split(".")[0]) for row in list_asked(session, list_id)]


@pytest.mark.both_databases
def test_each_line_has_its_own_end(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        known = track(session, made.snapshot(), now).bill_id

    def look(key: BillKey) -> UUID:
        if key.jurisdiction == "de":
            raise BillUnknown("Open States has no HB 201 in the session 153 of its place.")
        with database.transaction() as session:
            return track(session, made.snapshot(key), now).bill_id

    list_id = asked(database, TABLE, cast.sam, now)
    assert ends(database, list_id) == [
        (1, "waiting", ""),
        (2, "known", ""),
        (3, "failed", "Congress has no “XR”"),
        (4, "failed", "“Now” is not how pressing a bill is: First, Soon or Only watch"),
        (5, "waiting", ""),
    ]
    assert follow_asked(database, look, lambda: now) == 2
    assert ends(database, list_id)[0] == (1, "followed", "")
    assert ends(database, list_id)[4][1:] == (
        "failed",
        "Open States has no HB 201 in the session 153 of its place",
    )
    with database.reading() as session:
        new = list_asked(session, list_id)[0].bill_id
        assert new is not None
        assert (work_of(session, new).priority, work_of(session, new).tags) == (
            Priority.FIRST,
            ("housing", "vacatur"),
        )
        assert work_of(session, known).tags == ("courts",)


def test_a_service_that_rests_keeps_its_lines_and_stops_no_other(
    database: Database, cast: Cast, now: datetime
) -> None:
    def look(key: BillKey) -> UUID:
        if key.jurisdiction == "us":
            raise SourceResting("Congress.gov is left alone.")
        with database.transaction() as session:
            return track(session, made.snapshot(key), now).bill_id

    list_id = asked(database, "us 119 HR 1\nus 119 HR 2\nde 153 HB 201", cast.sam, now)
    assert follow_asked(database, look, lambda: now) == 1
    assert [state for _, state, _ in ends(database, list_id)] == ["waiting", "waiting", "followed"]


def test_a_killed_worker_goes_on_with_the_next(database: Database, cast: Cast, now: datetime) -> None:
    seen: list[BillKey] = []

    def look(key: BillKey) -> UUID:
        if len(seen) == 1 and key not in seen:
            seen.append(key)
            raise KeyboardInterrupt
        seen.append(key)
        with database.transaction() as session:
            return track(session, made.snapshot(key), now).bill_id

    list_id = asked(database, "us 119 HR 1\nus 119 HR 2\nus 119 HR 3", cast.sam, now)
    with pytest.raises(KeyboardInterrupt):
        follow_asked(database, look, lambda: now)
    assert follow_asked(database, look, lambda: now) == 2
    assert {state for _, state, _ in ends(database, list_id)} == {"followed"}
    assert seen == [make_key("us", "119", f"HR {n}") for n in (1, 2, 2, 3)]


def test_a_pasted_list_needs_no_heading() -> None:
    assert [line.reference for line in lines_of("\n us 119  H.R. 1 \n\nde 153 HB 2\n")] == [
        "us 119 H.R. 1",
        "de 153 HB 2",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", NothingAsked), (" \n,,\n", NothingAsked), ("us 119 HR 1\n" * (MOST + 2), TooManyAsked)],
)
def test_nothing_and_too_much_are_said(text: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        lines_of(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_any_spreadsheet_is_read(encoding: str) -> None:
    text = text_of_file("reference,tags\nde 153 HB 201,niñas\n".encode(encoding))

    assert [(line.reference, line.tags) for line in lines_of(text)] == [("de 153 HB 201", "niñas")]


def test_a_pasted_text_that_is_no_list_is_refused() -> None:
    with pytest.raises(NotATable):
        lines_of('"' + "x" * 200_000)


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(NotATable):
        text_of_file(b"PK\x03\x04\x00\x00")

"""What we say of a bill is kept beside its facts, and what somebody noted goes with her."""

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.bills.actions import track
from advocacy.bills.desk.listing import Lens, Owner, Sort, Wanted, every_line, listed
from advocacy.bills.desk.models import BillNote, BillWork
from advocacy.bills.desk.work import (
    NotYourNote,
    Priority,
    TooManyTags,
    Work,
    notes_on,
    remove_note,
    say_work,
    tags_typed,
    work_of,
    write_note,
)
from advocacy.bills.identifiers import make_key
from advocacy.db import Database
from advocacy.erasure import forget
from tests.bills import made
from tests.make import ZONE, Cast

TODAY = date(2026, 11, 23)


@pytest.fixture
def bills(database: Database, now: datetime) -> tuple[UUID, UUID]:
    with database.transaction() as session:
        first = track(session, made.snapshot(), now).bill_id
        return first, track(session, made.snapshot(make_key("de", "153", "HB 2")), now).bill_id


def test_the_list_is_narrowed_and_ordered_by_our_own_words(
    database: Database, cast: Cast, bills: tuple[UUID, UUID], now: datetime
) -> None:
    first, second = bills
    with database.transaction() as session:
        say_work(session, second, Work(cast.sam, Priority.FIRST, ("housing",)), by=cast.sam, now=now)
        assert work_of(session, second) == Work(cast.sam, Priority.FIRST, ("housing",))
        assert work_of(session, first) == Work()
    wanted = [
        (Wanted(owner=Owner.MINE), {second}),
        (Wanted(owner=Owner.SOMEBODY), {second}),
        (Wanted(owner=Owner.NOBODY), {first}),
        (Wanted(priority=Priority.FIRST), {second}),
        (Wanted(priority=Priority.SOON), set()),
        (Wanted(tag="housing"), {second}),
        (Wanted(tag="house"), set()),
    ]
    with database.reading() as session:
        for one, ids in wanted:
            assert {line.id for line in listed(session, one, TODAY, lens=Lens(me=cast.sam)).lines} == ids
            assert {line.id for line in every_line(session, one, TODAY, lens=Lens(me=cast.sam))} == ids
        assert listed(session, Wanted(owner=Owner.MINE), TODAY, lens=Lens(me=cast.jo)).lines == ()
        assert listed(session, Wanted(sort=Sort.PRESSING), TODAY).lines[0].id == second
        assert listed(session, Wanted(), TODAY).lines[0].work in (Work(), work_of(session, second))


@pytest.mark.both_databases
def test_what_we_say_stays_when_a_source_tells_more(
    database: Database, cast: Cast, bills: tuple[UUID, UUID], now: datetime
) -> None:
    with database.transaction() as session:
        say_work(session, bills[0], Work(cast.sam, Priority.SOON, ("a", "b")), by=cast.sam, now=now)
        say_work(session, bills[0], Work(cast.sam, Priority.SOON, ("b", "c")), by=cast.sam, now=now)
        write_note(session, bills[0], " Ask the clerk. ", by=cast.sam, today=TODAY)
        track(session, made.snapshot(steps=(made.INTRODUCED, made.PASSED)), now)

        assert work_of(session, bills[0]) == Work(cast.sam, Priority.SOON, ("b", "c"))
        assert [note.text for note in notes_on(session, [bills[0]])] == ["Ask the clerk."]
        assert b"clerk" not in session.scalars(select(BillNote)).one().text


def test_only_its_author_takes_a_note_away(
    database: Database, cast: Cast, bills: tuple[UUID, UUID], now: datetime
) -> None:
    with database.transaction() as session:
        note = write_note(session, bills[0], "Ask the clerk.", by=cast.sam, today=TODAY)
        with pytest.raises(NotYourNote):
            remove_note(session, note, by=cast.jo)
        remove_note(session, note, by=cast.sam)
        remove_note(session, note, by=cast.sam)
        assert notes_on(session, bills) == ()


def test_erasing_somebody_takes_her_notes_and_leaves_her_bills_to_nobody(
    database: Database, cast: Cast, bills: tuple[UUID, UUID], now: datetime
) -> None:
    with database.transaction() as session:
        say_work(session, bills[0], Work(cast.sam, Priority.SOON), by=cast.sam, now=now)
        write_note(session, bills[0], "Hers.", by=cast.sam, today=TODAY)
        write_note(session, bills[0], "Another's.", by=cast.jo, today=TODAY)
        forget(session, cast.sam, by=None, zone=ZONE, now=now)

        assert [note.text for note in notes_on(session, bills)] == ["Another's."]
        assert session.scalars(select(BillWork.owner_id)).all() == [None]


def test_tags_are_tidied_and_few() -> None:
    assert tags_typed(" Housing , housing,\nVacatur,, ") == ("housing", "vacatur")
    for typed in ("x" * 41, ",".join(str(n) for n in range(13))):
        with pytest.raises(TooManyTags):
            tags_typed(typed)

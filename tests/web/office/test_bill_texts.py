"""The pages of a bill's texts: read, compared, pasted; and the reminder where a stance is taken."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.texts.keeping import paste
from advocacy.db import Database
from advocacy.positions import rounds
from advocacy.positions.actions import StanceOn, begin_position
from advocacy.positions.stances import Stance
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import sit

OLD, NEW = (
    "The agency pays.\nIt reports.",
    "The agency pays twice.\nIt reports.\nOthers <i>shall be fined</i>.",
)


@pytest.fixture
def texts(reader: Reader, cast: Cast, database: Database, now: datetime) -> tuple[UUID, UUID, UUID]:
    """A bill with two texts."""
    sit(reader, cast.sam)
    with database.transaction() as session:
        bill = track(session, made.snapshot(texts=()), now).bill_id
        old = paste(session, bill, "Introduced", OLD, on=date(2026, 1, 1), by=cast.sam, now=now)
        new = paste(session, bill, "Amended", NEW, on=date(2026, 2, 1), by=cast.sam, now=now)
    return bill, old, new


def test_the_texts_are_listed_with_the_places_to_look_at(
    reader: Reader, texts: tuple[UUID, UUID, UUID]
) -> None:
    words = reader.get(f"/office/bills/{texts[0]}/texts").words

    assert "Amended 1 February 2026 1 place to look at What changed" in words
    assert "1 place to look at" in reader.get(f"/office/bills/{texts[0]}").words


def test_a_mark_is_a_place_to_look_and_says_so(reader: Reader, texts: tuple[UUID, UUID, UUID]) -> None:
    seen = reader.get(f"/office/bills/{texts[0]}/texts/{texts[2]}")

    assert "A mark is a place to look, not a finding" in seen.words
    assert "May make or widen an offence : “shall be fined”" in seen.words.replace("offence:", "offence :")
    (mark,) = seen.soup.select("mark")
    assert mark.get_text() == "Others <i>shall be fined</i>."


def test_two_texts_are_read_as_one_and_side_by_side(reader: Reader, texts: tuple[UUID, UUID, UUID]) -> None:
    bill, old, new = texts
    seen = reader.get(f"/office/bills/{bill}/texts/{new}/since/{old}")
    assert {one.get_text() for one in seen.soup.select("ins")} >= {" twice"}

    beside = reader.get(f"/office/bills/{bill}/texts/{new}/since/{old}?beside=1")
    left, right = beside.soup.select(".beside section")
    assert "twice" not in left.get_text() and "twice" in right.get_text()
    assert "It reports." not in left.get_text(), "what stayed is left out"
    same = reader.get(f"/office/bills/{bill}/texts/{new}/since/{new}")
    assert "Not a word is different." in same.words


def test_what_came_is_kept_as_it_came(reader: Reader, texts: tuple[UUID, UUID, UUID]) -> None:
    answer = reader.client.get(f"/office/bills/{texts[0]}/texts/{texts[2]}/file")

    assert answer.data.decode() == NEW
    assert answer.mimetype == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_text_is_pasted_and_a_fault_loses_nothing(reader: Reader, texts: tuple[UUID, UUID, UUID]) -> None:
    page = f"/office/bills/{texts[0]}/texts/pasted"
    seen = reader.post(page, {"kind": "", "on": "", "words": "Kept words."}, 422)
    assert "Say which text this is" in seen.words and "Kept words." in seen.words
    assert "A text needs its words." in reader.post(page, {"kind": "Third", "words": ""}, 422).words

    reader.post(page, {"kind": "Third", "on": "2026-03-01", "words": "Kept words."})
    assert "Third 1 March 2026" in reader.get(f"/office/bills/{texts[0]}/texts").words


def test_whoever_takes_a_stance_or_decides_is_reminded_to_look_first(
    reader: Reader, texts: tuple[UUID, UUID, UUID], cast: Cast, database: Database, now: datetime
) -> None:
    taking = [StanceOn(texts[0], Stance.SUPPORT, "Amended")]
    with database.transaction() as session:
        words = {"title": "Homes", "body": "Homes first.", "by": cast.amara, "now": now}
        begun = begin_position(session, **words, taking=taking)  # type: ignore[arg-type]
        held = rounds.begin_decision(
            session, begun.id, question="Yes?", closes_at=now + timedelta(days=5), by=cast.amara, now=now
        )

    for page in (
        f"positions/{begun.position_id}/stance",
        f"positions/{begun.position_id}",
        f"decisions/{held.id}",
    ):
        words = reader.get(f"/office/{page}").words
        assert "Look first 1 place in its texts may widen punishment or policing" in words, page

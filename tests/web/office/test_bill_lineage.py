"""In the office: a bill that came back, its position looked at again, and when a session ends."""

from datetime import date
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.identifiers import make_key
from advocacy.db import Database
from advocacy.demo.scene import Scene
from advocacy.positions.actions import StanceOn, begin_position
from advocacy.positions.stances import Stance
from tests.bills import made
from tests.page import Reader
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as

Two = tuple[UUID, UUID]


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


@pytest.fixture
def two(database: Database, scene: Scene, clock: Clock) -> Two:
    """A bill that died with its Congress, with a position on it, and the one that looks like it."""
    keys = make_key("us", "118", "HR5001"), make_key("us", "119", "HR9001")
    with database.transaction() as session:
        old, new = (track(session, made.snapshot(key), clock()).bill_id for key in keys)
        taking = [StanceOn(old, Stance.SUPPORT, "Introduced in House")]
        begin_position(
            session, title="Safe harbour", body="B", by=scene.hands["sam"], now=clock(), taking=taking
        )
    return old, new


def press(reader: Reader, page: str, button: str) -> str:
    form = next(form for form in reader.get(page).soup.find_all("form") if button in form.get_text())
    return str(reader.post(str(form["action"])).answer.headers["Location"])


def test_a_bill_that_came_back_takes_over_the_position_as_a_draft(reader: Reader, two: Two) -> None:
    old, new = (f"/office/bills/{one}" for one in two)
    assert "It may have come back as us 119 H.R. 9001" in reader.get(old).words
    assert press(reader, new, "Yes, it goes on with H.R. 5001") == new
    seen = reader.get(new)
    assert "It was us 118 H.R. 5001 . Its signatures do not count here." in seen.words
    assert "says Support of H.R. 5001, and nothing of this bill yet." in seen.words

    position = press(reader, new, "Write the draft")

    assert "to be looked at again" in reader.get(position).words
    assert "Write the draft" not in reader.get(new).words
    assert "It came back as us 119 H.R. 9001" in reader.get(old).words


def test_it_can_be_chosen_by_hand_and_taken_back(reader: Reader, two: Two) -> None:
    page = f"/office/bills/{two[1]}/before"
    reader.get(page)
    reader.post(page, {"earlier": str(two[0])})
    assert "It goes on with us 118 H.R. 5001" in reader.get(page).words
    press(reader, page, "No, it stands alone")
    assert "It goes on with us" not in reader.get(page).words


def test_what_cannot_be_is_said_and_nothing_is_kept(reader: Reader, two: Two) -> None:
    old, new = two
    reader.get(f"/office/bills/{old}/before")
    seen = reader.post(f"/office/bills/{old}/before/{new}", status=422)
    assert "A bill goes on with one of an earlier session" in seen.words
    reader.post(f"/office/bills/{new}/before", {"earlier": str(new)}, 422)
    reader.post(f"/office/bills/{new}/before/{UUID(int=4)}", status=404)
    assert "In other sessions" in reader.get(f"/office/bills/{new}").words


def test_a_session_gets_its_last_day(reader: Reader, database: Database, clock: Clock) -> None:
    with database.transaction() as session:
        bill = track(session, made.snapshot(make_key("de", "153", "HB 201")), clock()).bill_id
    assert "Delaware 153" in reader.get("/office/bills/sessions").words
    said = {"place": "de", "session": "153", "ends_on": date(2026, 11, 1).isoformat()}
    reader.post("/office/bills/sessions", said)
    assert "It ended on 1 November 2026." in reader.get("/office/bills/sessions").words
    assert "Its session ended on 1 November 2026" in reader.get(f"/office/bills/{bill}").words
    reader.post("/office/bills/sessions", said | {"ends_on": "never"}, 422)
    refused = reader.post("/office/bills/sessions", said | {"place": "us", "session": "119"}, 422)
    assert "A Congress ends on 3 January of the odd year." in refused.words

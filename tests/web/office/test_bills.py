"""Bills in the office: following one, looking again, and what a person types in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocacy.bills.actions import track
from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.models import Bill
from advocacy.config import Config
from advocacy.db import Database
from advocacy.demo.scene import Scene
from tests.bills import made
from tests.bills.congress_server import KEY, CongressServer, Reply, told
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as

PATH = "/bill/119/hr/9001"


@pytest.fixture
def server() -> Iterator[CongressServer]:
    """Congress.gov on this machine, with one bill nobody ever introduced."""
    with CongressServer().running() as running:
        lists = {"actions": made.actions(), "cosponsors": [made.cosponsor(1), made.cosponsor(5)]}
        running.serve(made.item(committees=None, textVersions=None), **lists)
        yield running


@pytest.fixture
def config(config: Config, server: CongressServer) -> Config:
    """The settings of an office that asks that server."""
    return replace(config, congress_api_url=server.address, congress_api_key=KEY)


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


def follow(reader: Reader, reference: str, status: int = 303) -> Seen:
    reader.get("/office/bills")
    return reader.post("/office/bills", {"reference": reference}, status)


def bills(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Bill)) or 0


def stops(seen: Seen) -> list[str]:
    return [" ".join(li.get_text(" ").split()) for li in seen.soup.select("ol.path > li")]


def where(seen: Seen) -> str:
    return str(seen.answer.headers["Location"]).partition("?")[0]


# ---- following


@pytest.mark.parametrize(
    "spelling",
    [
        "us 119 H.R. 9001",
        "US 119 hr9001",
        "congress 119th House Bill 9001",
        "https://www.congress.gov/bill/119th-congress/house-bill/9001",
    ],
)
def test_any_spelling_follows_the_bill(reader: Reader, database: Database, spelling: str) -> None:
    seen = reader.follow(follow(reader, spelling))

    assert seen.heading == "H.R. 9001: Sample Safe Harbour Act"
    assert "Rep. Ejemplo, Ana-Lucía [D-ZZ-1]" in seen.words
    assert "From Congress.gov, as of 23 November 2026, 10:00 EST." in seen.words
    assert bills(database) == 2


def test_following_twice_is_following_once(reader: Reader, database: Database) -> None:
    assert where(follow(reader, "us 119 hr 9001")) == where(follow(reader, "us 119 H.R. 9001"))
    assert bills(database) == 2


def html(server: CongressServer, path: str, query: object) -> Reply:
    return Reply(200, b"<!doctype html><h1>Back soon</h1>", {"Content-Type": "text/html"})


def elsewhere(server: CongressServer, path: str, query: object) -> Reply:
    return Reply(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})


def refuses(server: CongressServer, path: str, query: object) -> Reply:
    return told(403, {"error": {"code": "API_KEY_INVALID", "message": KEY}})


def cut(server: CongressServer, path: str, query: object) -> Reply:
    return Reply(200, b'{"bill": {"title": ')


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (html, "answers with a web page instead of data. It is probably down."),
        (elsewhere, "sends us to another address, which we do not follow."),
        (refuses, "refuses the key in CONGRESS_API_KEY"),
        (cut, "sent an answer that breaks off or is not data."),
    ],
)
def test_each_way_a_source_fails_has_its_sentence_beside_the_field(
    reader: Reader, server: CongressServer, database: Database, fault: object, says: str
) -> None:
    server.faults[PATH] = fault  # type: ignore[assignment]
    seen = follow(reader, "us 119 H.R. 9001", 422)

    assert says in seen.soup.select_one("#reference-wrong").get_text()  # type: ignore[union-attr]
    assert seen.soup.select_one("#reference")["value"] == "us 119 H.R. 9001"  # type: ignore[index]
    assert "/office/bills/by-hand?reference=us+119+H.R.+9001" in seen.links()
    assert KEY not in seen.answer.text
    assert bills(database) == 1


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("us 119 H.R. 9002", "Congress.gov has no H.R. 9002 in Congress 119."),
        ("de 153 HB 201", "No service is set up for bills from DE. Enter this bill by hand."),
        ("H.R. 1144", "is not a place we know."),
        ("us 119 wren", "is not a bill's number."),
        ("", "Please type a bill"),
        ("<script>x</script>" * 30, "longer than 200 characters"),
        ("us 119 H.R.\u202e 1144", "hidden character"),
    ],
)
def test_what_cannot_be_followed_is_said_beside_the_field(
    reader: Reader, database: Database, reference: str, says: str
) -> None:
    seen = follow(reader, reference, 422)

    assert says in seen.soup.select_one("#reference-wrong").get_text()  # type: ignore[union-attr]
    assert bills(database) == 1


# ---- reading


def test_a_bill_says_where_it_stands_and_why(reader: Reader, scene: Scene) -> None:
    seen = reader.get(f"/office/bills/{scene.bill_id}")

    assert "Ordered reported. A committee voted to report it; its report is not yet filed." in seen.words
    assert seen.soup.blockquote.get_text() == "Ordered to be Reported (Amended) by Voice Vote."
    assert "on 22 July 2025, in its source’s words" in seen.words
    assert "worded:ordered-reported" in seen.words
    assert stops(seen)[:3] == ["Introduced done", "In committee here now", "Before the chamber later"]
    assert "Sponsor Rep. Smith, Christopher H. [R-NJ-4]" in seen.words
    assert "All 23 cosponsors" in seen.words
    assert "House Foreign Affairs Committee" in seen.words
    assert "Introduced in House, 7 February 2025" in seen.words


def test_old_news_says_louder_how_old_it_is(reader: Reader, scene: Scene, clock: Clock) -> None:
    loud = reader.get(f"/office/bills/{scene.bill_id}")
    fresh = reader.follow(follow(reader, "us 119 hr 9001"))

    assert "This is 172 days old. Look again before you rely on it." in loud.words
    assert loud.soup.select("div.old") and not fresh.soup.select("div.old")


def test_the_list_shows_where_each_stands(reader: Reader) -> None:
    follow(reader, "us 119 hr 9001")
    seen = reader.get("/office/bills")

    assert [h2.a.get_text() for h2 in seen.soup.select("ul.bills h2")] == ["H.R. 9001", "H.R. 1144"]
    assert "Ordered reported 22 July 2025: Ordered to be" in seen.words
    assert len(seen.soup.select("svg.dots use")) == 2
    assert len(seen.soup.select("symbol")) == 1  # both stand in committee: one picture, shown twice


def test_a_bill_names_what_we_do_about_it(reader: Reader, scene: Scene) -> None:
    seen = reader.get(f"/office/bills/{scene.bill_id}")

    assert f"/office/positions/{scene.position_id}" in seen.links()
    assert f"/office/campaigns/{scene.campaign_id}" in seen.links()


def test_an_id_of_something_else_is_nothing(reader: Reader, scene: Scene) -> None:
    unknown = reader.get("/office/bills/00000000-0000-0000-0000-000000000001", 404)

    assert reader.get(f"/office/bills/{scene.position_id}", 404).words == unknown.words
    reader.post(f"/office/bills/{scene.position_id}/stage/steps", status=404)


# ---- looking again


def test_looking_again_says_how_much_changed(reader: Reader, server: CongressServer, clock: Clock) -> None:
    address = where(follow(reader, "us 119 hr 9001"))
    clock.forward(minutes=5)
    reader.get(address)
    same = reader.follow(reader.post(address))
    passed = made.action("2026-11-20", "On passage Passed by voice vote.", actionCode="8000")
    server.serve(
        made.item(committees=None, textVersions=None, cosponsors=None), actions=[passed, *made.actions()]
    )
    clock.forward(minutes=5)
    moved = reader.follow(reader.post(address))

    assert "Nothing has changed since the last look." in same.words
    assert "4 things have changed" in moved.words or "things have changed" in moved.words
    assert "Passed one chamber." in moved.words
    assert stops(moved)[3] == "One chamber here now"


def test_a_source_that_fails_loses_nothing(reader: Reader, server: CongressServer) -> None:
    address = where(follow(reader, "us 119 hr 9001"))
    server.faults[PATH] = html
    reader.get(address)
    seen = reader.post(address, status=422)

    assert "We could not look again. Congress.gov answers with a web page" in seen.words
    assert seen.heading == "H.R. 9001: Sample Safe Harbour Act"
    assert "Referred to the House Committee on Samples." in seen.words


def test_a_vanished_step_is_shown_as_a_correction(
    reader: Reader, scene: Scene, database: Database, now: datetime, clock: Clock
) -> None:
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(), now).bill_id
    clock.forward(hours=1)
    with database.transaction() as session:
        track(session, made.snapshot(steps=(made.INTRODUCED,)), now + timedelta(hours=1))
    sit_as(reader, scene, "sam")
    seen = reader.get(f"/office/bills/{bill_id}")

    assert "a correction: its source no longer says so since 23 November 2026, 11:00 EST" in seen.words
    assert "Introduced." in seen.words


# ---- typed in by a person


def enter(reader: Reader, status: int = 303, **changed: str) -> Seen:
    reader.get("/office/bills/by-hand")
    typed = {
        "reference": "de 153 h.b. 0201",
        "title": "An Act about <b>samples</b>",
        "introduced_on": "2026-03-01",
        "stage": "",
        "steps": "2026-03-01 Introduced and assigned to the Housing Committee\n\n2026-03-09 Reported out\n",
        "sponsors": "Rep. Muster\r\nRep. Fixture",
        "committees": "Housing",
        "source_url": "https://legis.example/hb201",
    }
    return reader.post("/office/bills/by-hand", {**typed, **changed}, status)


def test_a_bill_nobody_publishes_can_be_typed_in(reader: Reader) -> None:
    seen = reader.follow(enter(reader))

    assert seen.heading == "HB 201: An Act about <b>samples</b>"
    assert "Typed in by hand, as of 23 November 2026" in seen.words
    assert "Rep. Muster; Rep. Fixture" in seen.words
    assert "Reported out" in seen.words
    assert "Look again" not in seen.words


def test_a_step_is_typed_beside_what_a_service_tells(reader: Reader, scene: Scene) -> None:
    page = reader.get(f"/office/bills/{scene.bill_id}")
    title = page.heading.partition(": ")[2]
    (link,) = [link for link in page.links() if "by-hand" in link]
    form = reader.get(link).soup
    typed = {name: str(form.select_one(f"[name={name}]")) for name in ("reference", "title")}
    assert "us 119 H.R. 1144" in typed["reference"] and title[:40] in typed["title"]

    changed = {"reference": "us 119 HR 1144", "title": "Another title", "sponsors": "", "committees": ""}
    steps = {"steps": "2026-11-20 A clerk told us of a markup", "introduced_on": "", "source_url": ""}
    seen = reader.follow(enter(reader, **changed, **steps))
    assert "A clerk told us of a markup entered by hand" in seen.words
    assert seen.heading == page.heading, "what its service says of it stays"


def test_who_types_a_stage_is_believed(reader: Reader) -> None:
    assert "Passed both chambers." in reader.follow(enter(reader, stage="PASSED_BOTH")).words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reference": "HB 201"}, "is not a place we know"),
        ({"title": " "}, "A bill needs its title"),
        ({"steps": "2026-03-01 Fine\nReferred on Tuesday"}, "Line 2: begin with the day"),
        ({"steps": "2026-03-01"}, "Line 1: begin with the day"),
        ({"source_url": "javascript:alert(1)"}, "This is not a web address"),
        ({"introduced_on": "soon"}, "Not a valid date value"),
        ({"stage": "QUEEN"}, "Not a valid choice"),
    ],
)
def test_a_slip_is_said_beside_its_field_and_nothing_typed_is_lost(
    reader: Reader, database: Database, changed: dict[str, str], says: str
) -> None:
    seen = enter(reader, 422, **changed)

    assert says in seen.words
    assert "Rep. Fixture" in seen.answer.text
    assert bills(database) == 1


def test_a_person_may_say_where_it_stands_with_a_reason(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}"
    assert "its report is not yet filed" not in reader.get(f"{address}/stage").words
    reader.post(f"{address}/stage", {"stage": "REPORTED", "reason": "The clerk told us <on the phone>."})
    said = reader.get(address)
    after = reader.follow(reader.post(f"{address}/stage/steps"))

    assert "Reported. Somebody of us says so: “The clerk told us <on the phone>.”" in said.words
    assert "What happened alone would say: ordered reported." in said.words
    assert "Ordered reported." in after.words
    assert "Somebody of us says so" not in after.words


def test_a_stage_without_a_reason_is_not_taken(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}/stage"
    reader.get(address)
    seen = reader.post(address, {"stage": "LAW", "reason": " "}, 422)

    assert "The reason stands beside the bill." in seen.words
    assert seen.soup.select_one("option[value=LAW]").has_attr("selected")  # type: ignore[union-attr]


def test_a_hearing_is_added_and_the_same_one_corrected(reader: Reader, scene: Scene) -> None:
    address = f"/office/bills/{scene.bill_id}/hearing"
    reader.get(address)
    first = {"committee": "Foreign Affairs", "on": "2026-12-10", "at": "", "location": ""}
    reader.post(address, first)
    seen = reader.follow(reader.post(address, {**first, "at": "10:00", "location": "Room 2172"}))

    assert "10 December 2026, 10:00 EST Foreign Affairs, Room 2172" in seen.words
    assert seen.words.count("Room 2172") == 1
    assert BY_HAND in seen.words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"committee": ""}, "Which committee holds it?"),
        ({"on": ""}, "Please give the day."),
        ({"on": "2027-03-14", "at": "02:30"}, "The clocks go forward that night"),
    ],
)
def test_a_hearing_that_cannot_be_is_said_so(
    reader: Reader, scene: Scene, changed: dict[str, str], says: str
) -> None:
    address = f"/office/bills/{scene.bill_id}/hearing"
    reader.get(address)
    typed = {"committee": "Foreign Affairs", "on": "2026-12-10", "at": "10:00", "location": "Room 1"}
    seen = reader.post(address, {**typed, **changed}, 422)

    assert says in seen.words
    assert seen.soup.select_one("#location")["value"] == "Room 1"  # type: ignore[index]


def test_who_only_reads_sees_no_buttons(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "noor")
    seen = reader.get(f"/office/bills/{scene.bill_id}")

    assert "Look again before you rely on it" in seen.words
    assert not seen.soup.select(f"form[action='/office/bills/{scene.bill_id}']")
    assert "Follow another bill" not in reader.get("/office/bills").words

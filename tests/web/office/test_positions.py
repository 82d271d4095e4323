"""Positions in the office: reading one, comparing its versions, and writing without losing a word."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from flask import Flask

from advocacy.bills.actions import track
from advocacy.bills.by_hand import read_record
from advocacy.bills.snapshot import TextFact
from advocacy.db import Database
from advocacy.demo import scene as play
from advocacy.demo.scene import Scene
from advocacy.paths import CAMPAIGNS
from advocacy.positions.queries import current_version, stances, versions
from tests.bills import made
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as

PART = {"HX-Request": "true"}


@pytest.fixture
def home(scene: Scene) -> str:
    """The address of the scene's position."""
    return f"/office/positions/{scene.position_id}"


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "sam")


def form_of(seen: Seen) -> dict[str, str]:
    """What the page's form would send."""
    named = seen.soup.select("main form input[name], main form textarea[name]")
    return {str(one["name"]): one.get("value") or one.get_text().removeprefix("\r\n") for one in named}  # type: ignore[misc]


def chosen(seen: Seen) -> list[str]:
    """What the page's lists are set to; the first entry where nothing is."""
    lists = seen.soup.select("main form select")
    return [str((one.select_one("option[selected]") or one.option)["value"]) for one in lists]  # type: ignore[index]


def write(reader: Reader, home: str, status: int = 303, **changed: str) -> Seen:
    sent = form_of(reader.get(f"{home}/edit"))
    return reader.post(f"{home}/edit", {**sent, **changed}, status)


def count(database: Database, scene: Scene) -> int:
    with database.reading() as session:
        return len(versions(session, scene.position_id))


def amend(database: Database, now: datetime) -> None:
    """The scene's bill gets a second printed text."""
    record = read_record(CAMPAIGNS / play.PLAYBOOK / "bill.toml")
    text = TextFact("Reported in House", date(2026, 9, 1))
    with database.transaction() as session:
        track(session, replace(record, texts=(*record.texts, text), payload=b"amended"), now)


# ---- reading


def test_a_draft_says_that_it_is_one(reader: Reader, home: str) -> None:
    seen = reader.get(home)

    assert "Version 1 is a draft. The group has not agreed to it yet." in seen.words
    assert "Support if amended : H.R. 1144" in seen.words
    assert "taken on the text “Introduced in House”" in seen.words
    assert [h3.get_text() for h3 in seen.soup.select(".paper h3")][0] == "Why we support it"


def test_an_agreed_position_says_so_and_what_changed_since(
    reader: Reader, home: str, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        play.decide(session, scene, now)
    agreed = reader.get(home)
    write(reader, home, body="We support it. Full stop.")
    after = reader.get(home)

    assert "Version 1 is what we think. The group has agreed to it." in agreed.words
    assert "Version 2, below, is a draft nobody has agreed to yet." in after.words
    assert "What changed since the agreed version" in after.words


def test_the_list_tells_drafts_from_what_is_agreed(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    draft = reader.get("/office/positions")
    with database.transaction() as session:
        play.decide(session, scene, now)

    assert "Draft Version 1. Nothing is agreed yet." in draft.words
    assert "Agreed Version 1." in reader.get("/office/positions").words


def test_an_old_version_can_be_read(reader: Reader, home: str) -> None:
    write(reader, home, title="A newer title", body="Newer.")
    seen = reader.get(f"{home}/versions/1")

    assert seen.heading == "Version 1: Renew the trafficking law, and let help come first"
    assert "What changed since then" in seen.words
    reader.get(f"{home}/versions/3", 404)


def test_a_position_past_its_day_says_so(reader: Reader, scene: Scene, clock: Clock, home: str) -> None:
    sit_as(reader, scene, "amara")
    reader.get(home)
    reader.post(f"{home}/review", {"review_on": "2026-11-30"})
    before = reader.get("/office/positions").words
    clock.forward(days=8)
    sit_as(reader, scene, "noor")

    assert "Next look by 30 November 2026." in before
    assert "It was due for a fresh look on 30 November 2026." in reader.get("/office/positions").words
    assert "no new letter can rest on it" in reader.get(home).words


def test_a_changed_stance_alone_is_told_as_a_change(
    reader: Reader, home: str, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        play.decide(session, scene, now)
    sent = {**form_of(reader.get(f"{home}/stance")), "bill": str(scene.bill_id), "stance": "oppose"}
    seen = reader.follow(reader.post(f"{home}/stance", sent))
    told = "On H.R. 1144 we said “Support if amended” and now say “Oppose”."

    assert told in seen.words
    assert told in reader.get(f"{home}/compare").words


def test_an_amended_bill_is_said_beside_the_stance(
    reader: Reader, home: str, scene: Scene, database: Database, now: datetime
) -> None:
    before = reader.get(home)
    amend(database, now)
    seen = reader.get(home)

    assert "Amended" not in before.words
    assert "Amended Its newest text is “Reported in House”." in seen.words


# ---- comparing


def test_two_versions_compare_as_words_and_as_sentences(reader: Reader, home: str) -> None:
    write(reader, home, body="We ask for three things. Homes, wages and care.")
    write(reader, home, body="We ask for four things. Homes, wages and <b>care</b>.")
    seen = reader.get(f"{home}/compare")

    assert seen.heading == "What changed from version 2 to version 3"
    assert "Changed “three” to “four”, after “We ask for”." in seen.words
    assert seen.soup.select_one(".words del").get_text() == "three"  # type: ignore[union-attr]
    assert seen.soup.select_one(".words ins").get_text() == "four"  # type: ignore[union-attr]
    assert not seen.soup.select(".words b")


def test_any_two_versions_can_be_chosen(reader: Reader, home: str) -> None:
    write(reader, home, title="Another title")
    seen = reader.get(f"{home}/compare?before=2&after=1")

    assert seen.heading == "What changed from version 2 to version 1"
    assert "The title was “Another title” and is now “Renew" in seen.words
    reader.get(f"{home}/compare?before=9", 404)
    assert reader.get(f"{home}/compare?before=x").heading == "What changed from version 1 to version 2"


# ---- writing


def test_the_next_version_is_saved_with_why(reader: Reader, home: str, scene: Scene) -> None:
    seen = reader.follow(write(reader, home, body="## Why\n\nBecause.", note="shorter"))

    assert "Version 2 23 November 2026, 10:00 EST: shorter" in seen.words
    assert seen.soup.select_one(".paper h3").get_text() == "Why"  # type: ignore[union-attr]
    assert "Support if amended" in seen.words


def test_the_same_words_twice_are_saved_once(
    reader: Reader, home: str, database: Database, scene: Scene
) -> None:
    sent = {**form_of(reader.get(f"{home}/edit")), "body": "The same."}
    reader.post(f"{home}/edit", sent)
    reader.post(f"{home}/edit", sent)

    assert count(database, scene) == 2


def test_when_somebody_was_quicker_both_texts_are_shown_and_nothing_is_lost(
    reader: Reader, app: Flask, home: str, scene: Scene, database: Database
) -> None:
    mine = form_of(reader.get(f"{home}/edit"))
    other = Reader(app.test_client())
    sit_as(other, scene, "jo")
    write(other, home, title="Theirs", body="We ask for four things.")
    seen = reader.post(f"{home}/edit", {**mine, "body": "We ask for three things.", "note": "kept too"}, 422)

    assert "Somebody saved version 2 while you were writing." in seen.words
    assert seen.soup.select_one("textarea#body").get_text().strip() == "We ask for three things."  # type: ignore[union-attr]
    assert seen.soup.select_one("#note")["value"] == "kept too"  # type: ignore[index]
    assert "Changed “four” to “three”" in seen.words
    assert "Theirs We ask for four things." in seen.words
    assert count(database, scene) == 2
    reader.post(f"{home}/edit", form_of(seen))
    assert count(database, scene) == 3
    assert "We ask for three things." in reader.get(home).words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "A position needs a title."),
        ({"body": "\n \n"}, "A position needs a text."),
        ({"body": "\u200b\u202e"}, "A position needs a title and a text."),
        ({"title": "x" * 301}, "longer than a person can be asked to read"),
        ({"body": "x" * 100_001}, "longer than a person can be asked to read"),
        ({"note": "x" * 201}, "longer than 200 characters"),
    ],
)
def test_a_text_that_cannot_be_is_said_beside_its_field(
    reader: Reader, home: str, database: Database, scene: Scene, changed: dict[str, str], says: str
) -> None:
    seen = write(reader, home, 422, **changed)

    assert says in seen.words
    assert seen.soup.find(attrs={"aria-invalid": "true"})
    assert count(database, scene) == 1


def test_a_look_first_works_without_scripts_and_saves_nothing(
    reader: Reader, home: str, database: Database, scene: Scene
) -> None:
    sent = form_of(reader.get(f"{home}/edit"))
    seen = reader.post(f"{home}/preview", {**sent, "body": "**Strong** <script>x</script>"}, 200)

    assert seen.heading == "Write the next version"
    assert seen.soup.select_one("#look strong").get_text() == "Strong"  # type: ignore[union-attr]
    assert not seen.soup.select("#look script")
    assert seen.soup.select_one("textarea#body").get_text().strip() == "**Strong** <script>x</script>"  # type: ignore[union-attr]
    assert count(database, scene) == 1


def test_with_scripts_only_the_look_is_sent(reader: Reader, home: str) -> None:
    sent = form_of(reader.get(f"{home}/edit"))
    seen = reader.post(f"{home}/preview", {**sent, "body": "Changed"}, 200, headers=PART)

    assert not seen.soup.find("html")
    assert seen.soup.section["id"] == "look"  # type: ignore[index]
    assert "What is different so far" in seen.words


def test_hostile_words_are_only_words(reader: Reader, home: str) -> None:
    body = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> =HYPERLINK(1)"
    seen = reader.follow(write(reader, home, title="<script>x</script>", body=body))

    assert seen.heading == "<script>x</script>"
    assert not seen.soup.select(".paper img, .paper a[href^=javascript]")
    assert "=HYPERLINK(1)" in seen.words


# ---- beginning


def test_a_new_position_begins_once_however_often_the_button_is_pressed(reader: Reader) -> None:
    sent = {**form_of(reader.get("/office/positions/new")), "title": "On housing", "body": "Homes first."}
    first = reader.post("/office/positions/new", sent)
    again = reader.post("/office/positions/new", sent)

    assert first.answer.headers["Location"] == again.answer.headers["Location"]
    assert reader.follow(first).heading == "On housing"
    assert reader.get("/office/positions").words.count("On housing") == 1


@pytest.mark.parametrize("new_id", ["", "x", "<script>"])
def test_a_new_position_needs_its_own_id(reader: Reader, new_id: str) -> None:
    reader.get("/office/positions/new")

    reader.post("/office/positions/new", {"title": "On", "body": "x", "new_id": new_id}, 422)


def test_a_new_position_can_be_looked_at_first(reader: Reader) -> None:
    sent = {**form_of(reader.get("/office/positions/new")), "title": "On", "body": "_Homes_"}
    seen = reader.post("/office/positions/preview", sent, 200)

    assert seen.heading == "Write a new position"
    assert seen.soup.select_one("#look em").get_text() == "Homes"  # type: ignore[union-attr]


# ---- where we stand


def test_a_stance_makes_the_next_version_with_the_same_words(
    reader: Reader, home: str, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(), now).bill_id
    sent = form_of(reader.get(f"{home}/stance"))
    sent |= {"bill": str(bill_id), "stance": "oppose", "text_version": "Introduced in House"}
    seen = reader.follow(reader.post(f"{home}/stance", sent))

    assert "Oppose : H.R. 9001" in seen.words
    assert "Support if amended : H.R. 1144" in seen.words
    assert count(database, scene) == 2


def test_a_stance_can_be_taken_back(reader: Reader, home: str, scene: Scene, database: Database) -> None:
    sent = {**form_of(reader.get(f"{home}/stance")), "bill": str(scene.bill_id), "stance": ""}
    reader.post(f"{home}/stance", sent)
    with database.reading() as session:
        newest = current_version(session, scene.position_id)
        assert newest is not None and not stances(session, newest.id)


def test_a_changed_stance_begins_with_the_one_of_today(
    reader: Reader, home: str, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        other = track(session, made.snapshot(), now).bill_id
    today = reader.get(f"{home}/stance")
    new = reader.get(f"{home}/stance?bill={other}")

    assert chosen(today) == [str(scene.bill_id), "support_if_amended"]
    assert form_of(today)["text_version"] == "Introduced in House"
    assert chosen(new) == [str(other), ""]
    assert chosen(reader.get(f"{home}/stance?bill=<x>"))[1] == ""


def test_a_stance_on_words_somebody_changed_meanwhile_waits(
    reader: Reader, home: str, scene: Scene, database: Database
) -> None:
    sent = {**form_of(reader.get(f"{home}/stance")), "bill": str(scene.bill_id), "stance": "oppose"}
    write(reader, home, body="Other words.")
    seen = reader.post(f"{home}/stance", sent, 422)

    assert "Somebody saved a newer version while you were writing." in seen.words
    assert count(database, scene) == 2
    assert form_of(seen)["based_on"] == "2"


@pytest.mark.parametrize("changed", [{"bill": str(uuid4())}, {"bill": ""}, {"stance": "queen"}])
def test_a_stance_that_cannot_be_is_refused(
    reader: Reader, home: str, scene: Scene, changed: dict[str, str]
) -> None:
    sent = {**form_of(reader.get(f"{home}/stance")), "bill": str(scene.bill_id), "stance": "oppose"}
    seen = reader.post(f"{home}/stance", {**sent, **changed}, 422)

    assert "Not a valid choice" in seen.words


# ---- the fresh look


def test_the_day_of_the_next_look_can_be_set(reader: Reader, home: str, scene: Scene) -> None:
    sit_as(reader, scene, "amara")
    reader.get(home)
    seen = reader.follow(reader.post(f"{home}/review", {"review_on": "2026-11-22"}))

    assert "Its day for a fresh look was 22 November 2026." in seen.words
    assert "Please give the day." in reader.post(f"{home}/review", {"review_on": ""}, 422).words


# ---- who, and what is not there


def test_who_only_reads_sees_no_buttons(reader: Reader, home: str, scene: Scene) -> None:
    sit_as(reader, scene, "noor")

    assert "Write the next version" not in reader.get(home).words
    assert "Write a new position" not in reader.get("/office/positions").words
    reader.get(f"{home}/compare")


def test_an_id_of_something_else_is_nothing(reader: Reader, scene: Scene) -> None:
    unknown = reader.get(f"/office/positions/{uuid4()}", 404)
    other = f"/office/positions/{scene.bill_id}"

    assert reader.get(other, 404).words == unknown.words
    for path in ("edit", "stance", "compare", "versions/1"):
        reader.get(f"{other}/{path}", 404)
    for path in ("edit", "stance", "preview"):
        reader.post(f"{other}/{path}", {"title": "x", "body": "x"}, 404)

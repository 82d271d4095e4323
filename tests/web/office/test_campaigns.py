"""Campaigns in the office: starting one, and reading how far it has come."""

from datetime import datetime
from pathlib import Path

import pytest

from advocacy.campaigns.queries import campaigns, note
from advocacy.db import Database
from advocacy.demo import scene as play
from advocacy.demo.scene import Scene
from advocacy.letters.models import LetterVersion
from advocacy.web.office import campaigns as pages
from tests.campaigns.sample import write_sample
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "amara")


def opened(database: Database, scene: Scene, now: datetime) -> LetterVersion:
    """The letter after the group agreed and somebody approved it."""
    with database.transaction() as session:
        play.decide(session, scene, now)
        return play.open_letter(session, scene.letter_id, scene, now)


def stops(seen: Seen) -> list[tuple[str, str]]:
    """The picture, as a screen reader says it: each stop and its state."""
    found = seen.soup.select("ol.path > li h3")
    return [(str(h3.contents[0]).strip(), h3.select_one(".state").get_text()) for h3 in found]  # type: ignore[union-attr]


def started(database: Database) -> int:
    with database.reading() as session:
        return len(campaigns(session))


def test_a_campaign_says_what_is_done_and_what_is_next(reader: Reader, scene: Scene) -> None:
    seen = reader.get(f"/office/campaigns/{scene.campaign_id}")

    assert stops(seen) == [
        ("Bill", "done"),
        ("Position", "next"),
        ("Letter", "later"),
        ("Sign-ons", "later"),
        ("Edition", "later"),
        ("Delivery", "later"),
    ]
    assert len(seen.soup.select("ol.path [aria-current=step], ol.path > [aria-current=step]")) == 1
    assert "Decide on the position together. The Policy Working Group together." in seen.words


def test_dates_are_said_with_their_zone_and_how_far_off_they_are(reader: Reader, scene: Scene) -> None:
    seen = reader.get(f"/office/campaigns/{scene.campaign_id}")

    assert "People are told 4 December 2026, 17:00 EST in 11 days" in seen.words
    assert "Last possible time 8 December 2026, 12:00 EST in 15 days" in seen.words


def test_an_open_letter_shows_numbers_and_no_name(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    version = opened(database, scene, now)
    with database.transaction() as session:
        play.record_organisations(session, version.id, scene, now)
    seen = reader.get(f"/office/campaigns/{scene.campaign_id}")

    assert ("Letter", "done") in stops(seen)
    assert "How many signed is not told, 4 organisations. Open until 8 December 2026, 12:00 EST" in seen.words
    assert "Placeholder" not in seen.answer.text
    assert "Sample Valley" not in seen.answer.text


def test_the_list_shows_what_comes_next_in_each(reader: Reader, scene: Scene) -> None:
    seen = reader.get("/office/campaigns")

    assert "Renew the trafficking law, with four changes" in seen.words
    assert "Next: Decide on the position together." in seen.words
    assert seen.soup.select_one("svg.dots[aria-label='1 of 6 steps done']")


def test_a_double_press_starts_one_campaign(reader: Reader, database: Database) -> None:
    page = reader.get("/office/campaigns/start")
    sent = {"playbook": "reauthorisation", "request": page.soup.select_one("#request")["value"]}  # type: ignore[index]
    first = reader.post("/office/campaigns/start", sent)
    again = reader.post("/office/campaigns/start", sent)

    assert first.answer.headers["Location"] == again.answer.headers["Location"]
    assert started(database) == 2
    assert reader.follow(first).heading == "Renew the trafficking law, with four changes (2)"


def test_a_playbook_must_be_chosen(reader: Reader, database: Database) -> None:
    reader.get("/office/campaigns/start")
    for sent in ({}, {"playbook": "no-such"}, {"playbook": "reauthorisation", "request": "<script>"}):
        reader.post("/office/campaigns/start", sent, 422)

    assert started(database) == 1


def test_what_is_wrong_with_a_playbook_stands_in_plain_words(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sample(tmp_path / "books", "whole")
    (write_sample(tmp_path / "books", "broken") / "letter.md").write_text("no title\n", "utf-8")
    monkeypatch.setattr(pages, "CAMPAIGNS", tmp_path / "books")
    seen = reader.get("/office/campaigns/start")

    assert "A sample campaign" in seen.words
    assert "broken/letter.md , line 1: The first line must be the title" in seen.words


def test_a_playbook_whose_bill_is_not_followed_says_which_to_follow(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    sheet = write_sample(tmp_path / "books") / "campaign.toml"
    sheet.write_text(sheet.read_text("utf-8").replace("H.R. 1144", "H.R. 9001"), "utf-8")
    monkeypatch.setattr(pages, "CAMPAIGNS", tmp_path / "books")
    page = reader.get("/office/campaigns/start")
    sent = {"playbook": "sample", "request": page.soup.select_one("#request")["value"]}  # type: ignore[index]
    seen = reader.post("/office/campaigns/start", sent, 422)

    assert "It is us 119 H.R. 9001." in seen.words
    assert "Follow us 119 H.R. 9001 first" in seen.words
    assert started(database) == 1


def test_the_dates_can_be_moved(reader: Reader, scene: Scene) -> None:
    path = f"/office/campaigns/{scene.campaign_id}/dates"
    page = reader.get(path)
    assert page.soup.select_one("#soft_at")["value"] == "2026-12-04T17:00"  # type: ignore[index]
    seen = reader.follow(reader.post(path, {"soft_at": "2026-12-05T09:30", "hard_at": "2026-12-08 12:00"}))

    assert "People are told 5 December 2026, 09:30 EST" in seen.words


@pytest.mark.parametrize(
    ("soft_at", "says"),
    [
        ("2027-03-14T02:30", "The clocks go forward that night"),
        ("2027-11-07T01:30", "this time comes twice"),
        ("2028-01-01T09:00", "must not come before"),
        ("tomorrow", "Please give a day and a time, as in"),
        ("9999-12-31T23:59", "Please give a day and a time, as in"),
        ("", "Please give a day and a time."),
    ],
)
def test_a_time_that_cannot_be_is_said_beside_its_field(
    reader: Reader, scene: Scene, soft_at: str, says: str
) -> None:
    path = f"/office/campaigns/{scene.campaign_id}/dates"
    reader.get(path)
    seen = reader.post(path, {"soft_at": soft_at, "hard_at": "2027-12-01T12:00"}, 422)

    assert says in seen.words
    assert seen.soup.select_one("#hard_at")["value"] == "2027-12-01T12:00"  # type: ignore[index]
    assert "4 December 2026, 17:00 EST" in reader.get(f"/office/campaigns/{scene.campaign_id}").words


def test_the_words_before_the_letter_are_rewritten_and_the_old_ones_kept(
    reader: Reader, scene: Scene, database: Database
) -> None:
    path = f"/office/campaigns/{scene.campaign_id}/words/es"
    assert reader.get(path).heading == "Words before the letter, in Spanish"
    reader.post(path, {"title": "Antes de leer", "body": "Sí y no **están** bien. <script>x</script>"})
    with database.reading() as session:
        last = note(session, scene.campaign_id, "es")
    seen = reader.get(path)

    assert last is not None and last.n == 2
    assert seen.soup.select_one(".paper strong").get_text() == "están"  # type: ignore[union-attr]
    assert not seen.soup.select(".paper script")


def test_empty_words_are_not_kept_and_nothing_typed_is_lost(reader: Reader, scene: Scene) -> None:
    path = f"/office/campaigns/{scene.campaign_id}/words/en"
    reader.get(path)
    seen = reader.post(path, {"title": "Kept heading", "body": " "}, 422)

    assert "Please write a few words." in seen.words
    assert seen.soup.select_one("#title")["value"] == "Kept heading"  # type: ignore[index]


def test_an_id_of_something_else_is_nothing(reader: Reader, scene: Scene) -> None:
    unknown = reader.get("/office/campaigns/00000000-0000-0000-0000-000000000001", 404)

    assert reader.get(f"/office/campaigns/{scene.bill_id}", 404).words == unknown.words
    reader.get(f"/office/campaigns/{scene.bill_id}/dates", 404)
    reader.get(f"/office/campaigns/{scene.campaign_id}/words/fr", 404)


def test_who_only_reads_sees_no_buttons(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "noor")
    seen = reader.get(f"/office/campaigns/{scene.campaign_id}")

    assert "Move the dates" not in seen.words
    assert "Start a campaign" not in reader.get("/office/campaigns").words
    reader.get("/office/campaigns/start", 403)


def test_a_closed_letter_says_when_it_closed(
    reader: Reader, scene: Scene, database: Database, clock: Clock, now: datetime
) -> None:
    opened(database, scene, now)
    clock.forward(days=20)
    sit_as(reader, scene, "amara")

    assert "Closed on 8 December" in reader.get(f"/office/campaigns/{scene.campaign_id}").words

"""Decisions in the office: asked, answered in words, and never decided by silence or by one person."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask

from advocacy.db import Database
from advocacy.demo import scene as play
from advocacy.demo.scene import Scene
from advocacy.positions.actions import write_version
from advocacy.positions.queries import current_version, is_approved
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as

SENT = {"question": "Is this what we want to say?", "closes_at": "2026-11-28T17:00"}


@pytest.fixture(autouse=True)
def _sits(reader: Reader, scene: Scene) -> None:
    sit_as(reader, scene, "amara")


def newest(database: Database, scene: Scene) -> UUID:
    with database.reading() as session:
        found = current_version(session, scene.position_id)
    assert found is not None
    return found.id


def ask(reader: Reader, scene: Scene, status: int = 303, **changed: str) -> Seen:
    path = f"/office/positions/{scene.position_id}/decide"
    page = reader.get(path)
    version = {"version_id": str(page.soup.select_one("#version_id")["value"])}  # type: ignore[index]
    return reader.post(path, {**SENT, **version, **changed}, status)


@pytest.fixture
def round_at(reader: Reader, scene: Scene) -> str:
    """The address of an open decision."""
    return str(ask(reader, scene).answer.headers["Location"])


def answer(reader: Reader, at: str, voice: str, status: int = 303, **more: str) -> Seen:
    reader.get(at)
    return reader.post(at, {"voice": voice, "value": "", **more}, status)


def tally(seen: Seen) -> list[str]:
    return [" ".join(li.get_text(" ").split()) for li in seen.soup.select("ul.tally li")]


def rewrite(database: Database, scene: Scene, now: datetime) -> None:
    with database.transaction() as session:
        write_version(
            session,
            scene.position_id,
            title="Other",
            body="Other words.",
            by=scene.hands["sam"],
            based_on=1,
            now=now,
        )


# ---- asking


def test_the_group_of_today_is_asked(reader: Reader, scene: Scene) -> None:
    seen = reader.follow(ask(reader, scene))

    assert seen.heading == "Is this what we want to say?"
    assert "Still open. 3 of 3 have not answered. Silence is not consent." in seen.words
    assert "Open until 28 November 2026, 17:00 EST" in seen.words
    assert tally(seen) == ["3 not answered yet"]


def test_asking_twice_is_asking_once(reader: Reader, scene: Scene) -> None:
    assert ask(reader, scene).answer.headers["Location"] == ask(reader, scene).answer.headers["Location"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"question": " "}, "Please write the question."),
        ({"closes_at": "2026-11-22T17:00"}, "This moment is over already."),
        ({"closes_at": "2027-03-14T02:30"}, "The clocks go forward that night"),
        ({"closes_at": ""}, "Please give a day and a time."),
    ],
)
def test_a_question_that_cannot_be_asked_is_said_beside_its_field(
    reader: Reader, scene: Scene, changed: dict[str, str], says: str
) -> None:
    seen = ask(reader, scene, 422, **changed)

    assert says in seen.words
    assert "Nothing is agreed yet. A decision is open" not in reader.get("/office/positions").words


def test_a_version_that_was_overtaken_is_not_asked_about(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    old = newest(database, scene)
    rewrite(database, scene, now)

    assert "There is a newer version of this text." in ask(reader, scene, 422, version_id=str(old)).words


def test_a_version_of_something_else_is_nothing(reader: Reader, scene: Scene) -> None:
    ask(reader, scene, 404, version_id=str(uuid4()))
    ask(reader, scene, 422, version_id="x")


def test_the_stances_that_are_agreed_to_are_shown_with_the_text(reader: Reader, round_at: str) -> None:
    seen = reader.get(round_at)

    assert "Where it stands Support if amended : H.R. 1144" in seen.words


def test_a_reader_is_told_what_changed_in_the_version_she_decides_on(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        play.decide(session, scene, now)
    rewrite(database, scene, now)
    at = str(ask(reader, scene).answer.headers["Location"])
    first = reader.get(at)
    with database.transaction() as session:
        write_version(
            session,
            scene.position_id,
            title="Third",
            body="Third.",
            by=scene.hands["jo"],
            based_on=2,
            now=now,
        )
    overtaken = reader.get(at)

    assert "What changed since the agreed version" in first.words
    assert "and is now “Other”." in first.words
    assert "and is now “Other”." in overtaken.words
    assert "“Third”" not in overtaken.soup.select_one("main details").get_text()  # type: ignore[union-attr]


# ---- answering


def test_each_answer_is_said_in_words_with_what_it_means(reader: Reader, round_at: str) -> None:
    seen = reader.get(round_at)

    for words in (
        "I consent I can live with this text",
        "I consent, with a concern",
        "I stand aside I will not stop it, and it is not in my name.",
        "I block It would break a value we share.",
        "I need more time",
        "I need to talk",
    ):
        assert words in seen.words
    assert (
        "Renew the trafficking law, and let help come first" in seen.soup.select_one(".paper h3").get_text()
    )  # type: ignore[union-attr]


def test_an_answer_is_kept_and_can_be_changed(reader: Reader, round_at: str) -> None:
    answer(reader, round_at, "need_time")
    first = reader.get(round_at)
    answer(reader, round_at, "consent")
    second = reader.get(round_at)

    assert "You answered: I need more time ." in first.words
    assert first.soup.select_one("input[value=need_time]").has_attr("checked")  # type: ignore[union-attr]
    assert tally(second) == ["1 consent", "2 not answered yet"]


def test_all_answers_decide_and_the_author_alone_never_does(
    reader: Reader, round_at: str, scene: Scene, database: Database, now: datetime
) -> None:
    for name, voice in (("amara", "consent"), ("jo", "stand_aside"), ("sam", "stand_aside")):
        sit_as(reader, scene, name)
        answer(reader, round_at, voice)
    alone = reader.get(round_at)
    sit_as(reader, scene, "sam")
    answer(reader, round_at, "concern", note="Say more about labor trafficking.")
    together = reader.get(round_at)

    assert "Still open. Somebody who did not write it must consent." in alone.words
    assert "Approved. Everybody answered, and 2 of 3 consent." in together.words
    with database.reading() as session:
        assert is_approved(session, newest(database, scene), now)


def test_a_concern_is_read_by_the_group_without_a_name(reader: Reader, round_at: str, scene: Scene) -> None:
    sit_as(reader, scene, "sam")
    answer(reader, round_at, "concern", note="Say <b>more</b> about work.")
    sit_as(reader, scene, "jo")
    group = reader.get(round_at)
    sit_as(reader, scene, "noor")
    steering = reader.get(round_at)

    assert "I consent, with a concern Say <b>more</b> about work." in group.words
    assert "Fixture" not in group.answer.text
    assert str(scene.hands["sam"]) not in group.answer.text
    assert "about work" not in steering.words
    assert tally(steering) == ["1 consent, with a concern", "2 not answered yet"]


def test_a_block_names_a_shared_value(reader: Reader, round_at: str) -> None:
    wanting = answer(reader, round_at, "block", 422, note="It adds a crime.")
    answer(reader, round_at, "block", value="non_carceral", note="It adds a crime.")
    seen = reader.get(round_at)

    assert "Please choose one." in wanting.soup.select_one("#value-wrong").get_text()  # type: ignore[union-attr]
    assert wanting.soup.select_one("textarea#note").get_text().strip() == "It adds a crime."  # type: ignore[union-attr]
    assert "Paused by a block." in seen.words
    assert "You answered: I block (Care, not cages)" in seen.words


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Please choose an answer."),
        ({"voice": "vote"}, "Not a valid choice"),
        ({"voice": "consent", "value": "winning"}, "Not a valid choice"),
        (
            {"voice": "consent", "value": "", "note": "x" * 100_001},
            "longer than a person can be asked to read",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_said_so(
    reader: Reader, round_at: str, sent: dict[str, str], says: str
) -> None:
    reader.get(round_at)

    assert says in reader.post(round_at, sent, 422).words
    assert tally(reader.get(round_at)) == ["3 not answered yet"]


def test_silence_until_the_end_decides_nothing(
    reader: Reader, round_at: str, scene: Scene, clock: Clock
) -> None:
    answer(reader, round_at, "consent")
    clock.forward(days=6)
    sit_as(reader, scene, "jo")
    seen = reader.get(round_at)
    late = reader.post(round_at, {"voice": "consent", "value": ""}, 422)

    assert "Not decided." in seen.words
    assert "Silence is not consent, so nothing was agreed." in seen.words
    assert "Give this answer" not in seen.words
    assert late.heading == seen.heading
    assert tally(late) == ["1 consent", "2 not answered yet"]


def test_words_that_come_too_late_are_given_back(
    reader: Reader, round_at: str, scene: Scene, clock: Clock
) -> None:
    clock.forward(days=6)
    sit_as(reader, scene, "jo")
    reader.get(round_at)
    late = reader.post(round_at, {"voice": "concern", "value": "", "note": "Say more about work."}, 422)

    assert "This decision is over. Its answers stay as they were given." in late.words
    assert "so that you can take it with you: Say more about work." in late.words
    assert tally(late) == ["3 not answered yet"]


def test_an_answer_with_nothing_visible_beside_it_is_an_answer(reader: Reader, round_at: str) -> None:
    answer(reader, round_at, "consent", note="\u200b \u202e")
    seen = reader.get(round_at)

    assert tally(seen) == ["1 consent", "2 not answered yet"]
    assert "Said beside an answer" not in seen.words


def test_who_was_not_asked_only_reads(reader: Reader, round_at: str, app: Flask, scene: Scene) -> None:
    sit_as(reader, scene, "noor")
    seen = reader.get(round_at)

    assert "answered by the people who were in the working group when it opened" in seen.words
    reader.post(round_at, {"voice": "consent"}, 403)


# ---- more time


def test_it_can_be_given_more_time_and_never_less(
    reader: Reader, round_at: str, clock: Clock, scene: Scene
) -> None:
    reader.get(f"{round_at}/time")
    less = reader.post(f"{round_at}/time", {"closes_at": "2026-11-25T17:00"}, 422)
    clock.forward(days=6)
    sit_as(reader, scene, "amara")
    seen = reader.follow(reader.post(f"{round_at}/time", {"closes_at": "2026-12-03T17:00"}))

    assert "A decision must end later than this" in less.words
    assert "Open until 3 December 2026, 17:00 EST" in seen.words


def test_a_decision_on_older_words_gets_no_more_time(
    reader: Reader, round_at: str, database: Database, scene: Scene, now: datetime
) -> None:
    rewrite(database, scene, now)
    seen = reader.get(round_at)

    assert "there is a newer one now" in seen.words
    assert "Give it more time" not in seen.words
    assert "newer version" in reader.post(f"{round_at}/time", {"closes_at": "2026-12-03T17:00"}, 422).words


def test_an_id_of_something_else_is_nothing(reader: Reader, scene: Scene) -> None:
    for path in (scene.position_id, f"{scene.position_id}/time", uuid4()):
        reader.get(f"/office/decisions/{path}", 404)
    reader.post(f"/office/decisions/{scene.position_id}", {"voice": "consent"}, 404)
    reader.post(f"/office/decisions/{scene.position_id}/time", {"closes_at": "2026-12-03T17:00"}, 404)
    reader.get(f"/office/positions/{scene.bill_id}/decide", 404)

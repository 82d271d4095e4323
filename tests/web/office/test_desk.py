"""The desk: what waits for whoever sits down, and nothing that is not hers to do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.entering import enter_hearing
from advocacy.db import Database
from advocacy.demo import scene as play
from advocacy.demo.scene import Scene
from advocacy.mail.models import Message
from advocacy.people.roles import Role
from advocacy.positions import rounds
from advocacy.positions.actions import review_by
from advocacy.positions.decisions import Voice
from advocacy.positions.queries import current_version
from tests import make
from tests.bills import made
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.scenes import sit_as


def desk_of(reader: Reader, scene: Scene, name: str) -> Seen:
    sit_as(reader, scene, name)
    return reader.get("/office/")


def waits(seen: Seen) -> list[str]:
    return [" ".join(a.contents[0].get_text().split()) for a in seen.soup.select("section a")[:9] if a.span]


def open_round(database: Database, scene: Scene, now: datetime) -> UUID:
    with database.transaction() as session:
        version = current_version(session, scene.position_id)
        assert version is not None
        closes = now + timedelta(days=5)
        question = "Is this what we want to say?"
        return rounds.begin_decision(
            session, version.id, question=question, closes_at=closes, by=scene.hands["amara"], now=now
        ).id


def test_a_draft_position_waits_for_whoever_may_ask_the_group(reader: Reader, scene: Scene) -> None:
    assert waits(desk_of(reader, scene, "amara")) == ["Ask the group to decide on a position"]
    assert waits(desk_of(reader, scene, "sam")) == []
    assert "Nothing waits for you." in desk_of(reader, scene, "noor").words


def test_an_open_decision_waits_only_for_those_who_have_not_answered(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    held = open_round(database, scene, now)
    with database.transaction() as session:
        rounds.answer(session, held, by=scene.hands["jo"], voice=Voice.CONSENT, now=now)
    sam = desk_of(reader, scene, "sam")

    assert waits(sam) == ["A decision would like your answer"]
    assert "Until 28 November 2026, 10:00 EST" in sam.words
    assert f"/office/decisions/{held}" in sam.links()
    assert waits(desk_of(reader, scene, "jo")) == []
    assert waits(desk_of(reader, scene, "noor")) == []


def test_a_paused_decision_asks_the_co_facilitators_for_a_talk(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    held = open_round(database, scene, now)
    with database.transaction() as session:
        for name in ("amara", "jo"):
            rounds.answer(session, held, by=scene.hands[name], voice=Voice.CONSENT, now=now)
        value = next(iter(rounds.SharedValue))
        rounds.answer(session, held, by=scene.hands["sam"], voice=Voice.BLOCK, value=value, now=now)

    assert waits(desk_of(reader, scene, "amara")) == ["A decision is paused, for a talk"]
    assert waits(desk_of(reader, scene, "sam")) == []


def test_a_letter_waits_for_somebody_who_did_not_write_it(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        play.decide(session, scene, now)

    words = "Read the letter, and say whether it may go."
    assert words not in waits(desk_of(reader, scene, "amara"))
    assert words in waits(desk_of(reader, scene, "sam"))


def test_a_proposal_waits_for_the_other_person_only(
    reader: Reader, database: Database, now: datetime, clock: Clock
) -> None:
    with database.transaction() as session:
        cast = make.cast(session, now)
        version = make.letter(session, cast, now=now)
        make.sign(session, version.letter_id, cast.wren, now)
    edition_id = make.edition_of(make.printed(database, version, cast, now))
    with database.transaction() as session:
        office = make.office_of(session, version)
        make.propose_delivery(session, edition_id, office.id, make.Way.EMAIL, by=cast.amara, now=now)

    def desk(person: UUID) -> Seen:
        reader.post(f"/demo/{person}")
        return reader.get("/office/")

    assert waits(desk(cast.amara)) == []
    assert waits(desk(cast.jo)) == ["A delivery needs a second person"]
    assert waits(desk(cast.sam)) == []
    assert "Wren" not in desk(cast.jo).answer.text
    clock.forward(hours=49)
    assert waits(desk(cast.jo)) == []


def test_mail_that_may_not_have_arrived_waits_for_whoever_may_settle_it(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        lost = Message(kind="invitation", about_id=scene.letter_id, queued_at=now, not_before_at=now)
        lost.uncertain_at = now
        session.add(lost)

    words = "One message may not have arrived"
    assert words in waits(desk_of(reader, scene, "amara"))
    assert words in waits(desk_of(reader, scene, "pat"))
    assert words not in waits(desk_of(reader, scene, "sam"))


def test_a_position_due_for_a_fresh_look_waits_for_the_group(
    reader: Reader, scene: Scene, database: Database
) -> None:
    with database.transaction() as session:
        review_by(session, scene.position_id, review_on=date(2026, 11, 1), by=scene.hands["amara"])

    assert waits(desk_of(reader, scene, "sam")) == ["A position is due for a fresh look"]
    assert waits(desk_of(reader, scene, "noor")) == []


def test_the_next_dates_stand_in_order_with_their_zone(
    reader: Reader, scene: Scene, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        enter_hearing(
            session,
            scene.bill_id,
            committee="Foreign Affairs",
            on=date(2026, 12, 6),
            location="Room 1",
            by=scene.hands["sam"],
            now=now,
        )
    words = desk_of(reader, scene, "noor").words
    order = [
        "4 December 2026, 17:00 EST in 11 days The date people are told",
        "6 December 2026 in 13 days Hearing on H.R. 1144: Foreign Affairs",
        "8 December 2026, 12:00 EST in 15 days The last possible time",
    ]

    assert all(one in words for one in order), words
    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)


def test_bills_that_moved_are_shown_and_what_we_began_with_is_not(
    reader: Reader, scene: Scene, database: Database, now: datetime, clock: Clock
) -> None:
    with database.transaction() as session:
        track(session, made.snapshot(steps=(made.INTRODUCED, made.REFERRED)), now)
    began = desk_of(reader, scene, "sam")
    clock.forward(days=1)
    with database.transaction() as session:
        track(session, made.snapshot(steps=(made.INTRODUCED, made.REFERRED, made.REPORTED)), clock.at)
    moved = desk_of(reader, scene, "sam")
    clock.forward(days=8)

    assert "Moved in the last days" not in began.words
    assert "H.R. 9001 6 May 2026 Reported by the Committee on Samples." in moved.words
    assert "Moved in the last days" not in desk_of(reader, scene, "sam").words


@pytest.mark.parametrize("role", [Role.MEMBERSHIP_COFACILITATOR, Role.FINANCE])
def test_who_sees_no_campaigns_sees_none_of_their_dates(
    reader: Reader, scene: Scene, sit_down: Callable[..., UUID], role: Role
) -> None:
    sit_down(role)
    seen = reader.get("/office/")

    assert "Nothing waits for you." in seen.words
    assert "Coming up" not in seen.words
    assert "Renew the trafficking law" not in seen.words

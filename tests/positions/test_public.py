"""Anybody may read what was agreed to, and nothing else."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.positions import rounds
from advocacy.positions.actions import StanceOn, begin_position, write_version
from advocacy.positions.decisions import Voice
from advocacy.positions.models import PositionVersion
from advocacy.positions.public import public_position, public_positions
from advocacy.positions.stances import Stance
from tests.positions.making import a_bill, a_person


@pytest.fixture
def people(database: Database, now: datetime) -> tuple[UUID, UUID]:
    with database.transaction() as session:
        return a_person(session, now), a_person(session, now)


def agree(session: Session, version: PositionVersion, people: tuple[UUID, ...], now: datetime) -> None:
    held = rounds.begin_decision(
        session,
        version.id,
        question="Is this what we think?",
        closes_at=now + timedelta(days=5),
        by=people[0],
        now=now,
    )
    for person in people:
        rounds.answer(session, held.id, by=person, voice=Voice.CONSENT, note="", now=now)


def test_a_draft_is_not_public(database: Database, people: tuple[UUID, UUID], now: datetime) -> None:
    with database.transaction() as session:
        begun = begin_position(session, title="Homes first", body="Homes.", by=people[0], now=now)

        assert public_position(session, begun.position_id, now) is None
        assert public_positions(session, now) == ()
        assert public_position(session, uuid4(), now) is None


def test_newer_words_stay_inside_until_they_are_agreed_to(
    database: Database, people: tuple[UUID, UUID], now: datetime
) -> None:
    with database.transaction() as session:
        begun = begin_position(session, title="Homes first", body="Homes.", by=people[0], now=now)
        agree(session, begun, people, now)
        write_version(
            session,
            begun.position_id,
            title="Homes and wages",
            body="Both.",
            by=people[0],
            based_on=1,
            now=now,
        )
        found = public_position(session, begun.position_id, now)

    assert found is not None
    assert (found.title, found.body) == ("Homes first", "Homes.")


def test_that_we_only_watch_a_bill_is_never_told(
    database: Database, people: tuple[UUID, UUID], now: datetime
) -> None:
    with database.transaction() as session:
        told, watched = a_bill(session, now), a_bill(session, now, 2961)
        taking = [
            StanceOn(told.id, Stance.SUPPORT, "As introduced"),
            StanceOn(watched.id, Stance.MONITOR, ""),
        ]
        begun = begin_position(
            session, title="Homes first", body="Homes.", by=people[0], now=now, taking=taking
        )
        agree(session, begun, people, now)
        found = public_position(session, begun.position_id, now)

    assert found is not None
    assert [(one.bill, one.stance, one.text_version) for one in found.stances] == [
        ("H.R. 1144", "Support", "As introduced")
    ]


def test_the_list_is_sorted_by_title(database: Database, people: tuple[UUID, UUID], now: datetime) -> None:
    with database.transaction() as session:
        for title in ("wages", "Homes", "Care"):
            begun = begin_position(session, title=title, body="Yes.", by=people[0], now=now)
            agree(session, begun, people, now)
        titles = [one.title for one in public_positions(session, now)]

    assert titles == ["Care", "Homes", "wages"]

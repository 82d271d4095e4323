"""What a proposal to deliver means in words."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.editions.actions import propose_delivery
from advocacy.editions.agreements import agreement, standing, waiting
from advocacy.editions.models import Way
from advocacy.letters.actions import Office, set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import propose, second
from tests import make
from tests.make import Cast


@pytest.fixture
def edition_id(database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> UUID:
    return make.edition_of(make.printed(database, letter, cast, now))


@pytest.fixture
def chair(database: Database, letter: LetterVersion) -> UUID:
    with database.reading() as session:
        return make.office_of(session, letter).id


@pytest.mark.parametrize("way", list(Way))
def test_the_hash_is_read_back_as_file_office_and_way(
    database: Database, cast: Cast, edition_id: UUID, chair: UUID, now: datetime, way: Way
) -> None:
    with database.transaction() as session:
        propose_delivery(session, edition_id, chair, way, by=cast.amara, now=now)
    with database.reading() as session:
        (found,) = waiting(session, now)

        assert (found.edition.id, found.recipient_id, found.way) == (edition_id, chair, way)
        assert found.office == make.CHAIR.office
        assert found.place == "Room 1, House Office Building"
        assert found.address == ("chair@house.example" if way is Way.EMAIL else "")


def test_what_was_seconded_waits_no_more_and_still_stands(
    database: Database, cast: Cast, edition_id: UUID, chair: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        make.agree(session, edition_id, chair, cast, now)
    with database.reading() as session:
        assert waiting(session, now) == ()
        assert [one.is_seconded for one in standing(session, edition_id, now)] == [True]


def test_what_was_used_or_has_ended_stands_no_more(
    database: Database, cast: Cast, edition_id: UUID, chair: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        propose_delivery(session, edition_id, chair, Way.POST, by=cast.amara, now=now)
        make.hand_over(session, edition_id, chair, cast, now)
    with database.reading() as session:
        assert [one.way for one in standing(session, edition_id, now)] == [Way.POST]
        assert standing(session, edition_id, now + timedelta(days=3)) == ()
        assert waiting(session, now + timedelta(days=3)) == ()


def test_a_mended_address_means_nothing_any_more(
    database: Database, cast: Cast, letter: LetterVersion, edition_id: UUID, chair: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        proposed = propose_delivery(session, edition_id, chair, Way.EMAIL, by=cast.amara, now=now)
        mended = Office(make.CHAIR.office, "", "", make.CHAIR.venue, email="other@house.example")
        set_recipients(session, letter.letter_id, [mended])
    with database.transaction() as session:
        assert agreement(session, session.merge(proposed)) is None
        second(session, proposed.id, by=cast.jo, now=now)
        assert standing(session, edition_id, now) == ()


def test_another_act_about_the_same_edition_is_no_delivery(
    database: Database, cast: Cast, edition_id: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        act = propose(session, "edition.reveal", edition_id, hash="x", by=cast.amara, now=now)

        assert agreement(session, act) is None
        assert waiting(session, now) == ()

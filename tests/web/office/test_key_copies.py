"""Copies of the keys: custodians read what is asked of them, and co-facilitators why no letter opens."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from advocacy import vault
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import current_opening
from advocacy.people.custody import KeyProof, prove
from advocacy.people.roles import Role
from tests.make import Cast
from tests.page import Reader
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit

Sit = Callable[..., UUID]
PAGE = "/office/key-copies"


@pytest.fixture
def unproved(database: Database, letter: LetterVersion) -> LetterVersion:
    """A letter that opened once, in an installation whose copies count no more."""
    with database.transaction() as session:
        session.query(KeyProof).delete()
    return letter


def close(reader: Reader, letter: LetterVersion) -> None:
    reader.get(at(letter, "/open"))
    reader.post(at(letter, "/close"))


def test_a_custodian_is_led_to_it_until_hers_is_proved(
    reader: Reader, sit_down: Sit, database: Database, now: datetime
) -> None:
    me = sit_down(Role.CUSTODIAN, name="Kim Facsimile")
    link = reader.get("/office/").soup.find("a", href=PAGE)
    assert link is not None
    assert "Prove your copy of the keys" in link.get_text()

    page = reader.get(PAGE)
    assert "every name is lost with it" in page.words
    assert "Kim Facsimile you Not proved yet" in page.words
    assert "advocacy keys prove PATH --person ADDRESS" in page.words

    with database.transaction() as session:
        prove(session, vault.keys_of(session), me, now.date())
    assert reader.get("/office/").soup.find("a", href=PAGE) is None
    assert "Proved on 23 November 2026" in reader.get(PAGE).words
    assert "every name is lost" in reader.get(PAGE).words


def test_two_proved_copies_are_said_with_relief(reader: Reader, cast: Cast) -> None:
    sit(reader, cast.amara)
    page = reader.get(PAGE)

    assert "Two copies are proved, away from this server." in page.words
    assert "No letter" not in page.words
    assert reader.get("/office/").soup.find("a", href=PAGE) is None


def test_after_a_rotation_it_says_until_when_the_old_copies_count(
    reader: Reader, sit_down: Sit, database: Database, cast: Cast, now: datetime
) -> None:
    renewed(database, now)
    sit(reader, cast.amara)
    page = reader.get(PAGE)

    assert "The copies of before count until 7 December 2026." in page.words
    assert "before the newest key. Counts until 7 December 2026" in page.words


def test_two_weeks_later_they_count_no_more(
    reader: Reader, database: Database, cast: Cast, now: datetime, clock: Clock
) -> None:
    renewed(database, now)
    clock.forward(days=15)
    sit(reader, cast.amara)

    assert "before the newest key. Counts no more" in reader.get(PAGE).words
    assert "No letter can open yet" in reader.get("/office/").words


def renewed(database: Database, now: datetime) -> None:
    """A newer key is in use since today; the copies hold the one before."""
    with database.transaction() as session:
        known = vault.active_key(session, alone=True)
        known.key_id, known.before, known.since = "k2", known.key_id, now.date()


def test_a_letter_says_that_it_cannot_open_and_nothing_typed_is_lost(
    reader: Reader, database: Database, unproved: LetterVersion, cast: Cast, clock: Clock
) -> None:
    sit(reader, cast.amara)
    assert "No letter can open yet" in reader.get("/office/").words
    close(reader, unproved)
    clock.forward(minutes=1)
    asked = reader.get(at(unproved, "/open"))
    assert "so far none is proved" in asked.words
    assert asked.soup.find("a", href=PAGE) is not None

    sent = {"closes_at": "2026-12-04T17:00", "version_id": str(unproved.id)}
    refused = reader.post(at(unproved, "/open"), sent, 422)

    assert "First two custodians have to prove their copies." in refused.words
    field = refused.soup.find(attrs={"name": "closes_at"})
    assert field is not None
    assert field["value"] == "2026-12-04T17:00"
    with database.reading() as session:
        opening = current_opening(session, unproved.letter_id)
        assert opening is not None
        assert opening.closes_at < clock()


def test_an_open_letter_still_closes_without_them(
    reader: Reader, database: Database, unproved: LetterVersion, cast: Cast, clock: Clock
) -> None:
    sit(reader, cast.amara)
    close(reader, unproved)

    with database.reading() as session:
        opening = current_opening(session, unproved.letter_id)
        assert opening is not None
        assert opening.closes_at == clock()


def test_members_and_their_keepers_have_no_business_there(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.MEMBERSHIP_COFACILITATOR)

    reader.get(PAGE, status=403)

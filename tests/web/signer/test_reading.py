"""What she reads before she chooses: the note of the campaign, the letter, who gets it, what is public."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from advocacy.campaigns.models import Campaign, CampaignLetter, InvitationNote
from advocacy.db import Database
from advocacy.letters.models import LetterKind
from advocacy.letters.venues import known
from tests import make
from tests.make import CHAIR, POSTING
from tests.page import Reviewed
from tests.web.signer.conftest import Build, House
from tests.web.signer.phone import Phone


def note(house: House, language: str, body: str) -> None:
    """A campaign that says something before its letter."""
    with house.database.transaction() as session:
        session.add(
            InvitationNote(
                campaign_id=session.get_one(CampaignLetter, house.version.letter_id).campaign_id,
                language=language,
                n=1,
                title="Before you read",
                body=body,
                written_by=house.cast.amara,
                written_at=house.now,
            )
        )


def begin(house: House) -> None:
    """A campaign that sends this letter."""
    id = uuid4()
    with house.database.transaction() as session:
        session.add(
            Campaign(
                id=id,
                title="A campaign",
                summary="",
                playbook="",
                request=str(id),
                zone="America/New_York",
                soft_at=house.now + timedelta(days=5),
                hard_at=house.now + timedelta(days=9),
                begun_by=house.cast.amara,
                begun_at=house.now,
            )
        )
        session.flush()
        session.add(CampaignLetter(letter_id=house.version.letter_id, campaign_id=id))


def test_the_campaigns_note_stands_before_the_letter(house: House) -> None:
    begin(house)
    note(house, "en", "It asks for **homes**.\n\n## Pay\n\nNone.")
    phone = Phone(house.client, key=house.key(house.cast.wren)).arrive()

    assert phone.words.index("Before you read") < phone.words.index("It asks for homes")
    assert "We ask for three things." not in phone.words
    assert "We ask for three things." in phone.press("Read the letter").words


def test_the_note_is_read_in_her_language_or_else_in_english_and_says_which(house: House) -> None:
    begin(house)
    note(house, "en", "In English.")
    section = arrived(house).soup.find("section", attrs={"aria-labelledby": "the-note"})
    assert section is not None
    assert section["lang"] == "en"  # type: ignore[index]

    note(house, "es", "En español.")

    assert "En español." in arrived(house).words


def arrived(house: House) -> Phone:
    """Ana-Lucía, before she reads the letter."""
    return Phone(house.client, key=house.key(house.cast.ana)).arrive()


def test_without_a_note_the_letter_stands_alone(house: House) -> None:
    phone = Phone(house.client, key=house.key(house.cast.wren)).arrive()

    assert "Before you read" not in phone.words
    assert f"The letter goes to: {CHAIR.office}" in phone.words


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_office_stands_with_what_becomes_public_there(build: Build, language: str) -> None:
    house = build(offices=(CHAIR, POSTING))
    phone = house.phone(house.cast.wren if language == "en" else house.cast.ana)

    for office in (CHAIR, POSTING):
        assert office.office in phone.words
        assert known()[office.venue].what_becomes_public[language] in phone.words


def test_two_offices_of_one_name_are_told_apart_and_the_same_is_said_once(build: Build) -> None:
    houses = ("U.S. House of Representatives", "United States Senate")
    offices = [replace(CHAIR, office="Committee on Samples", address=f"{place}\nRoom 1") for place in houses]
    house = build(offices=offices)
    words = house.phone(house.cast.wren).words

    for place in houses:
        assert f"Committee on Samples, {place}" in words
    assert words.count(known()[CHAIR.venue].what_becomes_public["en"]) == 1


def test_of_an_office_we_do_not_know_the_worst_is_said(build: Build) -> None:
    house = build(offices=(replace(CHAIR, venue="nowhere"),))

    assert "Think of it as open to all." in house.phone(house.cast.wren).words


def test_the_last_day_is_the_last_one_on_which_she_can_sign(build: Build) -> None:
    # It closes as the tenth day begins in New York, so the ninth is the last whole one.
    house = build(open_for=timedelta(days=9, hours=14))
    told = "You can sign until the end of 2 December 2026 (New York time), 3 December 2026, 05:00 UTC."

    assert told in house.phone(house.cast.wren).words


def test_a_witness_is_not_asked_to_be_one_of_a_number(
    database: Database, client: Reviewed, now: datetime
) -> None:
    with database.transaction() as session:
        cast = make.cast(session, now)
        text = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY, implies_survivor=True)
        make.witness(session, text, cast.wren, cast, now)
        make.witness(session, text, cast.dee, cast, now)
        session.expunge_all()
    house = House(database, client, cast, text, now)
    words = house.phone(cast.wren).words

    assert (
        "This text goes out with one name: yours." in Phone(client, key=house.key(cast.wren)).arrive().words
    )
    assert "Count me, no name" not in words
    assert "If you are counted" not in words
    assert "Choose for each" in words
    assert "No, and do not ask me again about this one" in words
    assert "Count me, no name" in house.phone(cast.dee).words

"""Several who press at the same moment: one line of one organisation, one yes, one link's worth of mail."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.organisations.asking import ask_through_page
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn, Proof
from advocacy.organisations.recording import StandsAlready, record_organisation, verify
from advocacy.people.actions import add_organisation
from tests.make import Cast
from tests.organisations.conftest import HOUSE, asked, printed, yes_of
from tests.organisations.test_messages import TEX
from tests.together import at_once

pytestmark = pytest.mark.both_databases


def test_two_yeses_of_one_organisation_checked_at_once_are_one_line(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        guests = [asked(session, letter, cast, now, email=f"{who}@house.example") for who in ("val", "tex")]
        ids = [yes_of(session, guest, now).id for guest in guests]

    def check(number: int) -> bool:
        try:
            with database.transaction() as opened:
                verify(opened, ids[number], Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=now)
        except StandsAlready:
            return False
        return True

    assert sorted(at_once(lambda: check(0), lambda: check(1))) == [False, True]
    with database.reading() as session:
        assert printed(session, letter, now) == [f"{HOUSE.public_name} (CA)"]


def test_a_yes_pressed_twice_at_once_is_one(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        guest = asked(session, letter, cast, now)

    def press() -> None:
        with database.transaction() as opened:
            yes_of(opened, guest, now)

    at_once(press, press, press)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OrganisationSignOn)) == 1


def test_a_yes_on_file_recorded_by_two_at_once_is_one(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        known = add_organisation(session, public_name=HOUSE.public_name, state="CA", now=now).id

    def record() -> None:
        with database.transaction() as opened:
            record_organisation(opened, letter.id, known, authoriser="Val", by=cast.amara, now=now)

    at_once(record, record)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OrganisationSignOn)) == 1


def test_many_through_the_open_page_at_once_are_one_ask_and_three_mails_at_most(
    database: Database, letter: LetterVersion, now: datetime
) -> None:
    def join() -> None:
        with database.transaction() as opened:
            ask_through_page(opened, letter.letter_id, HOUSE, TEX, language="en", now=now)

    at_once(*[join] * 5)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OrganisationAsk)) == 1
        assert session.scalar(select(func.count()).select_from(Message)) == 3

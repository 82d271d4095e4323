"""What the pages about campaigns show, from the first draft to the last delivery."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from advocacy.campaigns import actions, pages
from advocacy.campaigns.pages import CampaignPage, Milestone
from advocacy.db import Database
from advocacy.editions.models import Delivery, Edition, Way
from advocacy.editions.queries import manifest_of, signers_now
from advocacy.letters.actions import approve, open_for_signons
from advocacy.letters.models import LetterKind
from advocacy.letters.queries import latest_version, office_marks, recipients
from advocacy.organisations.models import OrganisationSignOn
from advocacy.people.models import Organisation
from advocacy.positions import rounds
from advocacy.positions.actions import write_version
from advocacy.positions.decisions import Voice
from advocacy.positions.queries import eligible
from tests import make
from tests.campaigns.sample import sample
from tests.positions.making import a_bill, a_person

DAY = timedelta(days=1)


@pytest.fixture
def campaign_id(database: Database, now: datetime, tmp_path: Path) -> UUID:
    with database.transaction() as session:
        author, _ = a_person(session, now), a_person(session, now)
        make.prove_copies(session, now)
        a_bill(session, now)
        return actions.start(session, sample(tmp_path), request="one", by=author, now=now).id


def page_of(session: Session, campaign_id: UUID, now: datetime) -> CampaignPage:
    page = pages.campaign_page(session, campaign_id, now)
    assert page is not None
    return page


def letter_id_of(page: CampaignPage) -> UUID:
    assert page.letter is not None
    return page.letter.id


def decide(session: Session, page: CampaignPage, now: datetime) -> None:
    version = page.positions[0].current
    held = rounds.begin_decision(
        session, version.id, question="Q?", closes_at=now + DAY, by=version.written_by, now=now
    )
    for person in eligible(session, held.id):
        rounds.answer(session, held.id, by=person, voice=Voice.CONSENT, now=now)


def open_letter(session: Session, letter_id: UUID, now: datetime) -> None:
    version = latest_version(session, letter_id)
    assert version is not None
    approve(session, version.id, by=uuid4(), now=now)
    open_for_signons(session, version.id, closes_at=now + DAY, by=uuid4(), now=now)


def sign(session: Session, letter_id: UUID, now: datetime) -> UUID:
    version = latest_version(session, letter_id)
    assert version is not None
    group = Organisation(id=uuid4(), public_name="Sample Collective", state="CA", added_on=now.date())
    session.add(group)
    session.flush()
    signed = OrganisationSignOn(
        id=uuid4(),
        version_id=version.id,
        organisation_id=group.id,
        authoriser=b"",
        text_sha256=version.sha256,
        recorded_by=uuid4(),
        recorded_on=now.date(),
        verified_on=now.date(),
    )
    session.add(signed)
    session.flush()
    return signed.id


def freeze(session: Session, letter_id: UUID, now: datetime) -> Edition:
    version = latest_version(session, letter_id)
    assert version is not None
    edition = Edition(
        id=uuid4(),
        letter_id=letter_id,
        version_id=version.id,
        n=1,
        offices=" ".join(office_marks(recipients(session, letter_id))),
        manifest="",
        signers=1,
        pages=1,
        pdf=b"sealed",
        pdf_sha256="0" * 64,
        file_name="sample.pdf",
        frozen_by=uuid4(),
        frozen_at=now,
    )
    edition.manifest = manifest_of(signers_now(session, edition, now))
    session.add(edition)
    session.flush()
    return edition


def hand_over(session: Session, edition: Edition, recipient_id: UUID, now: datetime) -> None:
    session.add(
        Delivery(
            id=uuid4(),
            edition_id=edition.id,
            recipient_id=recipient_id,
            office="An office",
            way=Way.IN_PERSON,
            address="",
            receipt="",
            delivered_by=uuid4(),
            seconded_by=uuid4(),
            delivered_at=now,
        )
    )
    session.flush()


def test_a_page_of_nothing_is_nothing(database: Database, now: datetime) -> None:
    with database.reading() as session:
        assert pages.campaign_page(session, uuid4(), now) is None
        assert pages.all_campaigns(session, now) == ()


def test_a_fresh_campaign_has_its_bill_and_asks_for_a_decision(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    with database.reading() as session:
        page = page_of(session, campaign_id, now)
        (line,) = pages.all_campaigns(session, now)

    assert [bill.identifier for bill in page.bills] == ["H.R. 1144"]
    assert [letter.kind for letter in page.letters if letter is not page.letter] == [LetterKind.TESTIMONY]
    assert page.note_languages == ("en", "es")
    assert page.next is Milestone.POSITION and line.next is Milestone.POSITION
    assert page.letter is not None and page.letter.passed == frozenset()
    assert (page.letter.offices, page.letter.delivered_to, page.letter.is_open) == (2, 0, False)


def test_each_step_of_the_way_passes_one_milestone(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    def following(session: Session) -> Milestone | None:
        return page_of(session, campaign_id, now).next

    with database.transaction() as session:
        page = page_of(session, campaign_id, now)
        letter_id = letter_id_of(page)
        decide(session, page, now)
        assert following(session) is Milestone.LETTER
        open_letter(session, letter_id, now)
        assert following(session) is Milestone.SIGN_ON
        sign(session, letter_id, now)
        assert following(session) is Milestone.EDITION
        edition = freeze(session, letter_id, now)
        assert following(session) is Milestone.DELIVERY
        first, second = recipients(session, letter_id)
        hand_over(session, edition, first.id, now)
        assert following(session) is Milestone.DELIVERY
        hand_over(session, edition, second.id, now)
        assert following(session) is None
        assert all(passed for _, passed in page_of(session, campaign_id, now).path)


def test_an_edition_that_no_longer_holds_is_asked_for_again(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        page = page_of(session, campaign_id, now)
        letter_id = letter_id_of(page)
        decide(session, page, now)
        open_letter(session, letter_id, now)
        signed = sign(session, letter_id, now)
        sign_again_later = page_of(session, campaign_id, now).letter
        freeze(session, letter_id, now)
        session.get_one(OrganisationSignOn, signed).revoked_on = now.date()
        session.flush()
        letter = page_of(session, campaign_id, now).letter

    assert sign_again_later is not None and sign_again_later.progress.organisations == 1
    assert letter is not None and letter.edition_is_void
    assert Milestone.EDITION not in letter.passed


def test_an_opening_is_open_until_its_hour(database: Database, campaign_id: UUID, now: datetime) -> None:
    with database.transaction() as session:
        open_letter(session, letter_id_of(page_of(session, campaign_id, now)), now)
        during = page_of(session, campaign_id, now).letter
        after = page_of(session, campaign_id, now + DAY).letter

    assert during is not None and during.is_open and during.is_approved
    assert after is not None and not after.is_open and after.closes_at == now + DAY


def test_an_edited_position_must_be_decided_on_again(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        page = page_of(session, campaign_id, now)
        decide(session, page, now)
        position = page.positions[0]
        write_version(
            session, position.id, title="Edited", body="New words.", by=uuid4(), based_on=1, now=now
        )

        assert page_of(session, campaign_id, now).next is Milestone.POSITION


def test_every_milestone_has_words() -> None:
    assert all(milestone.label and milestone.to_do.endswith(".") for milestone in Milestone)

"""Starting campaigns from playbooks, and changing them afterwards."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from advocacy import paths
from advocacy.audit import AuditEntry
from advocacy.bills.actions import track
from advocacy.bills.by_hand import read_record
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.campaigns import actions, queries
from advocacy.campaigns.actions import BillNotFollowed, DatesCrossed
from advocacy.campaigns.models import Campaign, InvitationNote
from advocacy.campaigns.playbooks import read
from advocacy.db import Database
from advocacy.letters.models import Letter, LetterKind, LetterVersion
from advocacy.letters.queries import approval, current_opening, header, latest_version, recipients
from advocacy.positions.queries import current_version, is_approved, stances
from tests.campaigns.sample import SHEET, VENUES, sample, write_sample
from tests.positions.making import a_bill

RIVER = uuid4()


@pytest.fixture
def campaign_id(database: Database, now: datetime, tmp_path: Path) -> UUID:
    with database.transaction() as session:
        a_bill(session, now)
        return actions.start(session, sample(tmp_path), request="one", by=RIVER, now=now).id


def letter_of_kind(database: Database, campaign_id: UUID, kind: LetterKind) -> tuple[Letter, LetterVersion]:
    with database.reading() as session:
        letters = [session.get_one(Letter, id) for id in queries.letters_of(session, campaign_id)]
        (letter,) = [letter for letter in letters if letter.kind == kind]
        version = latest_version(session, letter.id)
        assert version is not None
        return letter, version


def test_a_campaign_begins_with_its_dates_by_the_clocks_of_its_zone(
    database: Database, campaign_id: UUID
) -> None:
    with database.reading() as session:
        begun = queries.campaign(session, campaign_id)

    assert begun is not None and (begun.title, begun.playbook) == ("A sample campaign", "sample")
    assert begun.soft_at.isoformat() == "2026-12-04T22:00:00+00:00"
    assert begun.hard_at.isoformat() == "2026-12-08T17:00:00+00:00"


def test_the_position_arrives_as_a_draft_with_its_stance(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    with database.reading() as session:
        (position_id,) = queries.positions_of(session, campaign_id)
        first = current_version(session, position_id)
        assert first is not None
        (taken,) = stances(session, first.id)
        approved = is_approved(session, first.id, now)

    assert (first.n, first.title, first.body) == (1, "On H.R. 1144", "We like A bill to test with.")
    assert (taken.stance, taken.text_version) == ("support_if_amended", "Introduced in House")
    assert not approved


def test_the_letter_arrives_as_a_draft_with_its_offices(database: Database, campaign_id: UUID) -> None:
    letter, version = letter_of_kind(database, campaign_id, LetterKind.SIGN_ON)

    assert (version.n, version.title, version.body) == (1, "RE: H.R. 1144", "Please pass H.R. 1144.")
    assert (letter.stance, letter.implies_survivor, letter.language) == ("support_if_amended", True, "en")
    with database.reading() as session:
        assert [office.venue for office in recipients(session, letter.id)] == ["us_house", "us_senate"]
        assert approval(session, version.id) is None
        assert current_opening(session, letter.id) is None


def test_the_testimony_arrives_with_its_box_and_its_spoken_words(
    database: Database, campaign_id: UUID
) -> None:
    letter, version = letter_of_kind(database, campaign_id, LetterKind.TESTIMONY)

    with database.reading() as session:
        box = header(session, letter.id)
    assert version.spoken == "Thank you."
    assert not letter.implies_survivor
    assert box is not None and (box.bill, box.committee) == ("H.R. 1144", "Committee on Samples")
    assert box.hearing_on.isoformat() == "2026-12-10"


def test_the_words_before_the_letter_come_in_her_language_or_else_in_english(
    database: Database, campaign_id: UUID
) -> None:
    letter, _ = letter_of_kind(database, campaign_id, LetterKind.SIGN_ON)

    with database.reading() as session:
        spanish = queries.note_before(session, letter.id, "es")
        other = queries.note_before(session, letter.id, "vi")

    assert spanish is not None and spanish.body == "Trata de H.R. 1144."
    assert other is not None and other.body == "It is about H.R. 1144."


def test_the_same_press_twice_starts_one_campaign_and_another_press_a_second(
    database: Database, campaign_id: UUID, now: datetime, tmp_path: Path
) -> None:
    playbook = sample(tmp_path / "again")

    with database.transaction() as session:
        same = actions.start(session, playbook, request="one", by=RIVER, now=now + timedelta(hours=1))
        second = actions.start(session, playbook, request="two", by=RIVER, now=now)
        count = session.scalar(select(func.count()).select_from(Campaign))

    assert same.id == campaign_id
    assert second.id != campaign_id and count == 2


def test_two_campaigns_of_one_playbook_are_told_apart_by_their_names(
    database: Database, campaign_id: UUID, now: datetime, tmp_path: Path
) -> None:
    playbook = sample(tmp_path / "again")
    with database.transaction() as session:
        later = [actions.start(session, playbook, request=word, by=RIVER, now=now).title for word in "ab"]

    assert later == ["A sample campaign (2)", "A sample campaign (3)"]


def test_a_press_that_comes_twice_at_once_finds_the_quicker_one(
    database: Database, campaign_id: UUID, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = queries.started_by_request
    looks = iter((lambda *_: None, look))
    monkeypatch.setattr(actions, "started_by_request", lambda *asked: next(looks)(*asked))

    with database.transaction() as session:
        found = actions.start(session, sample(tmp_path / "again"), request="one", by=RIVER, now=now)

    assert found.id == campaign_id
    with database.reading() as session:
        assert len(queries.campaigns(session)) == 1


def test_a_file_edited_later_changes_nothing_that_was_started(
    database: Database, campaign_id: UUID, tmp_path: Path
) -> None:
    (tmp_path / "sample" / "letter.md").write_text("# Other\n\nOther words.\n")

    _, version = letter_of_kind(database, campaign_id, LetterKind.SIGN_ON)

    assert version.body == "Please pass H.R. 1144."


def test_a_playbook_about_a_bill_we_do_not_follow_asks_for_it_first(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with (
        pytest.raises(BillNotFollowed, match="It is us 119 H.R. 1144."),
        database.transaction() as session,
    ):
        actions.start(session, sample(tmp_path), request="one", by=RIVER, now=now)

    with database.reading() as session:
        assert queries.campaigns(session) == []


def test_a_bill_nobody_knows_is_refused(database: Database, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(NoSuchBill), database.transaction() as session:
        actions.start(session, sample(tmp_path), request="one", by=RIVER, now=now, bill_id=uuid4())


def test_a_successor_bill_takes_the_playbook_but_not_the_text_it_was_read_on(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        successor = a_bill(session, now, 77)
        begun = actions.start(
            session, sample(tmp_path), request="one", by=RIVER, now=now, bill_id=successor.id
        )
        first = current_version(session, queries.positions_of(session, begun.id)[0])
        assert first is not None
        (taken,) = stances(session, first.id)

    assert first.title == "On H.R. 77"
    assert (taken.bill_id, taken.text_version) == (successor.id, "")


def test_a_playbook_without_a_bill_starts_without_one(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    folder = write_sample(tmp_path)
    sheet = SHEET[: SHEET.index("[bill]")] + SHEET[SHEET.index("[deadlines]") :]
    (folder / "campaign.toml").write_text(sheet)
    for text in folder.glob("*.md"):
        text.write_text("# Title\n\nText.\n")

    with database.transaction() as session:
        begun = actions.start(session, read(folder, VENUES), request="one", by=RIVER, now=now)
        first = current_version(session, queries.positions_of(session, begun.id)[0])
        assert first is not None and not stances(session, first.id)
        assert queries.bills_of(session, begun.id) == []


def test_the_playbook_we_ship_starts_with_the_bill_it_ships(database: Database, now: datetime) -> None:
    folder = paths.CAMPAIGNS / "reauthorisation"
    playbook = read(folder, VENUES | {"us_house_committee"})

    with database.transaction() as session:
        bill_id = track(session, read_record(folder / "bill.toml"), now).bill_id
        begun = actions.start(session, playbook, request="one", by=RIVER, now=now)
        known = {text.kind for text in bill_page(session, bill_id, now).versions}
        first = current_version(session, queries.positions_of(session, begun.id)[0])
        assert first is not None
        (taken,) = stances(session, first.id)

    assert taken.bill_id == bill_id
    assert taken.text_version in known
    assert first.title == "Renew the trafficking law, and let help come first"


def test_a_start_is_put_on_record_without_a_name(database: Database, campaign_id: UUID) -> None:
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "campaign.start")).one()

    assert (entry.about_id, entry.actor_id, entry.why) == (campaign_id, RIVER, "sample")


def test_rewritten_words_are_added_and_the_same_words_are_not(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    def write(body: str) -> int:
        with database.transaction() as session:
            return actions.write_note(
                session, campaign_id, "en", title="Before you read", body=body, by=RIVER, now=now
            ).n

    assert [write("It is about H.R. 1144."), write("New words."), write("New words.\r\n")] == [1, 2, 2]
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        session.execute(update(InvitationNote).values(body="Quietly changed."))


def test_the_two_dates_can_be_moved_but_not_crossed(
    database: Database, campaign_id: UUID, now: datetime
) -> None:
    soft, hard = now + timedelta(days=3), now + timedelta(days=4)
    for _ in range(2):
        with database.transaction() as session:
            actions.set_dates(session, campaign_id, soft_at=soft, hard_at=hard, by=RIVER)

    with pytest.raises(DatesCrossed), database.transaction() as session:
        actions.set_dates(session, campaign_id, soft_at=hard, hard_at=soft, by=RIVER)

    with database.reading() as session:
        moved = queries.campaign(session, campaign_id)
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act == "campaign.dates")).all()
    assert moved is not None and (moved.soft_at, moved.hard_at) == (soft, hard)
    assert len(acts) == 1

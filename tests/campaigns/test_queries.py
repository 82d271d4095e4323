"""Finding campaigns by what they join."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from advocacy.campaigns import actions, queries
from advocacy.db import Database
from tests.campaigns.sample import sample
from tests.positions.making import a_bill


def test_a_campaign_is_found_from_its_bill_its_position_and_its_letters(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        bill = a_bill(session, now)
        begun = actions.start(session, sample(tmp_path), request="one", by=uuid4(), now=now)
        (position_id,) = queries.positions_of(session, begun.id)
        letters = queries.letters_of(session, begun.id)

        assert queries.campaigns_on(session, bill.id) == [begun]
        assert queries.campaigns_resting_on(session, position_id) == [begun]
        assert [queries.campaign_of_letter(session, id) for id in letters] == [begun, begun]
        assert list(queries.bills_of(session, begun.id)) == [bill.id]
        assert list(queries.note_languages(session, begun.id)) == ["en", "es"]


def test_what_belongs_to_no_campaign_finds_none(database: Database) -> None:
    with database.reading() as session:
        assert queries.campaign(session, uuid4()) is None
        assert queries.campaign_of_letter(session, uuid4()) is None
        assert queries.note_before(session, uuid4(), "en") is None
        assert queries.campaigns_on(session, uuid4()) == []

"""A bill that changed under a letter: who is asked, where, and what an answer does in the office."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from advocacy.campaigns.amended import Answer, amended
from advocacy.db import Database
from advocacy.editions.queries import editions
from advocacy.letters.actions import approve, write_version
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import open_version
from tests import make
from tests.campaigns.amending import about_a_bill, amend
from tests.make import Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.papers import at, field_in, form_at, sit

QUESTION = "A bill has a new text. Does the letter still hold?"
MUST = "A letter must change, because its bill did"


@pytest.fixture
def campaign_id(database: Database, letter: LetterVersion, now: datetime, clock: Clock) -> UUID:
    """An open letter on a bill that got a new text a day later."""
    with database.transaction() as session:
        found = about_a_bill(session, letter.letter_id, now)
        amend(session, now + timedelta(days=1))
    clock.forward(days=1, minutes=1)
    return found


def say(reader: Reader, letter: LetterVersion, words: str) -> Seen:
    """Press one of the two answers, as the page offers them."""
    seen = reader.get(at(letter))
    form = next(one for one in seen.soup.find_all("form") if words in one.get_text())
    return reader.post(str(form["action"]))


def said(database: Database, letter: LetterVersion) -> Answer:
    with database.reading() as session:
        return amended(session, letter.letter_id)[0].answer


def waits(reader: Reader) -> str:
    section = reader.get("/office/").soup.select_one("section[aria-labelledby=waits]")
    assert section is not None
    return section.get_text()


def test_the_letter_the_campaign_and_the_desk_ask_the_co_facilitator(
    reader: Reader, cast: Cast, letter: LetterVersion, campaign_id: UUID
) -> None:
    sit(reader, cast.jo)
    page = reader.get(at(letter))

    assert "H.R. 9001 has a new text of 24 November 2026: “Reported in House”." in page.words
    assert "Does it still say what is true?" in page.words
    assert {"It still holds", "The letter must change"} <= {one.get_text() for one in page.soup("button")}
    campaign = reader.get(f"/office/campaigns/{campaign_id}")
    assert "H.R. 9001 has a new text." in campaign.words
    assert at(letter) in campaign.links()
    assert QUESTION in waits(reader)


def test_whoever_does_not_lead_reads_that_a_co_facilitator_answers(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID
) -> None:
    sit(reader, cast.sam)
    page = reader.get(at(letter))
    buttons = {one.get_text() for one in page.soup("button")}

    assert "A co-facilitator answers that." in page.words
    assert "It still holds" not in buttons
    assert QUESTION not in waits(reader)
    with database.reading() as session:
        text_id = amended(session, letter.letter_id)[0].text_id
    reader.post(at(letter, f"/bill/{text_id}/holds"), status=403)
    assert said(database, letter) is Answer.WAITING


def test_it_still_holds_ends_the_question_and_says_since_when(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID, clock: Clock
) -> None:
    sit(reader, cast.jo)
    say(reader, letter, "It still holds")

    assert said(database, letter) is Answer.HOLDS
    assert "the letter still holds" in reader.get(at(letter)).words
    assert QUESTION not in waits(reader)
    assert "new text" not in reader.get(f"/office/campaigns/{campaign_id}").words
    with database.reading() as session:
        assert open_version(session, letter.letter_id, clock()) is not None


def test_must_change_closes_the_letter_and_waits_until_new_words_are_open(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID, clock: Clock
) -> None:
    sit(reader, cast.jo)
    answered = say(reader, letter, "The letter must change")

    assert answered.answer.headers["Location"].endswith("/edit")
    with database.reading() as session:
        assert open_version(session, letter.letter_id, clock()) is None
    desk = waits(reader)
    assert MUST in desk
    assert "Print the letter" not in desk
    assert "must change" in reader.get(f"/office/campaigns/{campaign_id}").words
    with database.transaction() as session:
        clock.forward(minutes=1)
        make.edit(session, cast, letter.letter_id, now=clock(), body="We ask for four things.")
    assert MUST not in waits(reader)


def test_the_same_words_are_not_opened_again_once_they_must_change(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID, clock: Clock
) -> None:
    sit(reader, cast.jo)
    say(reader, letter, "The letter must change")
    reader.get(at(letter, "/open"))
    again = {"version_id": str(letter.id), "closes_zone": make.ZONE, "closes_at": "2026-12-04T17:00"}
    refused = reader.post(at(letter, "/open"), again, 422)

    assert "Write the next version first." in refused.words
    say(reader, letter, "It still holds after all")
    reader.get(at(letter, "/open"))
    reader.post(at(letter, "/open"), again)
    with database.reading() as session:
        assert open_version(session, letter.letter_id, clock()) is not None


def test_words_that_must_change_are_neither_printed_nor_handed_over(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID, clock: Clock
) -> None:
    edition_id = make.edition_of(make.printed(database, letter, cast, clock()))
    sit(reader, cast.jo)
    say(reader, letter, "The letter must change")
    reader.get(at(letter, "/editions"))
    refused = reader.post(at(letter, "/editions"), status=409)
    page = reader.get(f"/office/editions/{edition_id}/deliveries")
    action = form_at(page, "/propose")
    proposed = reader.post(action, {field_in(page, action, "-way"): "email"}, 422)

    assert "this letter must change" in refused.words
    assert "this letter must change" in proposed.words
    with database.reading() as session:
        assert len(editions(session, letter.letter_id)) == 1


def test_new_words_may_be_opened_while_the_old_ones_must_change(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID, clock: Clock
) -> None:
    sit(reader, cast.jo)
    say(reader, letter, "The letter must change")
    clock.forward(minutes=1)
    with database.transaction() as session:
        other = write_version(
            session, letter.letter_id, title="Another", body="Four.", by=cast.amara, based_on=1, now=clock()
        )
        approve(session, other.id, by=cast.jo, now=clock())
        new_id = other.id
    reader.get(at(letter, "/open"))
    sent = {"version_id": str(new_id), "closes_zone": make.ZONE, "closes_at": "2026-12-04T17:00"}

    reader.post(at(letter, "/open"), sent)
    with database.reading() as session:
        opened = open_version(session, letter.letter_id, clock())
        assert opened is not None
        assert opened.id == new_id


def test_an_unknown_answer_changes_nothing(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, campaign_id: UUID
) -> None:
    sit(reader, cast.jo)
    with database.reading() as session:
        text_id = amended(session, letter.letter_id)[0].text_id

    reader.post(at(letter, f"/bill/{text_id}/perhaps"), status=404)
    assert said(database, letter) is Answer.WAITING

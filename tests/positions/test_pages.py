"""What the pages about positions show."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.positions import actions, pages, queries, rounds
from advocacy.positions.actions import StanceOn
from advocacy.positions.decisions import Result, Voice
from advocacy.positions.pages import PositionPage
from advocacy.positions.shared_values import SharedValue
from advocacy.positions.stances import Stance
from tests.positions.making import a_bill, a_person

DAY = timedelta(days=1)


def page_of(session: Session, position_id: UUID, now: datetime) -> PositionPage:
    page = pages.position_page(session, position_id, now)
    assert page is not None
    return page


def test_a_page_of_nothing_is_nothing(database: Database, now: datetime) -> None:
    with database.reading() as session:
        assert pages.position_page(session, uuid4(), now) is None
        assert pages.all_positions(session, now) == ()


def test_a_draft_is_shown_as_a_draft(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        first = actions.begin_position(session, title="Housing", body="A room.", by=uuid4(), now=now)
        page = page_of(session, first.position_id, now)

    assert (page.current.title, page.current.n) == ("Housing", 1)
    assert page.approved is None and not page.is_approved and page.open_round is None
    assert not page.is_due_for_review


def test_a_round_shows_who_said_what_and_who_is_missing(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        author, second, third = (a_person(session, now) for _ in range(3))
        first = actions.begin_position(session, title="Housing", body="A room.", by=author, now=now)
        asked = rounds.begin_decision(
            session, first.id, question="May this go out?", closes_at=now + DAY, by=author, now=now
        )
        rounds.answer(
            session,
            asked.id,
            by=second,
            voice=Voice.BLOCK,
            value=SharedValue.PUBLIC_HEALTH,
            note="No clinic.",
            now=now,
        )
        page = page_of(session, first.position_id, now)
        alone = pages.round_page(session, asked, now)

    held = page.open_round
    assert held is not None and held == alone
    assert (held.version_n, held.question, held.outcome.result) == (1, "May this go out?", Result.PAUSED)
    (said,) = held.said
    assert (said.person_id, said.value, said.note) == (second, SharedValue.PUBLIC_HEALTH, "No clinic.")
    assert set(held.unanswered) == {author, third}


def test_a_page_tells_what_changed_since_the_agreed_version(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        author, second = a_person(session, now), a_person(session, now)
        first = actions.begin_position(session, title="Housing", body="Pay survivors.", by=author, now=now)
        asked = rounds.begin_decision(
            session, first.id, question="Q?", closes_at=now + DAY, by=author, now=now
        )
        for person in (author, second):
            rounds.answer(session, asked.id, by=person, voice=Voice.CONSENT, now=now)
        agreed = page_of(session, first.position_id, now)
        actions.write_version(
            session,
            first.position_id,
            title="Housing",
            body="Pay all survivors.",
            by=second,
            based_on=1,
            now=now,
        )
        page = page_of(session, first.position_id, now)
        actions.write_version(
            session,
            first.position_id,
            title="Housing",
            body="Pay everybody.",
            by=author,
            based_on=2,
            now=now,
        )
        later = page_of(session, first.position_id, now)

    assert agreed.is_approved and agreed.agreed_before(1) is None
    assert page.approved is not None and (page.approved.n, page.current.n) == (1, 2)
    assert not page.is_approved
    assert page.agreed_before(2) == page.approved
    assert later.agreed_before(3) == page.approved


def test_lists_show_each_position_once_with_its_state(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        author, second = a_person(session, now), a_person(session, now)
        old = actions.begin_position(session, title="Older", body="Words.", by=author, now=now - DAY)
        new = actions.begin_position(session, title="Newer", body="Words.", by=author, now=now)
        rounds.begin_decision(session, new.id, question="Q?", closes_at=now + DAY, by=second, now=now)
        lines = pages.all_positions(session, now)

    assert [(line.title, line.approved_n, line.takes_answers) for line in lines] == [
        ("Newer", None, True),
        ("Older", None, False),
    ]
    assert lines[1].id == old.position_id


def test_a_bill_lists_the_positions_that_speak_of_it_today(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        bill, other = a_bill(session, now), a_bill(session, now, 2961)
        on = StanceOn(bill.id, Stance.SUPPORT, "Introduced in House")
        first = actions.begin_position(session, title="Law", body="Words.", by=uuid4(), now=now, taking=[on])
        assert [line.title for line in pages.positions_on(session, bill.id, now)] == ["Law"]

        actions.write_version(
            session,
            first.position_id,
            title="Law",
            body="Words.",
            by=uuid4(),
            based_on=1,
            now=now,
            taking=[StanceOn(other.id, Stance.SUPPORT, "Introduced in House")],
        )

        assert pages.positions_on(session, bill.id, now) == ()
        page = page_of(session, first.position_id, now)
        assert [line.stance for line in page.current.stances] == [Stance.SUPPORT]
        assert len(queries.versions(session, first.position_id)) == 2


def test_every_stance_and_value_has_words_and_watching_is_never_printed() -> None:
    assert all(stance.label for stance in Stance)
    assert [stance for stance in Stance if not stance.may_be_printed] == [Stance.MONITOR]
    assert all(value.label and value.meaning.endswith(".") for value in SharedValue)

"""Asking for a decision, answering it, and giving it more time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from advocacy import vault
from advocacy.db import Database
from advocacy.people.models import Person, Term
from advocacy.people.roles import Role
from advocacy.positions import actions, queries, rounds
from advocacy.positions.decisions import Result, Voice
from advocacy.positions.models import Answer, AnswerNote, Decision
from advocacy.positions.rounds import (
    AlreadyApproved,
    AnotherIsOpen,
    BlockNeedsValue,
    DecisionOver,
    NotAsked,
    NotTheNewest,
    TimeTooShort,
    TooFewToDecide,
)
from advocacy.positions.shared_values import SharedValue
from tests.positions.making import a_person

DAY = timedelta(days=1)


@dataclass
class Round:
    """A decision with three people in it: who wrote the text, and two who read it."""

    database: Database
    now: datetime
    position: UUID
    decision: UUID
    author: UUID
    second: UUID
    third: UUID

    def say(self, who: UUID, voice: Voice, note: str = "", after: timedelta = DAY) -> UUID:
        value = SharedValue.NON_CARCERAL if voice is Voice.BLOCK else None
        with self.database.transaction() as session:
            given = rounds.answer(
                session, self.decision, by=who, voice=voice, value=value, note=note, now=self.now + after
            )
            return given.id

    def result(self, after: timedelta = DAY) -> Result:
        with self.database.reading() as session:
            held = queries.decision(session, self.decision)
            assert held is not None
            return queries.outcome_of(session, held, self.now + after).result

    def edit(self, body: str, based_on: int = 1) -> UUID:
        with self.database.transaction() as session:
            return actions.write_version(
                session,
                self.position,
                title="Housing",
                body=body,
                by=self.second,
                based_on=based_on,
                now=self.now,
            ).id


@pytest.fixture
def held(database: Database, now: datetime) -> Iterator[Round]:
    with database.transaction() as session:
        author = a_person(session, now, Role.PWG_COFACILITATOR)
        second, third = a_person(session, now), a_person(session, now)
        first = actions.begin_position(session, title="Housing", body="A room first.", by=author, now=now)
        asked = rounds.begin_decision(
            session, first.id, question="May this go out?", closes_at=now + 5 * DAY, by=author, now=now
        )
    yield Round(database, now, first.position_id, asked.id, author, second, third)


def test_the_people_of_the_group_today_are_asked_and_nobody_else(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        author, member = a_person(session, now, Role.PWG_COFACILITATOR), a_person(session, now)
        finance, ended = a_person(session, now, Role.FINANCE), a_person(session, now, None)
        last = now.date() - DAY
        session.add(Term(person_id=ended, role=Role.PWG_MEMBER, begins_on=date(2025, 1, 1), ends_on=last))
        first = actions.begin_position(session, title="Housing", body="A room.", by=author, now=now)
        asked = rounds.begin_decision(
            session, first.id, question="Agreed?", closes_at=now + DAY, by=author, now=now
        )

        assert set(queries.eligible(session, asked.id)) == {author, member}
        assert finance not in queries.eligible(session, asked.id)


def test_somebody_who_joins_later_is_not_waited_for(held: Round) -> None:
    with held.database.transaction() as session:
        late = a_person(session, held.now)

    with pytest.raises(NotAsked):
        held.say(late, Voice.CONSENT)
    with held.database.reading() as session:
        assert late not in queries.eligible(session, held.decision)


def test_three_who_agree_approve_the_version(held: Round) -> None:
    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)

    assert held.result() is Result.APPROVED
    with held.database.reading() as session:
        agreed = queries.approved_version(session, held.position, held.now + DAY)
        assert agreed is not None and agreed.n == 1
        assert queries.open_decision(session, held.position, held.now + DAY) is None


def test_two_who_agree_and_one_who_is_silent_decide_nothing(held: Round) -> None:
    held.say(held.author, Voice.CONSENT)
    held.say(held.second, Voice.CONSENT)

    assert held.result() is Result.OPEN
    assert held.result(after=5 * DAY) is Result.NOT_DECIDED
    with held.database.reading() as session:
        assert queries.approved_version(session, held.position, held.now + 9 * DAY) is None


def test_an_edit_leaves_the_answers_with_the_text_they_were_given_to(held: Round) -> None:
    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)

    newer = held.edit("A room and a wage first.")

    with held.database.reading() as session:
        later = held.now + DAY
        assert not queries.is_approved(session, newer, later)
        agreed = queries.approved_version(session, held.position, later)
        assert agreed is not None and agreed.n == 1


def test_a_person_may_change_her_answer_and_what_she_said_before_is_kept(held: Round) -> None:
    held.say(held.second, Voice.NEED_TIME)
    held.say(held.second, Voice.CONCERN, "Please say who pays.", after=2 * DAY)

    with held.database.reading() as session:
        kept = session.scalars(select(Answer).where(Answer.person_id == held.second).order_by(Answer.n)).all()
        last = queries.own_answer(session, held.decision, held.second)
        assert [(row.n, row.voice) for row in kept] == [(1, "need_time"), (2, "concern")]
        assert last is not None and queries.note_of(session, last) == "Please say who pays."


def test_the_same_answer_twice_is_one_answer(held: Round) -> None:
    assert held.say(held.second, Voice.BLOCK, "It adds a crime.") == held.say(
        held.second, Voice.BLOCK, "It adds a crime."
    )


def test_a_block_pauses_everything_until_she_answers_differently(held: Round) -> None:
    held.say(held.author, Voice.CONSENT)
    held.say(held.second, Voice.CONSENT)
    held.say(held.third, Voice.BLOCK)
    assert held.result() is Result.PAUSED

    held.say(held.third, Voice.STAND_ASIDE)

    assert held.result() is Result.APPROVED


def test_a_block_without_a_shared_value_is_asked_for_one(held: Round) -> None:
    with pytest.raises(BlockNeedsValue), held.database.transaction() as session:
        rounds.answer(session, held.decision, by=held.third, voice=Voice.BLOCK, now=held.now)

    assert held.result() is Result.OPEN


def test_a_value_is_kept_for_a_block_only(held: Round) -> None:
    with held.database.transaction() as session:
        given = rounds.answer(
            session,
            held.decision,
            by=held.third,
            voice=Voice.CONSENT,
            value=SharedValue.RACIAL_EQUITY,
            now=held.now,
        )

    assert given.value is None


def test_after_its_time_a_decision_takes_no_answer(held: Round) -> None:
    with pytest.raises(DecisionOver):
        held.say(held.second, Voice.CONSENT, after=5 * DAY)


def test_an_approved_decision_takes_no_further_answer(held: Round) -> None:
    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)

    with pytest.raises(DecisionOver):
        held.say(held.third, Voice.BLOCK)

    assert held.result() is Result.APPROVED


def test_an_answer_cannot_be_rewritten_even_by_hand(held: Round) -> None:
    held.say(held.second, Voice.BLOCK)

    with pytest.raises(DBAPIError, match="append-only"), held.database.transaction() as session:
        session.execute(update(Answer).values(voice="consent"))


def test_asking_twice_is_asking_once(held: Round) -> None:
    with held.database.transaction() as session:
        version = queries.current_version(session, held.position)
        assert version is not None
        again = rounds.begin_decision(
            session, version.id, question="Again?", closes_at=held.now + 9 * DAY, by=held.second, now=held.now
        )
        assert again.id == held.decision


def test_only_the_newest_version_can_be_decided_on(held: Round) -> None:
    with held.database.reading() as session:
        first = queries.versions(session, held.position)[0].id
    held.edit("Newer words.")

    with pytest.raises(NotTheNewest), held.database.transaction() as session:
        later = held.now + 6 * DAY
        rounds.begin_decision(session, first, question="Q?", closes_at=later + DAY, by=held.author, now=later)


def test_two_versions_are_never_decided_on_at_once(held: Round) -> None:
    newer = held.edit("Newer words.")

    with pytest.raises(AnotherIsOpen), held.database.transaction() as session:
        rounds.begin_decision(
            session, newer, question="Q?", closes_at=held.now + DAY, by=held.author, now=held.now
        )


def test_an_approved_version_is_not_asked_about_again(held: Round) -> None:
    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)

    with pytest.raises(AlreadyApproved), held.database.transaction() as session:
        version = queries.current_version(session, held.position)
        assert version is not None
        rounds.begin_decision(
            session,
            version.id,
            question="Q?",
            closes_at=held.now + 9 * DAY,
            by=held.author,
            now=held.now + DAY,
        )


def test_a_group_of_one_author_cannot_decide(database: Database, now: datetime) -> None:
    with pytest.raises(TooFewToDecide), database.transaction() as session:
        author = a_person(session, now)
        first = actions.begin_position(session, title="Mine", body="Words.", by=author, now=now)
        rounds.begin_decision(session, first.id, question="Q?", closes_at=now + DAY, by=author, now=now)


def test_a_decision_ends_after_it_begins(held: Round) -> None:
    newer = held.edit("Newer words.")
    later = held.now + 6 * DAY

    with pytest.raises(TimeTooShort), held.database.transaction() as session:
        rounds.begin_decision(session, newer, question="Q?", closes_at=later, by=held.author, now=later)


def test_an_undecided_round_can_be_given_more_time_after_its_end(held: Round) -> None:
    held.say(held.author, Voice.CONSENT)
    held.say(held.second, Voice.CONSENT)

    for _ in range(2):
        with held.database.transaction() as session:
            rounds.give_more_time(
                session,
                held.decision,
                closes_at=held.now + 8 * DAY,
                by=held.author,
                now=held.now + 6 * DAY,
            )
    held.say(held.third, Voice.CONSENT, after=7 * DAY)

    assert held.result(after=7 * DAY) is Result.APPROVED


def test_nobodys_time_is_made_shorter(held: Round) -> None:
    with pytest.raises(TimeTooShort), held.database.transaction() as session:
        rounds.give_more_time(session, held.decision, closes_at=held.now + DAY, by=held.author, now=held.now)


def test_what_is_decided_or_overtaken_is_given_no_more_time(held: Round) -> None:
    held.edit("Newer words.")
    with pytest.raises(NotTheNewest), held.database.transaction() as session:
        rounds.give_more_time(
            session, held.decision, closes_at=held.now + 9 * DAY, by=held.author, now=held.now
        )

    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)
    with pytest.raises(DecisionOver), held.database.transaction() as session:
        rounds.give_more_time(
            session, held.decision, closes_at=held.now + 9 * DAY, by=held.author, now=held.now
        )


def test_a_note_is_sealed_and_an_erased_persons_note_is_gone_for_good(held: Round) -> None:
    said = held.say(held.second, Voice.CONCERN, "My landlord reads the news.")
    with held.database.reading() as session:
        assert b"landlord" not in session.get_one(AnswerNote, said).note

    with held.database.transaction() as session:
        actions.forget(session, held.second)
        vault.destroy(session, held.second)

    with held.database.reading() as session:
        assert queries.note_of(session, session.get_one(Answer, said)) == ""


def test_nobody_waits_for_an_erased_person_but_what_she_answered_still_counts(held: Round) -> None:
    held.say(held.author, Voice.CONSENT)
    held.say(held.second, Voice.CONSENT)

    with held.database.transaction() as session:
        for person in (held.second, held.third):
            session.get_one(Person, person).erased_on = held.now.date()

    assert held.result() is Result.APPROVED
    with held.database.reading() as session:
        asked = session.get_one(Decision, held.decision)
        outcome = queries.outcome_of(session, asked, held.now + DAY)
        assert (outcome.eligible, outcome.consents) == (2, 2)


def test_a_decision_nobody_knows_is_not_there(database: Database, now: datetime) -> None:
    with database.reading() as session:
        assert queries.decision(session, uuid4()) is None
        assert queries.version(session, uuid4()) is None
        assert not queries.may_enter_a_letter(session, uuid4(), now)


def test_only_an_approved_position_within_its_review_date_enters_a_letter(held: Round) -> None:
    with held.database.reading() as session:
        assert not queries.may_enter_a_letter(session, held.position, held.now)
    for person in (held.author, held.second, held.third):
        held.say(person, Voice.CONSENT)

    with held.database.reading() as session:
        assert queries.may_enter_a_letter(session, held.position, held.now + DAY)
        assert not queries.may_enter_a_letter(session, held.position, held.now + 366 * DAY)

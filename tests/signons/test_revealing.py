"""Who stands behind a line is shown once, when a second agreed, and she can read that it was."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import ProposalEnded, SamePerson
from advocacy.signons.models import Reveal, SignOn
from advocacy.signons.revealing import (
    ACT,
    MOST_A_DAY,
    Asked,
    EnoughToday,
    NobodyThere,
    agree_to_show,
    ask_who,
    asked_by,
    printed_lines,
    show_who,
    waiting_reveals,
)
from tests import make
from tests.make import CHOSEN, FULL, ZONE, Cast

WHY = "Her office asked whether she lives there."


@pytest.fixture
def river(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> UUID:
    """River signed with a chosen name, and Dee is only counted; River's sign-on."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.dee, now)
        return make.sign(session, letter.letter_id, cast.river, now, CHOSEN).id


def ask(
    session: Session, letter: LetterVersion, sign_on: UUID, cast: Cast, now: datetime, why: str = WHY
) -> Asked:
    ask_who(session, letter.letter_id, sign_on, why, by=cast.amara, zone=ZONE, now=now)
    return asked_by(session, letter.letter_id, cast.amara, now)[-1]


@pytest.mark.both_databases
def test_two_people_and_a_reason_show_the_name_once_on_record(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        asked = ask(session, letter, river, cast, now)
    with database.transaction() as session:
        (waits,) = waiting_reveals(session, now)
        assert (waits.line, waits.reveal.why) == ("River", WHY)
        agree_to_show(session, waits, by=cast.jo, now=now)
    with database.transaction() as session:
        asked = asked_by(session, letter.letter_id, cast.amara, now)[0]
        assert show_who(session, asked, by=cast.amara, now=now) == "Rivka Samplewater"
    with database.transaction() as session, pytest.raises(ProposalEnded):
        show_who(session, asked, by=cast.amara, now=now)
    with database.reading() as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.act == ACT)).all()
        assert [(entry.actor_id, entry.about_id, entry.why) for entry in told] == [(cast.amara, river, WHY)]


def test_nothing_is_shown_before_a_second_person_agreed(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        asked = ask(session, letter, river, cast, now)
        with pytest.raises(SamePerson):
            agree_to_show(session, asked, by=cast.amara, now=now)
        with pytest.raises(ProposalEnded):
            show_who(session, asked, by=cast.amara, now=now)


def test_what_was_agreed_to_is_nothing_a_day_later(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        asked = ask(session, letter, river, cast, now)
        agree_to_show(session, asked, by=cast.jo, now=now)
        later = now + timedelta(hours=24)

        with pytest.raises(ProposalEnded):
            show_who(session, asked, by=cast.amara, now=later)
        assert asked_by(session, letter.letter_id, cast.amara, later) == []


def test_who_is_only_counted_has_no_line_and_cannot_be_asked_about(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        assert [one.line for one in printed_lines(session, letter.letter_id, now)] == ["River"]
        counted = session.scalars(select(SignOn.id).where(SignOn.person_id == cast.dee)).one()

        with pytest.raises(NobodyThere):
            ask(session, letter, counted, cast, now)


def test_once_she_took_her_name_off_nobody_is_shown_it(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        ask(session, letter, river, cast, now)
        make.withdraw(session, letter.letter_id, cast.river, now)
        assert waiting_reveals(session, now) == []
        (asked,) = asked_by(session, letter.letter_id, cast.amara, now)

        with pytest.raises(NobodyThere):
            agree_to_show(session, asked, by=cast.jo, now=now)
        with pytest.raises(NobodyThere):
            show_who(session, asked, by=cast.amara, now=now)


def test_another_reason_than_the_one_agreed_to_shows_nothing(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        agree_to_show(session, ask(session, letter, river, cast, now), by=cast.jo, now=now)
        session.scalars(select(Reveal)).one().why = "Another reason altogether."
        session.flush()

        assert asked_by(session, letter.letter_id, cast.amara, now) == []


def test_five_names_a_day_and_a_sixth_tomorrow(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        for n in range(MOST_A_DAY):
            ask(session, letter, river, cast, now, why=f"{WHY} {n}")
        with pytest.raises(EnoughToday):
            ask(session, letter, river, cast, now, why="And one more, please.")
        assert ask(session, letter, river, cast, now, why=f"{WHY} 0")

        assert ask(session, letter, river, cast, now + timedelta(days=1), why="And one more, please.")


def test_asking_twice_is_asking_once(
    database: Database, letter: LetterVersion, river: UUID, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        first, second = (ask(session, letter, river, cast, now) for _ in range(2))

        assert first.reveal.id == second.reveal.id


def test_a_full_name_on_paper_is_asked_about_the_same_way(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        sign_on = make.sign(session, letter.letter_id, cast.wren, now, FULL)

        assert ask(session, letter, sign_on.id, cast, now).line == "Wren Sample"

"""A bill that changes under a letter: when the question is raised, what an answer does, and what ends it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.snapshot import TextFact
from advocacy.campaigns.amended import Amended, Answer, BillMovedOn, amended, answer, must_change, unsettled
from advocacy.campaigns.models import BillCheck
from advocacy.db import Database
from advocacy.letters.actions import approve, begin_letter, open_for_signons, write_version
from advocacy.letters.mending import agree_typo, say_typo
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.letters.queries import current_opening, open_version
from advocacy.people.limits import Audience
from advocacy.signons.actions import NotOpen
from advocacy.signons.queries import signers_for
from tests import make
from tests.campaigns.amending import BEGAN, REPORTED, about_a_bill, amend, tell
from tests.make import CHOSEN, Cast

pytestmark = pytest.mark.both_databases

DAY = timedelta(days=1)
WRONG = "We ask for homes, and for care for those who recieve no help."
RIGHT = WRONG.replace("recieve", "receive")
Ask = Callable[[Session], Amended | None]


@pytest.fixture
def version(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """An open letter on a bill."""
    with database.transaction() as session:
        version = make.letter(session, cast, now=now, body=WRONG)
        about_a_bill(session, version.letter_id, now)
        session.expunge_all()
        return version


@pytest.fixture
def ask(version: LetterVersion) -> Ask:
    def asked(session: Session) -> Amended | None:
        return next(iter(amended(session, version.letter_id)), None)

    return asked


def say(session: Session, letter_id: UUID, said: Answer, by: UUID, now: datetime) -> None:
    (one,) = amended(session, letter_id)
    answer(session, letter_id, one.text_id, said, by=by, now=now)


def rewrite(session: Session, version: LetterVersion, body: str, cast: Cast, now: datetime) -> LetterVersion:
    later = write_version(
        session, version.letter_id, title=version.title, body=body, by=cast.amara, based_on=1, now=now
    )
    approve(session, later.id, by=cast.jo, now=now)
    return later


def test_a_new_text_of_the_bill_raises_the_question_under_an_open_letter(
    database: Database, version: LetterVersion, ask: Ask, now: datetime
) -> None:
    with database.transaction() as session:
        assert ask(session) is None
        amend(session, now + DAY)
        found = ask(session)

        assert found is not None
        assert (found.identifier, found.kind, found.on) == ("H.R. 9001", REPORTED.kind, REPORTED.on)
        assert found.answer is Answer.WAITING
        assert unsettled(session, [version.letter_id]) == (found,)


def test_a_text_known_when_the_letter_was_written_raises_nothing(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        early = make.letter(session, cast, now=now + 2 * DAY)
        about_a_bill(session, early.letter_id, now)
        amend(session, now + DAY)

        assert amended(session, early.letter_id) == ()


def test_learning_late_how_the_bill_began_is_no_amendment(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        version = make.letter(session, cast, now=now)
        about_a_bill(session, version.letter_id, now, texts=())
        tell(session, now + DAY, BEGAN)

        assert amended(session, version.letter_id) == ()


def test_a_letter_nobody_was_asked_to_sign_raises_nothing(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        draft = begin_letter(session, kind=LetterKind.SIGN_ON, by=cast.amara, now=now)
        write_version(session, draft.id, title="A draft", body=WRONG, by=cast.amara, based_on=0, now=now)
        about_a_bill(session, draft.id, now)
        amend(session, now + DAY)

        assert amended(session, draft.id) == ()


def test_it_still_holds_is_kept_with_who_and_when_and_asks_no_more(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    later = now + 2 * DAY
    with database.transaction() as session:
        amend(session, now + DAY)
        say(session, version.letter_id, Answer.HOLDS, cast.jo, later)
        say(session, version.letter_id, Answer.HOLDS, cast.amara, later)
        found = ask(session)

        assert found is not None
        assert (found.answer, found.said_by, found.said_at) == (Answer.HOLDS, cast.jo, later)
        assert len(session.scalars(select(BillCheck)).all()) == 1
        assert unsettled(session, [version.letter_id]) == ()
        assert open_version(session, version.letter_id, later) is not None


def test_the_next_text_raises_the_question_again(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        say(session, version.letter_id, Answer.HOLDS, cast.jo, now + DAY)
        amend(session, now + 2 * DAY, REPORTED, TextFact("Engrossed in House", date(2026, 11, 25)))
        found = ask(session)

        assert found is not None
        assert (found.kind, found.answer) == ("Engrossed in House", Answer.WAITING)


def test_the_same_text_printed_again_on_another_day_raises_it_again(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        say(session, version.letter_id, Answer.HOLDS, cast.jo, now + DAY)
        amend(session, now + 3 * DAY, TextFact(REPORTED.kind, date(2026, 11, 26)))
        found = ask(session)

        assert found is not None
        assert found.answer is Answer.WAITING


def test_a_text_its_source_takes_back_asks_no_more(
    database: Database, version: LetterVersion, ask: Ask, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        tell(session, now + 2 * DAY, BEGAN)

        assert ask(session) is None


def test_the_letter_must_change_closes_it_and_nobody_is_invited_or_signs(
    database: Database, version: LetterVersion, cast: Cast, now: datetime
) -> None:
    later = now + DAY
    with database.transaction() as session:
        make.ask_members(session, version, cast, now)
        visit = make.come(session, version.letter_id, cast.wren, now)
        amend(session, later)
        say(session, version.letter_id, Answer.MUST_CHANGE, cast.jo, later)
        say(session, version.letter_id, Answer.MUST_CHANGE, cast.amara, later + DAY)

        assert must_change(session, version)
        assert open_version(session, version.letter_id, later) is None
        opening = current_opening(session, version.letter_id)
        assert opening is not None
        assert opening.closes_at == later
        with pytest.raises(NotOpen):
            make.ask_members(session, version, cast, later)
        assert not make.asked(session, visit, later + timedelta(hours=1)).is_open


def test_what_was_signed_stands_until_new_words_open(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    def shown(session: Session) -> int:
        return signers_for(session, version.id, Audience.RECIPIENT, now + DAY).total

    with database.transaction() as session:
        make.ask_members(session, version, cast, now)
        make.sign(session, version.letter_id, cast.river, now, recipient=CHOSEN)
        amend(session, now + DAY)
        say(session, version.letter_id, Answer.MUST_CHANGE, cast.jo, now + DAY)
        assert shown(session) == 1
        other = rewrite(session, version, "We ask for homes, as the bill now says.", cast, now + 2 * DAY)
        assert not must_change(session, other)
        ends = now + 9 * DAY
        open_for_signons(session, other.id, closes_at=ends, by=cast.jo, now=now + 2 * DAY)

        assert shown(session) == 0
        assert ask(session) is None


def test_words_written_before_the_bill_changed_are_asked_about_anew(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        other = rewrite(session, version, "We ask for homes and for wages.", cast, now)
        amend(session, now + DAY)
        say(session, version.letter_id, Answer.HOLDS, cast.jo, now + DAY)
        open_for_signons(session, other.id, closes_at=now + 9 * DAY, by=cast.jo, now=now + 2 * DAY)
        found = ask(session)

        assert found is not None
        assert found.answer is Answer.WAITING


def test_mending_a_typo_neither_answers_the_question_nor_forgets_the_answer(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        mended = rewrite(session, version, RIGHT, cast, now + 2 * DAY)
        said = say_typo(session, mended.id, by=cast.jo, now=now + 2 * DAY)
        agree_typo(session, said, by=cast.amara, now=now + 2 * DAY)
        found = ask(session)
        assert found is not None
        assert found.answer is Answer.WAITING
        say(session, version.letter_id, Answer.MUST_CHANGE, cast.jo, now + 3 * DAY)

        assert must_change(session, mended)
        assert must_change(session, version)


def test_the_other_answer_can_still_be_given(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        for said in (Answer.MUST_CHANGE, Answer.HOLDS, Answer.MUST_CHANGE, Answer.HOLDS):
            say(session, version.letter_id, said, cast.jo, now + DAY)
        found = ask(session)

        assert found is not None
        assert found.answer is Answer.HOLDS
        assert not must_change(session, version)


def test_an_answer_to_a_text_that_is_no_longer_the_newest_is_refused(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        amend(session, now + DAY)
        read = ask(session)
        assert read is not None
        amend(session, now + 2 * DAY, REPORTED, TextFact("Engrossed in House", date(2026, 11, 25)))

        with pytest.raises(BillMovedOn):
            answer(session, version.letter_id, read.text_id, Answer.HOLDS, by=cast.jo, now=now + 2 * DAY)


def test_once_every_office_has_it_nothing_is_asked(
    database: Database, version: LetterVersion, ask: Ask, cast: Cast, now: datetime
) -> None:
    edition_id = make.edition_of(make.printed(database, version, cast, now))
    with database.transaction() as session:
        amend(session, now + DAY)
        assert ask(session) is not None
        office = make.office_of(session, version)
        make.hand_over(session, edition_id, office.id, cast, now, make.Way.IN_PERSON, "The clerk took it.")

        assert ask(session) is None

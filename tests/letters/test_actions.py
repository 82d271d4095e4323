"""What is done to a letter: versions under one hash, approval by another, offices, an opening that ends."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, NoResultFound

from advocacy import audit
from advocacy.db import Database
from advocacy.letters import actions, queries
from advocacy.letters.models import LetterVersion
from advocacy.people.custody import CopiesMissing
from tests import make

pytestmark = pytest.mark.both_databases

ANA, JO = uuid4(), uuid4()
CHAIR = actions.Office(
    "The Honorable Sample Chair", "Dear Chair:", "Room 1", "us_house", "chair@house.example"
)
CLERK = actions.Office("Committee on Samples", "Dear Members:", "Room 3", "us_house_committee")
WEEK = timedelta(days=7)


@pytest.fixture
def letter(database: Database, now: datetime) -> UUID:
    with database.transaction() as session:
        return actions.begin_letter(session, kind="sign_on_letter", by=ANA, now=now).id


def write(
    database: Database,
    letter: UUID,
    now: datetime,
    based_on: int = 0,
    title: str = "A title",
    body: str = "A text.",
) -> LetterVersion:
    with database.transaction() as session:
        return actions.write_version(
            session, letter, title=title, body=body, by=ANA, based_on=based_on, now=now
        )


def approve(database: Database, version: LetterVersion, now: datetime, by: UUID = JO) -> None:
    with database.transaction() as session:
        actions.approve(session, version.id, by=by, now=now)


def open_it(database: Database, version: LetterVersion, now: datetime, lasts: timedelta = WEEK) -> UUID:
    with database.transaction() as session:
        return actions.open_for_signons(session, version.id, closes_at=now + lasts, by=JO, now=now).id


def send_to(database: Database, letter: UUID, *offices: actions.Office) -> list[UUID]:
    with database.transaction() as session:
        actions.set_recipients(session, letter, offices)
        return [row.id for row in queries.recipients(session, letter)]


# ---- versions


def test_a_version_is_bound_to_its_title_and_text(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)

    assert version.sha256 == sha256(b"A title\0A text.").hexdigest()
    assert version.sha256 != actions.text_hash("A title", "A text")
    assert version.sha256 != actions.text_hash("A titleA", " text.")


def test_spaces_around_and_line_ends_of_another_machine_are_no_change(
    database: Database, letter: UUID, now: datetime
) -> None:
    first = write(database, letter, now, body="One.\n\nTwo.")

    assert write(database, letter, now, title=" A  title ", body="One.\r\n\r\nTwo.\r\n").id == first.id


def test_the_same_words_twice_are_saved_once_even_by_a_late_press(
    database: Database, letter: UUID, now: datetime
) -> None:
    first = write(database, letter, now)

    assert write(database, letter, now, based_on=0).id == first.id
    with database.reading() as session:
        assert len(queries.versions(session, letter)) == 1


def test_versions_are_numbered_and_the_newest_is_known(
    database: Database, letter: UUID, now: datetime
) -> None:
    write(database, letter, now)
    second = write(database, letter, now, based_on=1, body="Another text.")

    with database.reading() as session:
        assert [version.n for version in queries.versions(session, letter)] == [1, 2]
        newest = queries.latest_version(session, letter)
    assert newest is not None
    assert newest.id == second.id


def test_words_written_on_an_old_version_do_not_overwrite_the_new_one(
    database: Database, letter: UUID, now: datetime
) -> None:
    write(database, letter, now)
    write(database, letter, now, based_on=1, body="Hers.")

    with pytest.raises(actions.Overtaken):
        write(database, letter, now, based_on=1, body="His.")


def test_of_many_who_save_at_once_one_is_saved(database: Database, letter: UUID, now: datetime) -> None:
    def saved(n: int) -> bool:
        try:
            write(database, letter, now, body=f"Text {n}.")
        except actions.Overtaken:
            return False
        return True

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(saved, range(12))) == 1


@pytest.mark.parametrize(("title", "body"), [("", "A text."), ("A title", " \n "), ("\t", "A text.")])
def test_a_letter_needs_a_title_and_a_text(
    database: Database, letter: UUID, now: datetime, title: str, body: str
) -> None:
    with pytest.raises(actions.EmptyText):
        write(database, letter, now, title=title, body=body)


@pytest.mark.parametrize(("kind", "kept"), [("sign_on_letter", ""), ("testimony", "Read this aloud.")])
def test_only_a_testimony_has_words_to_be_read_aloud(
    database: Database, now: datetime, kind: str, kept: str
) -> None:
    said = {"title": "T", "body": "Text.", "spoken": "Read this aloud."}
    with database.transaction() as session:
        begun = actions.begin_letter(session, kind=kind, by=ANA, now=now)
        written = actions.write_version(session, begun.id, **said, by=ANA, based_on=0, now=now)
        assert written.spoken == kept


@pytest.mark.parametrize("mark", ["\0", "\x08", "\x1b", "\u202d", "\u202e", "\ud800"])
def test_a_text_that_reads_otherwise_than_it_is_stored_is_refused(
    database: Database, letter: UUID, now: datetime, mark: str
) -> None:
    with pytest.raises(actions.HiddenCharacter):
        write(database, letter, now, body=f"We support{mark} the bill.")
    with pytest.raises(actions.HiddenCharacter):
        write(database, letter, now, title=f"A{mark}title")


def test_a_long_text_in_any_script_is_kept_to_the_letter(
    database: Database, letter: UUID, now: datetime
) -> None:
    body = "Señoras y señores:\n\n\t- نص\u200cمثال\n- 正文 👩🏽‍🌾\n\n" + "word " * 20_000

    assert write(database, letter, now, body=body).body == body.strip()


def test_a_letter_nobody_began_has_no_versions(database: Database, now: datetime) -> None:
    with pytest.raises(NoResultFound):
        write(database, uuid4(), now)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter_version SET body = 'Another text.'",
        "UPDATE letter_version SET sha256 = ''",
        "DELETE FROM letter_version",
    ],
)
def test_a_version_can_never_be_changed(
    database: Database, letter: UUID, now: datetime, statement: str
) -> None:
    write(database, letter, now)

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(statement))


# ---- approval


def test_nobody_approves_what_she_wrote(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)

    with pytest.raises(actions.OwnApproval):
        approve(database, version, now, by=ANA)


def test_the_first_to_approve_stays_on_record(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)
    approve(database, version, now)
    approve(database, version, now, by=uuid4())

    with database.reading() as session:
        approval = queries.approval(session, version.id)
        acts = session.scalars(select(audit.AuditEntry.act)).all()
    assert approval is not None
    assert approval.approved_by == JO
    assert acts == ["letter.approve"]


def test_many_who_approve_at_once_approve_once(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(lambda _: approve(database, version, now, by=uuid4()), range(12)))

    with database.reading() as session:
        assert session.scalars(select(audit.AuditEntry.act)).all() == ["letter.approve"]


# ---- offices


def test_offices_stand_in_the_order_they_are_named(database: Database, letter: UUID) -> None:
    send_to(database, letter, CLERK, CHAIR)

    with database.reading() as session:
        assert [row.office for row in queries.recipients(session, letter)] == [CLERK.office, CHAIR.office]


def test_an_office_that_stays_is_the_same_office(database: Database, letter: UUID) -> None:
    chair, clerk = send_to(database, letter, CHAIR, CLERK)

    assert send_to(database, letter, CLERK, replace(CHAIR, address="Room 9")) == [clerk, chair]
    assert send_to(database, letter, CHAIR) == [chair]


def test_an_office_named_twice_gets_one_letter(database: Database, letter: UUID) -> None:
    assert len(send_to(database, letter, CHAIR, CHAIR)) == 1


def test_offices_have_marks_that_change_with_the_office_and_its_body(
    database: Database, letter: UUID
) -> None:
    marks = []
    for offices in ([CHAIR], [replace(CHAIR, email=None)], [replace(CHAIR, venue="us_senate")], [CLERK]):
        send_to(database, letter, *offices)
        with database.reading() as session:
            marks.append(queries.office_marks(queries.recipients(session, letter)))

    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


# ---- opening


@pytest.fixture
def approved(database: Database, letter: UUID, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        make.prove_copies(session, now)
    return ready(database, letter, now)


def ready(database: Database, letter: UUID, now: datetime) -> LetterVersion:
    version = write(database, letter, now)
    approve(database, version, now)
    send_to(database, letter, CHAIR)
    return version


def open_now(database: Database, letter: UUID, at: datetime) -> UUID | None:
    with database.reading() as session:
        version = queries.open_version(session, letter, at)
    return version.id if version else None


def test_a_letter_is_open_from_its_moment_to_its_end(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    open_it(database, approved, now)
    letter, instant = approved.letter_id, timedelta(microseconds=1)

    assert open_now(database, letter, now - instant) is None
    assert open_now(database, letter, now) == approved.id
    assert open_now(database, letter, now + WEEK - instant) == approved.id
    assert open_now(database, letter, now + WEEK) is None


def test_a_letter_opens_once_two_copies_of_the_keys_are_proved(
    database: Database, letter: UUID, now: datetime
) -> None:
    version = ready(database, letter, now)
    with pytest.raises(CopiesMissing):
        open_it(database, version, now)
    with database.reading() as session:
        assert queries.current_opening(session, letter) is None

    with database.transaction() as session:
        make.prove_copies(session, now)
    assert open_it(database, version, now)


def test_an_open_letter_is_closed_or_goes_on_when_the_copies_count_no_more(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    opening = open_it(database, approved, now, lasts=timedelta(days=500))
    later = now + timedelta(days=400)  # the custodians' terms are over

    assert open_it(database, approved, later) == opening
    assert open_it(database, approved, later, lasts=timedelta()) == opening
    with pytest.raises(CopiesMissing):
        open_it(database, approved, later + timedelta(minutes=1))


def test_a_letter_whose_offices_are_gone_still_closes(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    opening = open_it(database, approved, now)
    send_to(database, approved.letter_id)

    assert open_it(database, approved, now + timedelta(hours=1), lasts=timedelta()) == opening
    assert open_now(database, approved.letter_id, now + timedelta(hours=1)) is None
    with pytest.raises(actions.NoRecipient):
        open_it(database, approved, now + timedelta(hours=1))


def test_an_unapproved_version_is_not_opened(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)
    send_to(database, letter, CHAIR)

    with pytest.raises(actions.NotApproved):
        open_it(database, version, now)


def test_a_letter_to_nobody_is_not_opened(database: Database, letter: UUID, now: datetime) -> None:
    version = write(database, letter, now)
    approve(database, version, now)

    with pytest.raises(actions.NoRecipient):
        open_it(database, version, now)


def test_an_opening_that_has_ended_before_it_begins_is_refused(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    with pytest.raises(actions.ClosedAlready):
        open_it(database, approved, now, lasts=timedelta())


def test_opening_again_moves_the_end_and_may_end_it_now(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    first = open_it(database, approved, now)

    assert open_it(database, approved, now, lasts=2 * WEEK) == first
    assert open_now(database, approved.letter_id, now + WEEK) == approved.id
    assert open_it(database, approved, now, lasts=timedelta()) == first
    assert open_now(database, approved.letter_id, now) is None


def test_the_version_opened_last_is_the_one_to_sign(
    database: Database, approved: LetterVersion, now: datetime
) -> None:
    open_it(database, approved, now)
    newer = write(database, approved.letter_id, now, based_on=1, body="Another text.")
    approve(database, newer, now)

    open_it(database, newer, now)

    assert open_now(database, approved.letter_id, now) == newer.id

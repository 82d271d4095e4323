"""Signing with help: by voice she is only counted, and nobody who helps learns what she had said before."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy import audit
from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.people.limits import Audience
from advocacy.people.models import MailMode, Person
from advocacy.signons.actions import TextChanged, withdraw
from advocacy.signons.assisting import NotAsked, Way, count_by_voice, letters_for, make_slip
from advocacy.signons.models import AssistedSignOn, Consent, Invitation, Notice
from advocacy.signons.queries import progress, signers_for
from advocacy.signons.visits import standing, standing_lines, visit_by_code
from tests import make
from tests.make import FULL, ZONE, Cast
from tests.rows import row_hashes

WORDS = "We read you these words."


@pytest.fixture
def letter(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        written = make.letter(session, cast, now=now)
        make.ask_members(session, written, cast, now)
    return written


def help_by_voice(
    database: Database, letter: LetterVersion, person: UUID, cast: Cast, now: datetime, way: Way = Way.PHONE
) -> None:
    with database.transaction() as session:
        count_by_voice(
            session,
            person,
            letter.letter_id,
            way=way,
            language="en",
            text=letter.sha256,
            words=WORDS,
            by=cast.lee,
            zone=ZONE,
            now=now,
        )


def test_by_voice_she_is_counted_and_never_named(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    help_by_voice(database, letter, cast.wren, cast, now)
    with database.reading() as session:
        consents = session.scalars(select(Consent)).all()
        printed = {audience: signers_for(session, letter.id, audience, now) for audience in Audience}

    assert {(one.form, one.line, one.method) for one in consents} == {("count_only", None, "voice")}
    assert all(shown.individuals == () for shown in printed.values())
    assert printed[Audience.RECIPIENT].others == 1


def test_who_helped_and_what_was_read_is_kept(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    help_by_voice(database, letter, cast.dee, cast, now, Way.IN_PERSON)
    with database.reading() as session:
        (helped,) = session.scalars(select(AssistedSignOn))
        read = session.get_one(Notice, helped.read_sha256)
        notices = set(session.scalars(select(Consent.notice_sha256)))
        acts = [one for one in session.scalars(select(audit.AuditEntry)) if one.act == "sign_on.assist"]

    assert (helped.helped_by, helped.way, helped.text_sha256) == (cast.lee, "in_person", letter.sha256)
    assert read.body == WORDS
    assert notices == {read.sha256}
    assert [one.actor_id for one in acts] == [cast.lee]


def test_twice_by_voice_is_once(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    help_by_voice(database, letter, cast.dee, cast, now)
    before = row_hashes(database)
    help_by_voice(database, letter, cast.dee, cast, now)

    assert row_hashes(database) == before


def test_a_voice_leaves_what_she_signed_herself_alone(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
    help_by_voice(database, letter, cast.wren, cast, now)
    with database.reading() as session:
        shown = signers_for(session, letter.id, Audience.RECIPIENT, now)

    assert [one.line for one in shown.individuals] == ["Wren Sample"]


@pytest.mark.parametrize("before", ["nothing", "signed", "withdrew", "said no"])
def test_whoever_helps_gets_the_same_answer_whatever_she_had_said(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, before: str
) -> None:
    with database.transaction() as session:
        if before in ("signed", "withdrew"):
            make.sign(session, letter.letter_id, cast.wren, now)
        if before == "withdrew":
            make.withdraw(session, letter.letter_id, cast.wren, now)
        if before == "said no":
            make.decline(session, letter.letter_id, cast.wren, now)
    with database.reading() as session:
        listed = [one.letter_id for one in letters_for(session, cast.wren, now)]
    help_by_voice(database, letter, cast.wren, cast, now)
    with database.reading() as session:
        helped = session.scalars(select(AssistedSignOn)).all()

    assert listed == [letter.letter_id]
    assert len(helped) == 1


def test_words_that_changed_meanwhile_count_nobody(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="Quite other words.")
    with pytest.raises(TextChanged):
        help_by_voice(database, letter, cast.dee, cast, now)
    with database.reading() as session:
        assert session.scalars(select(Consent)).all() == []


def test_who_was_not_asked_cannot_be_counted(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        unasked = make.letter(session, cast, now=now)
    with pytest.raises(NotAsked):
        help_by_voice(database, unasked, cast.dee, cast, now)


def test_a_testimony_is_not_signed_by_voice(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        testimony = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
        make.witness(session, testimony, cast.wren, cast, now)
    with pytest.raises(NotAsked):
        help_by_voice(database, testimony, cast.wren, cast, now)


def test_with_the_code_on_her_slip_she_undoes_it_alone(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    help_by_voice(database, letter, cast.dee, cast, now)
    with database.transaction() as session:
        code = make_slip(session, cast.dee, letter.letter_id, by=cast.lee, now=now)
        visit = visit_by_code(session, code, now)
        assert visit is not None
        assert standing(session, visit).signed
        withdraw(session, visit, zone=ZONE, now=now)
    with database.reading() as session:
        assert progress(session, letter.letter_id, letter.id).signed == 0


def test_with_the_code_on_her_slip_she_can_be_named(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    help_by_voice(database, letter, cast.wren, cast, now)
    with database.transaction() as session:
        code = make_slip(session, cast.wren, letter.letter_id, by=cast.lee, now=now)
        visit = visit_by_code(session, code, now)
        assert visit is not None
        wanted = make.wishes(FULL)
        shown = make.look(session, visit, wanted, now)
        make.signing.sign(session, visit, wanted, mark=shown.mark, zone=ZONE, now=now)
        assert standing_lines(session, visit) == {Audience.RECIPIENT: "Wren Sample"}


def test_a_member_without_email_is_asked_and_comes_with_a_slip(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        quiet = [
            make.person(session, f"Quiet {name}", now=now, mail_mode=MailMode.NONE, recognition_word="heron")
            for name in ("Sample", "Example")
        ]
        for one in quiet:
            one.email, one.email_index = None, None
        written = make.letter(session, cast, now=now)
        make.ask_members(session, written, cast, now)
        code = make_slip(session, quiet[0].id, written.letter_id, by=cast.lee, now=now)
        visit = visit_by_code(session, code, now)

    assert visit is not None
    assert not visit.asks_word, "two who have no mailbox do not share one"
    with database.reading() as session:
        invited = select(Invitation).join(Person, Person.id == Invitation.person_id)
        assert len(session.scalars(invited.where(Person.email.is_(None))).all()) == 2

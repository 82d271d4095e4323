"""Erasing a person: nothing of her can be read again, no backup brings her back, history holds no name."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from advocacy import audit, erasure, vault
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.models import Edition, Way
from advocacy.editions.queries import pdf_of
from advocacy.erasure import erase, mark_of, rebuild, replay
from advocacy.key_file import Keys
from advocacy.ledger import Ledger, LedgerRefused
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.actions import queue
from advocacy.mail.models import Message
from advocacy.migrations.tables import METADATA
from advocacy.people import sessions
from advocacy.people.actions import give_term
from advocacy.people.limits import Audience
from advocacy.people.models import MailMode, Person, RoleChange, Term
from advocacy.people.queries import holders, members_in_state, names_of, people_at, roles_on
from advocacy.people.role_changes import propose_end, propose_term, waiting_changes
from advocacy.people.roles import Role
from advocacy.signons.actions import keep_choices, make_link
from advocacy.signons.links import Purpose
from advocacy.signons.models import Consent, SignOn, SignOnEvent
from advocacy.signons.queries import progress, signers_for
from advocacy.signons.visits import visit_by_key
from tests import make
from tests.make import CHOSEN, FULL, ZONE, Cast

OFFICE = Audience.RECIPIENT
WORDS = ("Wren", "Wrenna", "Sample House", "LCSW", "wrensample@members.example")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "apart" / "erasures.jsonl")


@pytest.fixture
def sent(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> Edition:
    """Wren and River stand in a copy that an office has; Wren has a key, choices kept, and mail to come."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
        make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
        edition = make.frozen(session, letter, cast, now, pdf=b"%PDF-1.7 Wren Sample, LCSW")
        office = make.office_of(session, letter)
        make.hand_over(session, edition.id, office.id, cast, now, Way.IN_PERSON, receipt="At the desk")
        visit = make.come(session, letter.letter_id, cast.wren, now)
        keep_choices(session, visit, "form-web=full_name", now)
        queue(session, kind="invitation", about=visit.invitation_id, person=cast.wren, now=now)
        return edition


def gone(database: Database, ledger: Ledger, person_id: UUID, now: datetime) -> None:
    erase(database, ledger, person_id, by=None, zone=ZONE, now=now)


def lines(session: Session, letter: LetterVersion, audience: Audience, at: datetime) -> list[str]:
    return [signer.line for signer in signers_for(session, letter.id, audience, at).individuals]


# ---- nothing of her is left


@pytest.mark.both_databases
def test_nothing_that_could_tell_who_she_was_is_left(
    database: Database, ledger: Ledger, sent: Edition, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        person = session.get_one(Person, cast.wren)
        assert person.erased_on == now.date()
        assert set(vars(names_of(session, person)).values()) == {""}
        assert (person.email_index, person.state_index, person.time_zone) == (None, None, None)
        assert people_at(session, "wrensample@members.example") == []
        assert session.get(vault.DataKey, cast.wren) is None
        asked = select(Consent).join(SignOn).where(SignOn.person_id == cast.wren)
        assert all(one.line is None and one.ended_on for one in session.scalars(asked))
        for audience in (OFFICE, Audience.WEB, Audience.PRESS):
            assert "Wren Sample" not in lines(session, letter, audience, now)
        assert lines(session, letter, OFFICE, now) == ["River"]
        assert progress(session, letter.letter_id, letter.id).signed == 1
        for table, column in LEFT_BEHIND.items():
            rows = METADATA.tables[table]
            assert (
                session.scalar(select(func.count()).select_from(rows).where(rows.c[column] == cast.wren)) == 0
            )


LEFT_BEHIND = {
    "group_member": "person_id",
    "naming_limit": "person_id",
    "office_session": "person_id",
    "sign_in_link": "person_id",
}


@pytest.mark.both_databases
def test_the_papers_that_show_her_are_destroyed_and_their_hash_stays(
    database: Database, ledger: Ledger, sent: Edition, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.wren, now)
        other = make.frozen(session, letter, cast, now, pdf=b"%PDF-1.7 River")

    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        hers, without = session.get_one(Edition, sent.id), session.get_one(Edition, other.id)
        assert (hers.pdf, hers.destroyed_on) == (None, now.date())
        assert (hers.pdf_sha256, hers.manifest) == (sent.pdf_sha256, sent.manifest)
        assert session.get(vault.DataKey, hers.id) is None
        assert pdf_of(session, without) == b"%PDF-1.7 River"


def test_a_testimony_of_hers_is_destroyed(
    database: Database, ledger: Ledger, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        version = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
        make.witness(session, version, cast.wren, cast, now)
        make.sign(session, version.letter_id, cast.wren, now, FULL)
        paper = make.frozen(session, version, cast, now)

    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        assert session.get_one(Edition, paper.id).pdf is None


def test_history_stays_and_tells_that_she_left(
    database: Database, ledger: Ledger, sent: Edition, cast: Cast, now: datetime
) -> None:
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(SignOnEvent)) or 0

    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        told = session.scalars(select(SignOnEvent.event)).all()
        assert len(told) == before + 2
        assert {"withdrawn", "erased"} <= set(told)
        acts = session.scalars(
            select(audit.AuditEntry.act).where(audit.AuditEntry.about_id == cast.wren)
        ).all()
        assert "person.erase" in acts
        assert audit.verify(session).holds


def test_her_links_open_nothing_and_her_mail_is_not_sent(
    database: Database, ledger: Ledger, sent: Edition, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        invitation = make.invited(session, letter.letter_id, cast.wren)
        assert invitation is not None
        key, _ = make_link(session, invitation.id, Purpose.SIGN, now)

    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        assert visit_by_key(session, key, Purpose.SIGN, now) is None
        message = session.scalars(select(Message).where(Message.person_id == cast.wren)).one()
        assert message.dropped_at == now


def test_somebody_of_the_office_has_no_role_and_no_seat_from_that_moment(
    database: Database, ledger: Ledger, cast: Cast, now: datetime
) -> None:
    today = now.date()
    with database.transaction() as session:
        later = today + timedelta(days=300)
        give_term(session, cast.jo, Role.MANAGER, begins_on=later, ends_on=later, by=None)
        key = sessions.sit(session, cast.jo, way=sessions.Way.LINK, now=now)
        term = session.scalars(select(Term).where(Term.person_id == cast.jo, Term.begins_on == later)).one()
        propose_end(session, term, by=cast.amara, today=today, now=now)
        propose_term(
            session,
            cast.jo,
            Role.STEERING,
            begins_on=today,
            ends_on=later,
            why="Jo Muster has time",
            by=cast.amara,
            now=now,
        )

    gone(database, ledger, cast.jo, now)

    with database.reading() as session:
        assert waiting_changes(session, now) == []
        assert {(change.term_id, change.why) for change in session.scalars(select(RoleChange))} == {
            (None, "")
        }
        assert roles_on(session, cast.jo, today) == roles_on(session, cast.jo, later) == frozenset()
        assert cast.jo not in holders(session, list(Role), today)
        assert sessions.seat(session, key, now=now, today=today) is None
        assert len(session.scalars(select(Term).where(Term.person_id == cast.jo)).all()) == 1


def test_others_are_left_as_they_are(
    database: Database, ledger: Ledger, sent: Edition, cast: Cast, now: datetime
) -> None:
    with database.reading() as session:
        ohio = members_in_state(session, "OH")

    gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        assert names_of(session, session.get_one(Person, cast.river)).name == "Rivka Samplewater"
        assert members_in_state(session, "OH") == ohio - 1


def test_erasing_twice_is_once(
    database: Database, ledger: Ledger, sent: Edition, cast: Cast, now: datetime
) -> None:
    for _ in range(2):
        gone(database, ledger, cast.wren, now)

    with database.reading() as session:
        asked = select(func.count()).select_from(SignOnEvent).where(SignOnEvent.event == "erased")
        assert session.scalar(asked) == 1
    assert len(ledger.marks()) == 1


@pytest.mark.sqlite
def test_no_byte_of_her_is_left_in_the_file_or_its_log(
    database: Database, database_url: str, ledger: Ledger, sent: Edition, cast: Cast, now: datetime
) -> None:
    with database.reading() as session:
        person = session.get_one(Person, cast.wren)
        lines = [
            one.line
            for one in session.scalars(select(Consent).join(SignOn).where(SignOn.person_id == cast.wren))
        ]
        wrapped = session.get_one(vault.DataKey, cast.wren).wrapped
        pdf = session.get_one(Edition, sent.id).pdf
    sealed = [person.name, person.email, person.email_index, wrapped, pdf, *lines]
    secrets = [one for one in sealed if one is not None] + [word.encode() for word in WORDS]
    assert len(secrets) > 10
    assert all(one in on_disk(database_url) for one in (person.name, wrapped) if one)

    gone(database, ledger, cast.wren, now)

    held = on_disk(database_url)
    assert [one for one in secrets if one in held] == []


def on_disk(database_url: str) -> bytes:
    """The raw bytes of the database and of its write-ahead log."""
    path = Path(make_url(database_url).database or "")
    log = path.with_name(f"{path.name}-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_the_list_holds_no_name_no_id_and_no_address(
    database: Database, ledger: Ledger, cast: Cast, now: datetime
) -> None:
    gone(database, ledger, cast.wren, now)
    held = ledger.path.read_text()

    assert held.count("\n") == 1
    assert not any(word in held for word in (*WORDS, str(cast.wren), cast.wren.hex))


# ---- backups and crashes


@pytest.mark.sqlite
def test_a_backup_put_back_is_erased_again_before_anything_answers(
    config: Config,
    database: Database,
    database_url: str,
    keys: Keys,
    sent: Edition,
    cast: Cast,
    letter: LetterVersion,
    now: datetime,
) -> None:
    path = Path(make_url(database_url).database or "")
    backup = path.with_name("backup.db")
    with sqlite3.connect(path) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    gone(database, Ledger(config.erasures_file), cast.wren, now)
    database.close()
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    path.write_bytes(backup.read_bytes())
    restored = Database(database_url, keys=keys)
    with restored.reading() as session:
        assert "Wren Sample" in lines(session, letter, OFFICE, now)

    create_app(config, restored, clock=lambda: now)

    with restored.reading() as session:
        assert session.get_one(Person, cast.wren).erased_on is not None
        assert lines(session, letter, OFFICE, now) == ["River"]
    assert not any(word.encode() in on_disk(database_url) for word in WORDS)
    restored.close()


@pytest.mark.both_databases
def test_an_erasure_cut_short_is_finished_at_the_next_start(
    database: Database,
    ledger: Ledger,
    sent: Edition,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(erasure.vault, "destroy", killed)
        with pytest.raises(KeyboardInterrupt):
            gone(database, ledger, cast.wren, now)
    with database.reading() as session:
        assert session.get_one(Person, cast.wren).erased_on is None

    assert replay(database, ledger, zone=ZONE, now=now) == 1
    assert replay(database, ledger, zone=ZONE, now=now) == 0

    with database.reading() as session:
        assert session.get_one(Person, cast.wren).erased_on == now.date()


def test_the_list_is_written_before_anything_is_destroyed(
    database: Database, tmp_path: Path, cast: Cast, now: datetime
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LedgerRefused):
        gone(database, Ledger(tmp_path / "file" / "erasures.jsonl"), cast.wren, now)

    with database.reading() as session:
        assert session.get_one(Person, cast.wren).erased_on is None


def test_nothing_opens_over_a_list_that_cannot_be_read(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    config.erasures_file.parent.mkdir(parents=True)
    config.erasures_file.write_text("spoiled\n")

    with pytest.raises(LedgerRefused, match="Line 1 of the list of erasures"):
        create_app(config, database)


def test_nothing_opens_over_a_list_that_lost_somebody_until_it_is_made_anew(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    ledger = Ledger(config.erasures_file)
    for person in (cast.wren, cast.dee):
        gone(database, ledger, person, now)
    ledger.path.write_text(ledger.path.read_text().splitlines()[0] + "\n")

    with pytest.raises(LedgerRefused, match="lacks people who were erased"):
        create_app(config, database)
    assert rebuild(database, ledger) == 2
    assert create_app(config, database)


def test_a_start_with_nobody_to_erase_writes_nothing(
    config: Config, database: Database, cast: Cast, now: datetime
) -> None:
    create_app(config, database)

    assert not config.erasures_file.exists()


def test_whoever_joins_again_is_not_erased_by_what_is_past(
    database: Database, ledger: Ledger, cast: Cast, now: datetime
) -> None:
    gone(database, ledger, cast.wren, now)
    with database.transaction() as session:
        back = make.person(session, "Wren Sample", now=now, mail_mode=MailMode.DISCREET)

    assert replay(database, ledger, zone=ZONE, now=now) == 0
    with database.reading() as session:
        assert session.get_one(Person, back.id).erased_on is None
        assert mark_of(session, back.id) not in ledger.marks()


# ---- no table is forgotten

STAYS = {
    "invitation": "that somebody was asked",
    "sign_on": "that somebody answered, and when she left",
    "consent": "form and dates; its line is emptied",
    "sign_on_event": "the history, without a name",
    "term": "that a role was held; it ends",
    "eligible": "that somebody was asked in a decision, by id",
    "answer": "what was answered in it; her words beside it go",
    "seconded_act": "that two agreed, by id",
    "role_change": "that a change of a role was proposed, by id; its reason goes",
    "bill_work": "how pressing a bill is to us; nobody looks after it then",
    "correction_wish": "that an office is to be asked, by id",
}
"""Tables that point at a person, an invitation or a sign-on, and keep a nameless row after an erasure."""


def test_every_table_that_points_at_a_person_is_emptied_or_known_to_be_nameless() -> None:
    emptied = {"answer_note", "bill_note", "bill_reader", "bill_watch", "tag_watch"} | {
        column.class_.__tablename__
        for columns in (erasure.HERS, erasure.OF_HER_INVITATIONS, erasure.OF_HER_SIGN_ONS)
        for column in columns
    }
    near = {"person", "invitation", "sign_on"}
    pointing = {
        table.name
        for table in METADATA.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in near
    }

    assert pointing - emptied - set(STAYS) == set()
    assert emptied & set(STAYS) == set()

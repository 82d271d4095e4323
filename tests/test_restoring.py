"""A backup put back shows nobody who has taken something back since it was made."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from advocacy.audit import verify
from advocacy.db import Database, sweep_traces
from advocacy.editions.models import Way
from advocacy.journal import CannotWriteDown, Journal, JournalRefused
from advocacy.key_file import Keys
from advocacy.letters.models import LetterVersion
from advocacy.organisations.recording import record_organisation, revoke_organisation
from advocacy.people.actions import add_organisation, set_limits, stop_mail
from advocacy.people.lessening import Less, lessened
from advocacy.people.limiting import say_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience
from advocacy.people.models import Person
from advocacy.people.queries import naming_limits
from advocacy.people.raising import raises_waiting, refuse_raise
from advocacy.restoring import hold_to
from advocacy.signons.models import SignOn
from advocacy.signons.queries import Signers, signers_for
from advocacy.signons.undoing import may_come_back
from advocacy.signons.withdrawing import withdraw_all
from tests import make
from tests.make import COUNTED, EVERYTHING, FULL, Cast

OFFICE = Audience.RECIPIENT
pytestmark = pytest.mark.sqlite


class Shelf:
    """A database in a file, its journal beside it, and backups of the database alone."""

    def __init__(self, folder: Path, empty: Path, keys: Keys) -> None:
        self.path, self.keys = folder / "kept.db", keys
        self.journal = Journal(folder / "journal.jsonl")
        self.path.write_bytes(empty.read_bytes())
        self.database = self._open()

    def _open(self) -> Database:
        return Database(f"sqlite:///{self.path}", keys=self.keys, journal=self.journal)

    def back_up(self) -> bytes:
        """A copy of everything the database knows."""
        sweep_traces(self.database)
        return self.path.read_bytes()

    def put_back(self, copy: bytes) -> None:
        """Somebody puts an older copy where the database was."""
        self.database.close()
        for beside in self.path.parent.glob(f"{self.path.name}-*"):
            beside.unlink()
        self.path.write_bytes(copy)
        self.database = self._open()

    def hold(self, now: datetime) -> int:
        """What every start does before anything answers."""
        return hold_to(self.database, self.journal, zone=make.ZONE, now=now)

    def shown(self, version: LetterVersion, now: datetime) -> Signers:
        with self.database.reading() as session:
            return signers_for(session, version.id, OFFICE, now)


@pytest.fixture
def shelf(tmp_path: Path, empty_database: Path, keys: Keys) -> Iterator[Shelf]:
    made = Shelf(tmp_path, empty_database, keys)
    yield made
    made.database.close()


@pytest.fixture
def people(shelf: Shelf, now: datetime) -> Cast:
    with shelf.database.transaction() as session:
        return make.cast(session, now)


@pytest.fixture
def version(shelf: Shelf, people: Cast, now: datetime) -> LetterVersion:
    """A letter that Wren and Mai have signed by name."""
    with shelf.database.transaction() as session:
        opened = make.letter(session, people, now=now)
        for person in (people.wren, people.nguyen):
            make.sign(session, opened.letter_id, person, now, FULL, FULL, FULL)
    return opened


def lines(signers: Signers) -> list[str]:
    return [signer.line for signer in signers.individuals]


def test_who_left_since_the_backup_stays_off(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)

    shelf.put_back(old)
    assert "Wren Sample" in lines(shelf.shown(version, now))
    assert shelf.hold(now) == 1

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]
    with shelf.database.transaction() as session:
        assert may_come_back(session, make.come(session, version.letter_id, people.wren, now), now) == ()


def test_who_showed_less_since_the_backup_is_not_shown_as_before(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        make.sign(session, version.letter_id, people.wren, now, COUNTED)

    shelf.put_back(old)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


def test_who_left_every_letter_by_voice_stays_off_all_of_them(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        withdraw_all(session, people.wren, by=people.lee, zone=make.ZONE, now=now)

    shelf.put_back(old)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


def test_a_limit_lowered_since_the_backup_falls_to_the_count(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        less = {OFFICE: NOTHING_BUT_COUNT}
        set_limits(session, people.wren, less, by=people.lee, in_force_at=now)

    shelf.put_back(old)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]
    with shelf.database.reading() as session:
        assert set(naming_limits(session, people.wren, now).values()) == {NOTHING_BUT_COUNT}
        assert naming_limits(session, people.nguyen, now)[OFFICE] == EVERYTHING[OFFICE]


def test_mail_stopped_since_the_backup_stays_stopped(shelf: Shelf, people: Cast, now: datetime) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        stop_mail(session, people.dee, now)

    shelf.put_back(old)
    shelf.hold(now)

    with shelf.database.reading() as session:
        assert session.get_one(Person, people.dee).mail_stopped_on is not None
        assert session.get_one(Person, people.river).mail_stopped_on is None


def test_an_organisation_that_left_since_the_backup_stays_off(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    with shelf.database.transaction() as session:
        known = add_organisation(session, public_name="Sample House", state=None, now=now)
        who = {"authoriser": "Val Placeholder", "by": people.amara}
        signed = record_organisation(session, version.id, known.id, now=now, **who)  # type: ignore[arg-type]
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        revoke_organisation(session, signed.id, by=people.amara, now=now)

    shelf.put_back(old)
    assert shelf.shown(version, now).organisations
    shelf.hold(now)

    assert shelf.shown(version, now).organisations == ()


def test_nobody_stays_longer_with_an_office_because_its_sending_was_forgotten(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    with shelf.database.transaction() as session:
        made = make.frozen(session, version, people, now)
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        office = make.office_of(session, version)
        make.hand_over(session, made.id, office.id, people, now, Way.POST, "receipt")

    shelf.put_back(old)
    shelf.hold(now)

    assert shelf.shown(version, now) == Signers((), (), others=2)
    with shelf.database.reading() as session:
        assert len(signers_for(session, version.id, Audience.WEB, now).individuals) == 2


def test_a_database_that_knows_everything_is_left_alone(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)
        make.sign(session, version.letter_id, people.wren, now, FULL)

    assert shelf.hold(now) == 0
    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu", "Wren Sample"]


def test_what_was_caught_up_is_not_taken_back_again(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)
    shelf.put_back(old)
    shelf.hold(now)
    with shelf.database.transaction() as session:
        make.sign(session, version.letter_id, people.wren, now, FULL)

    assert shelf.hold(now) == 0
    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu", "Wren Sample"]
    with shelf.database.reading() as session:
        assert verify(session).holds


def test_a_backup_from_before_an_earlier_restore_knows_too_little_as_well(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    """The other copy has a longer log than the one that is running, and still lacks what it did."""
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        for person in (people.ana, people.river, people.dee):
            stop_mail(session, person, now)
    longer = shelf.back_up()
    shelf.put_back(old)
    shelf.hold(now)
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)

    shelf.put_back(longer)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


@pytest.mark.parametrize("said_no", [True, False])
def test_a_wider_limit_she_did_not_stand_by_is_not_asked_for_anew(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime, said_no: bool
) -> None:
    """Whether the call ended with a no, or she said less to somebody before anybody called."""
    with shelf.database.transaction() as session:
        asked = make.sign(session, version.letter_id, people.dee, now, FULL, later=OFFICE)
        first = raises_waiting(session)[0].id
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        if said_no:
            refuse_raise(session, first, by=people.lee, today=now.date())
        else:
            make.withdraw(session, version.letter_id, people.dee, now)

    shelf.put_back(old)
    shelf.hold(now)

    with shelf.database.reading() as session:
        assert raises_waiting(session) == []
        assert session.get_one(SignOn, asked.id).withdrawn_on == (None if said_no else now.date())


def test_a_wider_limit_given_up_at_the_door_is_not_asked_for_anew(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    """Her limit was the count already, so giving it up lowers nothing."""
    with shelf.database.transaction() as session:
        make.sign(session, version.letter_id, people.dee, now, FULL, later=OFFICE)
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        less = lessened(session, people.dee, Less.COUNT, now)
        say_limits(session, people.dee, less, by=None, by_voice=False, wait=timedelta(), now=now)

    shelf.put_back(old)
    shelf.hold(now)

    with shelf.database.reading() as session:
        assert raises_waiting(session) == []


def test_less_said_at_the_door_since_the_backup_falls_to_the_count(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        less = lessened(session, people.wren, Less.OFFICES, now)
        say_limits(session, people.wren, less, by=None, by_voice=False, wait=timedelta(), now=now)

    shelf.put_back(old)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


def test_a_change_holds_in_a_copy_from_before_she_signed_once_more(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    """Two copies in which she signed the same letter apart: what is said of the one holds for the other."""
    before = shelf.back_up()
    with shelf.database.transaction() as session:
        make.sign(session, version.letter_id, people.river, now, make.CHOSEN)
    old = shelf.back_up()
    shelf.put_back(before)
    shelf.hold(now)
    with shelf.database.transaction() as session:
        make.sign(session, version.letter_id, people.river, now, make.CHOSEN)
        make.withdraw(session, version.letter_id, people.river, now)

    shelf.put_back(old)
    shelf.hold(now)

    assert "River" not in lines(shelf.shown(version, now))


def test_two_restores_of_one_backup_do_not_look_alike(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    """A copy made after the first of them must not take the second one's journal for its own."""
    old = shelf.back_up()
    with shelf.database.transaction() as session:
        less = {OFFICE: NOTHING_BUT_COUNT}
        set_limits(session, people.ana, less, by=people.lee, in_force_at=now)
    shelf.put_back(old)
    shelf.hold(now)
    newer = shelf.back_up()
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)
    shelf.put_back(old)
    shelf.hold(now)

    shelf.put_back(newer)
    shelf.hold(now)

    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


def test_a_line_written_before_a_crash_is_held_to(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dark(Exception):
        pass

    def crash(self: Journal, acts: object, add: Callable[..., None] = Journal.add) -> None:
        add(self, acts)
        raise Dark

    with monkeypatch.context() as power:
        power.setattr(Journal, "add", crash)
        with pytest.raises(Dark), shelf.database.transaction() as session:
            make.withdraw(session, version.letter_id, people.wren, now)
    assert "Wren Sample" in lines(shelf.shown(version, now))

    assert shelf.hold(now) == 1
    assert lines(shelf.shown(version, now)) == ["Nguyễn Mẫu"]


def test_a_line_holds_no_word_of_anybody(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    with shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)
        stop_mail(session, people.wren, now)

    written = shelf.journal.path.read_text("ascii")

    assert [set(json.loads(line)) for line in written.splitlines()] == [
        {"n", "hash", "act", "about", "id"}
    ] * 2
    assert "Wren" not in written and "@" not in written
    assert shelf.journal.path.stat().st_mode & 0o077 == 0


def test_a_line_that_cannot_be_read_opens_nothing(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    shelf.journal.path.write_text("{}\n")

    with pytest.raises(JournalRefused, match=r"Line 1 .* Put back its newest copy"):
        shelf.hold(now)


def test_what_cannot_be_written_down_is_not_done(
    shelf: Shelf, people: Cast, version: LetterVersion, now: datetime
) -> None:
    shelf.journal.path.mkdir()

    with pytest.raises(CannotWriteDown), shelf.database.transaction() as session:
        make.withdraw(session, version.letter_id, people.wren, now)

    assert "Wren Sample" in lines(shelf.shown(version, now))


def test_a_database_without_tables_has_nothing_to_hold_to(tmp_path: Path, now: datetime) -> None:
    bare = Database(f"sqlite:///{tmp_path / 'bare.db'}")
    assert hold_to(bare, Journal(tmp_path / "journal.jsonl"), zone=make.ZONE, now=now) == 0
    bare.close()

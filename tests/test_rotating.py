"""Another wrapping key in place of the old one: nothing is lost, nobody stops, the old one is let go."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import rotating, vault
from advocacy.audit import AuditEntry, verify
from advocacy.db import Database
from advocacy.key_file import KeyRing, Keys, KeysRefused
from advocacy.letters.models import LetterVersion
from advocacy.people.custody import prove
from advocacy.people.limits import Audience, Preset
from advocacy.people.roles import Role
from advocacy.rotating import CopiesAreOld, StillInUse, retire, rotate, state
from advocacy.signons.queries import signers_for
from advocacy.vault import CannotOpen, DataKey, open_database
from tests import make
from tests.make import FULL

pytestmark = pytest.mark.both_databases
HOLDERS = tuple(UUID(int=n) for n in range(1, 121))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A key file of this test's own."""
    found = tmp_path / "apart" / "keys.json"
    Keys.make(found)
    return found


@pytest.fixture
def house(database_url: str, path: Path) -> Iterator[Database]:
    """A process with a database of its own keys."""
    opened = open_database(database_url, path)
    yield opened
    opened.close()


@pytest.fixture
def other(database_url: str, path: Path, house: Database) -> Iterator[Database]:
    """Another process, which read the key file before anything was rotated."""
    opened = open_database(database_url, path)
    yield opened
    opened.close()


@pytest.fixture
def sealed(house: Database) -> dict[UUID, bytes]:
    """A word sealed for each of many people."""
    with house.transaction() as session:
        for holder in HOLDERS:
            vault.new_holder(session, holder)
        return {holder: vault.seal(session, holder, "t", "c", holder, str(holder)) for holder in HOLDERS}


def all_open(database: Database, sealed: dict[UUID, bytes]) -> bool:
    with database.reading() as session:
        return all(
            vault.unseal(session, one, "t", "c", one, value) == str(one) for one, value in sealed.items()
        )


def in_use(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(DataKey.key_id).distinct()))


def test_everything_is_wrapped_with_the_new_key_and_still_opens(
    house: Database, path: Path, sealed: dict[UUID, bytes]
) -> None:
    assert rotate(house) == "k2"

    assert in_use(house) == {"k2"}
    assert all_open(house, sealed)
    assert path.stat().st_mode & 0o777 == 0o400
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]
    with house.reading() as session:
        assert [entry.why for entry in session.scalars(select(AuditEntry))] == ["k2"]


def test_a_process_that_runs_needs_no_new_start(
    house: Database, other: Database, sealed: dict[UUID, bytes]
) -> None:
    rotate(house)

    assert all_open(other, sealed)
    with other.transaction() as session:
        vault.new_holder(session, newcomer := uuid4())
    with house.reading() as session:
        assert session.get_one(DataKey, newcomer).key_id == "k2"


def test_a_rotation_that_broke_off_is_finished_with_the_same_key(
    house: Database, other: Database, sealed: dict[UUID, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rotating, "sleep", killed)
    with pytest.raises(KeyboardInterrupt):
        rotate(house)
    assert in_use(house) == {"k1", "k2"}
    assert all_open(other, sealed)
    monkeypatch.undo()

    assert rotate(other) == "k2"
    assert in_use(other) == {"k2"}
    assert all_open(house, sealed)


def test_a_key_that_was_written_and_never_used_is_used_next(
    database_url: str, path: Path, house: Database, sealed: dict[UUID, bytes]
) -> None:
    ring = KeyRing(path)
    ring.replace(ring.keys.with_another())

    assert rotate(house) == "k2"
    assert in_use(house) == {"k2"}
    assert set(Keys.read(path).wrapping) == {"k1", "k2"}


def test_an_older_database_put_back_goes_on_with_the_newest_key(
    database_url: str, path: Path, house: Database
) -> None:
    ring = KeyRing(path)
    ring.replace(ring.keys.with_another())

    again = open_database(database_url, path)
    with again.transaction() as session:
        vault.new_holder(session, HOLDERS[0])
    again.close()

    assert in_use(house) == {"k2"}


def test_two_rotations_at_once_lose_nothing(
    house: Database, other: Database, sealed: dict[UUID, bytes]
) -> None:
    gate = threading.Barrier(2)

    def turn(database: Database) -> str:
        gate.wait()
        return rotate(database)

    with ThreadPoolExecutor(2) as both:
        made = set(both.map(turn, (house, other)))

    assert len(in_use(house)) == 1
    assert in_use(house) <= made
    assert all_open(house, sealed)
    assert all_open(other, sealed)


def test_a_key_destroyed_meanwhile_stays_destroyed(
    house: Database, other: Database, sealed: dict[UUID, bytes]
) -> None:
    with ThreadPoolExecutor(2) as both:
        turning = both.submit(rotate, house)
        for holder in HOLDERS[:40]:
            with other.transaction() as session:
                vault.destroy(session, holder)
        turning.result()

    with house.reading() as session:
        assert set(session.scalars(select(DataKey.holder_id))) == set(HOLDERS[40:])
        with pytest.raises(CannotOpen):
            vault.unseal(session, HOLDERS[0], "t", "c", HOLDERS[0], sealed[HOLDERS[0]])


# ---- letting the old key go


def custodians(database: Database, now: datetime) -> list[UUID]:
    with database.transaction() as session:
        names = ("Ada Custodian", "Ben Custodian")
        return [make.hand(session, name, Role.CUSTODIAN, now=now) for name in names]


def proved(database: Database, path: Path, people: list[UUID], now: datetime) -> None:
    with database.transaction() as session:
        for person_id in people:
            prove(session, Keys.read(path), person_id, now.date())


def test_the_old_key_goes_once_two_copies_of_the_new_one_are_proved(
    house: Database, path: Path, sealed: dict[UUID, bytes], now: datetime
) -> None:
    people = custodians(house, now)
    proved(house, path, people, now)
    rotate(house)
    with pytest.raises(CopiesAreOld):
        retire(house, now.date())
    proved(house, path, people[:1], now)
    with pytest.raises(CopiesAreOld):
        retire(house, now.date())
    assert set(Keys.read(path).wrapping) == {"k1", "k2"}

    proved(house, path, people, now)
    assert retire(house, now.date()) == ("k1",)

    assert set(Keys.read(path).wrapping) == {"k2"}
    assert retire(house, now.date()) == ()
    assert all_open(house, sealed)
    assert rotate(house) == "k3"


def test_a_key_that_wraps_something_is_never_let_go(
    house: Database, path: Path, sealed: dict[UUID, bytes], now: datetime
) -> None:
    people = custodians(house, now)
    rotate(house)
    proved(house, path, people, now)
    with house.transaction() as session:
        vault.wrap_again(session, session.get_one(DataKey, HOLDERS[0]), "k1")

    with pytest.raises(StillInUse):
        retire(house, now.date())
    assert set(Keys.read(path).wrapping) == {"k1", "k2"}


def test_the_state_tells_ids_days_and_numbers(
    house: Database, path: Path, sealed: dict[UUID, bytes], now: datetime
) -> None:
    with house.reading() as session:
        found = state(session, now.date())

    assert (found.active, found.wrapped, found.copies.counting) == ("k1", {"k1": len(HOLDERS)}, 0)


def test_without_the_file_nothing_is_rotated(database: Database) -> None:
    with pytest.raises(KeysRefused):
        rotate(database)


# ---- under load


@pytest.mark.parametrize("people", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_nobody_who_signs_while_keys_rotate_is_lost(
    house: Database, other: Database, path: Path, now: datetime, people: int
) -> None:
    version, members = letter_and_members(house, now, people)
    everybody_signed, turned_once = threading.Event(), threading.Event()

    def sign(n: int) -> None:
        if n >= people // 2:  # one half signs during the first rotation, the other during those that follow
            turned_once.wait()
        with (house, other)[n % 2].transaction() as session:
            make.sign(session, version.letter_id, members[n], now + n * APART, FULL)

    def turn() -> set[str]:
        made = set()
        while not everybody_signed.is_set():
            made.add(rotate(house))
            turned_once.set()
        return made

    with ThreadPoolExecutor(6) as crowd:
        turning = crowd.submit(turn)
        list(crowd.map(sign, range(people)))
        everybody_signed.set()
        turned = turning.result()
    newest = rotate(other)

    assert len(turned) > 1
    assert in_use(other) == {newest}
    with by_that_key_alone(house, path, newest) as session:
        shown = signers_for(session, version.id, Audience.RECIPIENT, now + people * APART)
        assert {signer.line for signer in shown.individuals} == {spelled(n) for n in range(people)}
        assert verify(session).holds


APART = timedelta(minutes=10)
"""As many names within a minute would wait for somebody's look."""


def spelled(n: int) -> str:
    return f"Sample Member-{n:04}"


def letter_and_members(database: Database, now: datetime, people: int) -> tuple[LetterVersion, list[UUID]]:
    """A letter that is open, and people who may be named on it."""
    with database.transaction() as session:
        version = make.letter(session, make.cast(session, now), now=now)
    rest = {"now": now, "limits": Preset.PUBLIC_ADVOCATE}
    with database.transaction() as session:
        members = [
            make.person(session, spelled(n), email=f"m{n}@members.example", **rest).id for n in range(people)
        ]
    return version, members


@contextmanager
def by_that_key_alone(database: Database, path: Path, key_id: str) -> Iterator[Session]:
    """A look by somebody who holds one wrapping key and no other."""
    url = database.engine.url.render_as_string(hide_password=False)
    with closing(Database(url, keys=Keys.read(path).only(key_id))) as alone, alone.reading() as session:
        yield session

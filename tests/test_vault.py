"""Names at rest: sealed from the first row on, opened in their own place alone, and gone with their key."""

import json
import os
import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from advocacy import vault
from advocacy.db import Database, sweep_traces
from advocacy.key_file import Keys, KeysRefused
from advocacy.migrations.tables import METADATA
from advocacy.people import queries
from advocacy.people.actions import import_roster
from advocacy.people.models import Person
from advocacy.people.roster import read_roster
from advocacy.vault import CannotOpen, open_database

both = pytest.mark.both_databases
HOLDER, ROW = UUID(int=1), UUID(int=2)
NAME = "Ana-Lucía Ejemplo"
FIXED = Keys("k1", {"k1": bytes(range(32))}, index=b"i" * 32, codes=b"c" * 32)

NAME_BYTES = "016e6e6e6e6e6e6e6e6e6e6e6ea3955270a424540c9f021cc820f090d3b309989a964cfdf2dcf4a5"
WRAPPED_BYTES = (
    "016e6e6e6e6e6e6e6e6e6e6e6ec33f730dd138d39b0f480e3e8d2fb3ea9b1a8a58463ca595b4babb"
    "cfd68786cfed8df19b453e6f026637ebe3785c97b9"
)
FILE_HASH = "58726fb442d58463aa0c7950ad3167a1525867f83b0b6d944f699bc9d80aac74"


@pytest.fixture
def sealed(database: Database) -> bytes:
    with database.transaction() as session:
        vault.new_holder(session, HOLDER)
        return vault.seal(session, HOLDER, "person", "name", ROW, NAME)


def opened(database: Database, value: bytes, **place: object) -> str:
    """Open a value as one sealed for HOLDER in person.name at ROW, or wherever else a test says."""
    where = {"holder": HOLDER, "table": "person", "column": "name", "id": ROW, **place}
    with database.reading() as session:
        return vault.unseal(session, sealed=value, **where)  # type: ignore[arg-type]


# ---- known answers: whoever changes these makes every stored name unreadable


def test_what_was_sealed_years_ago_still_opens(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}", keys=FIXED)
    METADATA.create_all(database.engine)
    data_key, nonce = b"d" * 32, b"n" * 12
    wrapped = AESGCM(bytes(range(32))).encrypt(nonce, data_key, f"data_key|wrapped|{HOLDER}".encode())
    name = AESGCM(data_key).encrypt(nonce, NAME.encode(), f"person|name|{ROW}".encode())
    with database.transaction() as session:
        row = vault.DataKey(holder_id=HOLDER, key_id="k1", wrapped=b"\x01" + nonce + wrapped)
        row.made_on = vault.now().date()
        session.add(row)

    assert opened(database, b"\x01" + nonce + name) == NAME
    database.close()


def test_fingerprints_are_the_same_as_ever(database: Database) -> None:
    with database.reading() as session:
        session.info["keys"] = FIXED

        mark = vault.index(session, "person.email", "wren@members.example")
        code = vault.hash_code(session, "ABCDE12345")

    assert mark.hex() == "af2449a49136c5768e29c161ceb59aa9766df3a4a65a57d5f47e800f8d3936d1"
    assert code.hex() == "15d48f80666eecd907396e75d9855b2e48b0cab921fd4f1df31eb6af4f96069f"
    assert vault.hash_key("key").hex() == "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683"


def test_what_is_sealed_today_has_the_same_bytes_as_ever(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {32: b"d" * 32, 12: b"n" * 12}
    monkeypatch.setattr("advocacy.vault.secrets.token_bytes", given.__getitem__)
    with database.transaction() as session:
        session.info["keys"] = FIXED
        vault.new_holder(session, HOLDER)
        name = vault.seal(session, HOLDER, "person", "name", ROW, "Wren Sample")
        wrapped = session.get_one(vault.DataKey, HOLDER).wrapped

    assert name.hex() == NAME_BYTES
    assert wrapped.hex() == WRAPPED_BYTES


def test_a_key_file_has_the_same_text_as_ever() -> None:
    assert sha256(FIXED.text.encode()).hexdigest() == FILE_HASH
    assert Keys.parse(FIXED.text) == FIXED


# ---- sealing


@both
def test_a_sealed_name_opens_in_its_place(database: Database, sealed: bytes) -> None:
    assert opened(database, sealed) == NAME
    assert NAME.encode() not in sealed


@both
def test_the_same_name_is_never_sealed_the_same_way_twice(database: Database, sealed: bytes) -> None:
    with database.transaction() as session:
        again = vault.seal(session, HOLDER, "person", "name", ROW, NAME)

    assert again != sealed
    assert opened(database, again) == NAME


@pytest.mark.parametrize("place", [{"table": "consent"}, {"column": "chosen_name"}, {"id": UUID(int=3)}])
def test_a_name_moved_elsewhere_does_not_open(
    database: Database, sealed: bytes, place: dict[str, object]
) -> None:
    with pytest.raises(CannotOpen):
        opened(database, sealed, **place)


def test_a_name_moved_to_somebody_else_does_not_open(database: Database, sealed: bytes) -> None:
    other = uuid4()
    with database.transaction() as session:
        vault.new_holder(session, other)

    with pytest.raises(CannotOpen):
        opened(database, sealed, holder=other)


def test_any_changed_bit_is_noticed(database: Database, sealed: bytes) -> None:
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotOpen):
            opened(database, bytes(changed))


@pytest.mark.parametrize("length", [0, 1, 5, 12, 13, 20, 28])
def test_what_is_too_short_was_not_sealed_here(database: Database, sealed: bytes, length: int) -> None:
    with pytest.raises(CannotOpen):
        opened(database, sealed[:length])


@both
def test_a_swapped_data_key_does_not_open_another_holders_names(database: Database, sealed: bytes) -> None:
    thief = uuid4()
    with database.transaction() as session:
        vault.new_holder(session, thief)
        mine, theirs = session.get_one(vault.DataKey, thief), session.get_one(vault.DataKey, HOLDER)
        mine.wrapped = theirs.wrapped

    with pytest.raises(CannotOpen):
        opened(database, sealed, holder=thief)


def test_bytes_are_sealed_as_words_are(database: Database, sealed: bytes) -> None:
    pdf = b"%PDF-1.7 " + bytes(range(256)) * 4000
    with database.transaction() as session:
        file = vault.seal_bytes(session, HOLDER, "edition", "pdf", ROW, pdf)

        assert vault.unseal_bytes(session, HOLDER, "edition", "pdf", ROW, file) == pdf


@both
def test_a_destroyed_key_opens_nothing_ever_again(database: Database, sealed: bytes) -> None:
    with database.transaction() as session:
        vault.unseal(session, HOLDER, "person", "name", ROW, sealed)
        vault.destroy(session, HOLDER)
        with pytest.raises(CannotOpen):
            vault.unseal(session, HOLDER, "person", "name", ROW, sealed)
        vault.destroy(session, HOLDER)

    with database.transaction() as session:
        vault.new_holder(session, HOLDER)
    with pytest.raises(CannotOpen):
        opened(database, sealed)


@both
def test_a_holder_keeps_her_key_when_asked_for_twice(database: Database, sealed: bytes) -> None:
    with database.transaction() as session:
        vault.new_holder(session, HOLDER)

    assert opened(database, sealed) == NAME


def test_a_fingerprint_finds_the_same_value_only(database: Database) -> None:
    with database.reading() as session:
        marks = {
            vault.index(session, purpose, value)
            for purpose in ("person.email", "person.state")
            for value in ("OH", "oh", "NM")
        }
        assert vault.index(session, "person.state", "OH") in marks

    assert len(marks) == 6


def test_two_installations_do_not_share_fingerprints(database: Database, tmp_path: Path) -> None:
    with database.reading() as session:
        here = vault.index(session, "person.email", "wren@members.example")
        session.info["keys"] = Keys.make(tmp_path / "keys.json")

        assert vault.index(session, "person.email", "wren@members.example") != here


def test_keys_do_not_show_in_a_trace(keys: Keys) -> None:
    assert repr(keys).startswith("<advocacy.key_file.Keys object")


def test_a_database_without_keys_opens_no_name(database_url: str) -> None:
    database = Database(database_url)

    with pytest.raises(KeysRefused), database.transaction() as session:
        vault.new_holder(session, HOLDER)
    database.close()


# ---- the key file


def test_a_fresh_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys.json"
    made = Keys.make(path)

    assert path.stat().st_mode & 0o777 == 0o400
    assert Keys.read(path) == made
    with pytest.raises(FileExistsError):
        Keys.make(path)
    assert Keys.read(path) == made
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_many_first_starts_at_once_make_one_key_file(tmp_path: Path) -> None:
    url, path, gate = f"sqlite:///{tmp_path / 'fresh.db'}", tmp_path / "keys.json", threading.Barrier(8)

    def start(_: int) -> Keys:
        gate.wait()
        database = open_database(url, path)
        with database.reading() as session:
            found = vault.keys_of(session)
        database.close()
        return found

    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(start, range(8)))

    assert all(keys == found[0] for keys in found)


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o660, 0o600, 0o500, 0o4400, 0o1400])
def test_a_key_file_of_any_mode_but_0400_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    Keys.make(path)
    path.chmod(mode)

    with pytest.raises(KeysRefused, match="chmod 0400"):
        Keys.read(path)


def test_a_key_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    Keys.make(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

    with pytest.raises(KeysRefused, match="chown"):
        Keys.read(path)


GOOD = b64encode(bytes(32)).decode()
WHOLE: dict[str, object] = {"active": "k1", "wrapping": {"k1": GOOD}, "index": GOOD, "codes": GOOD}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '"keys"',
        "é",
        json.dumps({**WHOLE, "index": "short"}),
        json.dumps({**WHOLE, "codes": None}),
        json.dumps({**WHOLE, "wrapping": []}),
        json.dumps({**WHOLE, "wrapping": {"k1": GOOD[:-4]}}),
        json.dumps({**WHOLE, "wrapping": {}}),
        json.dumps({**WHOLE, "active": ["k1"]}),
        json.dumps({**WHOLE, "active": "k2"}),
        json.dumps({name: value for name, value in WHOLE.items() if name != "codes"}),
    ],
)
def test_a_damaged_key_file_is_refused_in_one_line_without_its_content(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o400)

    with pytest.raises(KeysRefused) as fault:
        Keys.read(path)

    assert "\n" not in str(fault.value)
    assert GOOD not in str(fault.value)


# ---- opening an installation


def with_somebody(url: str, path: Path) -> None:
    """A database that holds one name, and its keys."""
    database = open_database(url, path)
    METADATA.create_all(database.engine)
    with database.transaction() as session:
        vault.new_holder(session, HOLDER)
    database.close()


def test_a_missing_key_file_is_never_made_anew_over_names(blank_url: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with_somebody(blank_url, path)
    path.unlink()

    with pytest.raises(KeysRefused, match="missing"):
        open_database(blank_url, path)

    assert not path.exists()


def test_the_wrong_key_file_refuses_to_start(blank_url: str, tmp_path: Path) -> None:
    with_somebody(blank_url, tmp_path / "keys.json")
    Keys.make(tmp_path / "another.json")

    with pytest.raises(KeysRefused, match="does not open"):
        open_database(blank_url, tmp_path / "another.json")


def test_the_right_key_file_starts_again_and_again(blank_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with_somebody(blank_url, tmp_path / "keys.json")


def test_an_older_key_still_opens_and_a_lost_one_refuses_to_start(blank_url: str, keys: Keys) -> None:
    database = Database(blank_url, keys=keys)
    METADATA.create_all(database.engine)
    newer = replace(keys, active="k2", wrapping={**keys.wrapping, "k2": b"2" * 32})
    with database.transaction() as session:
        vault.new_holder(session, HOLDER)
        session.info["keys"] = newer
        vault.make_active(vault.active_key(session, alone=True), "k2")
        vault.new_holder(session, uuid4())

    with database.reading() as session:
        assert set(session.scalars(select(vault.DataKey.key_id))) == {keys.active, "k2"}
        session.info["keys"] = newer
        vault.check_keys(session)
        session.info["keys"] = replace(newer, wrapping={"k2": b"2" * 32})
        with pytest.raises(KeysRefused):
            vault.check_keys(session)
    database.close()


# ---- what a thief of the file finds


@pytest.mark.sqlite
def test_no_name_stands_in_the_raw_file(database: Database, tmp_path: Path, now: object) -> None:
    words = [
        "Wren Sample",
        "River",
        "wren@members.example",
        "heron",
        "LCSW",
        "Example House",
        "wren@",
        "Ohio",
    ]
    file = (
        "name,chosen_name,email,recognition_word,credential,affiliation,state\n"
        "Wren Sample,River,wren@members.example,heron,LCSW,Example House,Ohio\n"
    )
    with database.transaction() as session:
        import_roster(session, read_roster(file.encode()), by=None, now=now)  # type: ignore[arg-type]

    for _ in range(2):  # first with the write-ahead log, then without
        raw = b"".join(part.read_bytes() for part in tmp_path.glob("advocacy.db*"))
        found = [word for word in words for spelled in ("utf-8", "utf-16-le") if word.encode(spelled) in raw]
        assert found == []
        sweep_traces(database)
    with database.reading() as session:
        (person,) = session.scalars(select(Person))
        assert queries.names_of(session, person).email == "wren@members.example"

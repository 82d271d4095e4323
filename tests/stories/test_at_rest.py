"""After a full run on real programs: no name, address, word or key lies open on the disk or in the log."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from advocacy.demo.scene import roster_file
from tests.programs import answer_of, eventually, free_port, run, started

# Shorter words turn up by chance in sealed bytes; each person's longer ones are looked for beside them.
_LONG_ENOUGH = 6
_SEALED = ("name", "chosen_name", "email", "phone", "handles", "recognition_word")
_KEY = re.compile(r"#([\w-]{43})|/stop/([\w-]{43})")
_CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


@dataclass(frozen=True)
class House:
    """A running installation: where it answers, where it keeps things, and what it said."""

    address: str
    var: Path
    says: Path

    def post(self, path: str, **fields: str) -> str:
        """Press a button at the door, whatever the answer is."""
        try:
            with urlopen(f"{self.address}{path}", urlencode(fields).encode(), timeout=20) as answer:
                return str(answer.read().decode())
        except HTTPError as refused:
            return refused.read().decode()

    def mails(self) -> list[str]:
        """Every message that left, its head as well."""
        found = [file.read_bytes() for file in (self.var / "mail").rglob("*") if file.is_file()]
        read = [message_from_bytes(raw, policy=policy.default) for raw in found]
        return [f"{mail.items()}\n{(body := mail.get_body()) and body.get_content()}" for mail in read]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    says, port = tmp_path / "says.txt", free_port()
    settings = {"DEMO": "1", "PORT": str(port)}
    run("advocacy", "db", "upgrade", cwd=tmp_path, **settings)
    run("advocacy", "demo", "--load", cwd=tmp_path, **settings)
    with started("advocacy", "serve", "--port", str(port), cwd=tmp_path, says=says, **settings):
        address = f"http://127.0.0.1:{port}"
        eventually(lambda: answer_of(f"{address}/healthz"), otherwise=says.read_text)
        yield House(address, tmp_path / "var", says)


def seeded() -> set[str]:
    """Every word of the roster that must lie sealed."""
    rows = list(csv.DictReader(io.StringIO(roster_file().decode())))
    assert all(any(row[column] for row in rows) for column in _SEALED)
    words = {row.get(column) or "" for row in rows for column in _SEALED}
    return {word for word in words if len(word.encode()) >= _LONG_ENOUGH}


def live(house: House, mails: list[str]) -> set[str]:
    """People open their links, look, sign, leave, come back, mistype and stop mail; the keys they held."""
    keys = {key for mail in mails for found in _KEY.findall(mail) for key in found if key}
    codes = {code for mail in mails for code in _CODE.findall(mail)}
    for n, key in enumerate(sorted(keys)):
        page = house.post("/s", key=key)
        text = dict(_HIDDEN.findall(page)).get("text", "")
        looked = house.post("/s/check", key=key, text=text, way=("count", "last")[n % 2])
        form = {"key": key, **dict(_HIDDEN.findall(looked)), "agree": "yes"}
        house.post("/s/sign", **form)
        house.post("/s", key=key, step="show")
        if n % 3 == 0:
            house.post("/s/withdraw", key=key, answer="yes")
        if n % 5 == 0:
            house.post("/s/stop-mail", key=key, answer="yes")
        house.post(f"/stop/{key}", **{"List-Unsubscribe": "One-Click"})
    # A few wrong ones are enough: each further one would be answered more slowly.
    for code in sorted(codes)[:3]:
        house.post("/s", code=code)
        house.post("/s", code=code[:-1] + "0")
    for word in sorted(seeded())[:6]:
        house.post("/office/sign-in", email=word)
        house.post("/s/lost", email=word)
        house.post("/s", key=word, code=word, word=word)
    return keys | codes | {code.replace("-", "") for code in codes}


def kept(house: House) -> Iterator[tuple[str, bytes]]:
    """Everything that outlives the run, while it still runs and its write-ahead log is full."""
    for file in house.var.rglob("*"):
        if file.is_file() and "mail" not in file.relative_to(house.var).parts:
            yield file.name, file.read_bytes()
    for database in ("advocacy.db", "queue.db"):
        copy = sqlite3.connect(f"file:{house.var / database}?mode=ro", uri=True)
        yield f"a dump of {database}", "\n".join(copy.iterdump()).encode()
        copy.close()
    yield "the log", house.says.read_bytes()


def test_nothing_kept_holds_a_name_an_address_or_a_key(house: House) -> None:
    mails = house.mails()
    secrets = {word.encode() for word in seeded() | live(house, mails)}
    assert len(secrets) > 60

    looked_at = dict(kept(house))

    assert {"advocacy.db", "advocacy.db-wal", "queue.db", "the log"} <= set(looked_at)
    assert len(looked_at["advocacy.db-wal"]) > 10_000
    assert all(b"Members" in looked_at[name] for name in ("advocacy.db", "a dump of advocacy.db"))
    for name, held in looked_at.items():
        folded = held.lower()
        for secret in secrets:
            for spelled in (secret, secret.lower(), secret.decode().encode("utf-16-le")):
                assert spelled not in (folded if spelled == secret.lower() else held), name

"""The keys from the terminal: what may be said of them, and nothing that opens a name."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advocacy.cli import main

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "apart" / "keys.json"


@pytest.fixture
def run(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in an installation of its own, with one person in it."""
    for name in ("DATABASE_URL", "QUEUE_URL", "SMTP_URL", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KEYS_FILE", str(path))

    def given(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, list(words), input=typed)

    assert given("db", "upgrade").exit_code == 0
    assert given("admin", "invite", "ada@example.org", "--role", "custodian").exit_code == 0
    return given


def test_the_status_tells_no_key(run: Run, path: Path) -> None:
    seen = run("keys", "status")

    assert seen.output.splitlines()[:2] == ["In use: k1", "k1: wraps 1 data keys"]
    assert "has proved no copy" in seen.output
    stored = json.loads(path.read_text())
    for key in (stored["index"], stored["codes"], *stored["wrapping"].values()):
        assert key not in seen.output
        assert b64decode(key).hex() not in seen.output


def test_a_rotation_says_what_is_left_to_do(run: Run, path: Path) -> None:
    seen = run("keys", "rotate")

    assert seen.exit_code == 0
    assert "wrapped with k2" in seen.output
    assert "k1: wraps 0 data keys\nk2: wraps 1 data keys" in run("keys", "status").output
    assert set(json.loads(path.read_text())["wrapping"]) == {"k1", "k2"}


def test_an_old_key_stays_until_copies_of_the_new_one_are_proved(run: Run, path: Path) -> None:
    run("keys", "rotate")

    seen = run("keys", "retire")

    assert (seen.exit_code, seen.output.count("\n")) == (1, 1)
    assert set(json.loads(path.read_text())["wrapping"]) == {"k1", "k2"}


EVERYTHING_THAT_OPENS = [
    "serve",
    "worker",
    "audit verify",
    "keys status",
    "keys rotate",
    "keys retire",
    "bills refresh",
    "admin invite ben@example.org",
    "forget --due",
    "forget --rebuild-list",
]


@pytest.mark.parametrize("words", EVERYTHING_THAT_OPENS)
@pytest.mark.parametrize("harm", ["mode", "missing", "another"])
def test_a_key_file_that_is_wrong_stops_every_command_in_one_line(
    run: Run, path: Path, words: str, harm: str
) -> None:
    _harm(path, harm)

    seen = run(*words.split())

    assert (seen.exit_code, seen.stdout, seen.stderr.count("\n")) == (2, "", 1)
    assert ("chmod 0400" in seen.stderr) == (harm == "mode")


def _harm(path: Path, harm: str) -> None:
    if harm == "mode":
        path.chmod(0o600)
        return
    stored = json.loads(path.read_text())
    path.unlink()
    if harm == "another":
        stored["wrapping"]["k1"] = stored["index"]
        path.write_text(json.dumps(stored))
        path.chmod(0o400)

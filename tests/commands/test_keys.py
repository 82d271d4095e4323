"""The keys from the terminal: what may be said of them, and nothing that opens a name."""

import json
import re
import shutil
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advocacy import key_file
from advocacy.cli import main
from advocacy.key_file import Keys

Run = Callable[..., Result]
ADA = ("--person", "ada@example.org")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one custodian in it, made once: each test gets a copy."""
    folder = tmp_path_factory.mktemp("installed")
    with pytest.MonkeyPatch.context() as patch:
        given = _command_line(folder, patch)
        assert given("db", "upgrade").exit_code == 0
        assert given("admin", "invite", "ada@example.org", "--role", "custodian").exit_code == 0
    return folder


@pytest.fixture
def run(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in an installation of this test's own."""
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    return _command_line(tmp_path, monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "apart" / "keys.json"


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    """A custodian's copy, away from the rest."""
    (tmp_path / "stick").mkdir()
    place = tmp_path / "stick" / "copy.json"
    assert run("keys", "copy", str(place)).exit_code == 0
    return place


def _command_line(folder: Path, patch: pytest.MonkeyPatch) -> Run:
    for name in ("DATABASE_URL", "QUEUE_URL", "SMTP_URL", "DEMO"):
        patch.delenv(name, raising=False)
    patch.setenv("VAR", str(folder / "var"))
    patch.setenv("KEYS_FILE", str(folder / "apart" / "keys.json"))
    return lambda *words: CliRunner().invoke(main, list(words))


def test_the_status_tells_no_key(run: Run, path: Path) -> None:
    seen = run("keys", "status")

    assert seen.output.splitlines()[:2] == ["In use: k1", "k1: wraps 1 data keys"]
    assert "has proved no copy" in seen.output
    assert shows_no_key(seen, path)


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


def shows_no_key(seen: Result, path: Path) -> bool:
    stored = json.loads(path.read_text())
    keys = (stored["index"], stored["codes"], *stored["wrapping"].values())
    return not any(spelled in seen.output for key in keys for spelled in (key, b64decode(key).hex()))


# ---- a custodian's copy


def test_a_copy_holds_what_the_key_file_holds_for_its_owner_alone(
    run: Run, path: Path, tmp_path: Path
) -> None:
    place = tmp_path / "copy.json"

    seen = run("keys", "copy", str(place))

    assert (seen.exit_code, shows_no_key(seen, path)) == (0, True)
    assert place.stat().st_mode & 0o7777 == 0o400
    assert Keys.read(place) == Keys.read(path)
    assert "2 entries" in run("audit", "verify").output


@pytest.mark.parametrize(
    "place",
    ["stick/copy.json", "stick/link.json", "var/copy.json", "var/backups/copy.json", "way/copy.json", "-"]
    + ["/dev/stdout", "/var/lib/advocacy-backup/newest/copy.json"],
)
def test_a_copy_is_written_over_nothing_into_no_backup_and_on_no_screen(
    run: Run, path: Path, copy: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "var" / "backups").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "var" / "backups")
    (tmp_path / "stick" / "link.json").symlink_to(tmp_path / "nowhere.json")
    before = everything(run, tmp_path)

    seen = run("keys", "copy", place if place[0] in "-/" else str(tmp_path / place))

    assert (seen.exit_code, seen.stdout, seen.stderr.count("\n")) == (2, "", 1)
    assert shows_no_key(seen, path)
    assert everything(run, tmp_path) == before


def test_no_copy_is_left_where_others_could_read_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_an_old_stick(place: Path, text: str) -> None:
        place.write_text(text)
        place.chmod(0o755)

    monkeypatch.setattr(key_file, "_write", on_an_old_stick)
    before = everything(run, tmp_path)

    seen = run("keys", "copy", str(tmp_path / "copy.json"))

    assert (seen.exit_code, seen.stderr.count("\n")) == (2, 1)
    assert everything(run, tmp_path) == before


def test_a_copy_is_proved_by_opening_what_is_stored(run: Run, path: Path, copy: Path) -> None:
    run("admin", "invite", "ben@example.org", "--role", "custodian")
    ben = re.findall(r"custodian (\S+):", run("keys", "status").output)

    first = run("keys", "prove", str(copy), *ADA)
    again = run("keys", "prove", str(copy), *ADA)
    both = [run("keys", "prove", str(copy), "--person", id) for id in ben]

    assert [seen.exit_code for seen in (first, again, *both)] == [0, 0, 0, 0]
    assert "count: 1 of 2" in first.output
    assert "count: 1 of 2" in again.output
    assert "count: 2 of 2" in both[-1].output
    assert "count: 2 of 2" in run("keys", "status").output
    assert shows_no_key(first, path)


REFUSED = {
    "group": "chmod 0400",
    "missing": "is missing",
    "damaged": "cannot be read",
    "another key": "does not open",
    "another installation": "another installation",
    "stale": "before the newest key",
    "the file itself": "the key file itself",
}


@pytest.mark.parametrize(("harm", "says"), REFUSED.items(), ids=REFUSED)
def test_a_copy_that_would_not_help_is_refused_in_one_line_and_changes_nothing(
    run: Run, path: Path, copy: Path, tmp_path: Path, harm: str, says: str
) -> None:
    place = _spoil(run, path, copy, harm)
    before = everything(run, tmp_path)

    seen = run("keys", "prove", str(place), *ADA)

    assert (seen.exit_code, seen.stdout, seen.stderr.count("\n")) == (2, "", 1)
    assert says in seen.stderr
    assert shows_no_key(seen, path)
    assert everything(run, tmp_path) == before


@pytest.mark.parametrize("who", ["you@example.org", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_only_a_custodian_proves_a_copy(run: Run, copy: Path, tmp_path: Path, who: str) -> None:
    run("admin", "invite", "you@example.org")
    before = everything(run, tmp_path)

    seen = run("keys", "prove", str(copy), "--person", who)

    assert (seen.exit_code, seen.stdout, seen.stderr.count("\n")) == (1, "", 1)
    assert everything(run, tmp_path) == before


def everything(run: Run, folder: Path) -> tuple[object, ...]:
    """What the keys are said to be, the end of the log, and every file but the database's own."""
    files = {
        file: file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(("advocacy.db", "queue"))
    }
    return run("keys", "status").output, run("audit", "head").output, files


def _spoil(run: Run, path: Path, copy: Path, harm: str) -> Path:
    if harm == "the file itself":
        copy.unlink()
        copy.symlink_to(path)
    elif harm == "group":
        copy.chmod(0o440)
    elif harm == "stale":
        run("keys", "rotate")
    else:
        stored = json.loads(copy.read_text())
        copy.unlink()
        if harm == "another key":
            stored["wrapping"]["k1"] = stored["index"]
        elif harm == "another installation":
            stored["index"] = stored["codes"]
        if harm != "missing":
            copy.write_text(json.dumps(stored)[: 9 if harm == "damaged" else None])
            copy.chmod(0o400)
    return copy


# ---- a key file that is wrong


EVERYTHING_THAT_OPENS = [
    "serve",
    "worker",
    "audit verify",
    "keys status",
    "keys rotate",
    "keys retire",
    "keys copy /nowhere/copy.json",
    "keys prove /nowhere/copy.json --person ada@example.org",
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

"""Whatever starts, a setting that cannot work is one line and status 2, and nothing is opened or made."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from advocacy.cli import main
from advocacy.commands import desk
from advocacy.config import Config
from tests.programs import environment

ROOT = Path(__file__).resolve().parents[2]
STARTS = (("serve",), ("worker",), ("db", "upgrade"))
SECRET = "s3cret-plainly-fictional"
TWO_LINES = "one\ntwo"

BAD = {
    "VAR": TWO_LINES,
    "DATABASE_URL": f"mysql://user:{SECRET}@host/name",
    "QUEUE_URL": "sqlite:///:memory:",
    "BASE_URL": "http://desk.example",
    "SIGNER_URL": "https://quiet.example/door",
    "PORT": "eighty",
    "BEHIND_PROXY": "caddy",
    "SMTP_URL": f"smtp://user:{SECRET}@mail.example:port",
    "MAIL_FROM": "updates",
    "OFFICE_MAIL_FROM": "a@desk.example, b@desk.example",
    "DKIM_SELECTOR": "mail 2026",
    "KEYS_FILE": TWO_LINES,
    "ERASURES_FILE": TWO_LINES,
    "JOURNAL_FILE": TWO_LINES,
    "EXIT_URL": "weather",
    "CALL_US": TWO_LINES,
    "NETWORK_NAME": "The \u202eNetwork",
    "TIME_ZONE": "Ohio",
    "ASK_BUDGET": "0",
    "RAISE_WAIT_HOURS": "soon",
    "CONGRESS_API_URL": "ftp://api.example",
    "CONGRESS_API_KEY": f"{SECRET} # mine",
    "OPENSTATES_API_URL": "api.example",
    "OPENSTATES_API_KEY": f"{SECRET}\tx",
    "LEGISCAN_API_URL": "https://api.example?key=1",
    "LEGISCAN_API_KEY": f"{SECRET}\n{SECRET}",
    "GOVINFO_URL": "https://",
    "DEMO": "please",
}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing in it, to start in, and an environment without settings."""
    for name in BAD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_setting_is_left_out() -> None:
    assert set(BAD) == {field.name.upper() for field in fields(Config)}


@pytest.mark.parametrize("words", STARTS, ids=" ".join)
@pytest.mark.parametrize("name", BAD)
def test_a_setting_that_cannot_work_opens_nothing(
    words: tuple[str, ...], name: str, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, BAD[name])
    monkeypatch.setattr(desk, "open_database", _never)

    seen = CliRunner().invoke(main, list(words))

    assert seen.exit_code == 2
    assert seen.stdout == ""
    assert (seen.stderr.count("\n"), seen.stderr.startswith(name)) == (1, True)
    assert SECRET not in seen.stderr
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("name", ["BASE_URL", "SIGNER_URL", "SMTP_URL"])
def test_a_demo_that_would_leave_this_machine_opens_nothing(
    name: str, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv(name, "smtps://mail.example" if name == "SMTP_URL" else "https://desk.example")

    seen = CliRunner().invoke(main, ["serve"])

    assert (seen.exit_code, name in seen.stderr, list(empty.iterdir())) == (2, True, [])


def test_a_program_of_its_own_says_it_as_well(empty: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advocacy", "serve"],
        cwd=empty,
        env=environment(PORT="eighty", PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stderr == "PORT must be a port number between 1 and 65535.\n"
    assert list(empty.iterdir()) == []


def _never(*_asked: object, **_shared: object) -> None:
    raise AssertionError("something was opened")

"""`advocacy doctor` at the terminal: one line a finding, and a status a machine can act on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advocacy.cli import main
from advocacy.commands import doctor
from advocacy.doctor.finding import Finding, look, ok, wrong

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("GOVINFO_URL", "http://127.0.0.1:9")
    return lambda *words: CliRunner().invoke(main, ["doctor", *words])


def test_a_bare_machine_is_told_what_to_do_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    seen = run()

    assert seen.exit_code == 1
    assert all(line.split()[0] in ("ok", "look", "wrong") for line in seen.output.splitlines())
    assert "advocacy db upgrade" in seen.output
    assert list(tmp_path.iterdir()) == []


def test_the_same_can_be_read_by_programs(run: Run) -> None:
    told = json.loads(run("--json").output)

    assert {"about", "state", "says", "mend"} == set(told[0])
    assert "wrong" in {one["state"] for one in told}
    assert all(one["mend"] for one in told if one["state"] != "ok")


@pytest.mark.parametrize(
    ("findings", "status"),
    [((ok("a", "Fine."), look("b", "Perhaps.", "Look.")), 0), ((wrong("a", "No.", "Mend it."),), 1)],
)
def test_only_what_is_wrong_makes_a_bad_status(
    run: Run, findings: tuple[Finding, ...], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "look_round", lambda *_asked: findings)

    assert run().exit_code == status

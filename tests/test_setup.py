"""Set-up on a bare machine: what it installs, what it says where it may not, and when it does nothing."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A machine that has nothing of what is looked for.
BARE = """
have() { [ "$1" = apt-get ]; }
find_python() { return 1; }
has_library() { return 1; }
has_font() { return 1; }
has_chromium() { return 1; }
"""
NEEDED_TO_RUN = (
    "python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "fonts-noto-core fonts-noto-cjk poppler-utils"
)


def shell(script: str, folder: Path = ROOT, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    """Run lines of shell that have everything of set-up at hand."""
    lines = f"set -euo pipefail\n. {ROOT / 'bin' / '_setup'}\n{script}"
    environ = {"PATH": path, "HOME": str(folder)}
    return subprocess.run(
        ["bash", "-c", lines], cwd=folder, env=environ, capture_output=True, text=True, timeout=60
    )


def test_a_person_who_may_not_install_reads_the_exact_packages() -> None:
    said = shell(BARE + "id() { echo 1000; }\nsystem_parts run")

    assert said.returncode == 1
    assert said.stderr.splitlines() == [
        f"Please install what is missing and start again: sudo apt-get install {NEEDED_TO_RUN}"
    ]


def test_proving_it_needs_a_browser_too() -> None:
    said = shell(BARE + "missing_packages dev")

    assert said.stdout.split() == [*NEEDED_TO_RUN.split(), "chromium-headless-shell"]


def test_on_a_mac_the_line_is_for_brew_and_names_each_thing_once() -> None:
    said = shell(BARE + "uname() { echo Darwin; }\nsystem_parts run")

    assert said.returncode == 1
    assert "brew install python@3.12 pango font-noto-serif" in said.stderr
    assert said.stderr.count("pango") == 1


def test_elsewhere_it_says_what_debian_calls_them() -> None:
    said = shell(BARE + "have() { return 1; }\nsystem_parts run")

    assert said.returncode == 1
    assert f"(Debian calls it: {NEEDED_TO_RUN})" in said.stderr


def test_root_gets_them_installed_and_an_old_python_is_told(tmp_path: Path) -> None:
    stub = tmp_path / "apt-get"
    stub.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    stub.chmod(0o755)

    said = shell(BARE + "id() { echo 0; }\nsystem_parts run", tmp_path, f"{tmp_path}:/usr/bin:/bin")

    assert (tmp_path / "asked").read_text().splitlines()[-1].endswith(NEEDED_TO_RUN)
    assert said.returncode == 1
    assert "Python must be 3.11 or newer" in said.stderr


def test_a_machine_that_has_everything_installs_nothing() -> None:
    nothing_lacks = "missing_packages() { :; }\napt_install() { echo installs; }\nsystem_parts dev"

    said = shell(nothing_lacks)

    assert (said.returncode, said.stdout) == (0, "")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder whose environment was made from the locks that lie in it."""
    (tmp_path / "requirements").mkdir()
    for lock in ("run", "dev", "build"):
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/bin/true")
    shell("environment_mark dev > .venv/.made-for-dev", tmp_path)
    return tmp_path


def test_an_unchanged_environment_is_left_alone(made: Path) -> None:
    assert shell("environment_is_current dev", made).returncode == 0


def test_what_proves_it_also_runs_it(made: Path) -> None:
    assert shell("environment_is_current run", made).returncode == 0


@pytest.mark.parametrize("lock", ["dev", "build"])
def test_a_changed_lock_makes_the_environment_again(made: Path, lock: str) -> None:
    (made / "requirements" / f"{lock}.txt").write_text("other==2\n")

    assert shell("environment_is_current dev", made).returncode == 1


def test_a_moved_environment_is_made_again(made: Path) -> None:
    moved = made.rename(made.with_name("moved"))

    assert shell("environment_is_current dev", moved).returncode == 1


def test_a_missing_browser_file_is_fetched_again(made: Path) -> None:
    for needed in ("package-lock.json", "bin/_setup"):
        (made / needed).parent.mkdir(exist_ok=True)
        (made / needed).write_text("same")
    vendor = made / "advocacy" / "static" / "vendor"
    vendor.mkdir(parents=True)
    for name in ("htmx.min.js", "pico.min.css", "markdown-toolbar.js"):
        (vendor / name).touch()
    shell("browser_mark > .venv/.browser-files", made)
    before = shell("browser_files_are_current", made).returncode

    (vendor / "pico.min.css").unlink()

    assert (before, shell("browser_files_are_current", made).returncode) == (0, 1)


def test_the_demo_never_opens_a_folder_somebody_works_in(tmp_path: Path) -> None:
    (tmp_path / "advocacy.db").write_text("names of real people")

    said = started_in(tmp_path, "--fresh")

    assert said.returncode == 1
    assert "not the demo" in said.stderr
    assert (tmp_path / "advocacy.db").exists()


@pytest.mark.parametrize("port", ["", "5000x", "-1"])
def test_a_port_that_is_no_number_is_refused_in_words(tmp_path: Path, port: str) -> None:
    said = started_in(tmp_path, "--port", port)

    assert said.returncode == 1
    assert "--port needs a number" in said.stderr


def started_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What bin/run says; none of these starts gets as far as serving."""
    environ = {"PATH": "/usr/bin:/bin", "VAR": str(folder), "HOME": str(folder)}
    return subprocess.run(
        [ROOT / "bin" / "run", *arguments], env=environ, capture_output=True, text=True, timeout=300
    )

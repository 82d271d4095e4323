"""The locks name exact files and no address, and the wheel alone is a whole installation."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from advocacy.paths import words_root
from tests.programs import answer_of, eventually, free_port, run, started

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
VENDOR = ("htmx.min.js", "pico.min.css", "markdown-toolbar.js")


# ---- locks


def pins(lock: Path) -> dict[str, str]:
    """Package and version, line by line."""
    found = re.findall(
        r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", lock.read_text(), re.MULTILINE | re.IGNORECASE
    )
    return dict(found)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_its_hash_and_no_address(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(), flags=re.IGNORECASE)

    assert pins(lock)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock.read_text()


def test_what_is_proved_is_what_runs() -> None:
    running, proving = (pins(ROOT / "requirements" / f"{kind}.txt") for kind in ("run", "dev"))

    assert running.items() <= proving.items()


def test_browser_files_are_exact_and_without_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in entry and "resolved" not in entry for name, entry in locked.items() if name)


# ---- where the words are


def test_a_checkout_reads_the_words_beside_the_package(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()

    assert words_root(tmp_path / "advocacy") == tmp_path


def test_an_installed_copy_reads_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()  # somebody else's package of that name

    assert words_root(tmp_path / "advocacy") == tmp_path / "advocacy" / "_words"


# ---- the wheel


def build(source: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """Build the wheel with the locked builder."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(to), str(source)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    said = build(ROOT, out)
    assert said.returncode == 0, said.stdout + said.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_carries_every_word_and_every_browser_file(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    words = [path for folder in ("templates", "letters", "campaigns") for path in (ROOT / folder).rglob("*")]

    assert inside >= {f"advocacy/_words/{path.relative_to(ROOT)}" for path in words if path.is_file()}
    assert inside >= {f"advocacy/static/vendor/{name}" for name in VENDOR}


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}

    assert tops == {"advocacy", f"advocacy-{wheel.name.split('-')[1]}.dist-info"}


def test_no_wheel_is_built_without_a_browser_file(tmp_path: Path) -> None:
    litter = shutil.ignore_patterns(
        ".venv", ".git", "node_modules", "var", "dist", "__pycache__", "pico.min.css"
    )
    shutil.copytree(ROOT, tmp_path / "spoiled", ignore=litter)

    said = build(tmp_path / "spoiled", tmp_path / "out")

    assert said.returncode != 0
    assert "needs pico.min.css" in said.stdout + said.stderr
    assert not list(tmp_path.glob("out/*.whl"))


# ---- the wheel, installed where nothing else is


@pytest.fixture(scope="module", params=["beside", pytest.param("alone", marks=pytest.mark.long)])
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of another environment: the wheel, and the locked packages.

    Every day it reads those the suite has, which are the same; alone it fetches each of them by its hash.
    """
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    pip = (sys.executable, "-m", "pip", "--python", folder, "install", "-q", "--disable-pip-version-check")
    if request.param == "alone":
        run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    else:
        packages = Path(pytest.__file__).parents[1]
        [own] = (folder / "lib").glob("python3*/site-packages")
        (own / "beside.pth").write_text(f"{packages}\n")
    run(*pip, "--no-deps", wheel, cwd=folder)
    return folder / "bin"


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the installed copy, started from an empty folder."""
    empty = tmp_path_factory.mktemp("empty-folder")
    says = tmp_path_factory.mktemp("words") / "serve.txt"
    port = free_port()
    run(installed / "advocacy", "db", "upgrade", cwd=empty)
    with started(installed / "advocacy", "serve", "--port", str(port), cwd=empty, says=says):
        eventually(lambda: answer_of(f"http://127.0.0.1:{port}/healthz"), otherwise=says.read_text)
        yield f"http://127.0.0.1:{port}"


def test_an_installed_copy_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = "import advocacy, sys; print(advocacy.__file__.startswith(sys.prefix))"

    assert run(installed / "python", "-c", where, cwd=tmp_path) == "True\n"


def test_an_installed_copy_serves_a_page_with_its_style(served: str) -> None:
    page = urlopen(f"{served}/", timeout=10).read().decode()
    style = re.search(r'href="([^"]*pico\.min\.css[^"]*)"', page)

    assert "<h1" in page
    assert style
    assert b"Pico CSS" in urlopen(served + style[1], timeout=10).read()


def test_an_installed_copy_makes_a_letter_on_paper(installed: Path, tmp_path: Path) -> None:
    run(installed / "advocacy", "letters", "proof", "--out", tmp_path / "proofs", cwd=tmp_path)

    papers = sorted((tmp_path / "proofs").rglob("*.pdf"))

    assert papers
    assert all(paper.read_bytes().startswith(b"%PDF-") for paper in papers)

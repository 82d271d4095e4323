"""The order of the house holds, and each rule that keeps it is seen to catch the fault it is for."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from advocacy.config import Config

ROOT = Path(__file__).resolve().parents[1]
PLAIN_PAGE_MAKER = Path("advocacy/web/markdown.py")

# ---- imports: one planted fault for each contract

FAULTS = {
    "down": ("advocacy/people/planted.py", "import advocacy.signons.models", "Imports point down only"),
    "subjects": ("advocacy/people/models.py", "import advocacy.people.queries", "Inside a subject"),
    "circles": ("advocacy/people/queries.py", "import advocacy.people.actions", "No two modules or folders"),
    "doors": (
        "advocacy/web/site/planted.py",
        "import advocacy.web.office",
        "The doors (signer, organisation, site, office)",
    ),
    "flask": ("advocacy/people/planted.py", "import flask", "Only web and app know Flask"),
    "paper": ("advocacy/letters/content.py", "import sqlalchemy", "Making a letter's paper"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and its contracts, to be spoiled."""
    ours = shutil.ignore_patterns("vendor", "__pycache__")
    shutil.copytree(ROOT / "advocacy", tmp_path / "advocacy", ignore=ours)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the code in this folder (it looks for the package where it is started)."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-logo", "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def plant(file: Path, line: str) -> None:
    """Write one more line at the end of a module, which is made if it is not there."""
    before = file.read_text(encoding="utf-8") if file.exists() else '"""Planted by a test."""\n'
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")


def test_every_import_keeps_the_order_of_the_house() -> None:
    said = lint(ROOT)

    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("contract", FAULTS)
def test_a_planted_import_breaks_its_contract_by_name(copy: Path, contract: str) -> None:
    file, line, name = FAULTS[contract]
    plant(copy / file, line)

    said = lint(copy, "--contract", contract)

    assert said.returncode == 1
    assert re.search(f"{re.escape(name)}.* BROKEN", said.stdout)
    assert Path(file).stem in said.stdout


def test_a_module_without_a_place_is_named(copy: Path) -> None:
    plant(copy / "advocacy/stray.py", "")

    said = lint(copy, "--contract", "down")

    assert said.returncode == 1
    assert "stray" in said.stdout


# ---- what stands in the code itself: each finder gives `file:line what`


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package, read; steps of the database's history are as Alembic wants them."""
    for path in sorted((root / "advocacy").rglob("*.py")):
        if "versions" not in path.parts:
            yield path.relative_to(root), ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called(node: ast.AST) -> str:
    """The last name of what is called here, or nothing."""
    target = node.func if isinstance(node, ast.Call) else None
    return getattr(target, "attr", None) or getattr(target, "id", "")


def commits_outside_db(root: Path) -> list[str]:
    return [
        f"{path}:{node.lineno} commits"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "commit" and path != Path("advocacy/db.py")
    ]


def long_functions(root: Path) -> list[str]:
    return [
        f"{path}:{function.lineno} {function.name} is too long"
        for path, tree in modules(root)
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno + 1 > 40
    ]


def hidden_imports(root: Path) -> list[str]:
    return [
        f"{path}:{node.lineno} imports inside {function.name}"
        for path, tree in modules(root)
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def drawers_for_anything(root: Path) -> list[str]:
    """Modules whose name says nothing."""
    nothing = {"utils", "util", "helpers", "helper", "manager", "service", "services", "common", "misc"}
    return [f"{path} says nothing" for path, _ in modules(root) if path.stem in nothing]


def packages_that_do_things(root: Path) -> list[str]:
    """`__init__.py` says what a folder is, and imports nothing, so that it can never make a circle."""
    return [
        f"{path} is more than a docstring"
        for path, tree in modules(root)
        if path.name == "__init__.py" and (len(tree.body) != 1 or not ast.get_docstring(tree))
    ]


def python_among_words(root: Path) -> list[str]:
    folders = ("templates", "letters", "campaigns")
    return [str(path.relative_to(root)) for folder in folders for path in (root / folder).rglob("*.py")]


def raw_markup(root: Path) -> list[str]:
    """Places that could put unescaped words into a page."""
    pages = [*(root / "templates").rglob("*"), *(root / "letters").rglob("*.html")]
    found = [
        f"{page.relative_to(root)} is not escaped"
        for page in pages
        if page.is_file() and re.search(r"\|\s*safe\b|autoescape\s+false", page.read_text(encoding="utf-8"))
    ]
    made = [
        f"{path}:{node.lineno} makes markup"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "Markup" and path != PLAIN_PAGE_MAKER
    ]
    return found + made


def statements_put_together(root: Path) -> list[str]:
    """SQL that could hold what somebody typed: words in it must be one piece, and values bound."""
    return [
        f"{path}:{node.lineno} puts a statement together"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and called(node) in ("text", "exec_driver_sql", "literal_column")
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
        and path not in _KNOWN_STATEMENTS
    ]


_KNOWN_STATEMENTS = {
    Path("advocacy/db.py"),  # names of its own tables and settings, which no statement takes as values
    Path("advocacy/people/roster.py"),  # a cell of a file: no statement
}


def chance_for_secrets(root: Path) -> list[str]:
    """`random` can be foretold; what nobody may guess comes from `secrets`."""
    return [
        f"{path}:{node.lineno} asks chance"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(name.name == "random" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    ]


Finder = Callable[[Path], list[str]]
LONG = "def planted() -> None:\n" + "    x = 1\n" * 40
PLANTED: list[tuple[Finder, str, str]] = [
    (commits_outside_db, "advocacy/planted.py", "session.commit()"),
    (long_functions, "advocacy/planted.py", LONG),
    (hidden_imports, "advocacy/planted.py", "def planted() -> None:\n    import os"),
    (drawers_for_anything, "advocacy/utils.py", "x = 1"),
    (packages_that_do_things, "advocacy/planted/__init__.py", '"""A room."""\nimport os'),
    (python_among_words, "letters/planted.py", "x = 1"),
    (raw_markup, "templates/planted.html", "{{ name | safe }}"),
    (raw_markup, "advocacy/planted.py", "Markup('<b>')"),
    (statements_put_together, "advocacy/planted.py", "session.execute(text(f'SELECT {name}'))"),
    (statements_put_together, "advocacy/planted.py", "session.execute(text('SELECT ' + name))"),
    (chance_for_secrets, "advocacy/planted.py", "import random"),
    (chance_for_secrets, "advocacy/planted.py", "from random import choice"),
]
FINDERS = list(dict.fromkeys(finder for finder, _, _ in PLANTED))


@pytest.mark.parametrize("finder", FINDERS)
def test_the_house_keeps(finder: Finder) -> None:
    assert finder(ROOT) == []


@pytest.mark.parametrize(("finder", "file", "text"), PLANTED)
def test_each_fault_would_be_found(tmp_path: Path, finder: Finder, file: str, text: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")

    assert len(finder(tmp_path)) == 1


def test_every_setting_is_explained_to_whoever_runs_it() -> None:
    words = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    missing = [field.name.upper() for field in fields(Config) if f"`{field.name.upper()}`" not in words]

    assert missing == []

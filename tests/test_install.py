"""The recipe for a server and the files it copies agree with the program and with each other."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from advocacy.cli import main
from advocacy.config import Config
from advocacy.doctor.finding import State
from advocacy.doctor.settings import check_settings

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "docs" / "install"
RECIPE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
UNITS = sorted(FILES.glob("advocacy-*.service")) + sorted(FILES.glob("advocacy-*.timer"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
SETTINGS = {field.name.upper() for field in fields(Config)}
TYPED = re.findall(r"(?:^|`|bin/)advocacy ([a-z][^`\n]*)", RECIPE, re.MULTILINE)
HARD = ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "UMask=0077")


def blocks() -> Iterator[str]:
    """Every line somebody types."""
    for block in re.findall(r"```sh\n(.*?)```", RECIPE, re.DOTALL):
        yield from block.splitlines()


def environment() -> dict[str, str]:
    lines = (FILES / "environment").read_text(encoding="utf-8").splitlines()
    told = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value.strip('"') for name, _, value in told}


def words_of(unit: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def exists(words: list[str]) -> bool:
    """Whether these words are a command of ours with options it knows."""
    command: click.Command = main
    while isinstance(command, click.Group):
        if not words or words[0] not in command.commands:
            return False
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("typed", sorted(set(TYPED)))
def test_every_command_of_ours_in_it_can_be_typed(typed: str) -> None:
    assert exists(typed.split())


def test_every_file_it_copies_is_there_and_every_file_there_is_copied() -> None:
    copied = set(re.findall(r"/opt/advocacy/docs/install/([\w.-]+)", "\n".join(blocks())))

    assert copied == {file.name for file in FILES.iterdir()}


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(r"`([A-Z][A-Z_]{3,})`", RECIPE))

    assert named - SETTINGS == set()
    assert set(environment()) <= SETTINGS


def test_its_settings_start_and_the_doctor_has_no_fault_with_them() -> None:
    config = Config.from_environment(environment())

    assert [one.line for one in check_settings(config) if one.state is State.WRONG] == []


def test_the_keys_stand_where_no_backup_reaches() -> None:
    told = environment()
    places = {Path(told[name]).parent for name in ("KEYS_FILE", "ERASURES_FILE")} | {Path(told["VAR"])}

    assert len(places) == 3
    assert "InaccessiblePaths=-/var/lib/advocacy-keys" in (FILES / "advocacy-backup.service").read_text()
    assert "KEYS_FILE" not in (FILES / "advocacy-backup").read_text()


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_service_is_shut_in_and_runs_a_program_of_ours(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    [start] = words_of(unit, "ExecStart")

    assert [line for line in HARD if line not in text.splitlines()] == []
    assert "User=advocacy" in text
    program, *words = start.split()
    assert exists(words) if program.endswith("/.venv/bin/advocacy") else f"install -m 0755 {FILES.name}"


@pytest.mark.parametrize("timer", sorted(FILES.glob("*.timer")), ids=lambda unit: unit.name)
def test_every_timer_has_its_service(timer: Path) -> None:
    assert timer.with_suffix(".service").is_file()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_can_read_every_unit(unit: Path, tmp_path: Path) -> None:
    for file in UNITS:
        # What the units start is installed on a server, not here.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", file.read_text(), flags=re.MULTILINE)
        (tmp_path / file.name).write_text(text)

    done = _run("systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name))

    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this machine")
def test_caddy_can_read_its_file() -> None:
    done = _run("caddy", "adapt", "--config", str(FILES / "Caddyfile"), "--adapter", "caddyfile")

    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not on this machine")
def test_nginx_can_read_its_file(tmp_path: Path) -> None:
    text = (FILES / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/nginx/advocacy-pass.conf", str(FILES / "nginx-pass.conf"))
    text = re.sub(r"^\s*ssl_certificate.*\n", "", text, flags=re.MULTILINE).replace("443 ssl http2", "8443")
    text = re.sub(r"/var/log/nginx", str(tmp_path), text)
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole)

    done = _run("nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"))

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", ["Caddyfile", "nginx.conf"])
def test_no_log_keeps_an_address_or_the_key_that_stops_mail(file: str) -> None:
    text = (FILES / file).read_text(encoding="utf-8")

    assert "/stop/-" in text
    if file == "nginx.conf":
        assert "$remote_addr" not in text
        assert "$request_uri" not in text.partition("server {")[0]
        assert "emerg" in text
    else:
        gone = {"remote_ip", "remote_port", "client_ip", "headers", "tls"}
        assert gone <= set(re.findall(r"request>(\w+) delete", text))
        assert "request delete" in text.partition("servers {")[0]


@pytest.mark.parametrize("file", ["Caddyfile", "nginx.conf"])
def test_the_doors_have_limits_and_leave_the_headers_to_us(file: str) -> None:
    text = (FILES / file).read_text(encoding="utf-8").lower()

    limits = {"Caddyfile": ("max_size 6mb", "max_header_size", "read_header", "read_body")}
    wanted = limits.get(
        file, ("client_max_body_size 6m", "large_client_header_buffers", "client_body_timeout")
    )
    assert [word for word in wanted if word not in text] == []
    assert "strict-transport-security" not in text


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the program sqlite3 is not on this machine")
def test_a_backup_holds_no_data_key_and_can_be_put_back(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "advocacy.db") as made:
        made.execute("CREATE TABLE data_key (holder_id TEXT, wrapped BLOB)")
        made.execute("CREATE TABLE person (id TEXT)")
        made.execute("INSERT INTO data_key VALUES ('h', x'00ff10')")
        made.execute("INSERT INTO person VALUES ('h')")
    made.close()
    (tmp_path / "erasures.jsonl").write_text("one\n")
    out = tmp_path / "out"
    told = {"VAR": str(tmp_path), "BACKUP_DIR": str(out), "JOURNAL_FILE": str(tmp_path / "none.jsonl")}
    told |= {"ERASURES_FILE": str(tmp_path / "erasures.jsonl"), "PATH": "/usr/bin:/bin"}

    done = subprocess.run(["sh", str(FILES / "advocacy-backup")], env=told, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    [copy] = (out / "database").iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    assert b"\x00\xff\x10" not in copy.read_bytes()
    assert {file.name for file in (out / "newest").iterdir()} == {"data_key.sql", "erasures.jsonl"}
    _run("sqlite3", str(copy), f".read {out / 'newest' / 'data_key.sql'}")
    with sqlite3.connect(copy) as back:
        assert back.execute("SELECT wrapped FROM data_key").fetchall() == [(b"\x00\xff\x10",)]
    back.close()


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, timeout=60)

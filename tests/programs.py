"""Programs started from outside, as at a terminal, with nothing of the test in their environment."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

_INHERITED = ("HOME", "LANG", "TMPDIR", "PIP_CERT", "PIP_INDEX_URL", "PIP_CONFIG_FILE")
_PATIENCE = 45

Found = TypeVar("Found")


def environment(**settings: str) -> dict[str, str]:
    """What a program may see: where programs are, where pip looks, and these settings."""
    beside_python = str(Path(sys.executable).parent)
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "PATH": f"{beside_python}:{os.environ['PATH']}", **settings}


def run(*command: str | Path, cwd: Path, **settings: str) -> str:
    """Run a program to its end and give what it said; anything but success fails the test with its words."""
    done = subprocess.run(
        command, cwd=cwd, env=environment(**settings), capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def started(
    *command: str | Path, cwd: Path, says: Path, **settings: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a program that stays, its words going into the file `says`, and end it politely."""
    with says.open("wb") as words:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(**settings), stdout=words, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def eventually(look: Callable[[], Found | None], otherwise: Callable[[], str]) -> Found:
    """Look until there is something to see, three quarters of a minute at most."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(otherwise())


def answer_of(address: str) -> bytes | None:
    """What this address answers, or nothing while nobody listens there."""
    try:
        with urlopen(address, timeout=5) as answer:
            body: bytes = answer.read()
            return body
    except (URLError, ConnectionError):
        return None
